"""Words on screen: every placeholder is filled, and the tone is that of the guide."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import evidence_desk.ui
from evidence_desk.ui import translate

FOLDER = Path(evidence_desk.ui.__file__).parent
# The guide, part 5 and 8: no exclamation marks, no praise, no apology, no pleading, nothing that decides a claim.
TONE = re.compile(
    r"!|\b(please|sorry|oops|great|proves?|proven|fake|guilty|clearly|confirmed|deleted)\b", re.IGNORECASE
)


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("tr", "plural"):
                yield f"{file.relative_to(FOLDER)}:{node.lineno}", node


def _templates(call: ast.Call) -> list[str]:
    first = 0 if getattr(call.func, "id", "") == "tr" else 1
    return [a.value for a in call.args[first:] if isinstance(a, ast.Constant) and isinstance(a.value, str)]


def _names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_placeholder_is_given_and_every_value_used() -> None:
    found = 0
    wrong = []
    for place, call in _calls():
        if any(word.arg is None for word in call.keywords):
            continue  # the values come in a mapping
        given = {word.arg for word in call.keywords if word.arg}
        given |= {"count"} if getattr(call.func, "id", "") == "plural" else set()
        for template in _templates(call):
            found += 1
            # A form for one may leave the number out; a template without values may hold no braces at all.
            if not _names(template) <= given or (getattr(call.func, "id", "") == "tr" and _names(template) != given):
                wrong.append(f"{place}: {template!r} with {sorted(given)}")
    assert found > 200
    assert wrong == []


def test_the_tone() -> None:
    assert [f"{place}: {t}" for place, call in _calls() for t in _templates(call) if TONE.search(t)] == []


def test_sentence_case() -> None:
    """No word in capitals for style; the short names of things that are written so are allowed."""
    allowed = {
        "SHA",
        "PDF",
        "URL",
        "VFR",
        "UTC",
        "PNG",
        "JSON",
        "CSV",
        "ID",
        "A4",
        "MB",
        "UTF",
        "EX",
        "OB",
        "CL",
        "SR",
        "QN",
        "HY",
        "HDR",
    }
    loud = [
        f"{place}: {t}"
        for place, call in _calls()
        for t in _templates(call)
        if any(word not in allowed for word in re.findall(r"\b[A-Z]{2,}\b", t))
    ]
    assert loud == []


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (812, "812"), (3604, "3\u202f604"), (1_234_567, "1\u202f234\u202f567")]
)
def test_numbers(value: int, text: str) -> None:
    assert translate.number(value) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0\u202fB"),
        (999, "999\u202fB"),
        (47_000, "47\u202fkB"),
        (48_200_000, "48.2\u202fMB"),
        (5 * 10**15, "5000.0\u202fTB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    assert translate.file_size(size) == text


def test_shares_and_hashes() -> None:
    assert translate.percent(62, 100) == "62\u202f%"
    assert translate.percent(3, 0) == "0\u202f%"
    assert translate.percent(7, 5) == "100\u202f%"
    assert translate.short_hash("a" * 8 + "b" * 48 + "c" * 8) == "aaaaaaaa…cccccccc"
    assert translate.short_hash("short") == "short"

"""The worked exercise says what the answer key knows: frames, boxes, counts, sounds and quotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.domain.controlled_values import (
    METHODS,
    PROPOSITION_TYPES,
    RELATIONS,
    SOURCE_KINDS,
    TESTABILITIES,
)
from evidence_desk.domain.guard import check


@pytest.fixture(scope="module")
def folder(repository: Path) -> Path:
    """The exercise's folder."""
    return repository / "resources" / "exercises" / "kestrel"


@pytest.fixture(scope="module")
def key(folder: Path) -> Any:
    """The generator's answer key, by clip, and under `all` the whole of it."""
    whole = json.loads((folder / "answer_key.json").read_text(encoding="utf-8"))
    return {**whole["clips"], "all": whole}


@pytest.fixture(scope="module")
def worked(folder: Path) -> Any:
    """What is entered."""
    return json.loads((folder / "worked.json").read_text(encoding="utf-8"))


def observation(worked: Any, name: str) -> Any:
    """Return one observation of the data."""
    return next(o for o in worked["observations"] if o["id"] == name)


def test_spans_are_those_of_the_key(worked: Any, key: Any) -> None:
    ground = key["A"]
    assert [observation(worked, "arms")["frames"]] == ground["arms_raised"]["all_nine"]
    assert [observation(worked, "kneel")["frames"]] == ground["kneeling"]["all_nine"]
    assert [observation(worked, "lie-ground")["frames"]] == ground["lying"]["all_nine"]
    assert observation(worked, "timing")["frames"] == ground["long_frames"]["stretch"]
    assert observation(worked, "ends")["frames"] == [ground["last_frame"]] * 2
    assert observation(worked, "longer")["frames"] == key["C"]["only_here"]
    bands = {b["figure"]: b["visible_frames"] for b in ground["arm_bands"]}
    assert observation(worked, "band-a")["frames"] == bands["A"][-1]
    assert observation(worked, "band-b")["frames"] == bands["B"][-1]


def test_sounds_begin_at_the_keys_samples(worked: Any, key: Any) -> None:
    sounds = key["A"]["sound"]["impulsive"]
    starts = [s["sample"] for s in sounds]
    frames = [s["frame_shown"] for s in sounds]
    faint, loud, ends = (observation(worked, n) for n in ("sound-faint", "sound-loud", "ends"))
    assert [faint["sound"][0], loud["sound"][0], ends["sound"][0]] == [starts[0], starts[1], starts[3]]
    assert loud["sound"][0] < starts[2] < loud["sound"][1]
    assert [faint["frames"], loud["frames"]] == [[frames[0]] * 2, [frames[1], frames[2]]]
    assert frames[3] is None
    assert ends["sound"][1] == key["A"]["sound"]["samples"]


def test_boxes_are_native_boxes_of_the_key(worked: Any, key: Any) -> None:
    known = _boxes(key["all"])
    assert len(known) > 50
    for entry in worked["observations"]:
        for box in entry.get("boxes", ()):
            assert (box["frame"], tuple(box["box"])) in known, entry["id"]
            assert entry["frames"][0] <= box["frame"] <= entry["frames"][1]


def _boxes(value: Any) -> set[tuple[int, tuple[int, ...]]]:
    found: set[tuple[int, tuple[int, ...]]] = set()
    if isinstance(value, dict):
        box = value.get("native_xywh") or value.get("box")
        if box and "frame" in value:
            found.add((value["frame"], tuple(box)))
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            found |= _boxes(part)
    return found


def test_counts_hold_the_keys_numbers(worked: Any, key: Any) -> None:
    above = observation(worked, "count-above")["count"]
    lying = {tuple(c["lying"].values()) for c in key["B"]["counts"]}
    assert tuple(above) in lying
    ground = next(c for c in key["A"]["counts"] if c["frame"] == 960)
    low, _, high = observation(worked, "lie-ground")["count"]
    assert low <= ground["lying"]["best"] <= high


def test_quotations_stand_in_their_texts_once(worked: Any, folder: Path) -> None:
    texts = {s["id"]: (folder / s["file"]).read_text(encoding="utf-8") for s in worked["sources"]}
    for claim in worked["claims"]:
        assert texts[claim["source"]].count(claim["quote"]) == 1
    assert all(s["kind"] in SOURCE_KINDS for s in worked["sources"])


def test_words_are_observable_and_values_are_the_desks(worked: Any) -> None:
    assert [o["id"] for o in worked["observations"] if check(o["statement"])] == []
    parts = [p for claim in worked["claims"] for p in claim["propositions"]]
    assert {p["type"] for p in parts} <= set(PROPOSITION_TYPES)
    assert {p["testable"] for p in parts} <= set(TESTABILITIES)
    assert {link["relation"] for link in worked["links"]} <= set(RELATIONS)
    assert {e["acquisition"]["method"] for e in worked["exhibits"]} <= set(METHODS)
    names = {r["id"] for k in ("observations", "sources", "exhibits") for r in worked[k]}
    ends = {c["id"] for c in worked["claims"]} | {p["id"] for p in parts}
    assert {link["from"] for link in worked["links"]} <= names
    assert {link["to"] for link in worked["links"]} <= ends
    assert (len(worked["observations"]), len(worked["claims"])) == (17, 6)

"""Which fields `edit` may set on each kind of record, and how their text becomes a value."""

from __future__ import annotations

import json
from typing import Any

import click

from evidence_desk.cli.option_types import whole
from evidence_desk.domain.distress import spans_from_text, stored_spans

EDITABLE: dict[str, tuple[str, ...]] = {
    "case": (
        "title", "case_number", "mandate", "scope", "not_asked", "standard", "asked_by", "people", "time_zone",
        "languages", "content_notice", "distribution",
    ),
    "exhibit": (
        "title", "kind", "repost_of", "description", "distressing", "distressing_spans", "clock_frame", "clock_time",
        "clock_uncertainty_ms", "clock_basis",
    ),
    "acquisition": (
        "source_url", "page_source", "page_capture", "embedded_media", "embedded_metadata", "context", "collected_by",
        "collected_at", "method", "tool", "hash_at_collection", "platform", "account", "posted_at", "note",
    ),
    "source": (
        "title", "kind", "publisher", "author", "dated", "url", "language", "reliability", "reliability_basis", "note",
    ),
    "claim": ("claimant", "dated", "language", "translation", "note"),
    "proposition": ("text", "type", "testable", "note"),
    "observation": (
        "statement", "term", "basis", "presence", "presence_reason", "count_min", "count_best", "count_max",
        "legibility", "certainty", "attributes", "alternatives", "guard_reason",
    ),
    "region": ("label",),
    "link": ("relation", "because"),
    "sync": ("note",),
    "question": ("text", "would_answer", "reason_code", "bears_on", "tried"),
}  # fmt: skip
"""What identifies a record or is verbatim is not here; what binds frames is set together, by --frames or --box."""

_WHOLE = ("count_min", "count_best", "count_max", "clock_frame", "clock_uncertainty_ms")
_JSON = ("people", "attributes")
_TRUTH = ("distressing",)
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


def value_of(kind: str, name: str, text: str) -> Any:
    """Return the value that the text stands for in a field; raises click.UsageError for a field or form that is not."""
    if name not in EDITABLE[kind]:
        raise click.UsageError(f"{name} is no field of {kind} that can be set. These can: {', '.join(EDITABLE[kind])}")
    if name == "distressing_spans":
        return stored_spans(spans_from_text(text), None)
    if name in _WHOLE:
        return _whole(name, text)
    if name in _JSON:
        return _json(name, text)
    return _truth(name, text) if name in _TRUTH else text


def _truth(name: str, text: str) -> bool:
    try:
        return _YES_NO[text.strip().lower()]
    except KeyError:
        raise click.UsageError(f"{name} is yes or no, not {text!r}") from None


def _whole(name: str, text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return whole(text)
    except ValueError:
        raise click.UsageError(f"{name} is a whole number, not {text!r}") from None


def _json(name: str, text: str) -> Any:
    try:
        value: Any = json.loads(text) if text.strip() else None
    except ValueError:
        value = text
    if name == "attributes":
        if value is None or isinstance(value, dict):
            return value
        raise click.UsageError("attributes is set as a JSON object")
    if isinstance(value, list) and all(isinstance(part, dict) for part in value):
        return value
    raise click.UsageError(f"{name} is set as a JSON array of objects")

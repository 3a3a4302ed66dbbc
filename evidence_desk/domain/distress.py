"""Which frames of an exhibit a person has marked as distressing: the whole exhibit, or spans of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from evidence_desk.domain.errors import Refused
from evidence_desk.domain.records import Exhibit

_WRITTEN = re.compile(r"(\d{1,9})(?:\s*(?:-|–|\.\.|to)\s*(\d{1,9}))?")
Span = tuple[int, int]
"""First and last frame, both included."""


def marked_spans(exhibit: Exhibit, *, alone: bool = False) -> tuple[Span, ...]:
    """Return the marked spans in order; those that touch or overlap are one.

    Nothing where the whole is marked, since that covers them; with `alone` they are told all the same.
    """
    return () if exhibit.distressing and not alone else joined(_span(entry) for entry in exhibit.distressing_spans)


def is_marked(exhibit: Exhibit, n: int) -> bool:
    """Tell whether frame n is marked, by its span or with the whole exhibit."""
    return exhibit.distressing or any(first <= n <= last for first, last in marked_spans(exhibit))


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, with those that touch or overlap made one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def without(spans: Iterable[Span], taken: Span) -> tuple[Span, ...]:
    """Return the spans with the frames of `taken` left out of them."""
    left: list[Span] = []
    for first, last in joined(spans):
        parts = ((first, min(last, taken[0] - 1)), (max(first, taken[1] + 1), last))
        left += [part for part in parts if part[0] <= part[1]]
    return joined(left)


def stored_spans(spans: Iterable[Span], frames: int | None) -> tuple[dict[str, int], ...]:
    """Return spans as an exhibit keeps them; raises Refused where one does not lie within the exhibit's frames."""
    found = joined(spans)
    for first, last in found:
        if first < 0 or last < first or (frames is not None and last >= frames):
            end = f"0 to {frames - 1}" if frames else "from 0"
            raise Refused(f"Frames {first} to {last} cannot be marked; the frames are {end}. Nothing was changed.")
    return tuple({"first": first, "last": last} for first, last in found)


def spans_from_text(text: str) -> tuple[Span, ...]:
    """Return the spans that a person wrote, as `120-180, 300`; raises Refused for another form."""
    found = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        form = _WRITTEN.fullmatch(part)
        if form is None:
            raise Refused(f"{part} is no part of a clip. Write first and last frame, as 120-180, 300-310.")
        found.append((int(form[1]), int(form[2] or form[1])))
    return tuple(found)


def spans_text(spans: Iterable[Span]) -> str:
    """Return spans as a person writes them: `120-180, 300`."""
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans)


def check_spans(exhibit: Exhibit) -> None:
    """Raise Refused where the exhibit's marked spans are not as `stored_spans` gives them."""
    try:
        spans = [_span(entry) for entry in exhibit.distressing_spans]
    except (KeyError, TypeError, ValueError):
        raise Refused("A part marked as distressing has a first and a last frame. Nothing was changed.") from None
    if exhibit.distressing_spans and exhibit.provisional:
        raise Refused("The frames are not counted yet; a part can be marked once they are. Nothing was changed.")
    if stored_spans(spans, exhibit.frames) != exhibit.distressing_spans:
        raise Refused("Parts marked as distressing stand in order and do not touch. Nothing was changed.")


def _span(entry: Mapping[str, Any]) -> Span:
    return int(entry["first"]), int(entry["last"])

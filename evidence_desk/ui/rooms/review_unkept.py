"""Drafts of observations as they lie in the case file, and how they are laid into the form again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evidence_desk.domain.records import Observation
from evidence_desk.services.commands import RegionDraft, frame_again
from evidence_desk.store.drafts import StoredDraft
from evidence_desk.ui.models.observation_draft import Draft
from evidence_desk.ui.panels import observation_groups as groups
from evidence_desk.ui.panels.observation_fields import ObservationFields
from evidence_desk.ui.rooms.review_places import Clip
from evidence_desk.ui.translate import number, plural, tr

RECORD, NEW = "observation:", "new:observation:"


def record_draft(
    record: Observation, fields: ObservationFields, waiting: Iterable[str], counted: bool
) -> dict[str, Any]:
    """Return the body of a draft: what the waiting groups show, and on what it was typed."""
    state = groups.plain(fields)
    return {
        "revision": record.revision,
        "counted": counted,
        "state": {group: state[group] for group in waiting},
    }


def word_on_record(draft: StoredDraft, record: Observation, counted: bool) -> str:
    """Return what became of an observation since a draft was begun for it, "" for nothing."""
    words = []
    if draft.body.get("revision") != record.revision:
        words.append(tr("{number} was changed meanwhile; look at both before you keep it.", number=record.number))
    if counted and draft.body.get("counted") is False and "frames" in draft.body.get("state", {}):
        words.append(
            tr("The frames of {exhibit} were counted since: their numbers may be others.", exhibit=record.exhibit)
        )
    return " ".join(words)


def words_in(draft: StoredDraft) -> str:
    """Return what was typed, in one line: the statement where there is one, else the names of the fields."""
    state = draft.body.get("state")
    if not isinstance(state, dict):
        return ""
    statement = state.get("statement")
    if isinstance(statement, list) and statement and str(statement[0]).strip():
        return f"“{str(statement[0]).strip()}”"
    return ", ".join(groups.word_of(group) for group in groups.PARTS if group in state)


@dataclass(frozen=True, slots=True)
class NewDraft:
    """An observation that is being made: the state of its form, its regions, and its frames where they are frames."""

    state: Mapping[str, Any]
    regions: tuple[RegionDraft, ...]
    span: tuple[int, int] | str

    def body(self, clip: Clip) -> dict[str, Any]:
        """Return the draft's body; frames go along with their hashes, so that they are found again by picture."""
        frames = self.span if isinstance(self.span, tuple) else ()
        return {
            "state": dict(self.state),
            "frames": [[n, clip.hash_of(n)] for n in frames],
            "regions": [asdict(region) for region in self.regions],
        }


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """A draft on the clip as it is now: what the form begins from, its state, its regions, and what to say of it."""

    base: Draft
    state: Mapping[str, Any]
    regions: tuple[RegionDraft, ...]
    word: str


def draft_here_again(stored: StoredDraft, clip: Clip) -> FoundAgain | None:
    """Return a new observation's draft as it stands on the clip, None where it is no such draft.

    Frames whose numbers moved are found again by their pictures; where they are not found the form says so.
    """
    state = stored.body.get("state")
    if not isinstance(state, dict) or not isinstance(state.get("term"), str):
        return None
    frames = [entry for entry in _lists(stored.body.get("frames")) if _is_frame(entry)]
    again = [_again(clip, n, hash_) for n, hash_ in frames]
    word, state = "", dict(state)
    if len(again) == 2 and None in again:
        word = tr(
            "Its frames are not among the frames of {exhibit} any more; set them anew.", exhibit=clip.exhibit.number
        )
    elif len(again) == 2 and again != [n for n, _ in frames]:
        word = tr(
            "Its frames were found again by their pictures: {first} to {last}.",
            first=number(again[0] or 0),
            last=number(again[1] or 0),
        )
        state["frames"] = [str(n) for n in again]
    regions, lost = _regions(clip, stored.body.get("regions"))
    if lost:
        gone = plural(
            lost,
            "{count} shape lay on another picture; draw it again.",
            "{count} shapes lay on other pictures; draw them again.",
        )
        word = f"{word} {gone}".strip()
    first, last = (again[0], again[1]) if len(again) == 2 and None not in again else (0, 0)
    return FoundAgain(Draft(term=state["term"], first=first, last=last), state, regions, word)


def _regions(clip: Clip, told: object) -> tuple[tuple[RegionDraft, ...], int]:
    found, lost = [], 0
    for entry in told if isinstance(told, list) else ():
        try:
            region = RegionDraft(
                **{**entry, "points": tuple(int(p) for p in entry["points"]), "provisional": clip.provisional}
            )
            place = _again(clip, int(region.frame), str(region.frame_hash))
        except (TypeError, KeyError, ValueError):
            continue
        if place is None:
            lost += 1
        else:
            found.append(RegionDraft(**{**asdict(region), "frame": place}))
    return tuple(found), lost


def _again(clip: Clip, n: int, hash_: str) -> int | None:
    if 0 <= n < len(clip.table) and clip.hash_of(n) == hash_:
        return n
    return frame_again(clip.table, hash_, n, None)


def _lists(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_frame(entry: object) -> bool:
    return isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], int) and isinstance(entry[1], str)

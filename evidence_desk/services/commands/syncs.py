"""Moments that two exhibits share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence_desk.domain.errors import NotFound, Refused
from evidence_desk.domain.records import Sync
from evidence_desk.domain.time import FrameRef
from evidence_desk.services.bus import Command
from evidence_desk.services.commands.records import AddRecord, Edit
from evidence_desk.store.writer import CaseWriter


def shared_moment(a: FrameRef, b: FrameRef, what: str = "", *, led: bool = False) -> dict[str, Any]:
    """Return a moment as a record keeps it: the first frame of each exhibit that shows it, with its hash.

    `led` says that an earlier moment had put both pictures there, so that this one says nothing of its own.
    """
    moment: dict[str, Any] = {
        "a_frame": a.n,
        "a_hash": a.frame_hash,
        "b_frame": b.n,
        "b_hash": b.frame_hash,
        "what": what.strip(),
    }
    return {**moment, "led": True} if led else moment


@dataclass(frozen=True, slots=True)
class ChangeMoments:
    """Adds a moment to a synchronisation, names one anew or takes one away; reads what stands at the moment of writing.

    `place` counts from 0, None for a new one; a `moment` of None takes away.
    """

    number: str
    place: int | None
    moment: Mapping[str, Any] | None

    @property
    def label(self) -> str:
        """Name the step."""
        if self.place is None:
            return "Mark a shared moment"
        return "Take a shared moment away" if self.moment is None else "Name a shared moment"

    def apply(self, writer: CaseWriter) -> Command:
        """Write the moments; the inverse writes back those that were there."""
        record = writer.get(self.number)
        if not isinstance(record, Sync):
            raise NotFound(f"{self.number} is no synchronisation. Nothing was changed.")
        moments = [dict(m) for m in record.moments]
        if self.place is None:
            moments.append(dict(self.moment or {}))
        elif not 0 <= self.place < len(moments):
            raise NotFound(f"{self.number} has no moment {self.place + 1}. Nothing was changed.")
        elif self.moment is None:
            del moments[self.place]
        else:
            moments[self.place] |= self.moment
        if not moments:
            raise Refused(f"{self.number} would be left without a moment. Nothing was changed. Withdraw it instead.")
        return Edit(self.number, {"moments": tuple(moments)}).apply(writer)


def add_sync(exhibit_a: str, exhibit_b: str, moments: Sequence[Mapping[str, Any]], note: str = "") -> Command:
    """Tie two exhibits by moments that both show, each from `shared_moment`."""
    values = {
        "exhibit_a": exhibit_a,
        "exhibit_b": exhibit_b,
        "moments": tuple(dict(m) for m in moments),
        "note": note.strip(),
    }
    return AddRecord("sync", values)


def add_moment(number: str, moment: Mapping[str, Any]) -> Command:
    """Add a moment to a synchronisation."""
    return ChangeMoments(number, None, moment)


def name_moment(number: str, place: int, what: str) -> Command:
    """Say what a moment is; `place` counts from 0."""
    return ChangeMoments(number, place, {"what": what.strip()})


def remove_moment(number: str, place: int) -> Command:
    """Take a moment away; `place` counts from 0. The last one is withdrawn with its synchronisation."""
    return ChangeMoments(number, place, None)

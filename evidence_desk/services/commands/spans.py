"""Where an observation begins and ends: moved, split at a frame, merged with the one that follows."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from evidence_desk.domain.controlled_values import PROVISIONAL
from evidence_desk.domain.errors import Refused, StaleRevision
from evidence_desk.domain.records import LINK, REGION, Link, Observation, Record, Region
from evidence_desk.domain.regions import KeyFrame, by_time, key_frames_of, placed
from evidence_desk.domain.time import FrameRef
from evidence_desk.services.bus import Command
from evidence_desk.services.commands.observations import frame_values
from evidence_desk.services.commands.records import AddRecord, Batch, Edit, Withdraw
from evidence_desk.store.writer import CaseWriter

_OWN = {field.name for field in fields(Record)}
_JOINED = ("statement", "alternatives", "guard_reason")
_SAME = {
    "exhibit": "exhibit",
    "term": "term",
    "stream": "stream",
    "time_base": "time base",
    "decoder": "decoder",
    "basis": "basis",
    "presence": "presence",
    "presence_reason": "reason",
    "attributes": "attributes",
    "count_min": "count",
    "count_best": "count",
    "count_max": "count",
    "legibility": "legibility",
    "certainty": "certainty",
    "codebook": "codebook",
    "sound_time_base": "sound range",
}
"""What two observations have to share before they can be one, with its word for people."""


def move_span(observation: Observation, first: FrameRef, last: FrameRef) -> Command:
    """Let an observation begin and end elsewhere; its regions have to lie inside."""
    name = f"Move {observation.number}" if first.n != last.n else f"Move {observation.number} to frame {first.n}"
    return Batch(name, (Edit(observation.number, frame_values(first, last), observation.revision),))


def split_observation(observation: Observation, before: FrameRef, at: FrameRef) -> Command:
    """Let an observation end at `before` and another, equal one begin at the frame after it, `at`.

    Regions go with the frames they stand on; one that moves across the border gets a key frame on both of its sides.
    Links stay with the first part: whether the second bears on a claim as well is a person's word.
    """
    return _Split(observation.number, before, at, observation.revision)


def merge_observations(first: Observation, second: Observation) -> Command:
    """Let two observations of one term that touch or overlap be one, with the regions and links of both.

    The second is withdrawn. Refused where a frame lies between them, or where they state different things.
    """
    return _Merge(first.number, second.number, (first.revision, second.revision))


@dataclass(frozen=True, slots=True)
class _Split:
    number: str
    before: FrameRef
    at: FrameRef
    expected: int

    @property
    def label(self) -> str:
        """Name the step."""
        return f"Split {self.number}"

    def apply(self, writer: CaseWriter) -> Command:
        """Shorten the record, make the second part, and give each part its regions."""
        record = _observation(writer, self.number, self.expected)
        first, last, n = record.first_frame, record.last_frame, self.at.n
        if first is None or last is None or not first < n <= last or self.before.n != n - 1:
            raise Refused(f"{self.number} cannot be split at frame {n}. Nothing was changed. Go to a frame inside it.")
        steps: list[Command] = []
        children: list[tuple[str, str, dict[str, Any]]] = []
        for region in _regions(writer, self.number):
            stays, goes = _parted(region, self.before, self.at)
            if stays is None:
                steps.append(Withdraw(region.number, f"Goes with the second part of {self.number}, which was split."))
            elif stays:
                steps.append(Edit(region.number, stays, region.revision))
            if goes is not None:
                children.append(("region", "observation", goes))
        provisional = self.before.provisional or self.at.provisional
        anchor = {"anchor": record.anchor or (PROVISIONAL if provisional else "")}
        end = {"last_frame": self.before.n, "last_pts": self.before.pts, "last_hash": self.before.frame_hash}
        begin = {"first_frame": n, "first_pts": self.at.pts, "first_hash": self.at.frame_hash}
        steps.append(Edit(self.number, {**end, **anchor}, self.expected))
        steps.append(AddRecord("observation", {**_values(record), **begin, **anchor}, tuple(children)))
        return Batch(self.label, tuple(steps)).apply(writer)


@dataclass(frozen=True, slots=True)
class _Merge:
    first: str
    second: str
    expected: tuple[int, int]

    @property
    def label(self) -> str:
        """Name the step."""
        return f"Merge {self.first} and {self.second}"

    def apply(self, writer: CaseWriter) -> Command:
        """Lengthen the first, copy what hangs on the second, withdraw the second."""
        a = _observation(writer, self.first, self.expected[0])
        b = _observation(writer, self.second, self.expected[1])
        _refuse_unlike(a, b)
        steps: list[Command] = []
        values = _union(a, b)
        if values:
            steps.append(Edit(a.number, values, a.revision))
        steps += [AddRecord("region", {**_values(r), "observation": a.number}) for r in _regions(writer, b.number)]
        linked = {(li.target, li.relation) for li in _links(writer, a.number)}
        for link in _links(writer, b.number):
            if (link.target, link.relation) not in linked:
                steps.append(AddRecord("link", {**_values(link), "origin": a.number}))
        steps.append(Withdraw(b.number, f"Merged into {a.number}."))
        return Batch(self.label, tuple(steps)).apply(writer)


def _observation(writer: CaseWriter, number: str, expected: int) -> Observation:
    record = writer.get(number)
    if not isinstance(record, Observation) or not record.in_force:
        raise Refused(f"{number} is no observation in force. Nothing was changed.")
    if record.revision != expected:
        raise StaleRevision(f"{number} was changed meanwhile. Nothing was written over it.")
    return record


def _regions(writer: CaseWriter, observation: str) -> list[Region]:
    found = writer.find(REGION, "observation", observation)
    return [region for region in found if isinstance(region, Region) and region.in_force]


def _links(writer: CaseWriter, observation: str) -> list[Link]:
    return [li for li in writer.find(LINK, "origin", observation) if isinstance(li, Link) and li.in_force]


def _values(record: Record) -> dict[str, Any]:
    """Return what a record says, without what tells it from every other."""
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name not in _OWN}


# ------------------------------------------------------------------------------------------------------------- split


def _parted(region: Region, before: FrameRef, at: FrameRef) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return what changes of a region in the first part, None where it leaves; its values in the second or None."""
    whole = _values(region)
    if region.life == "span":
        here = {} if region.frame < at.n else {"frame": before.n, "frame_hash": before.frame_hash}
        there = {} if region.frame >= at.n else {"frame": at.n, "frame_hash": at.frame_hash}
        return here, {**whole, **there}
    if region.life != "keyed":
        return ({}, None) if region.frame < at.n else (None, whole)
    keys = key_frames_of(region)
    left, right = [k for k in keys if k.frame < at.n], [k for k in keys if k.frame >= at.n]
    gap = bool(left) and left[-1].outside
    while right and right[0].outside and (gap or not left):
        right.pop(0)  # the second part begins where it is in the picture again
    if not right:
        return {}, None
    if not left:
        return None, whole
    if left[-1].frame != before.n and not gap:
        left.append(_border(region, before))
    if right[0].frame != at.n and not gap:
        right.insert(0, _border(region, at))
    if right[0].outside:
        right = right[next((i for i, k in enumerate(right) if not k.outside), len(right)) :]
    if not right:
        return _keyed(region, left), None
    return _keyed(region, left), {**whole, **_keyed(region, right)}


def _border(region: Region, ref: FrameRef) -> KeyFrame:
    stamp = ref.pts if by_time(region) else None
    found = placed(region, ref.n, None, stamp)
    assert found is not None  # between two of its key frames, and in the picture
    return KeyFrame(ref.n, ref.frame_hash, found.points, found.by, pts=stamp)


def _keyed(region: Region, keys: list[KeyFrame]) -> dict[str, Any]:
    drawn = next((k for k in keys if k.frame == region.frame), keys[0])
    values = {"frame": drawn.frame, "frame_hash": drawn.hash, "points": drawn.points}
    return {**values, "key_frames": tuple(k.values() for k in keys)}


# ------------------------------------------------------------------------------------------------------------- merge


def _refuse_unlike(a: Observation, b: Observation) -> None:
    names = f"{a.number} and {b.number}"
    for field, word in _SAME.items():
        if getattr(a, field) != getattr(b, field):
            raise Refused(f"{names} differ in their {word}. Nothing was changed. Make them alike first.")
    if a.first_frame is None or a.last_frame is None or b.first_frame is None or b.last_frame is None:
        raise Refused(f"{names} do not both name frames. Nothing was changed.")
    if (a.sound_start is None) != (b.sound_start is None):
        raise Refused(f"Only one of {names} has a sound range. Nothing was changed.")
    if a.anchor != b.anchor:
        raise Refused(f"The frame numbers of {names} do not stand alike. Nothing was changed.")
    if max(a.first_frame, b.first_frame) > min(a.last_frame, b.last_frame) + 1:
        raise Refused(f"Frames lie between {names}. Nothing was changed. Let them meet first.")


def _union(a: Observation, b: Observation) -> dict[str, Any]:
    """Return the fields of `a` that change once it covers both."""
    values: dict[str, Any] = {}
    assert a.first_frame is not None
    assert a.last_frame is not None
    if b.first_frame is not None and b.first_frame < a.first_frame:
        values |= {name: getattr(b, name) for name in ("first_frame", "first_pts", "first_hash")}
    if b.last_frame is not None and b.last_frame > a.last_frame:
        values |= {name: getattr(b, name) for name in ("last_frame", "last_pts", "last_hash")}
    if a.sound_start is not None and b.sound_start is not None and b.sound_start < a.sound_start:
        values["sound_start"] = b.sound_start
    if a.sound_end is not None and b.sound_end is not None and b.sound_end > a.sound_end:
        values["sound_end"] = b.sound_end
    for name in _JOINED:
        mine, other = getattr(a, name), getattr(b, name)
        if other and other != mine:
            values[name] = f"{mine}\n{other}" if mine else other
    return values

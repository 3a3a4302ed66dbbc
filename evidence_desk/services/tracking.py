"""Following a region through its exhibit: from where it stands, as far as its observation lasts, as key frames."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence_desk.domain.errors import Refused
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import Exhibit, Region
from evidence_desk.domain.regions import (
    TRACKED,
    KeyFrame,
    carried,
    held_inside,
    key_frames_of,
    person_key,
    placed,
    present,
    stamp_at,
    target_around,
    tracking_end,
    with_track,
)
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker

REACH = 300
"""Frames that are followed at once: what comes is looked at by a person before more of it is made."""


@dataclass(frozen=True, slots=True)
class Way:
    """A region that is to be followed from `here`, where it stands, to frame `end`."""

    exhibit: Exhibit
    region: Region
    here: KeyFrame
    end: int


@dataclass(frozen=True, slots=True)
class Followed:
    """The key frames that tracking gave; `lost` says why it ended before the end, "" where it did not.

    `lost_at` is the first frame on which the target was not found, -1 where it was found on all. `gone` counts the
    frames of older runs that give way to it and are not on its way.
    """

    keys: tuple[KeyFrame, ...]
    lost: str = ""
    lost_at: int = -1
    gone: int = 0

    def reached(self, way: Way) -> int:
        """Return the last frame that was looked at."""
        return self.lost_at if self.lost else way.end


def way_of(
    exhibit: Exhibit, table: FrameTable, region: Region, span: tuple[int, int] | None, here: tuple[int, str], to: int
) -> Way:
    """Return the way from the frame `here` (number and hash) towards frame `to`.

    It ends where the observation ends, at what a person fixed, and after REACH frames. Raises Refused where the region
    is not on that frame, where nothing is left to follow, and while the frames are not counted.
    """
    n, frame_hash = here
    stands = placed(region, n, span, stamp_at(table, n))
    if exhibit.provisional:
        raise Refused(
            f"The frames of {exhibit.number} are not counted yet. Nothing was tracked. Track it once they are."
        )
    if stands is None or span is None:
        raise Refused(f"{region.number} does not stand on frame {n}. Nothing was tracked. Set a key frame there first.")
    limit = min(to, n + REACH, span[1]) if to > n else max(to, n - REACH, span[0])
    end = tracking_end(key_frames_of(region), n, limit)
    if (to > n and end <= n) or (to <= n and end >= n):
        raise Refused(
            f"From frame {n} there is nothing to track: {region.observation} ends here, or a key frame follows at "
            "once. Nothing was tracked. Change the frames of the observation to go further."
        )
    return Way(exhibit, region, KeyFrame(n, frame_hash, stands.points), end)


def follow(worker: MediaWorker, file: Path, table: FrameTable, way: Way, ctx: JobContext) -> Followed:
    """Follow a region; the target is known by where a person last put it. Writes nothing.

    Raises MediaUnreadable where a frame cannot be decoded, WorkerFailed, Cancelled.
    """
    region, here = way.region, way.here
    size = way.exhibit.width or 1, way.exhibit.height or 1
    known = person_key(key_frames_of(region), here.frame)
    first = known.frame, target_around(region.shape, known.points, size)
    start = here.frame, target_around(region.shape, here.points, size)
    found = worker.track(file, table, first, start, way.end, ctx)
    keys = []
    for n, rect in found.places:
        points = held_inside(region.shape, carried(region.shape, here.points, start[1], rect), size)
        keys.append(KeyFrame(n, table.hash_of(n), points, TRACKED))
    if not found.lost or not keys:
        return Followed(tuple(sorted(keys, key=lambda k: k.frame)), found.lost, found.lost_at)
    before = key_frames_of(region)
    kept = with_track(before, here.frame, found.lost_at, keys, lost=True)
    gone = len({k.frame for k in present(before)} - {k.frame for k in kept} - {found.lost_at})
    keys += _lost_mark(table, kept, here, keys, found.lost_at)
    return Followed(tuple(sorted(keys, key=lambda k: k.frame)), found.lost, found.lost_at, gone)


def _lost_mark(
    table: FrameTable, kept: tuple[KeyFrame, ...], here: KeyFrame, found: list[KeyFrame], lost_at: int
) -> list[KeyFrame]:
    """Return the proposal that the region is not in the picture where it was lost, so that nothing is put in between.

    Forwards it stands on the frame where the target was lost. Backwards it begins behind the last key frame before,
    since a gap is told at its beginning; where there is none before, there is nothing to be said.
    """
    if lost_at > here.frame:
        return [KeyFrame(lost_at, table.hash_of(lost_at), found[-1].points, TRACKED, outside=True)]
    earlier = [k for k in kept if k.frame < lost_at]
    if not earlier or earlier[-1].outside:
        return []
    start = earlier[-1].frame + 1
    return [KeyFrame(start, table.hash_of(start), earlier[-1].points, TRACKED, outside=True)]

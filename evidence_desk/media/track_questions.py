"""What the desk asks about where a target went: the worker follows it from frame to frame and says when it is lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_desk.domain.frames import FrameTable
from evidence_desk.jobs import JobContext
from evidence_desk.media.asking import AskingWorker, answered

Rect = tuple[int, int, int, int]
"""x, y, width and height in 1/16 pixel of the native picture."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """Where a target was found, frame by frame; `lost` says why it ended early, "" where it did not.

    `lost_at` is the first frame on which it was not found, -1 where it was found on all.
    """

    places: tuple[tuple[int, Rect], ...]
    lost: str = ""
    lost_at: int = -1


class TrackQuestions(AskingWorker):
    """Answers by following."""

    @answered
    def track(
        self,
        path: Path,
        table: FrameTable,
        first: tuple[int, Rect],
        start: tuple[int, Rect],
        end: int,
        ctx: JobContext | None = None,
    ) -> Tracked:
        """Follow a rectangle from `start` to frame `end`, forwards or backwards; both with frame and rectangle.

        `first` is where a person drew it, by which the target is known. Raises MediaUnreadable where a frame cannot be
        decoded, FrameOutOfRange, WorkerFailed, Cancelled.
        """
        words: dict[str, Any] = {"first": [first[0], *first[1]], "start": [start[0], *start[1]], "end": end}
        head = self.ask_frame("track", path, table, ctx, **words).head
        places: list[tuple[int, Rect]] = []
        for row in head["places"]:
            n, x, y, w, h = (int(v) for v in row)
            places.append((n, (x, y, w, h)))
        return Tracked(tuple(places), str(head["lost"]), int(head["lost_at"]))

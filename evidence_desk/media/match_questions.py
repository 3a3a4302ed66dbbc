"""What the desk asks about a picture that another decoder made: which frame it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence_desk.domain.frames import FrameTable
from evidence_desk.jobs import JobContext
from evidence_desk.media.asking import AskingWorker, answered
from evidence_desk.media.player import NativePicture


@dataclass(frozen=True, slots=True)
class Matched:
    """The frame that a picture shows: `equal` bit for bit, or `near` and clearly nearer than all others; else a guess.

    `difference` is the mean absolute difference of the luma in steps of 8 bits.
    """

    n: int
    equal: bool
    near: bool
    difference: float

    @property
    def certain(self) -> bool:
        """Tell whether this is the frame, and no guess."""
        return self.equal or self.near


class MatchQuestions(AskingWorker):
    """Answers by comparing with decoded frames."""

    @answered
    def match(
        self, path: Path, table: FrameTable, native: NativePicture, near: int, ctx: JobContext | None = None
    ) -> Matched:
        """Return the frame that a picture of play shows, looked for around frame `near`.

        Raises MediaUnreadable where no frame there can be decoded, WorkerFailed, Cancelled.
        """
        words = {"near": near, "format": native.format, "size": [native.width, native.height]}
        head = self.ask_frame("match", path, table, ctx, native.planes, **words).head
        return Matched(int(head["n"]), bool(head["equal"]), bool(head["near"]), float(head["difference"]))

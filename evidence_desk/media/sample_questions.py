"""What the desk asks about a single stored pixel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence_desk.domain.frames import FrameTable
from evidence_desk.media.asking import AskingWorker, answered


@dataclass(frozen=True, slots=True)
class PixelSample:
    """One stored pixel: components with their values and bits, and the matrix and range by which they are shown.

    `values` is empty where the layout holds no plain samples.
    """

    x: int
    y: int
    values: tuple[tuple[str, int, int], ...]
    layout: str
    matrix: str
    range: str

    def words(self) -> str:
        """Return the values in words: `Y 116, Cb 120, Cr 131 (yuv420p, bt709, limited)`."""
        return f"{self.told()} ({self.read_as()})"

    def told(self) -> str:
        """Return the values alone: `Y 116, Cb 120, Cr 131`."""
        return ", ".join(f"{name} {value}" for name, value, _ in self.values) or "no plain samples"

    def read_as(self) -> str:
        """Return layout, matrix and range: `yuv420p, bt709, limited`."""
        return f"{self.layout}, {self.matrix}, {self.range}"


class SampleQuestions(AskingWorker):
    """Answers about pixels."""

    @answered
    def sample(self, path: Path, table: FrameTable, n: int, x: int, y: int) -> PixelSample:
        """Return the native pixel (x, y) of frame n, counted from 0 at the top left, before rotation and aspect.

        Raises FrameOutOfRange, MediaUnreadable, WorkerFailed.
        """
        head = self.ask_frame("sample", path, table, None, n=n, x=x, y=y).head
        values = tuple((str(name), int(value), int(bits)) for name, value, bits in head["values"])
        return PixelSample(
            int(head["x"]), int(head["y"]), values, str(head["layout"]), str(head["matrix"]), str(head["range"])
        )

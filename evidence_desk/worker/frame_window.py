"""A bounded window of native pictures around the one last asked for: what makes a step back as quick as a step on."""

from __future__ import annotations

from av.video.frame import VideoFrame

DEFAULT_BUDGET = 256 << 20
_MOST = 600


class FrameWindow:
    """Keeps pictures by number up to a budget of bytes; what lies farthest from the target goes first."""

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        self._budget = budget
        self._frames: dict[int, VideoFrame] = {}
        self._sizes: dict[int, int] = {}
        self._confirmed: set[int] = set()
        self._total = 0
        self._shape: tuple[int, int, str] = (0, 0, "")
        self._shape_size = 0

    @property
    def held(self) -> int:
        """Bytes of all pictures kept."""
        return self._total

    def get(self, n: int) -> VideoFrame | None:
        """Return frame n if it is kept."""
        return self._frames.get(n)

    def put(self, n: int, frame: VideoFrame, target: int) -> None:
        """Keep a picture; others go, the farthest from `target` first, until the budget holds. The newest stays."""
        self.drop(n)
        size = self._size(frame)
        self._frames[n], self._sizes[n] = frame, size
        self._total += size
        self._make_room(n, target)

    def set_budget(self, budget: int) -> None:
        """Change the budget; what lies farthest from the newest picture goes until it holds."""
        self._budget = budget
        if self._frames:
            newest = next(reversed(self._frames))
            self._make_room(newest, newest)

    def _make_room(self, n: int, target: int) -> None:
        while len(self._frames) > 1 and (self._total > self._budget or len(self._frames) > _MOST):
            low, high = min(self._frames), max(self._frames)
            gone = low if abs(target - low) >= abs(high - target) else high
            if gone in (n, target):
                gone = high if gone == low else low
            self.drop(gone)

    def drop(self, n: int) -> None:
        """Let go of frame n if it is kept."""
        if self._frames.pop(n, None) is not None:
            self._total -= self._sizes.pop(n)
            self._confirmed.discard(n)

    def clear(self) -> None:
        """Let go of every picture."""
        self._frames.clear()
        self._sizes.clear()
        self._confirmed.clear()
        self._total = 0

    def confirm(self, n: int, frame: VideoFrame) -> None:
        """Remember that the picture kept under n has the recorded hash."""
        if self._frames.get(n) is frame:
            self._confirmed.add(n)

    def is_confirmed(self, n: int, frame: VideoFrame) -> bool:
        """Tell whether that very picture was confirmed before."""
        return n in self._confirmed and self._frames.get(n) is frame

    def _size(self, frame: VideoFrame) -> int:
        shape = (frame.width, frame.height, frame.format.name)
        if shape != self._shape:
            self._shape, self._shape_size = shape, sum(plane.buffer_size for plane in frame.planes)
        return self._shape_size

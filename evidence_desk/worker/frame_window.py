"""A bounded window of native pictures around the one last asked for: what makes a step back as quick as a step on."""

from __future__ import annotations

import gc
import threading

from av.video.frame import VideoFrame

DEFAULT_BUDGET = 512 << 20
_MOST = 2000
_AHEAD_WHEN_BACKWARD = 8
_FAR = 1 << 40
_GIVE_BACK_PART, _GIVE_BACK_LEAST = 16, 4 << 20  # of the budget, and bytes: dropped before a collection is made


class FrameWindow:
    """Keeps pictures by number up to a budget of bytes. Safe to use from two threads.

    Nearest to the target is worth most. While stepping backward, what lies more than a few pictures ahead goes first,
    so that nearly all of the budget lies behind, where the next steps lead. The target is the last to go.
    """

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        self._budget = budget
        self._lock = threading.RLock()
        self._frames: dict[int, VideoFrame] = {}
        self._sizes: dict[int, int] = {}
        self._confirmed: set[int] = set()
        self._total = 0
        self._dropped = 0
        self._target = 0
        self._backward = False
        self._shape: tuple[int, int, str] = (0, 0, "")
        self._shape_size = 0

    @property
    def held(self) -> int:
        """Bytes of all pictures kept."""
        return self._total

    @property
    def capacity(self) -> int:
        """How many pictures like the newest one the budget holds; 0 before the first."""
        return min(_MOST, self._budget // self._shape_size) if self._shape_size else 0

    def aim(self, target: int, direction: int) -> None:
        """Tell which frame is asked for and which way the steps lead: -1 backward, 1 forward, 0 neither."""
        with self._lock:
            self._target, self._backward = target, direction < 0

    def get(self, n: int) -> VideoFrame | None:
        """Return frame n if it is kept."""
        return self._frames.get(n)

    def put(self, n: int, frame: VideoFrame) -> None:
        """Keep a picture; what is worth least goes until the budget holds, which may be this one. The target stays."""
        with self._lock:
            self.drop(n)
            size = self._size(frame)
            self._frames[n], self._sizes[n] = frame, size
            self._total += size
            self._make_room()

    def set_budget(self, budget: int) -> None:
        """Change the budget; what is worth least goes until it holds."""
        with self._lock:
            self._budget = budget
            self._make_room()

    def bottom(self, n: int) -> int:
        """Return the lowest number of the unbroken row of pictures that ends with n; n + 1 where n is not kept."""
        with self._lock:
            low = n + 1
            while low - 1 in self._frames:
                low -= 1
            return low

    def top(self, n: int, most: int) -> int:
        """Return the highest number of the unbroken row that starts with n, looking at most `most` pictures on."""
        with self._lock:
            high = n - 1
            while high < n + most and high + 1 in self._frames:
                high += 1
            return high

    def drop(self, n: int) -> None:
        """Let go of frame n if it is kept."""
        with self._lock:
            if self._frames.pop(n, None) is not None:
                size = self._sizes.pop(n)
                self._total -= size
                self._dropped += size
                self._confirmed.discard(n)

    def clear(self) -> None:
        """Let go of every picture."""
        with self._lock:
            self._frames.clear()
            self._sizes.clear()
            self._confirmed.clear()
            self._dropped += self._total
            self._total = 0
            self._give_back()

    def confirm(self, n: int, frame: VideoFrame) -> None:
        """Remember that the picture kept under n has the recorded hash."""
        with self._lock:
            if self._frames.get(n) is frame:
                self._confirmed.add(n)

    def is_confirmed(self, n: int, frame: VideoFrame) -> bool:
        """Tell whether that very picture was confirmed before."""
        with self._lock:
            return n in self._confirmed and self._frames.get(n) is frame

    def _make_room(self) -> None:
        while len(self._frames) > 1 and (self._total > self._budget or len(self._frames) > _MOST):
            low, high = min(self._frames), max(self._frames)
            self.drop(low if self._distance(low) > self._distance(high) else high)
        self._give_back()

    def _give_back(self) -> None:
        """Free what was dropped. A PyAV frame whose side data was read refers to itself: only a collection frees it."""
        if self._dropped > max(self._budget // _GIVE_BACK_PART, _GIVE_BACK_LEAST):
            self._dropped = 0
            gc.collect()

    def _distance(self, n: int) -> int:
        """Return how little the picture is worth; it grows to both sides of the target."""
        away = n - self._target
        if self._backward and away > 0:
            return away if away <= _AHEAD_WHEN_BACKWARD else _FAR + away
        return abs(away)

    def _size(self, frame: VideoFrame) -> int:
        shape = (frame.width, frame.height, frame.format.name)
        if shape != self._shape:
            self._shape, self._shape_size = shape, sum(plane.buffer_size for plane in frame.planes)
        return self._shape_size

"""Seconds to pixels and back for the timeline: zoom at a place, pan, ruler steps. No drawing here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

MIN_SECONDS = 0.25
"""The closest zoom: a quarter of a second across the width, so that single frames are wide apart."""

_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """The part of a clip that is visible: `start` and `span` in seconds of `length`, laid over `width` pixels.

    Floats are fine here: these are places on a screen, the frames they stand for are found by exact integers.
    """

    length: float
    width: float
    start: float
    span: float

    @classmethod
    def whole(cls, length: float, width: float) -> TimeScale:
        """Return the scale that shows the whole clip."""
        length = max(length, 0.001)
        return cls(length, max(width, 1.0), 0.0, length)

    def x(self, seconds: float) -> float:
        """Return the pixel of a moment; outside 0 to width where it is not visible."""
        return (seconds - self.start) / self.span * self.width

    def seconds(self, x: float) -> float:
        """Return the moment at a pixel, held inside the clip."""
        return min(max(self.start + x / self.width * self.span, 0.0), self.length)

    @property
    def end(self) -> float:
        """Return the last visible moment."""
        return self.start + self.span

    @property
    def is_whole(self) -> bool:
        """Tell whether the whole clip is visible."""
        return self.span >= self.length

    def resized(self, width: float) -> TimeScale:
        """Return the same part over another width."""
        return replace(self, width=max(width, 1.0))

    def zoomed(self, factor: float, x: float) -> TimeScale:
        """Return the scale with `factor` more seconds across, the moment under pixel x staying where it is."""
        span = min(max(self.span * factor, min(MIN_SECONDS, self.length)), self.length)
        under = self.start + x / self.width * self.span
        return self._held(under - x / self.width * span, span)

    def panned(self, pixels: float) -> TimeScale:
        """Return the scale moved by a number of pixels to the right."""
        return self._held(self.start + pixels / self.width * self.span, self.span)

    def moved_to(self, start: float) -> TimeScale:
        """Return the scale beginning at a moment, held inside the clip."""
        return self._held(start, self.span)

    def showing(self, seconds: float) -> TimeScale:
        """Return a scale in which the moment is visible, moved by a page only where it is not."""
        margin = self.span * 0.04
        if self.start <= seconds <= self.end:
            return self
        wanted = seconds - margin if seconds > self.end else seconds - self.span + margin
        return self._held(wanted, self.span)

    def _held(self, start: float, span: float) -> TimeScale:
        return replace(self, start=min(max(start, 0.0), max(self.length - span, 0.0)), span=span)

    def step(self, min_pixels: float = 90.0) -> float:
        """Return the seconds between two labels of the ruler, at least `min_pixels` apart."""
        wanted = self.span / self.width * min_pixels
        return next((s for s in _STEPS if s >= wanted), float(_STEPS[-1]))

    def ticks(self) -> Iterator[tuple[float, bool]]:
        """Yield the visible moments to mark on the ruler; the flag tells which carry a label."""
        step = self.step()
        minor = step / 5
        k = max(int(self.start / minor), 0)
        while k * minor <= self.end:
            yield k * minor, k % 5 == 0
            k += 1


def ruler_label(seconds: float, step: float) -> str:
    """Return the label of a moment on the ruler: as many decimals as the step between labels needs."""
    decimals = 0 if step >= 1 else 1 if step >= 0.1 else 2
    whole = int(seconds + 1e-9)
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    fraction = f"{seconds - whole + 1e-9:.{decimals}f}"[1:] if decimals else ""
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes:02d}"
    return f"{head}:{secs:02d}{fraction}"

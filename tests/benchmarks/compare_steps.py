"""How long a step takes until both compared pictures stand exactly, and the longest wait of the interface meanwhile.

    python tests/benchmarks/compare_steps.py [--steps 100] [--size 1920x1080]

Makes two clips (25 and 30 frames a second), a case of both in a temporary folder, opens Review without a display, ties
the clips by one moment and steps. Prints JSON: `both_ms` and `one_ms` (median, p95; with and without the second
picture), `first_paint_ms` of each way of comparing, and `longest_stall_ms`, the largest gap of a 5 ms timer by part.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from evidence_desk.jobs import NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case
from evidence_desk.settings import SettingsFile
from evidence_desk.ui.main_window import MainWindow
from evidence_desk.ui.panels.compare_panel import ComparePanel
from evidence_desk.ui.rooms.review import ReviewRoom
from evidence_desk.ui.theme import apply_theme
from evidence_desk.ui.widgets.compare_view import MODES
from evidence_desk.wiring import Workers
from tests.contract.clips import Clip, make_clip


def made_case(folder: Path, size: tuple[int, int], frames: int) -> Path:
    """Make the case of two clips and return its folder."""
    case = Case.create(folder / "Pair.edcase", "Pair", "Reviewer A")
    with MediaWorker() as worker:
        for name, step in (("a", 40), ("b", 33)):
            stamps = tuple(n * step for n in range(frames))
            file = make_clip(folder / f"{name}.mp4", Clip(frames=frames, width=size[0], height=size[1], stamps=stamps))
            received = intake.receive(case.paths, file, case.known_hashes(), NullContext())
            exhibit = case.bus.run(c.add_exhibit(received, file.stem, None)).numbers[0]
            examination = intake.examine(worker, case.paths, received, NullContext())
            case.bus.run(c.record_examination(exhibit, examination))
    case.close()
    return case.folder


class Heart:
    """A 5 ms timer of the interface that keeps its largest gap."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now

    def reset(self) -> None:
        """Forget what was before."""
        self.longest, self._last = 0.0, time.perf_counter()


def until(holds: Callable[[], bool]) -> float:
    """Let the interface run until it holds; return the milliseconds, raise TimeoutError after 20 seconds."""
    began = time.perf_counter()
    while not holds():
        QApplication.processEvents()
        if time.perf_counter() - began > 20:
            raise TimeoutError
    return (time.perf_counter() - began) * 1000


def after(doing: Callable[[], None], holds: Callable[[], bool]) -> float:
    """Do something and let the interface run until it holds; return the milliseconds."""
    doing()
    return until(holds)


def spread(values: list[float]) -> dict[str, float]:
    """Return median and 95th percentile."""
    ordered = sorted(values)
    return {"median": round(statistics.median(values), 1), "p95": round(ordered[int(len(ordered) * 0.95)], 1)}


def measured(room: ReviewRoom, steps: int, heart: Heart) -> dict[str, object]:
    """Return the figures."""
    desk, clip, panel = room.compare.desk, room.clip, room.compare.panel

    def one() -> bool:
        shown = room.centre.viewer.shown
        return shown is not None and shown.n == clip.n and clip.state == "exact"

    def both() -> bool:
        first, other = desk.shown
        there = desk.place != "shown" or (other is not None and other.n == desk.n)
        return one() and desk.pair is not None and first is not None and first.n == clip.n and there

    stalls: dict[str, float] = {}

    def part(name: str, doing: Callable[[], object]) -> None:
        heart.reset()
        doing()
        QApplication.processEvents()
        stalls[name] = round(heart.longest * 1000, 1)

    def stepping(holds: Callable[[], bool]) -> list[float]:
        took = []
        for _ in range(steps):
            clip.step(1)
            took.append(until(holds))
        return took

    until(one)
    alone: list[float] = []
    together: list[float] = []
    part("one", lambda: alone.extend(stepping(one)))
    clip.go(0)
    until(one)
    part("begin", lambda: after(desk.toggle, both))
    part("mark", lambda: after(desk.mark, lambda: desk.together and both()))
    part("both", lambda: together.extend(stepping(both)))
    paint: dict[str, float] = {}
    for mode in MODES:
        part(mode, lambda mode=mode: paint.update({mode: first_paint(panel, mode)}))  # type: ignore[misc]
    return {"one_ms": spread(alone), "both_ms": spread(together), "first_paint_ms": paint, "longest_stall_ms": stalls}


def first_paint(panel: ComparePanel, mode: str) -> float:
    """Return how long it takes to compare another way, blending included."""
    began = time.perf_counter()
    panel.set_mode(mode)
    panel.view.repaint()
    return round((time.perf_counter() - began) * 1000, 1)


def in_window(place: Path, steps: int) -> dict[str, object]:
    """Open the case in a window of 1440 x 900 and return the figures."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    settings = SettingsFile()
    apply_theme("dark", 100)
    workers = Workers(settings.value.window_mb)
    window = MainWindow(settings, workers)
    window.resize(1440, 900)
    window.show()
    try:
        window.open_path(place, "Reviewer A")
        until(lambda: window.session.is_open and window.rooms.is_settled)
        window.registry.trigger("room.review")
        until(lambda: window.findChild(ReviewRoom) is not None)
        room = window.findChild(ReviewRoom)
        assert isinstance(room, ReviewRoom)
        until(lambda: room.clip.clip is not None)
        return measured(room, steps, Heart())
    finally:
        window.session.close()
        workers.close()
        app.quit()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--steps", type=int, default=100)
    options.add_argument("--size", default="1920x1080")
    given = options.parse_args()
    width, _, height = given.size.partition("x")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[name] = folder
        place = made_case(Path(folder), (int(width), int(height)), given.steps + 20)
        found = {"size": given.size, "steps": given.steps, **in_window(place, given.steps)}
        sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()

"""How quick the window itself is: start to the painted welcome page, the longest stall of a fixed script, panning.

Times are wall-clock. A stall is the gap between two beats of a timer of 5 ms on the window's thread: while that thread
does anything else, no key and no paint gets through.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from evidence_desk.jobs import JobContext
from evidence_desk.services.playhead import FrameClock
from evidence_desk.settings import SettingsFile
from evidence_desk.training import demo
from evidence_desk.ui.main_window import MainWindow
from evidence_desk.ui.rooms.review import ReviewRoom
from evidence_desk.ui.theme import apply_theme
from evidence_desk.ui.widgets.timeline import Timeline
from evidence_desk.ui.widgets.timeline_lanes import OBSERVATION, Bar, Lane, lane_of
from evidence_desk.wiring import Workers

PAINTED = "painted"
"""What a window that was started to be measured writes to stdout, before it ends."""
UNTIL_PAINTED = "--until-painted"
BEAT_MS = 5
STARTS = 3
STEPS, OBSERVATIONS, PANS = 200, 20, 100
REPAINTS = 300
HOURS = 10
_RATE = 25
_HELD_KEY_S = 1 / 30
_PATIENCE_S = 60.0
_SETTLE_MS = 100
_LANES = ("people", "marking", "posture", "object", "sound", "continuity", "place")


@dataclass(frozen=True, slots=True)
class DeskBenchmark:
    """`start_ms`: process start to painted welcome page, median; `pan_fps`: full repaints a second, by the median.

    `longest_run_ms` is the most that the window's thread ran itself within one gap: a busy machine changes it little.
    """

    start_ms: float
    longest_stall_ms: float
    longest_run_ms: float
    pan_fps: float
    marks: int

    def to_json(self) -> dict[str, float]:
        """Return the words of `bench --desk`."""
        return {
            "start_ms": round(self.start_ms, 1),
            "longest_stall_ms": round(self.longest_stall_ms, 1),
            "longest_run_ms": round(self.longest_run_ms, 1),
            "pan_fps": round(self.pan_fps, 1),
            "marks": self.marks,
        }


def measure(marks: int, ctx: JobContext) -> DeskBenchmark:
    """Measure all three; without a display nothing is shown and the offscreen platform stands in."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    start = start_ms()
    QApplication.setApplicationName("evidence-desk")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    fps = pan_fps(marks)
    with tempfile.TemporaryDirectory(prefix="evidence-desk-bench-", ignore_cleanup_errors=True) as folder:
        beats = longest_stalls(Path(folder), ctx)
    stall = max((gap for gap, _, _ in beats.gaps), default=0.0)
    run = max((ran for _, ran, _ in beats.gaps), default=0.0)
    return DeskBenchmark(start, stall * 1000, run * 1000, fps, marks)


# ------------------------------------------------------------------------------------------------------------- start


def start_ms() -> float:
    """Return the median milliseconds from starting a process to its painted welcome page; one start warms up first."""
    found = []
    for _ in range(STARTS + 1):
        began = time.perf_counter()
        with subprocess.Popen(_own_command(UNTIL_PAINTED), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            line = process.stdout.readline().strip()
            took = time.perf_counter() - began
            process.wait(_PATIENCE_S)
        if line != PAINTED:
            raise RuntimeError("the window did not start")
        found.append(took * 1000)
    return statistics.median(found[1:])


def _own_command(argument: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, argument]
    return [sys.executable, "-m", "evidence_desk", argument]


# --------------------------------------------------------------------------------------------------------------- pan


def pan_fps(marks: int) -> float:
    """Return full repaints a second of a timeline of 1440 x 300 with `marks` marks on ten hours, by their median."""
    apply_theme("dark", 100)
    timeline = Timeline()
    timeline.resize(1440, 300)
    clock = ten_hours()
    timeline.set_clip(clock, 16 / 9)
    timeline.set_lanes(made_lanes(marks, clock))
    timeline.show()
    _settle()
    took = []
    for hours in (1.0, 1 / 6, 1 / 60):
        timeline.show_whole()
        timeline.zoom(hours / HOURS, 700)
        for _ in range(REPAINTS // 3):
            scale = timeline.scale
            assert scale is not None
            began = time.perf_counter()
            timeline.use_scale(scale.panned(11.0))
            timeline.repaint()
            took.append(time.perf_counter() - began)
    timeline.close()
    timeline.deleteLater()
    return 1 / statistics.median(took)


def _settle() -> None:
    """Let a window come to the screen before anything is timed."""
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()


def ten_hours() -> FrameClock:
    """Return the clock of ten hours at an even rate, without a list of a million numbers."""
    count = HOURS * 3600 * _RATE
    return FrameClock(Fraction(1, _RATE), range(count), range(count), count, 1, 1, True)


def made_lanes(marks: int, clock: FrameClock) -> tuple[Lane, ...]:
    """Return lanes with that many marks, spread unevenly and always alike: a third points, the rest up to a minute."""
    dice = random.Random(1)  # noqa: S311 - marks to look at
    bars: dict[str, list[Bar]] = {name: [] for name in _LANES}
    tick, count = float(clock.time_base), len(clock)
    for i in range(marks):
        first = min(int(dice.betavariate(1.2, 1.6) * count), count - 1)
        last = first if i % 3 == 0 else min(first + dice.randrange(1, 60 * _RATE), count - 1)
        name = _LANES[dice.randrange(len(_LANES))]
        number = f"OB-{i + 1:03d}"
        bars[name].append(Bar(number, "Mark", first, last, first * tick, (last + 1) * tick, category=name))
    return tuple(lane_of(OBSERVATION, held, name) for name, held in bars.items())


# -------------------------------------------------------------------------------------------------------------- stalls


@dataclass(slots=True)
class Beats:
    """The gaps between the beats of the window's thread: seconds, how many of them it ran, what the script was doing.

    Where it ran for much less than the gap lasted, it waited: for the disk, or for a processor that others held.
    """

    gaps: list[tuple[float, float, str]] = field(default_factory=list)
    doing: str = ""
    last: float = 0.0
    ran: float = 0.0

    def beat(self) -> None:
        """Take note of a beat."""
        now, ran = time.perf_counter(), time.thread_time()
        if self.last:
            self.gaps.append((now - self.last, ran - self.ran, self.doing))
        self.last, self.ran = now, ran


Wait = Callable[[], bool]
Script = Callable[[MainWindow, Beats], Iterator[Wait]]
"""Things to do one after the other; each thing it yields is waited for."""


class _Driver(QObject):
    """Runs a script on the window's thread: each thing it yields is waited for, without holding the thread."""

    def __init__(self, script: Iterator[Wait], ended: Callable[[], object]) -> None:
        super().__init__()
        self._script, self._ended = script, ended
        self._wait: Wait = lambda: True
        self._since = time.monotonic()
        self.failed = ""
        self._timer = QTimer(self)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        if not self._wait():
            if time.monotonic() - self._since > _PATIENCE_S:
                self._stop("the window did not get on")
            return
        self._since = time.monotonic()
        try:
            self._wait = next(self._script)
        except StopIteration:
            self._stop("")

    def _stop(self, why: str) -> None:
        self.failed = why
        self._timer.stop()
        self._ended()


def longest_stalls(folder: Path, ctx: JobContext, beats: Beats | None = None, more: Script | None = None) -> Beats:
    """Run the fixed script in a window on a sample case of its own, and `more` then; return the beats of its thread."""
    made = demo.build(folder / "sample", ctx)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    beats = beats or Beats()
    settings = SettingsFile(folder / "settings.json")
    settings.change(actor=demo.ACTOR)
    apply_theme("dark", 100)
    workers = Workers(settings.value.window_mb)
    window = MainWindow(settings, workers)
    window.resize(1440, 900)
    window.show()
    window.rooms.load_ahead()  # as when the program is started
    _settle()
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(BEAT_MS)
    timer.timeout.connect(beats.beat)
    driver = _Driver(_scripts(window, made.case, beats, more), app.quit)
    timer.start()
    app.exec()
    timer.stop()
    window.close()
    workers.close()
    if driver.failed:
        raise RuntimeError(f"{driver.failed}: {beats.doing}")
    return beats


def _scripts(window: MainWindow, case: Path, beats: Beats, more: Script | None) -> Iterator[Wait]:
    yield from _script(window, case, beats)
    if more is not None:
        yield from more(window, beats)


def _script(window: MainWindow, case: Path, beats: Beats) -> Iterator[Wait]:
    yield lambda: beats.last > 0  # or the first gap, which is the longest, would have no beginning
    beats.doing = "open the sample"
    window.open_path(case)
    yield lambda: window.session.is_open and window.rooms.is_settled
    window.show_room("review")
    room = window.rooms.room("review")
    assert isinstance(room, ReviewRoom)
    here = room
    yield lambda: here.clip.clip is not None and here.centre.viewer.shown is not None and here.centre.viewer.is_exact
    actions = window.registry
    beats.doing = "step"
    for i in range(STEPS):
        actions.action("go.next_frame" if i % 50 < 40 else "go.prev_frame").trigger()
        yield after(_HELD_KEY_S)
    yield lambda: here.centre.viewer.is_exact
    beats.doing = "observe"
    for _ in range(OBSERVATIONS):
        actions.action("go.next_frame").trigger()
        yield lambda: here.centre.viewer.is_exact
        kept = len(here.observe.rows)
        actions.action("observe.now").trigger()
        yield _more(here, kept)
    beats.doing = "pan"
    timeline = here.centre.timeline
    timeline.zoom(0.1, 100)
    for i in range(PANS):
        scale = timeline.scale
        assert scale is not None
        timeline.use_scale(scale.panned(24.0 if i < PANS // 2 else -24.0))
        yield after(0.016)
    beats.doing = "rest"
    yield after(0.5)


def after(seconds: float) -> Wait:
    """Return what holds once so many seconds have passed."""
    due = time.perf_counter() + seconds
    return lambda: time.perf_counter() >= due


def _more(room: ReviewRoom, kept: int) -> Wait:
    return lambda: len(room.observe.rows) > kept

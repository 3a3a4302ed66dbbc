"""How the window bears a case of many observations: a case is made of the sample, opened, and worked with.

Each line names what was done, how long it took until it was seen, the longest gap between two beats of the window's
thread (a timer of 5 ms) meanwhile, and for how long at most that thread itself ran between two: where others work on
the machine, that is what counts. `--why` also notes what it did in gaps over 50 ms, which costs time of its own: take
figures without it.
Run: `many_records.py [--records N] [--case FOLDER] [--why]`; a kept case is used again, and written to.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from evidence_desk.domain.records import LINK, OBSERVATION, Observation
from evidence_desk.domain.time import FrameRef
from evidence_desk.jobs import NullContext
from evidence_desk.media import frame_store
from evidence_desk.services import commands
from evidence_desk.services.bus import LASTING, Command
from evidence_desk.services.case import Case
from evidence_desk.services.commands.observations import frame_values
from evidence_desk.settings import SettingsFile
from evidence_desk.store.writer import CaseWriter
from evidence_desk.training import demo
from evidence_desk.ui.desk_bench import BEAT_MS, Beats
from evidence_desk.ui.heartbeat import LONG_S
from evidence_desk.ui.main_window import MainWindow
from evidence_desk.ui.records_panel import RecordsPanel
from evidence_desk.ui.rooms.review import ReviewRoom
from evidence_desk.ui.theme import apply_theme
from evidence_desk.wiring import Workers

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.benchmarks.desk_stalls import Sampler

_PATIENCE_S = 120.0
_WORDS = ("left", "gate", "yellow", "car", "crowd", "raised", "hand", "turns", "runs", "falls", "smoke", "door", "line")
_TURNS = 5


@dataclass(frozen=True, slots=True)
class ManyObservations:
    """One step that adds many observations, with a chained event each; every tenth is linked."""

    count: int
    values: tuple[dict[str, object], ...]
    targets: tuple[str, ...]

    @property
    def label(self) -> str:
        """Name the step."""
        return "Add many observations"

    def apply(self, writer: CaseWriter) -> Command:
        """Write them in one transaction."""
        dice = random.Random(1)
        for i in range(self.count):
            words = " ".join(dice.choices(_WORDS, k=8))
            made = writer.insert(OBSERVATION, {**self.values[i % len(self.values)], "statement": words})
            if i % 10 == 0:
                target = self.targets[i % len(self.targets)]
                link = {"origin": made.number, "target": target, "relation": "context", "because": words}
                writer.insert(LINK, link)
        return LASTING


def make(folder: Path, count: int) -> Path:
    """Return a sample case with so many observations more, on its first exhibit."""
    case = Case.open(demo.build(folder, NullContext()).case, demo.ACTOR)
    try:
        exhibit = case.queries.exhibits()[0]
        table = frame_store.load(case.paths.frame_table(exhibit))
        terms = [term for term in case.queries.terms() if term.basis == "seen"]
        book = case.queries.observations()[0].codebook
        values = []
        for n in range(len(table)):
            last = min(n + n % 40, len(table) - 1)
            refs = [
                FrameRef(
                    exhibit.sha256, table.stream, at, table.pts(at), table.time_base, table.hash_of(at), table.decoder
                )
                for at in (n, last)
            ]
            term = terms[n % len(terms)]
            values.append(
                {
                    **{"exhibit": exhibit.number, "term": term.id, "basis": "seen", "codebook": book},
                    **frame_values(refs[0], refs[1]),
                }
            )
        targets = tuple(claim.number for claim in case.queries.claims())
        case.bus.run(ManyObservations(count, tuple(values), targets))
        return case.folder
    finally:
        case.close()


class Bench:
    """The window, the beats of its thread, and a line for each thing done."""

    def __init__(self, window: MainWindow, why: bool) -> None:
        self.window = window
        self._beats = Beats()
        self._sampler = Sampler(self._beats, LONG_S)
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beats.beat)
        self._timer.start(BEAT_MS)
        if why:
            self._sampler.start()

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the window live until something holds."""
        deadline = time.monotonic() + _PATIENCE_S
        while not holds():
            if time.monotonic() > deadline:
                raise RuntimeError("the window did not get there")
            QApplication.processEvents()

    def rest(self, seconds: float) -> None:
        """Let the window live for a while."""
        until = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > until)

    def does(self, what: str, act: Callable[[], object], seen: Callable[[], bool] = lambda: True) -> None:
        """Do something, wait until it is seen and painted, and print what it took."""
        beats = self._beats
        beats.beat()
        beats.gaps.clear()
        beats.doing = what
        began = time.perf_counter()
        act()
        self.until(seen)
        took = time.perf_counter() - began
        self.rest(0.3)
        gap, ran = (max(beat[i] for beat in beats.gaps) * 1000 for i in (0, 1))
        line = f"seen after {took * 1000:6.0f} ms, longest stall {gap:5.0f} ms, longest it ran {ran:5.0f} ms"
        sys.stdout.write(f"{what:34} {line}\n")
        for where, looks in Counter(where for _, doing, where in self._sampler.seen if doing == what).most_common(5):
            sys.stdout.write(f"    {looks:3} {where}\n")
        self._sampler.seen.clear()
        sys.stdout.flush()


def work(bench: Bench, place: Path) -> None:
    """Open the case and do what a person does with many records."""
    window = bench.window
    bench.does("open the case", lambda: window.open_path(place), partial(_is_open, window))
    room = window.rooms.room("review")
    assert isinstance(room, ReviewRoom)
    observe, shown, actions = room.observe, room.navigator.observations, window.registry
    bench.does("its records and lanes", _wait, partial(_all_there, room))
    bench.rest(2.0)
    for _ in range(_TURNS):
        kept = len(observe.rows)
        actions.action("go.next_frame").trigger()
        bench.until(lambda: room.centre.viewer.is_exact)
        bench.does("observe by one key", actions.action("observe.now").trigger, partial(_more, room, kept))
    for _ in range(_TURNS):
        bench.does("next observation", actions.action("go.next_observation").trigger)
    bench.does("undo", window.session.undo)
    bench.does("filter the list: one word", lambda: shown.filter.setText("yellow"))
    bench.does("filter the list: none", lambda: shown.filter.setText(""))
    palette, read = window.palette_, "the palette: "
    bench.does(f"{read}open", actions.action("tools.palette").trigger, lambda: not palette.is_at_work)
    bench.does(f"{read}a word", partial(palette.line.setText, "yellow"), lambda: not palette.is_at_work)
    bench.does(f"{read}leave", palette.leave)
    bench.does("records table: open", actions.action("edit.records").trigger, partial(_records_shown, window))
    panel = window.records
    assert isinstance(panel, RecordsPanel)
    bench.does("records table: every word read", _wait, lambda: not panel.is_at_work)
    known = partial(_is_known, panel)
    bench.does("records table: filter", partial(_narrow, panel, "yellow"), known)
    bench.does("records table: filter off", partial(_narrow, panel, ""), known)
    for column in (3, 4):
        bench.does(f"records table: sort by column {column}", partial(panel.table.sort_by, column), known)
    bench.does("records table: select all", panel.table.selectAll, partial(_told, panel, panel.rows.rowCount()))
    _set_all(bench, window, panel)
    bench.does("records table: filter, all chosen", partial(_narrow, panel, "yellow"), known)
    bench.does("records table: filter off again", partial(_narrow, panel, ""), known)
    bench.does("records table: to its end", lambda: _press(panel.table, Qt.Key.Key_End))
    panel.table.clearSelection()
    bench.does("records table: choose one", partial(panel.table.selectRow, 7), partial(_told, panel, 1))
    held = panel.table.chosen_records()[0]
    assert isinstance(held, Observation)
    value = "low" if held.certainty != "low" else "high"
    set_one = commands.edit(held.number, {"certainty": value}, held.revision)
    bench.does("records table: set one", lambda: window.session.run(set_one), known)
    bench.does("records table: leave", panel.leave)


def _set_all(bench: Bench, window: MainWindow, panel: RecordsPanel) -> None:
    """Set one field in all that are chosen and take it back."""
    bar, step = panel.bulk, window.session.long_step

    def known() -> bool:
        return not step.is_at_work and panel.is_known

    bar.value.set_value("moderate" if bar.value.findData("moderate") >= 0 else "low")
    decide = partial(bar.value.activated.emit, bar.value.currentIndex())
    bench.does("records table: a value for all chosen", decide, bar.set.isEnabled)
    bench.does("records table: set it in all", bar.set.click, known)
    bench.does("records table: take that back", window.session.undo, known)


def _records_shown(window: MainWindow) -> bool:
    return isinstance(window.records, RecordsPanel) and _is_known(window.records)


def _is_known(panel: RecordsPanel) -> bool:
    return panel.is_known


def _told(panel: RecordsPanel, count: int) -> bool:
    return panel.bulk.chosen_count == count


def _press(widget: QWidget, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def _wait() -> None:
    """Do nothing but wait."""


def _narrow(panel: RecordsPanel, words: str) -> None:
    panel.words.setText(words)
    panel.words.returnPressed.emit()


def _is_open(window: MainWindow) -> bool:
    return window.session.is_open and window.rooms.is_settled


def _more(room: ReviewRoom, kept: int) -> bool:
    return len(room.observe.rows) > kept


def _all_there(room: ReviewRoom) -> bool:
    lanes = sum(len(lane.bars) for lane in room.centre.timeline.lanes)
    return len(room.observe.rows) > 0 and lanes >= len(room.observe.here())


def main() -> int:
    """Make or take a case and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=100_000, help="observations to add to the sample")
    parser.add_argument("--case", type=Path, help="a folder to keep the case in, and to find it again")
    parser.add_argument("--why", action="store_true", help="tell what the thread did in long gaps")
    wanted = parser.parse_args()
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QApplication.setApplicationName("evidence-desk")
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="many-records-", ignore_cleanup_errors=True) as scratch:
        home = wanted.case or Path(scratch) / "sample"
        found = next(iter(home.glob("*.edcase")), None)
        began = time.perf_counter()
        place = found or make(home, wanted.records)
        sys.stdout.write(f"the case: {place.name}, {time.perf_counter() - began:.0f} s to make\n")
        settings = SettingsFile(Path(scratch) / "settings.json")
        settings.change(actor=demo.ACTOR)
        apply_theme("dark", 100)
        workers = Workers(settings.value.window_mb)
        window = MainWindow(settings, workers)
        window.resize(1440, 900)
        window.show()
        window.rooms.load_ahead()
        bench = Bench(window, wanted.why)
        bench.rest(1.5)
        work(bench, place)
        window.close()
        workers.close()
        app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Where the window's thread stalls: the script of `bench --desk`, then the other rooms, the records table, overlays,
dialogs, compare and the closing of the case; and what the thread did during each long gap.

A second thread looks every few milliseconds; where no beat came for long it notes the stack of the window's thread,
which costs time of its own: take figures from `bench --desk`, reasons from here. Run: `desk_stalls.py [--least MS]`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from evidence_desk.jobs import NullContext
from evidence_desk.ui.desk_bench import Beats, Wait, after, longest_stalls
from evidence_desk.ui.main_window import MainWindow
from evidence_desk.ui.rooms.review import ReviewRoom

_LOOK_S = 0.004
_OURS = "evidence_desk"
_ROOMS = ("intake", "claims", "dossier")
_OVERLAYS = ("edit.records", "edit.steps", "view.jobs", "help.shortcuts", "tools.change_keys", "tools.palette")
_DIALOGS = ("file.new", "tools.codebook", "help.about", "help.guide")
_LOOK_AT_S = 0.8
_SOON_S = 0.3
_COMPARED = 10


def _go_round(window: MainWindow, beats: Beats) -> Iterator[Wait]:
    """Open each other place of the window, and close the case."""
    act = window.registry.trigger
    for turn, rooms in (("open", _ROOMS), ("come back to", ("review", *_ROOMS, "review"))):
        for room in rooms:
            beats.doing = f"{turn} {room}"
            act(f"room.{room}")
            yield lambda room=room: window.rooms.is_settled and window.rooms.current == room  # type: ignore[misc]
            yield after(_LOOK_AT_S)
    yield from _compare(window, beats)
    for overlay in _OVERLAYS:
        beats.doing = overlay
        act(overlay)
        yield after(_LOOK_AT_S)
        beats.doing = f"leave {overlay}"
        window.level_up()
        yield after(_SOON_S)
    for dialog in _DIALOGS:
        beats.doing = dialog
        QTimer.singleShot(0, lambda dialog=dialog: act(dialog))  # a dialog holds whoever opens it
        yield after(_LOOK_AT_S)
        shown = QApplication.activeModalWidget()
        if shown is not None:
            beats.doing = f"leave {dialog}"
            shown.close()
        yield after(_SOON_S)
    beats.doing = "close the case"
    act("file.close")
    yield after(_LOOK_AT_S)
    beats.doing = "end"


def _compare(window: MainWindow, beats: Beats) -> Iterator[Wait]:
    room = window.rooms.room("review")
    assert isinstance(room, ReviewRoom)
    for name in ("view.compare", "view.compare_keep", "view.compare"):
        beats.doing = name
        window.registry.trigger(name)
        yield after(_LOOK_AT_S)
    for way in ("side", "wipe", "difference", "blink"):
        beats.doing = f"view.compare_{way}"
        window.registry.trigger(beats.doing)
        yield after(_SOON_S)
    beats.doing = "step compared"
    for _ in range(_COMPARED):
        window.registry.trigger("go.next_frame")
        yield after(0.1)
    beats.doing = "leave compare"
    window.level_up()
    yield after(_SOON_S)


class Sampler(threading.Thread):
    """Notes what the window's thread does while it does not beat."""

    def __init__(self, beats: Beats, least: float) -> None:
        super().__init__(daemon=True)
        self._beats, self._least = beats, least
        self._main = threading.main_thread().ident or 0
        self.seen: list[tuple[float, str, str]] = []
        self.ended = False

    def run(self) -> None:
        """Look until told to end."""
        while not self.ended:
            time.sleep(_LOOK_S)
            since = self._beats.last
            if since and time.perf_counter() - since > self._least:
                frame = sys._current_frames().get(self._main)
                self.seen.append((since, self._beats.doing, _where(traceback.extract_stack(frame))))


def _where(stack: traceback.StackSummary) -> str:
    ours = [f for f in stack if _OURS in f.filename and "desk_bench" not in f.filename]
    named = (f"{Path(f.filename).stem}.{f.name}:{f.lineno}" for f in (*ours[-5:], *stack[-1:]))
    return " > ".join(named)


def _ms(seconds: list[float]) -> str:
    return ", ".join(f"{value * 1000:.0f}" for value in seconds)


def main() -> int:
    """Run the script and print the longest gaps with what was seen in them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--least", type=float, default=40.0, help="milliseconds from which a gap is looked into")
    least = parser.parse_args().least / 1000
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QApplication(sys.argv[:1])
    beats = Beats()
    sampler = Sampler(beats, least)
    sampler.start()
    with tempfile.TemporaryDirectory(prefix="desk-stalls-", ignore_cleanup_errors=True) as folder:
        longest_stalls(Path(folder), NullContext(), beats, _go_round)
    sampler.ended = True
    for doing in dict.fromkeys(doing for *_, doing in beats.gaps):
        of = [(gap, ran) for gap, ran, at in beats.gaps if at == doing]
        longest, busiest = (sorted((pair[i] for pair in of), reverse=True)[:8] for i in (0, 1))
        sys.stdout.write(f"{doing}: {len(of)} beats; longest {_ms(longest)} ms; longest it ran {_ms(busiest)} ms\n")
    by_gap: dict[float, Counter[str]] = {}
    for since, doing, where in sampler.seen:
        by_gap.setdefault(since, Counter())[f"[{doing}] {where}"] += 1
    for looks in sorted(by_gap.values(), key=lambda c: -c.total())[:15]:
        sys.stdout.write(f"\n{looks.total()} looks\n")
        for where, times in looks.most_common(6):
            sys.stdout.write(f"  {times:3} {where}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

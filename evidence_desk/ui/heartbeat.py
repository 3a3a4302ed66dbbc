"""How long the window's thread was away, for those who measure: a line in a file each time the program ends.

Asked for by the environment variable EVIDENCE_DESK_BEATS, which names the file; see tests/benchmarks/README.md.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence

from evidence_desk.ui.app_filters import watch
from evidence_desk.ui.desk_bench import BEAT_MS, Beats

LONG_S = 0.05
_MOST = 40
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class Heartbeat(QObject):
    """Beats from the start of the event loop to its end and knows the last key that was pressed before each gap."""

    def __init__(self, file: Path, app: QCoreApplication) -> None:
        super().__init__(app)
        self._file = file
        self._began = time.perf_counter()
        self._beats = Beats()
        self._at: list[float] = []
        watch(self, frozenset((QEvent.Type.KeyPress,)))
        app.aboutToQuit.connect(self._tell)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        self._beats.beat()
        if len(self._beats.gaps) > len(self._at):
            self._at.append(time.perf_counter() - self._began)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Take note of keys, and leave them to whom they belong."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() not in _MODIFIERS:
            self._beats.doing = QKeySequence(event.keyCombination()).toString()
        return False

    def _tell(self) -> None:
        """Add one line of JSON: the longest gap, how many were long, and these with second, key and own time."""
        self._timer.stop()
        gaps = [(seconds, ran, key, at) for (seconds, ran, key), at in zip(self._beats.gaps, self._at, strict=True)]
        long = sorted((gap for gap in gaps if gap[0] > LONG_S), reverse=True)
        told = {
            "longest_ms": round(max((gap[0] for gap in gaps), default=0) * 1000, 1),
            "beats": len(gaps),
            "over_50_ms": len(long),
            "long": [
                {"ms": round(s * 1000, 1), "ran_ms": round(ran * 1000, 1), "after_key": key, "at_s": round(at, 2)}
                for s, ran, key, at in long[:_MOST]
            ],
        }
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(told) + "\n")

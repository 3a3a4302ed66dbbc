"""Opens a case in the real window, opens the adjustments, steps on, and says when that should lie on the disk."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from evidence_desk.settings import SettingsFile
from evidence_desk.ui.main_window import MainWindow
from evidence_desk.ui.rooms.review import ReviewRoom
from evidence_desk.ui.rooms.review_resume import PAUSE_MS
from evidence_desk.wiring import Workers


def say(text: str) -> None:
    """Tell the test."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run until the test ends it by force; without an argument, say what is found open and leave."""
    app = QApplication(sys.argv[:1])
    settings = SettingsFile(Path(sys.argv[2]))
    settings.change(actor="Reviewer A")
    workers = Workers(settings.value.window_mb)
    window = MainWindow(settings, workers)
    window.show()
    window.open_path(Path(sys.argv[1]))
    watch = QTimer()

    def look() -> None:
        room = window.rooms.room("review") if window.session.is_open else None
        if not isinstance(room, ReviewRoom) or not room.centre.viewer.is_exact:
            return
        if sys.argv[3] == "again":
            watch.stop()
            say(f"adjustments {room.adjust.header.isChecked()} frame {room.clip.n > 0}")
        elif not room.adjust.header.isChecked():
            window.registry.trigger("view.adjust")
            QTimer.singleShot(PAUSE_MS + 1000, lambda: say("kept"))
        else:
            window.registry.trigger("go.next_frame")

    watch.timeout.connect(look)
    watch.start(100)
    app.exec()


main()

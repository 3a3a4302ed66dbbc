"""The row of buttons that move the playhead, in and out, and the speed of play."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from evidence_desk.services.playhead import SPEEDS, Playhead
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, plural, tr
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.labels import ElidedLabel, label

SPEED_WORDS = ("¼×", "½×", "1×", "2×")
_MOVES = ("go.first", "go.prev_ten", "go.prev_frame", "go.play", "go.next_frame", "go.next_ten", "go.last")
_MARKS = ("observe.mark_in", "observe.mark_out")
_NARROW = 600
_VERY_NARROW = 400


class Transport(QWidget):
    """Buttons of actions: keys, menu and buttons are one thing. Signals: `speed_chosen(int)` place in SPEEDS."""

    speed_chosen = Signal(int)

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 12, 0)
        self._row.setSpacing(4)
        self._buttons: list[QToolButton] = []
        for id_ in _MOVES:
            self._add(id_)
        self._row.addSpacing(14)
        for id_ in _MARKS:
            self._add(id_)
        self._row.addStretch(1)
        self._marks = ElidedLabel("", "note")
        self._marks.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._marks)
        self._span = label("", "section")
        self._row.addWidget(self._span)
        self._row.addSpacing(8)
        words = tuple((str(i), word) for i, word in enumerate(SPEED_WORDS))
        self.speed = Choice(tr("Speed"), words, str(SPEEDS.index(1)))
        self.speed.chosen.connect(self._choose_speed)
        self._row.addWidget(self.speed)
        self._resize()
        keeper().changed.connect(self._resize)

    def _add(self, id_: str) -> None:
        button = self._actions.tool_button(id_, self)
        if id_ == "go.play":
            button.setObjectName("playButton")
        self._buttons.append(button)
        self._row.addWidget(button)

    def _resize(self) -> None:
        theme = current_theme()
        self.setFixedHeight(theme.px(34))
        side = theme.px(18)
        for button in self._buttons:
            wide = theme.px(38 if button.objectName() == "playButton" else 28)
            button.setFixedSize(wide, theme.px(28))
            button.setIconSize(QSize(side, side))
        line = theme.color("line.control").name()
        self.setStyleSheet(f"#playButton {{ border: 1px solid {line}; }}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The speed gives way first where room is short."""
        super().resizeEvent(event)
        self.speed.setVisible(self.width() >= current_theme().px(_NARROW))
        self._marks.setVisible(self.width() >= current_theme().px(_VERY_NARROW))

    def show_playhead(self, head: Playhead | None) -> None:
        """Show in and out."""
        if head is None or (head.mark_in is None and head.mark_out is None):
            self._marks.setText("")
            self._span.setText("")
            return
        parts = []
        if head.mark_in is not None:
            parts.append(tr("In {n}", n=number(head.mark_in)))
        if head.mark_out is not None:
            parts.append(tr("Out {n}", n=number(head.mark_out)))
        self._marks.setText("  ".join(parts))
        frames = head.marked_frames
        self._span.setText("" if frames is None else plural(frames, "{count} frame", "{count} frames"))

    def show_playing(self, playing: bool) -> None:
        """Show what the middle button will do."""
        icon = current_theme().icon("pause" if playing else "play")
        self._actions.action("go.play").setIcon(icon)

    def _choose_speed(self, value: str) -> None:
        self.speed_chosen.emit(int(value))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

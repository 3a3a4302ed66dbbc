"""The row of buttons that move the playhead, in and out, the speed of play and its sound."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QSlider, QToolButton, QWidget

from evidence_desk.services.playhead import Playhead
from evidence_desk.services.shuttle import SPEEDS, USUAL, speed_text
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, percent, plural, tr
from evidence_desk.ui.widgets.buttons import DeskButton
from evidence_desk.ui.widgets.labels import ElidedLabel

_MOVES = ("go.first", "go.prev_ten", "go.prev_frame", "go.play", "go.next_frame", "go.next_ten", "go.last")
_MARKS = ("observe.mark_in", "observe.mark_out", "go.loop")
_NARROW = 600
_VERY_NARROW = 400
_LEAST = 374
_GAPS = 104
_JUMPS = ("go.first", "go.last")


class Transport(QWidget):
    """Buttons of actions: keys, menu and buttons are one thing.

    Signals: `speed_chosen(Fraction)`; `volume_chosen(int)` percent.
    """

    speed_chosen = Signal(object)
    volume_chosen = Signal(int)

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        # Time runs from left to right, also where words run the other way.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 12, 0)
        self._row.setSpacing(4)
        self._buttons: list[QToolButton] = []
        self._jumps = [button for id_ in _MOVES for button in (self._add(id_),) if id_ in _JUMPS]
        self._row.addSpacing(14)
        for id_ in _MARKS:
            self._add(id_)
        self._row.addStretch(1)
        self._marks = ElidedLabel("", "note")
        self._marks.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._marks)
        self._span = ElidedLabel("", "section")
        self._span.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._span)
        self._row.addSpacing(8)
        self._add_sound()
        self._add_speed()
        self._resize()
        keeper().changed.connect(self._resize)

    def _add(self, id_: str) -> QToolButton:
        button = self._actions.tool_button(id_, self)
        if id_ == "go.play":
            button.setObjectName("playButton")
        self._buttons.append(button)
        self._row.addWidget(button)
        return button

    def _add_sound(self) -> None:
        self._mute = self._add("go.mute")
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setPageStep(10)
        self.volume.setValue(100)
        self.volume.setAccessibleName(tr("Volume"))
        self.volume.valueChanged.connect(self._choose_volume)
        self._row.addWidget(self.volume)
        self._row.addSpacing(8)

    def _add_speed(self) -> None:
        self.speed = DeskButton(speed_text(USUAL), size="small")
        self.speed.setToolTip(tr("Speed of play"))
        menu = QMenu(self.speed)
        for speed in reversed(SPEEDS):
            action = menu.addAction(speed_text(speed))
            action.triggered.connect(partial(self._choose_speed, speed))
        self.speed.setMenu(menu)
        self.show_speed(USUAL)
        self._row.addWidget(self.speed)

    def _resize(self) -> None:
        theme = current_theme()
        self.setFixedHeight(theme.px(34))
        side = theme.px(18)
        for button in self._buttons:
            wide = theme.px(38 if button.objectName() == "playButton" else 28)
            button.setFixedSize(wide, theme.px(28))
            button.setIconSize(QSize(side, side))
        self.volume.setFixedSize(theme.px(72), theme.px(24))
        line, ring = theme.color("line.control").name(), theme.color("accent.line").name()
        frame = f"#playButton {{ border: 1px solid {line}; }} #playButton:focus {{ border: 2px solid {ring}; }}"
        self.setStyleSheet(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The volume gives way first where room is short, then the speed, then both ends; their keys stay."""
        super().resizeEvent(event)
        for button in self._jumps:
            button.setVisible(self.width() >= current_theme().px(_LEAST))
        self.volume.setVisible(self.width() >= current_theme().px(_NARROW + 100))
        self.speed.setVisible(self.width() >= current_theme().px(_NARROW))
        for told in (self._marks, self._span):
            told.setVisible(self.width() >= current_theme().px(_VERY_NARROW))

    def minimumSizeHint(self) -> QSize:
        """What stays where room is short: the steps, play, in, out, loop and mute, with the gaps of the row."""
        stays = sum(button.minimumWidth() for button in self._buttons if button not in self._jumps)
        return QSize(stays + _GAPS, self.height())

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

    def show_speed(self, way: Fraction) -> None:
        """Show the speed of play; backwards with a sign."""
        text = speed_text(way)
        self.speed.setText(f"−{text}" if way < 0 else text)
        back = tr("Speed of play {speed}, backwards", speed=text)
        self.speed.setAccessibleName(back if way < 0 else tr("Speed of play {speed}", speed=text))

    def show_sound(self, volume: int, muted: bool, why_none: str) -> None:
        """Show volume and mute; `why_none` says why nothing can be heard, "" where something can."""
        silent = muted or bool(why_none)
        words = why_none or (tr("Let the sound be heard") if muted else tr("Mute the sound"))
        action = self._actions.action("go.mute")
        action.setChecked(muted)
        self._actions.set_text("go.mute", tr("Mute"), words, "sound_off" if silent else "sound_on")
        self.volume.setEnabled(not why_none)
        blocked = self.volume.blockSignals(True)
        self.volume.setValue(volume)
        self.volume.blockSignals(blocked)
        self.volume.setToolTip(why_none or tr("Volume {percent}", percent=percent(volume, 100)))

    def _choose_speed(self, speed: Fraction) -> None:
        self.speed_chosen.emit(speed)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_volume(self, value: int) -> None:
        self.volume_chosen.emit(value)

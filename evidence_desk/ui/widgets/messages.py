"""Banners that stay until closed, toasts that leave by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from evidence_desk.ui.app_filters import unwatched
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.announce import announce
from evidence_desk.ui.widgets.buttons import DeskButton, ghost_button, icon_button, plain_button
from evidence_desk.ui.widgets.labels import ElidedLabel, IconLabel, label

TOAST_STAY_MS = 8000
_MOST_TOASTS = 2
_ICONS = {
    "info": ("info", "accent.text"),
    "lock": ("read_only", "accent.text"),
    "warn": ("warn", "status.warn"),
    "error": ("error", "status.danger"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a banner: its word and what it does; `closes` takes the banner away after; `keys` do the same."""

    text: str
    act: Callable[[], object]
    closes: bool = True
    keys: str = ""


class Banner(QFrame):
    """What happened, what is safe, what to do; at most two buttons besides Close.

    `tone` is info, lock, warn or error. Signals: `closed()` when it is taken away.
    """

    closed = Signal()

    def __init__(
        self,
        tone: str,
        title: str,
        lines: Sequence[tuple[str, str]] = (),
        choices: Sequence[Choice] = (),
        closable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("tone", "info" if tone == "lock" else tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 8, 9)
        row.setSpacing(10)
        icon, color = _ICONS[tone]
        side = QVBoxLayout()
        side.setContentsMargins(0, 1, 0, 0)
        side.addWidget(IconLabel(icon, color, 16))
        side.addStretch()
        row.addLayout(side)
        column = QVBoxLayout()
        column.setSpacing(3)
        heading = label(title, "section", wrap=True)
        column.addWidget(heading)
        for lead, text in lines:
            column.addWidget(label(f"{lead} {text}" if lead else text, "label", wrap=True))
        self._choices = tuple(choices)
        self.buttons: tuple[DeskButton, ...] = tuple(self._button(place) for place in range(len(self._choices)))
        row.addLayout(column, 1)
        if self.buttons:
            buttons = QHBoxLayout()
            buttons.setSpacing(8)
            for button in self.buttons:
                buttons.addWidget(button)
            if lines:
                buttons.setContentsMargins(0, 4, 0, 0)
                buttons.addStretch()
                column.addLayout(buttons)
            else:  # one line: nothing to stand under
                row.addLayout(buttons)
        if closable:
            close = icon_button("close", tr("Close this message"))
            close.clicked.connect(self.take_away)
            end = QVBoxLayout()
            end.addWidget(close)
            end.addStretch()
            row.addLayout(end)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(f"{lead} {text}".strip() for lead, text in lines))

    def take_away(self) -> None:
        """Close the banner."""
        self.closed.emit()
        self.hide()
        self.deleteLater()

    def _button(self, place: int) -> DeskButton:
        choice = self._choices[place]
        button = (plain_button if place == 0 else ghost_button)(choice.text, choice.keys)
        button.setProperty("place", place)
        button.clicked.connect(self._act)
        return button

    def _act(self) -> None:
        sender = self.sender()
        if not isinstance(sender, DeskButton):
            return
        choice = self._choices[int(sender.property("place"))]
        if choice.closes:
            self.take_away()
        choice.act()


class Banners(QWidget):
    """The place above the room where banners stand; the same title stands there once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._shown: dict[str, Banner] = {}
        self.hide()

    def show_banner(self, key: str, banner: Banner) -> None:
        """Show a banner; one with the same key gives way to it."""
        self.take_away(key)
        self._shown[key] = banner
        banner.setProperty("key", key)
        banner.closed.connect(self._closed)
        self._column.addWidget(banner)
        self._column.setContentsMargins(8, 8, 8, 8)
        self.show()
        announce(banner, f"{banner.accessibleName()} {banner.accessibleDescription()}", urgent=True)

    def take_away(self, key: str) -> None:
        """Close the banner with that key, if there is one."""
        banner = self._shown.pop(key, None)
        if banner is not None:
            banner.take_away()

    def clear(self) -> None:
        """Close all banners."""
        for key in tuple(self._shown):
            self.take_away(key)

    def shown(self) -> tuple[str, ...]:
        """Keys of the banners that stand there."""
        return tuple(self._shown)

    def banner(self, key: str) -> Banner:
        """Return the banner with that key; KeyError where there is none."""
        return self._shown[key]

    def _closed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._shown.pop(str(sender.property("key")), None)
        if not self._shown:
            self.hide()


class Toast(QFrame):
    """One line that something was done, with Undo where it can be taken back. Signals: `gone()`, `undo_asked()`.

    A `slim` one is no higher than the status line.
    """

    gone = Signal()
    undo_asked = Signal()

    def __init__(self, text: str, undo: bool, icon: str, parent: QWidget, slim: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("slimToast" if slim else "toast")
        row = QHBoxLayout(self)
        row.setContentsMargins(*((8, 0, 2, 0) if slim else (12, 6, 6, 6)))
        row.setSpacing(6 if slim else 10)
        row.addWidget(IconLabel(icon, size=13 if slim else 16))
        self.text = ElidedLabel(text, "small")
        row.addWidget(self.text, 1)
        row.addSpacing(4 if slim else 16)
        self.undo: DeskButton | None = None
        if undo:
            self.undo = DeskButton(tr("Undo"), "ghost", keys="Ctrl Z", size="tiny" if slim else "")
            self.undo.clicked.connect(self._undo)
            row.addWidget(self.undo)
        close = icon_button("close", tr("Close this message"))
        close.clicked.connect(self.leave)
        row.addWidget(close)
        self.setAccessibleName(text)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._timer.start(TOAST_STAY_MS)

    def sizeHint(self) -> QSize:
        """Room for the whole text, which a layout takes as one that may be cut."""
        hint = super().sizeHint()
        return QSize(hint.width() + self.text.sizeHint().width(), hint.height())

    def leave(self) -> None:
        """Go away."""
        self._timer.stop()
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def _undo(self) -> None:
        self.leave()
        self.undo_asked.emit()


class Toasts(QObject):
    """Shows toasts at the foot of `place`, at most two; never for errors. Signals: `undo_asked()`.

    `room` tells which part of `place` they may take; without it they float at the bottom centre, one above the other.
    Where another place says the same to a screen reader, these are not `spoken`. `slim` ones stand in a row in a line.
    """

    undo_asked = Signal()

    def __init__(
        self, place: QWidget, spoken: bool = True, room: Callable[[], QRect] | None = None, slim: bool = False
    ) -> None:
        super().__init__(place)
        self._place, self._spoken, self._slim = place, spoken, slim
        self._room = room or place.rect
        self._shown: list[Toast] = []
        place.installEventFilter(self)

    def say(self, text: str, undo: bool = False, icon: str = "done") -> None:
        """Show a line for eight seconds."""
        while len(self._shown) >= _MOST_TOASTS:
            self._shown[0].leave()
        self.offer_no_undo()
        with unwatched():
            toast = Toast(text, undo, icon, self._place, self._slim)
            toast.show()
        toast.gone.connect(self._gone)
        toast.undo_asked.connect(self.undo_asked)
        self._shown.append(toast)
        self._arrange()
        if self._spoken:
            announce(toast, text)

    def offer_no_undo(self) -> None:
        """Take the Undo of what is shown away: it takes back the last change only, and there is a later one now."""
        for toast in self._shown:
            if toast.undo is not None:
                toast.undo.hide()

    def texts(self) -> tuple[str, ...]:
        """The lines that are shown, oldest first."""
        return tuple(toast.text.text_whole() for toast in self._shown)

    def clear(self) -> None:
        """Take all away."""
        for toast in tuple(self._shown):
            toast.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the place changes its size, or the parts in it theirs."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self._shown:
            self._arrange()
        return False

    def _gone(self) -> None:
        sender = self.sender()
        self._shown = [toast for toast in self._shown if toast is not sender]
        self._arrange()

    def _arrange(self) -> None:
        if self._slim:
            self._in_a_row()
            return
        room = self._room()
        bottom = room.bottom() + 1 - 16
        for toast in self._shown:
            toast.adjustSize()
        width = min(max([toast.width() for toast in self._shown] + [420]), room.width() - 32)
        left = room.left() + (room.width() - width) // 2
        for toast in reversed(self._shown):
            toast.setGeometry(left, bottom - toast.height(), width, toast.height())
            toast.raise_()
            bottom -= toast.height() + 8

    def _in_a_row(self) -> None:
        """Place the newest first; an older one stays beside it where its words fit whole."""
        layout = self._place.layout()
        if layout is not None:
            layout.activate()  # what was just said of the saving moves the parts that these stand beside
        room = self._room()
        left = room.width()
        for toast in reversed(self._shown):
            newest, wanted = toast is self._shown[-1], toast.sizeHint().width()
            toast.setVisible(newest or wanted <= left)
            if toast.isHidden():
                break
            width = min(wanted, left)
            toast.setGeometry(room.left() + left - width, room.top(), width, room.height())
            toast.raise_()
            left -= width + 8

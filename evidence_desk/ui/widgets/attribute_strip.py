"""The facts a term asks for, chosen by letters on the picture right after a one-key mark: no dialog, no mouse."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from evidence_desk.domain.codebook import Attribute
from evidence_desk.ui.translate import tr

LETTERS = "aqrtfzhu"
"""None of a tool, of a mark or of play: what often follows a mark acts as ever while the strip is there."""
_LEAVE = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MARGIN = 12


class AttributeStrip(QFrame):
    """Lies over the lower edge of `over`. Letters are the value at that place; the same letter again takes it back.

    Signals: `stated(str, str)` an attribute and its value, "" where it was taken back; `left()` by a key.
    """

    stated = Signal(str, str)
    left = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("overlay")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._over = over
        self._asked: tuple[Attribute, ...] = ()
        self._values: dict[str, str] = {}
        self._here = 0
        self._line = QLabel()
        self._line.setTextFormat(Qt.TextFormat.RichText)
        self._line.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        column.addWidget(self._line)
        over.installEventFilter(self)
        self.hide()

    def ask(self, attributes: tuple[Attribute, ...], values: Mapping[str, str]) -> bool:
        """Ask for those that offer words; tell whether there are any. The keyboard is the strip's until it is left."""
        self._asked = tuple(a for a in attributes if a.offered and len(a.offered) <= len(LETTERS))
        self._values, self._here = dict(values), 0
        if not self._asked:
            self.hide()
            return False
        self._say()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @property
    def attribute(self) -> Attribute | None:
        """Return the attribute asked for now, None while the strip is away."""
        return self._asked[self._here] if self._asked and not self.isHidden() else None

    def _say(self) -> None:
        attribute = self._asked[self._here]
        chosen = self._values.get(attribute.id, "")
        offered = tuple(zip(LETTERS, attribute.offered, strict=False))
        words = (
            f"<b>{letter.upper()}</b>&nbsp;" + (f"<u>{escape(tr(v))}</u>&nbsp;✓" if v == chosen else escape(tr(v)))
            for letter, v in offered
        )
        place = tr("{n} of {total}", n=self._here + 1, total=len(self._asked))
        keys = tr("Tab next, Esc leaves")
        self._line.setText(f"{escape(attribute.label)} ({place}): &nbsp;{' &nbsp; '.join(words)} &nbsp; {escape(keys)}")
        spoken = ", ".join(f"{letter} {tr(v)}" for letter, v in offered)
        stated = tr("chosen: {value}", value=tr(chosen)) if chosen else tr("not stated")
        self.setAccessibleName(f"{attribute.label}, {stated}")
        self.setAccessibleDescription(f"{spoken}. {keys}")
        self._place()

    def _place(self) -> None:
        room = max(self._over.width() - 2 * _MARGIN, 1)
        line = self._line.fontMetrics().horizontalAdvance("n") * 110
        wide = min(room, line)
        self.setFixedWidth(wide)
        high = self.heightForWidth(wide)
        self.setGeometry(_MARGIN, max(self._over.height() - high - _MARGIN, 0), wide, high)

    def _move(self, by: int) -> None:
        self._here = (self._here + by) % len(self._asked)
        self._say()

    def _choose(self, value: str) -> None:
        attribute = self._asked[self._here]
        self._values[attribute.id] = "" if self._values.get(attribute.id) == value else value
        self._say()
        self.stated.emit(attribute.id, self._values[attribute.id])

    def _letter(self, event: QKeyEvent) -> str:
        """Return the word under a bare letter, "" for any other key; the room's own keys keep acting."""
        letter = event.text().casefold()
        offered = self._asked[self._here].offered if self._asked else ()
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        place = LETTERS.find(letter) if letter and bare else -1
        return offered[place] if 0 <= place < len(offered) else ""

    def event(self, event: QEvent) -> bool:
        """Take the letters, Tab, Esc and Enter before the room's shortcuts do."""
        early = event.type() == QEvent.Type.ShortcutOverride
        if early and isinstance(event, QKeyEvent) and (event.key() in _LEAVE or self._letter(event)):
            event.accept()
            return True
        tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in tabs:
            self._move(1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by a letter, leave by Esc or Enter."""
        value = self._letter(event)
        if value:
            self._choose(value)
        elif event.key() in _LEAVE:
            self.leave()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Go away and say so."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever works elsewhere has left; another window in front is no leaving."""
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.hide()
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the lower edge."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

"""The focal subject: asked for on the picture, and named there as long as it is stated of each mark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QWidget

from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr

_MARGIN = 12


class SubjectStrip(QFrame):
    """A list that can be typed in, over the lower edge of `over`, and a sign in its upper corner while one is chosen.

    Signals: `chosen(str)` on Enter, "" for none; `left()` on Esc.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("overlay")
        self._over = over
        self.line = QComboBox()
        self.line.setEditable(True)
        self.line.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.line.setAccessibleName(tr("Focal subject"))
        self.line.setAccessibleDescription(tr("Enter chooses, empty for none, Esc leaves"))
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        row.addWidget(QLabel(tr("Focal subject")))
        row.addWidget(self.line, 1)
        row.addWidget(QLabel(tr("Enter chooses, empty for none")))
        self.sign = QLabel(over)
        self.sign.setObjectName("overlay")
        self.sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for part in (over, self.line, self.line.lineEdit()):
            if part is not None:
                part.installEventFilter(self)
        self.hide()
        self.sign.hide()

    def ask(self, subject: str, offered: Sequence[str]) -> None:
        """Ask for the subject, offering those that the case names already."""
        self.line.clear()
        self.line.addItems(list(offered))
        self.line.setEditText(subject)
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line = self.line.lineEdit()
        if line is not None:
            line.selectAll()

    def name(self, subject: str) -> None:
        """Name the subject on the picture, "" for none."""
        self.sign.setText(tr("On whom: {subject}", subject=subject))
        self.sign.setAccessibleName(tr("Focal subject: {subject}", subject=subject))
        self.sign.setContentsMargins(8, 3, 8, 3)
        self.sign.setVisible(bool(subject))
        self._place()

    def _place(self) -> None:
        wide = min(max(self._over.width() - 2 * _MARGIN, 1), current_theme().px(560))
        high = self.sizeHint().height()
        self.setGeometry(_MARGIN, max(self._over.height() - high - _MARGIN, 0), wide, high)
        size = self.sign.sizeHint()
        wide = min(size.width(), max(self._over.width() - 2 * _MARGIN, 1))
        self.sign.setGeometry(self._over.width() - wide - _MARGIN, _MARGIN, wide, size.height())

    def _choose(self) -> None:
        self.hide()
        self.chosen.emit(self.line.currentText().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter chooses, Esc leaves; stay at the edges of the picture."""
        if watched is self._over:
            if event.type() == QEvent.Type.Resize:
                self._place()
            return False
        if not isinstance(event, QKeyEvent) or event.key() not in (
            Qt.Key.Key_Escape,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            self._choose()
        return True

"""The field over the clocks in which a place is typed, and why a text names none."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.announce import announce
from evidence_desk.ui.widgets.labels import ElidedLabel, label, set_role

_PAD = 12


class PlaceEditor(QWidget):
    """Hidden until it is asked for. Signals: `typed(str)` Enter was pressed.

    Why a text names no place stands beside the field; where it is too long for that, whole and above it.
    """

    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.line = _PlaceLine(self)
        self.line.setAccessibleName(tr("Go to frame or time"))
        self.line.setPlaceholderText(tr("812, +10, 00:00:27.093, 27.5s, pts 416148"))
        self.note = ElidedLabel("", "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(_PAD, 0, _PAD, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 2)
        row.addWidget(self.note, 3)
        self.line.returnPressed.connect(self._enter)
        self.line.left.connect(self.hide)
        self.line.textEdited.connect(self._hint)
        self.above: QFrame | None = None
        self._why = label("", "danger", wrap=True)
        self.hide()

    def ask(self) -> None:
        """Open the field, empty."""
        self._hint()
        self.line.clear()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refuse(self, why: str) -> None:
        """Keep the field open and say why the text names no place."""
        self._hint()
        self._why.setText(why)
        if self.note.fontMetrics().horizontalAdvance(why) < self.note.width():
            self.note.setText(why)
            set_role(self.note, "danger")
        else:
            self._say_above()
        announce(self.line, why, urgent=True)
        self.line.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands above has another width now."""
        super().resizeEvent(event)
        if self.above is not None and self.above.isVisible():
            self._say_above()

    def hideEvent(self, event: QHideEvent) -> None:
        """What stands above goes too."""
        super().hideEvent(event)
        if self.above is not None:
            self.above.hide()

    def _hint(self) -> None:
        self.note.setText(tr("Enter goes there, Esc leaves"))
        set_role(self.note, "note")
        if self.above is not None:
            self.above.hide()

    def _say_above(self) -> None:
        above = self.above
        if above is None:
            above = self.above = QFrame(self.window())
            above.setObjectName("toast")
            room = QVBoxLayout(above)
            room.setContentsMargins(_PAD, 6, _PAD, 6)
            room.addWidget(self._why)
        elif above.parentWidget() is not self.window():  # the picture has a window of its own meanwhile
            above.setParent(self.window())
        width = self.width()
        layout = above.layout()
        assert layout is not None
        height = layout.totalHeightForWidth(width)
        corner = self.mapTo(self.window(), QPoint(0, 0))
        above.setGeometry(corner.x(), corner.y() - height, width, height)
        above.show()
        above.raise_()

    def _enter(self) -> None:
        self.typed.emit(self.line.text())


class _PlaceLine(QLineEdit):
    """Closes on Esc. Signals: `left()`."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

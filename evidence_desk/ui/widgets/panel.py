"""The head and foot of a panel, and the fold-away group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.widgets.buttons import DeskButton
from evidence_desk.ui.widgets.labels import ElidedLabel, label


class PanelHeader(QFrame):
    """32 high: record number, title, count at the left; what can be done at the right."""

    def __init__(
        self,
        title: str,
        count: str = "",
        number: str = "",
        actions: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panelHeader")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 6, 0)
        self._row.setSpacing(8)
        self._number = label(number, "id")
        self._title = ElidedLabel(title, "section")
        # As wide as its words, and shorter only where the buttons leave no room.
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._count = ElidedLabel(count, "note")
        self._row.addWidget(self._number)
        self._row.addWidget(self._title)
        self._row.addWidget(self._count, 1)
        self._number.setVisible(bool(number))
        for action in actions:
            self.add(action)
        self._resize()
        keeper().changed.connect(self._resize)

    def add(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(widget)

    def give_room(self, widget: QWidget, share: int) -> None:
        """Let a part grow into `share` times the room that the count takes."""
        self._row.setStretchFactor(widget, share)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)

    @property
    def count(self) -> str:
        """Return the count as it is shown."""
        return self._count.text()

    def set_count(self, count: str) -> None:
        """Show another count, e.g. `10 of 14`."""
        self._count.setText(count)

    def set_number(self, number: str) -> None:
        """Show another record number, "" for none."""
        self._number.setText(number)
        self._number.setVisible(bool(number))

    def _resize(self) -> None:
        self.setFixedHeight(current_theme().bar("panel_header"))


class PanelFooter(QFrame):
    """The buttons of a form: what keeps at the left, what withdraws at the right.

    What is said of the form stands between them, or `above` them on a line that is always there.
    """

    def __init__(
        self,
        left: Sequence[QWidget] = (),
        right: Sequence[QWidget] = (),
        parent: QWidget | None = None,
        *,
        above: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panelFooter")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.note = ElidedLabel("", "note")
        if above:
            column.addWidget(self.note)
        column.addLayout(row)
        for widget in left:
            row.addWidget(widget)
        if above:
            row.addStretch(1)
        else:
            row.addWidget(self.note, 1)
        for widget in right:
            row.addWidget(widget)


class FoldHeader(DeskButton):
    """A row that folds a group away: caret, icon, title, and the count at the right; `inset` parts it from the edge.

    Signals: `toggled(bool)` as of a checkable button; on means open.
    """

    def __init__(self, title: str, icon: str, count: str = "", open_: bool = False, inset: int = 12) -> None:
        super().__init__(title, "ghost")
        self._icon_name, self._count_text, self._inset = icon, count, inset
        self.setCheckable(True)
        self.setChecked(open_)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def set_count(self, count: str) -> None:
        """Show another count."""
        self._count_text = count
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(80, current_theme().row("list"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        theme = current_theme()
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("surface.hover"))
        side, left = theme.px(14), self._inset
        middle = (self.height() - side) // 2
        caret = "down" if self.isChecked() else "right"
        for icon in (caret, self._icon_name):
            theme.icon(icon).paint(painter, left, middle, side, side)
            left += side + 8
        painter.setPen(theme.color("text.primary"))
        painter.setFont(theme.ui_font("small", weight=painter.font().Weight.DemiBold))
        rest = self.rect().adjusted(left, 0, -self._inset, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(theme.ui_font("small"))
        painter.setPen(theme.color("text.tertiary"))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._count_text)
        if self.hasFocus():
            painter.setPen(theme.color("accent.line"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()}, {self._count_text}" if self._count_text else self.text())


class EmptyState(QWidget):
    """What stands in an empty place: icon, one line, what to do next, and the buttons that do it.

    Signals: `activated(int)` the position of the pressed button.
    """

    activated = Signal(int)

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        buttons: Sequence[DeskButton] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        self._icon_name = icon
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._icon)
        self.title = label(title, "strong", wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text = label(text, "muted", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.text.setVisible(bool(text))
        column.addWidget(self.title)
        column.addWidget(self.text)
        if buttons:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.setContentsMargins(0, 8, 0, 0)
            row.addStretch()
            for position, button in enumerate(buttons):
                button.setProperty("position", position)
                button.clicked.connect(self._tell)
                row.addWidget(button)
            row.addStretch()
            column.addLayout(row)
        column.addStretch(3)
        self._dress()
        keeper().changed.connect(self._dress)

    def _tell(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.activated.emit(int(sender.property("position")))

    def _dress(self) -> None:
        theme = current_theme()
        self._icon.setPixmap(theme.pixmap(self._icon_name, "text.tertiary", theme.px(28)))


class Elastic(QWidget):
    """Keeps one child at most `widest` wide and centred: long lines are hard to read."""

    def __init__(self, child: QWidget, widest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._child, self._widest = child, widest
        child.setParent(self)

    def sizeHint(self) -> QSize:
        """As the child."""
        return self._child.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As the child."""
        return self._child.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre the child."""
        super().resizeEvent(event)
        width = min(self.width(), self._widest)
        self._child.setGeometry((self.width() - width) // 2, 0, width, self.height())

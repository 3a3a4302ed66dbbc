"""Labels by their role, key caps, badges, and text that shortens instead of pushing others away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from evidence_desk.ui.theme import current_theme, keeper


def label(text: str, role: str = "label", wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Return a label; roles are those of the style sheet: label, small, caption, note, section, strong, title, id, …"""
    made = QLabel(text, parent)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def section_label(text: str) -> QLabel:
    """Return the heading of a group of fields."""
    return label(text, "section")


def set_role(shown: QLabel, role: str) -> None:
    """Give a label another role of the style sheet."""
    if shown.property("role") != role:
        shown.setProperty("role", role)
        shown.style().unpolish(shown)
        shown.style().polish(shown)


class ElidedLabel(QLabel):
    """A label that ends in … where room is short; the whole text is its tooltip then."""

    def __init__(self, text: str = "", role: str = "label", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = text
        self._where = Qt.TextElideMode.ElideRight
        super().setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        if text != self._whole:
            self._whole = text
            self._shorten()
            self.updateGeometry()

    def text_whole(self) -> str:
        """The text as it was given."""
        return self._whole

    def setElideMode(self, mode: Qt.TextElideMode) -> None:
        """Choose where the … goes: a hash and a path are cut in the middle."""
        self._where = mode
        self._shorten()

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A few signs."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten anew."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._where, max(0, self.width()))
        super().setText(shown)
        tip = self._whole if shown != self._whole else ""
        # Each is told to style and screen reader, which takes longer than to look.
        if tip != self.toolTip():
            self.setToolTip(tip)
        if self._whole != self.accessibleName():
            self.setAccessibleName(self._whole)


class KeyCap(QLabel):
    """A key as printed on its cap."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName("keyCap")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class IconLabel(QWidget):
    """An icon by itself; give it an accessible name where it tells something that no word beside it tells."""

    def __init__(self, icon: str, color: str = "text.secondary", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._color, self._size = icon, color, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, color: str = "text.secondary") -> None:
        """Show another icon."""
        self._icon, self._color = icon, color
        self.update()

    def sizeHint(self) -> QSize:
        """The size of the icon, grown with the text."""
        side = current_theme().px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw in the colour of the theme in use."""
        painter = QPainter(self)
        current_theme().icon(self._icon, self._color).paint(painter, self.rect())
        painter.end()


class Badge(QLabel):
    """A short word in a frame: a fact that asks for a look. `path` is the colour's path."""

    def __init__(self, text: str, path: str = "status.warn", tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "badge")
        self._path = path
        self.setToolTip(tip)
        self.setAccessibleName(f"{text}: {tip}" if tip else text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._dress()
        keeper().changed.connect(self._dress)

    def minimumSizeHint(self) -> QSize:
        """A few signs: where room is short the word ends in …, and its tooltip tells the whole."""
        hint, few = super().sizeHint(), QFontMetrics(self.font()).averageCharWidth() * 7
        return QSize(min(hint.width(), few), hint.height())

    def _dress(self) -> None:
        theme = current_theme()
        self.setFont(theme.ui_font("caption"))
        self.setContentsMargins(theme.px(5), theme.px(1), theme.px(5), theme.px(1))
        palette = self.palette()
        palette.setColor(self.foregroundRole(), theme.color(self._path))
        self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and the word."""
        paint_badge(self, self.text(), current_theme().color(self._path))


def paint_badge(widget: QWidget, text: str, color: QColor) -> None:
    """Paint a framed word over the whole of `widget`."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1))
    painter.drawRoundedRect(widget.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    font = current_theme().ui_font("caption")
    painter.setFont(font)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, widget.width() - 6)
    painter.drawText(widget.rect(), Qt.AlignmentFlag.AlignCenter, shown)
    painter.end()


def hairline(vertical: bool = False) -> QFrame:
    """Return a line of one pixel."""
    line = QFrame()
    line.setObjectName("hairline")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line

"""A sign laid over the picture: it appears only when something is not as usual."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from evidence_desk.ui.icons import paint_sign
from evidence_desk.ui.theme import current_theme, icon_sign
from evidence_desk.ui.widgets.wrapped_text import WrappedText

_WIDTH = 330
_PAD, _EDGE, _LEAST = 10, 12, 120


class PictureBadge(QWidget):
    """Icon, one strong line and one line below; `tone` is a colour path of the theme for edge and icon."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon, self._title, self._text, self._tone = "", "", "", "picture.label_text"
        self.hide()

    def say(self, icon: str, title: str, text: str = "", tone: str = "picture.label_text", *, spoken: str = "") -> None:
        """Show the sign; an empty title takes it away. `spoken` is for a screen reader where there is no `text`."""
        self._icon, self._title, self._text, self._tone = icon, title, text, tone
        self.setAccessibleName(f"{title}. {text or spoken}".strip(". "))
        self.setVisible(bool(title))
        if title:
            self.resize(self.sizeHint())
            self.raise_()
            self.update()

    @property
    def title(self) -> str:
        """Return the strong line, "" while hidden."""
        return self._title

    @property
    def _width(self) -> int:
        """Return how wide it may be: never past the edge of the picture's place."""
        place = self.parentWidget()
        left = place.width() - 2 * _EDGE if place is not None else _WIDTH
        return max(min(current_theme().px(_WIDTH), left), current_theme().px(_LEAST))

    def _wrapped(self) -> tuple[WrappedText, WrappedText]:
        theme = current_theme()
        width = self._width - theme.px(16) - 3 * _PAD
        strong = WrappedText(self._title, theme.ui_font("small", QFont.Weight.DemiBold), width)
        return strong, WrappedText(self._text, theme.ui_font("caption"), width)

    def sizeHint(self) -> QSize:
        """Return the size that the words need: one line alone takes no more room than it has words."""
        strong, more = self._wrapped()
        theme = current_theme()
        width = self._width
        if not self._text:
            font = theme.ui_font("small", QFont.Weight.DemiBold)
            words = QFontMetricsF(font).horizontalAdvance(self._title) + theme.px(16) + 3 * _PAD + 2
            width = min(width, round(words))
        height = 2 * _PAD + strong.height + (more.height + 2 if self._text else 0)
        return QSize(width, round(height))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw on near black in both themes: it lies on the picture, not on a panel."""
        theme, p = current_theme(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.color("picture.label_bg")
        ground.setAlphaF(0.9)
        p.setBrush(ground)
        edge = theme.color(self._tone)
        if self._tone == "picture.label_text":
            edge.setAlphaF(0.45)
        p.setPen(QPen(edge, 1))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        size = theme.px(16)
        paint_sign(p, QRectF(_PAD, _PAD, size, size), icon_sign(self._icon), theme.color(self._tone))
        strong, more = self._wrapped()
        x = float(size + 2 * _PAD)
        y = strong.draw(p, x, float(_PAD), theme.color("picture.label_text"))
        if self._text:
            quiet = theme.color("picture.label_text")
            quiet.setAlphaF(0.78)
            more.draw(p, x, y + 2, quiet)
        p.end()

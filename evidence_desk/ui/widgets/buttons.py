"""Buttons: plain, primary, ghost, link and chip; with an icon before the word and a key cap after it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QToolButton, QWidget

from evidence_desk.ui.theme import current_theme, keeper

_CAP_PADDING = 5
_GAP = 7


class DeskButton(QPushButton):
    """A button whose sheet style is chosen by `kind`: "", primary, ghost, link, chip, room, search."""

    def __init__(
        self,
        text: str,
        kind: str = "",
        icon: str = "",
        keys: str = "",
        size: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind, self._keys = kind, keys
        if kind:
            self.setProperty("kind", kind)
        if size:
            # "size" itself is a property of every widget.
            self.setProperty("extent", size)
        if icon:
            self.set_icon(icon)
        keeper().changed.connect(self._dress)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text.replace("&", ""))

    def set_icon(self, name: str) -> None:
        """Show an icon of the tokens before the word."""
        paths = {"primary": "text.on_accent", "link": "accent.text", "": "text.primary", "search": "text.tertiary"}
        on = "text.primary" if self._kind == "room" else ""
        self.setIcon(current_theme().icon(name, paths.get(self._kind, "text.secondary"), on))
        self._dress()

    def set_keys(self, keys: str) -> None:
        """Show another key cap, "" for none."""
        self._keys = keys
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        """Show another word, which is the accessible name too."""
        super().setText(text)
        self.setAccessibleName(text.replace("&", ""))

    def sizeHint(self) -> QSize:
        """Room for icon, word and key cap."""
        hint = super().sizeHint()
        return QSize(hint.width() + self.cap_room, hint.height())

    def minimumSizeHint(self) -> QSize:
        """As the size hint: a button's word is never cut."""
        return self.sizeHint() if self._kind != "search" else super().minimumSizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, in a dialog and anywhere else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as the sheet says, then the key cap at the right."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        style = self.style()
        style.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        room = self.cap_room
        contents = style.subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        option.rect = contents.adjusted(0, 0, -room, 0)
        style.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option, painter, self)
        if room:
            self._paint_cap(painter)
        painter.end()

    def _dress(self) -> None:
        side = current_theme().px(16)
        self.setIconSize(QSize(side, side))
        self.updateGeometry()

    @property
    def cap_room(self) -> int:
        """Return the width of the key cap with its gap, 0 without a key."""
        return self._cap_width() + _GAP if self._keys else 0

    def _cap_width(self) -> int:
        metrics = QFontMetrics(current_theme().ui_font("caption"))
        return int(metrics.horizontalAdvance(self._keys)) + 2 * _CAP_PADDING

    def _paint_cap(self, painter: QPainter) -> None:
        theme = current_theme()
        font = theme.ui_font("caption")
        width, height = self._cap_width(), QFontMetrics(font).height() + 2
        left = self.width() - width - (_CAP_PADDING + 4)
        rect = QRectF(left + 0.5, (self.height() - height) / 2 + 0.5, width - 1, height - 1)
        color = self._cap_color()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QColor(color)
        frame.setAlphaF(0.45)
        painter.setPen(QPen(frame, 1))
        painter.drawRoundedRect(rect, 3, 3)
        painter.setPen(color)
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._keys)

    def _cap_color(self) -> QColor:
        theme = current_theme()
        if not self.isEnabled():
            return theme.color("text.disabled")
        return theme.color("text.on_accent" if self._kind == "primary" else "text.secondary")


def primary_button(text: str, keys: str = "", icon: str = "") -> DeskButton:
    """Return the one button of a surface that does what the surface is for."""
    return DeskButton(text, "primary", icon, keys)


def plain_button(text: str, keys: str = "", icon: str = "") -> DeskButton:
    """Return a button with a frame."""
    return DeskButton(text, "", icon, keys)


def ghost_button(text: str, keys: str = "", icon: str = "") -> DeskButton:
    """Return a button without a frame, for the second choice."""
    return DeskButton(text, "ghost", icon, keys)


def link_button(text: str) -> DeskButton:
    """Return a button that reads as a link to another place of the window."""
    return DeskButton(text, "link")


class Chip(DeskButton):
    """A filter that is on or off."""

    def __init__(self, text: str, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, "chip", parent=parent)
        self.setCheckable(True)
        self.setChecked(on)


class ToolButton(QToolButton):
    """A button with an icon that grows with the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dress()
        keeper().changed.connect(self._dress)

    def _dress(self) -> None:
        side = current_theme().px(16)
        self.setIconSize(QSize(side, side))


def icon_button(icon: str, name: str, tip: str = "", checkable: bool = False) -> QToolButton:
    """Return a button with an icon alone: `name` is what a screen reader says and, without `tip`, the tooltip."""
    button = ToolButton()
    button.setIcon(current_theme().icon(icon))
    button.setAccessibleName(name)
    button.setToolTip(tip or name)
    button.setCheckable(checkable)
    return button

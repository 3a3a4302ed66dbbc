"""The tools beside the picture, on the dark surround in both themes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.icons import paint_sign
from evidence_desk.ui.theme import current_theme, icon_sign, keeper

STRIP_WIDTH = 36


class StripButton(QToolButton):
    """A tool: its icon in the light of the picture's surround, not of the panels."""

    def __init__(self, actions: ActionRegistry, id_: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = actions.spec(id_).icon
        self._action = actions.action(id_)
        self._on = False
        self.setAccessibleName(self._action.text().replace("…", ""))
        self.setToolTip(self._action.toolTip())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._action.trigger)
        self._action.enabledChanged.connect(self._enable)
        self._enable(self._action.isEnabled())
        self._dress()
        keeper().changed.connect(self._dress)

    def _enable(self, enabled: bool) -> None:
        self.setEnabled(enabled)

    def set_on(self, on: bool) -> None:
        """Show the tool as the one in hand."""
        self._on = on
        self.setAccessibleDescription("" if not on else self._action.text())
        self.update()

    def _dress(self) -> None:
        side = current_theme().px(28)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw ground, icon and focus ring."""
        theme, p = current_theme(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        if self._on or self.underMouse():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(theme.with_alpha("picture.region_selected", 0.32 if self._on else 0.14))
            p.drawRoundedRect(room, 4, 4)
        color = theme.color("picture.label_text")
        color.setAlphaF(1.0 if self._on else 0.75 if self.isEnabled() else 0.3)
        size = theme.px(18)
        sign = QRectF(0, 0, size, size)
        sign.moveCenter(room.center())
        paint_sign(p, sign, icon_sign(self._icon), color)
        if self.hasFocus():
            p.setPen(QPen(theme.color("picture.region_selected"), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        p.end()


class ToolStrip(QWidget):
    """Select, box, then zoom and still."""

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 4, 6)
        column.setSpacing(2)
        self._tools = {}
        for tool, id_ in (("select", "observe.select"), ("box", "observe.box")):
            self._tools[tool] = StripButton(actions, id_, self)
            column.addWidget(self._tools[tool])
        column.addSpacing(10)
        for id_ in ("view.zoom_in", "view.zoom_out", "view.zoom_fit", "observe.still"):
            column.addWidget(StripButton(actions, id_, self))
        column.addStretch()
        self._dress()
        keeper().changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedWidth(current_theme().px(STRIP_WIDTH))
        self.update()

    def show_tool(self, tool: str) -> None:
        """Show which tool is in hand."""
        for name, button in self._tools.items():
            button.set_on(name == tool)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Fill with the surround of the picture and draw the rule between the tools."""
        p, theme = QPainter(self), current_theme()
        p.fillRect(self.rect(), theme.color("picture.surround"))
        quiet = theme.color("picture.label_text")
        quiet.setAlphaF(0.18)
        y = 6 + 2 * (theme.px(28) + 2) + 4
        p.setPen(quiet)
        p.drawLine(10, y, self.width() - 10, y)
        p.end()

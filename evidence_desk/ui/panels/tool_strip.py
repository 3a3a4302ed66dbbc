"""The tools beside the picture, on the dark surround in both themes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.icons import paint_sign
from evidence_desk.ui.theme import current_theme, icon_sign, keeper
from evidence_desk.ui.translate import tr

STRIP_WIDTH = 36
TOOL_ACTIONS = {
    "select": "observe.select",
    "box": "observe.box",
    "ellipse": "observe.ellipse",
    "polygon": "observe.polygon",
    "polyline": "observe.polyline",
    "arrow": "observe.arrow",
    "point": "observe.point",
    "callout": "observe.callout",
    "text": "observe.words",
}
"""The action that takes each tool in hand."""
_BESIDE = ("view.zoom_in", "view.zoom_out", "view.zoom_fit", "observe.still")
_MARGIN, _GAP, _RULE = 6, 2, 10


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
    """Tools, then zoom and still; where the picture is low the last ones give way, they stand in the menus too."""

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Tools"))
        self._tools = {tool: StripButton(actions, id_, self) for tool, id_ in TOOL_ACTIONS.items()}
        self._beside = [StripButton(actions, id_, self) for id_ in _BESIDE]
        self._dress()
        keeper().changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedWidth(current_theme().px(STRIP_WIDTH))
        self._lay()
        self.update()

    def _lay(self) -> None:
        """Put the buttons under each other, as many as there is room for."""
        side = current_theme().px(28)
        x, y = (self.width() - side) // 2, _MARGIN
        for button in (*self._tools.values(), None, *self._beside):
            if button is None:
                y += _RULE
                continue
            button.setVisible(y + side <= self.height())
            button.move(x, y)
            y += side + _GAP

    def minimumSizeHint(self) -> QSize:
        """Return a size that forces no height on the picture."""
        return QSize(current_theme().px(STRIP_WIDTH), 3 * current_theme().px(29))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the buttons anew."""
        super().resizeEvent(event)
        self._lay()

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
        y = _MARGIN + len(self._tools) * (theme.px(28) + _GAP) + _RULE // 2 - 1
        p.setPen(quiet)
        p.drawLine(10, y, self.width() - 10, y)
        p.end()

"""The page before a case is open: make one, open one, check a package, start the sample; recent cases at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from evidence_desk import resources
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.settings import RecentCase
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.models.recent_cases import RecentCases
from evidence_desk.ui.recent_list import ROW, RecentDelegate, RecentList
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.filter_field import FilterField
from evidence_desk.ui.widgets.labels import IconLabel, label

_ACTIONS = ("file.new", "file.open", "file.check_package", "help.guide")
_BLOCK, _LEFT, _GAP = 1120, 444, 56


class WelcomeRow(QAbstractButton):
    """A large entry: icon, what it does, one line about it, its key."""

    def __init__(self, registry: ActionRegistry, id_: str) -> None:
        super().__init__()
        spec = registry.spec(id_)
        self._registry, self._id = registry, id_
        self._icon, self._detail = spec.icon, tr(spec.tip)
        self.setText(tr(spec.text))
        self.setAccessibleName(self.text().replace("…", ""))
        self.setAccessibleDescription(self._detail)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(registry.action(id_).trigger)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(300, current_theme().px(52))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses; up and down go from row to row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row; the focused one is filled."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.window().focusWidget() is self
        if focus or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.selected" if focus else "surface.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        side = theme.px(20)
        icon = QRect(14, (self.height() - side) // 2, side, side)
        theme.icon(self._icon, "accent.text" if focus else "text.secondary").paint(painter, icon)
        left, middle = icon.right() + 15, self.height() // 2
        painter.setPen(theme.color("text.primary"))
        painter.setFont(theme.ui_font("body", QFont.Weight.Medium))
        painter.drawText(QRect(left, 0, self.width() - left, middle), Qt.AlignmentFlag.AlignBottom, self.text())
        painter.setPen(theme.color("text.secondary"))
        painter.setFont(theme.ui_font("small"))
        room = self.width() - left - self._paint_keys(painter) - 8
        painter.setFont(theme.ui_font("small"))
        painter.setPen(theme.color("text.secondary"))
        detail = painter.fontMetrics().elidedText(self._detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, middle + 2, room, middle), Qt.AlignmentFlag.AlignTop, detail)
        painter.end()

    def _paint_keys(self, painter: QPainter) -> int:
        theme = current_theme()
        painter.setFont(theme.ui_font("caption"))
        metrics = painter.fontMetrics()
        keys = self._registry.keys_text(self._id)
        if not keys:
            return 0
        width, height = metrics.horizontalAdvance(keys) + 10, metrics.height() + 4
        cap = QRectF(self.width() - width - 14 + 0.5, (self.height() - height) / 2 + 0.5, width - 1, height - 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("line.strong"), 1))
        painter.drawRoundedRect(cap, 3, 3)
        painter.setPen(theme.color("text.secondary"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
        return width + 14


class Poster(QWidget):
    """A picture of the sample, cut to the place it has."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        try:
            self._picture.load(str(resources.path("exercises", "kestrel", "poster.jpg")))
        except EvidenceDeskError:
            self.hide()
        self.setAccessibleName(tr("Drawn picture of the sample"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """A third of the card."""
        return QSize(157, 110)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the middle of the picture, rounded at the left as the card is."""
        if self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        target = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(target.adjusted(0, 0, 12, 0), 5, 5)
        painter.setClipPath(path)
        scale = max(target.width() / self._picture.width(), target.height() / self._picture.height())
        width, height = target.width() / scale, target.height() / scale
        left, top = (self._picture.width() - width) / 2, (self._picture.height() - height) / 2
        painter.drawPixmap(target, self._picture, QRectF(left, top, width, height))
        painter.end()


class Welcome(QWidget):
    """The page.

    Signals: `recent_asked(str path)` to open; `locate_asked(str path)` for one that is gone; `forget_asked(str path)`.
    """

    recent_asked = Signal(str)
    locate_asked = Signal(str)
    forget_asked = Signal(str)

    def __init__(self, registry: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = RecentCases(self)
        self.rows = [WelcomeRow(registry, id_) for id_ in _ACTIONS]
        self.sample = registry.push_button("file.sample", caps=False)
        self.sample.setIcon(self.sample.icon().__class__())
        self.list = RecentList()
        self.list.setObjectName("card")
        self._delegate = RecentDelegate(self.list)
        self._block = QWidget()
        block = QHBoxLayout(self._block)
        block.setContentsMargins(0, 0, 0, 0)
        block.setSpacing(_GAP)
        block.addLayout(self._left(), _LEFT)
        block.addLayout(self._right(), _BLOCK - _LEFT - _GAP)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._block, 100)
        middle.addStretch(1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.addStretch(3)
        column.addLayout(middle)
        column.addStretch(7)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._fit()
        keeper().changed.connect(self._fit)

    def show_cases(self, cases: Sequence[RecentCase]) -> None:
        """Show the recent cases."""
        self.model.show(cases)
        self._show_list()

    def show_sample(self, building: bool) -> None:
        """Tell on the card that the sample is being built; the status line has the bar and Cancel."""
        self.sample.setText(tr("Building the sample…") if building else tr("Start the sample"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many recent cases as there is room for."""
        super().resizeEvent(event)
        self._show_list()

    def take_focus(self) -> None:
        """Put the focus on New case."""
        self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        for text, role in (
            (tr("Evidence Desk"), "display"),
            (tr("Every sentence leads back to an exact frame of an exact file."), "muted"),
        ):
            shown = label(text, role, wrap=True)
            shown.setContentsMargins(14, 0, 0, 4)
            column.addWidget(shown)
        column.addSpacing(18)
        for row in self.rows:
            column.addWidget(row)
        column.addSpacing(24)
        column.addWidget(self._card())
        column.addStretch()
        return column

    def _card(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        row = QHBoxLayout(card)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        row.addWidget(Poster())
        words = QVBoxLayout()
        words.setContentsMargins(14, 13, 14, 13)
        words.setSpacing(3)
        words.addWidget(label(tr("Sample: Exercise Kestrel"), "strong"))
        text = tr("Three drawn clips and four statements, fictional and non-graphic. From intake to dossier.")
        words.addWidget(label(text, "label", wrap=True))
        words.addSpacing(7)
        buttons = QHBoxLayout()
        buttons.addWidget(self.sample)
        buttons.addStretch()
        words.addLayout(buttons)
        row.addLayout(words, 1)
        frame = QWidget()
        inset = QVBoxLayout(frame)
        inset.setContentsMargins(14, 0, 0, 0)
        inset.addWidget(card)
        return frame

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(tr("Recent cases"), "section"))
        head.addStretch()
        self.filter = FilterField(tr("Filter"), tr("Filter recent cases"))
        self.filter.setMaximumWidth(current_theme().px(200))
        self.filter.textChanged.connect(self._narrow)
        head.addWidget(self.filter)
        column.addLayout(head)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("Recent cases"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.activated.connect(self._open)
        self.list.removal_asked.connect(self._forget)
        column.addWidget(self.list)
        self._none = label("", "label", wrap=True)
        column.addWidget(self._none)
        drop = QHBoxLayout()
        drop.setSpacing(6)
        drop.addWidget(IconLabel("folder", "text.tertiary", 14))
        drop.addWidget(
            label(tr("Drop a case folder here to open it, or a video to make a case around it."), "label", wrap=True), 1
        )
        column.addLayout(drop)
        column.addStretch()
        return column

    def _narrow(self, text: str) -> None:
        self.model.narrow(text)
        self._show_list()

    def _show_list(self) -> None:
        count = self.model.rowCount()
        self.list.setVisible(count > 0)
        self._none.setVisible(count == 0)
        filtered = bool(self.filter.text().strip())
        none = tr("Cases you open are listed here.")
        self._none.setText(tr("Nothing matches. Clear the filter.") if filtered else none)
        rows = min(count, max(3, (self.height() - 260) // current_theme().px(ROW)) if self.height() > 400 else 6)
        self.list.setFixedHeight(rows * current_theme().px(ROW) + 2)

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        (self.recent_asked if row.found else self.locate_asked).emit(row.case.path)

    def _forget(self, index: QModelIndex) -> None:
        self.forget_asked.emit(self.model.row(index).case.path)

    def _fit(self) -> None:
        self._block.setMaximumWidth(current_theme().px(_BLOCK))
        self._show_list()

"""How the rows of exhibits and observations are drawn in the navigator."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from evidence_desk.domain.coverage import Coverage
from evidence_desk.domain.records import Exhibit
from evidence_desk.ui.icons import paint_sign
from evidence_desk.ui.models.exhibits import COVERAGE_ROLE, EXHIBIT_ROLE, THUMBNAIL_ROLE, exhibit_caption
from evidence_desk.ui.models.observations import ROW_ROLE, ObservationRow
from evidence_desk.ui.panels.claim_rows import paint_ground, paint_ring
from evidence_desk.ui.theme import Theme, current_theme, icon_sign
from evidence_desk.ui.translate import tr

Index = QModelIndex | QPersistentModelIndex
_LEFT = 12
THUMBNAIL = QSize(64, 36)
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight
_KIND_ICONS = {
    "video": "exhibit_video",
    "sound": "exhibit_audio",
    "image": "exhibit_image",
}


class ExhibitDelegate(QStyledItemDelegate):
    """Small picture, number, title, length and counted frames; VFR and trouble as a badge."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of an exhibit's row."""
        return QSize(0, current_theme().row("exhibit") - 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        exhibit = index.data(EXHIBIT_ROLE)
        if not isinstance(exhibit, Exhibit):
            return
        theme, rect = current_theme(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = paint_ground(painter, rect, option, theme)
        left = self._picture(painter, theme, rect, exhibit, index.data(THUMBNAIL_ROLE)) + 8
        _looked_at(painter, theme, rect, index.data(COVERAGE_ROLE))
        right = self._flag(painter, theme, rect, exhibit)
        height = (rect.height() - 6) / 3
        mono = theme.mono_font("caption")
        painter.setFont(mono)
        painter.setPen(theme.color("text.secondary"))
        painter.drawText(QRectF(left, rect.top() + 3, 100, height), _VCENTER, exhibit.number)
        strong = theme.ui_font("small", QFont.Weight.Medium)
        _line(
            painter,
            strong,
            theme,
            "text.primary",
            QRectF(left, rect.top() + 3 + height, right - left, height),
            exhibit.title,
        )
        quiet = theme.ui_font("caption", numbers=True)
        path = "text.secondary" if selected else "text.tertiary"
        room = QRectF(left, rect.top() + 3 + 2 * height, rect.right() - left - 8, height)
        _line(painter, quiet, theme, path, room, exhibit_caption(exhibit))
        paint_ring(painter, rect, option, theme)
        painter.restore()

    @staticmethod
    def _picture(painter: QPainter, theme: Theme, rect: QRectF, exhibit: Exhibit, picture: object) -> float:
        width, height = theme.px(THUMBNAIL.width()), theme.px(THUMBNAIL.height())
        room = QRectF(rect.left() + _LEFT, rect.center().y() - height / 2, width, height)
        painter.fillRect(room, theme.color("picture.surround"))
        if isinstance(picture, QPixmap) and not picture.isNull():
            size = picture.size().scaled(QSize(width, height), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(room.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
        else:
            icon = _KIND_ICONS.get(exhibit.kind, "exhibit_document")
            quiet = theme.color("picture.label_text")
            quiet.setAlphaF(0.5)
            sign = QRectF(0, 0, theme.px(16), theme.px(16))
            sign.moveCenter(room.center())
            paint_sign(painter, sign, icon_sign(icon), quiet)
        return room.right()

    @staticmethod
    def _flag(painter: QPainter, theme: Theme, rect: QRectF, exhibit: Exhibit) -> float:
        """Draw what asks for a look; return the x where the words have to end."""
        end = rect.right() - 10
        trouble = exhibit.condition in ("damaged", "unreadable", "no frames")
        if trouble:
            side = theme.px(15)
            icon, path = ("error", "status.danger") if exhibit.condition == "unreadable" else ("warn", "status.warn")
            paint_sign(painter, QRectF(end - side, rect.top() + 7, side, side), icon_sign(icon), theme.color(path))
            end -= side + 6
        if exhibit.distressing or exhibit.distressing_spans:
            side = theme.px(15)
            place = QRectF(end - side, rect.top() + 7, side, side)
            paint_sign(painter, place, icon_sign("safe_view"), theme.color("text.secondary"))
            end -= side + 6
        if exhibit.variable_rate:
            font = theme.ui_font("caption", QFont.Weight.Medium)
            metrics = QFontMetricsF(font)
            text = tr("VFR")
            frame = QRectF(0, 0, metrics.horizontalAdvance(text) + 9, metrics.height() + 1)
            frame.moveTopRight(QPointF(end, rect.top() + 5))
            painter.setPen(QPen(theme.color("status.warn"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 3, 3)
            painter.setFont(font)
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, text)
        return rect.right() - 10


def _looked_at(painter: QPainter, theme: Theme, rect: QRectF, found: object) -> None:
    """Draw under the small picture how much was looked at: high what stood still, low what was only played."""
    if not isinstance(found, Coverage) or not found.count:
        return
    width, high = theme.px(THUMBNAIL.width()), 3.0
    foot = rect.center().y() + theme.px(THUMBNAIL.height()) / 2 + 1 + high
    stepped, played, _ = found.figures
    x = rect.left() + _LEFT
    for count, path, part in ((stepped, "timeline.coverage_step", high), (played, "timeline.coverage_1x", high / 2)):
        wide = width * count / found.count
        painter.fillRect(QRectF(x, foot - part, wide, part), theme.color(path))
        x += wide


class ObservationDelegate(QStyledItemDelegate):
    """Two lines: term and frames, number and statement, with the icons of term and relations."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row of two lines."""
        return QSize(0, current_theme().row("two_line"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, ObservationRow):
            return
        theme, rect = current_theme(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = paint_ground(painter, rect, option, theme)
        self._icon(painter, theme, rect, row)
        left = rect.left() + _LEFT + theme.px(16) + 8
        half = (rect.height() - 8) / 2
        self._first_line(painter, theme, QRectF(left, rect.top() + 4, rect.right() - left - 10, half), row)
        second = QRectF(left, rect.top() + 4 + half, rect.right() - left - 10, half)
        self._second_line(painter, theme, second, row, "text.secondary" if selected else "text.tertiary")
        paint_ring(painter, rect, option, theme)
        painter.restore()

    @staticmethod
    def _icon(painter: QPainter, theme: Theme, rect: QRectF, row: ObservationRow) -> None:
        category = row.term.category if row.term is not None else ""
        icon = row.term.icon if row.term is not None and row.term.icon else "observation"
        if row.observation.presence == "looked for, not seen":
            icon = "withdraw"
        side = theme.px(16)
        place = QRectF(rect.left() + _LEFT, rect.center().y() - side / 2, side, side)
        paint_sign(painter, place, icon_sign(icon), theme.category_color(category))

    @staticmethod
    def _first_line(painter: QPainter, theme: Theme, rect: QRectF, row: ObservationRow) -> None:
        font = theme.ui_font("small", numbers=True)
        painter.setFont(font)
        painter.setPen(theme.color("text.secondary"))
        painter.drawText(rect, _VCENTER | _RIGHT, row.frames)
        room = rect.adjusted(0, 0, -QFontMetricsF(font).horizontalAdvance(row.frames) - 8, 0)
        strong = theme.ui_font("small", QFont.Weight.Medium)
        withdrawn = not row.observation.in_force
        strong.setStrikeOut(withdrawn)
        _line(painter, strong, theme, "text.tertiary" if withdrawn else "text.primary", room, row.label)

    @staticmethod
    def _second_line(painter: QPainter, theme: Theme, rect: QRectF, row: ObservationRow, path: str) -> None:
        side, end = theme.px(14), rect.right()
        for relation in reversed(row.relations):
            style = theme.relation(relation)
            place = QRectF(end - side, rect.center().y() - side / 2, side, side)
            paint_sign(painter, place, style.icon, theme.color(style.color))
            end -= side + 3
        mono = theme.mono_font("caption")
        painter.setFont(mono)
        painter.setPen(theme.color("text.secondary"))
        painter.drawText(rect, _VCENTER, row.observation.number)
        left = rect.left() + QFontMetricsF(mono).horizontalAdvance(row.observation.number) + 8
        words = row.observation.statement.replace("\n", " ")
        _line(
            painter,
            theme.ui_font("caption"),
            theme,
            path,
            QRectF(left, rect.top(), end - left - 4, rect.height()),
            words,
        )


def _line(painter: QPainter, font: QFont, theme: Theme, path: str, room: QRectF, text: str) -> None:
    painter.setFont(font)
    painter.setPen(theme.color(path))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(room.width(), 0.0))
    painter.drawText(room, _VCENTER, shown)

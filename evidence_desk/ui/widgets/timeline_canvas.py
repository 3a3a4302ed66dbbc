"""How the timeline paints itself, and where each bar lies; the hands are in `timeline`."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap

from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.theme import current_theme, lane_height
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets import timeline_paint
from evidence_desk.ui.widgets.timeline_content import TimelineContent, category_name, frames_text
from evidence_desk.ui.widgets.timeline_lanes import Bar
from evidence_desk.ui.widgets.timeline_paint import Row, Sheet
from evidence_desk.ui.widgets.timeline_sound import spectrum_legend


class TimelineCanvas(TimelineContent):
    """Paints the rows once and lays the playhead over them."""

    # ---------------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the playhead over the rows, which are painted once and kept."""
        painter = QPainter(self)
        sheet = self._sheet()
        if self._still is None or self._still.size() != self.size() * self.devicePixelRatio():
            self._still = self._paint_rows(sheet)
        painter.setClipRect(event.rect())
        painter.drawPixmap(0, 0, self._still)
        if sheet is not None and self._clock is not None and self._rows:
            timeline_paint.playhead(painter, sheet, self._rows, float(self._clock.at(self._n)))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)  # the playhead leaves its own
            painter.setPen(QPen(current_theme().color("accent.line"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
            self._paint_current(painter, sheet)
        painter.end()

    def _paint_rows(self, sheet: Sheet | None) -> QPixmap:
        ratio = self.devicePixelRatio()
        still = QPixmap(self.size() * ratio)
        still.setDevicePixelRatio(ratio)
        theme = current_theme()
        still.fill(theme.color("surface.panel"))
        if sheet is None:
            return still
        p = QPainter(still)
        p.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        for row in self._rows:
            self._paint_row(p, sheet, row)
        p.setPen(QPen(theme.color("line.hair"), 1))
        p.drawLine(QPointF(sheet.left - 0.5, 0), QPointF(sheet.left - 0.5, self.height()))
        p.end()
        return still

    def _paint_row(self, p: QPainter, sheet: Sheet, row: Row) -> None:
        timeline_paint.row_label(p, sheet, row, self._label(row))
        timeline_paint.row_rule(p, sheet, row)
        match row.kind:
            case "overview":
                timeline_paint.overview(p, sheet, row, self._lanes)
            case "ruler":
                timeline_paint.ruler(p, sheet, row)
                span = self._marked_seconds(sheet.clock)
                if span is not None:
                    timeline_paint.marks(p, sheet, row, span)
            case "filmstrip":
                timeline_paint.filmstrip(p, sheet, row, self._aspect, self._pictures)
            case "waveform":
                self._sound.paint(p, sheet, row)
            case "spectrogram":
                self._sound.paint(p, sheet, row)
                spectrum_legend(p, sheet, row, self._sound)
            case "frame_timing":
                timeline_paint.timing(p, sheet, row, self._unusual)
            case "observation":
                timeline_paint.lane_bars(p, sheet, row, self._lanes[row.lane], self._selected)

    def _label(self, row: Row) -> tuple[str, str, str, str]:
        match row.kind:
            case "overview":
                return "", "", tr("Whole clip"), ""
            case "ruler":
                return "", "", tr("Media time"), ""
            case "filmstrip":
                return "exhibit_video", "text.tertiary", tr("Pictures"), ""
            case "waveform" | "spectrogram":
                icon = "exhibit_audio" if row.kind == "waveform" else ""
                return icon, "text.tertiary", self._sound.label(row.kind), ""
            case "frame_timing":
                return "ph.chart-bar", "text.tertiary", tr("Frame timing"), ""
        lane = self._lanes[row.lane]
        color = f"category.{lane.category}"
        return timeline_paint.CATEGORY_ICONS[lane.category], color, category_name(lane.category), number(len(lane.bars))

    def _marked_seconds(self, clock: FrameClock) -> tuple[float, float] | None:
        first, last = self._marks
        if first is None and last is None:
            return None
        a = first if first is not None else last or 0
        b = last if last is not None else first or 0
        return float(clock.at(a)), float(clock.at(b) + clock.duration(b) * clock.time_base)

    def _paint_current(self, painter: QPainter, sheet: Sheet | None) -> None:
        found = self.current_bar()
        if sheet is None or found is None:
            return
        rect = self.rect_of(found)
        painter.setPen(QPen(current_theme().color("accent.line"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), 3, 3)

    # ------------------------------------------------------------------------------------------------------- places

    def bars(self) -> list[Bar]:
        """Return every bar, lane by lane: the order in which a screen reader meets them."""
        return [bar for lane in self._lanes for bar in lane.bars]

    def current_bar(self) -> Bar | None:
        """Return the bar that the keyboard is on, None on an empty lane."""
        lane, item = self._current
        if lane < len(self._lanes) and item < len(self._lanes[lane].bars):
            return self._lanes[lane].bars[item]
        return None

    def rect_of(self, bar: Bar) -> QRectF:
        """Return where the bar is drawn in the widget."""
        sheet = self._sheet()
        for row in self._rows:
            if sheet is not None and row.lane >= 0 and bar in self._lanes[row.lane].bars:
                return timeline_paint.bar_rect(sheet, row, self._lanes[row.lane], bar)
        return QRectF()

    def bar_at(self, place: QPointF) -> Bar | None:
        """Return the bar under a place, with a margin for small ones."""
        pad = lane_height("hit_pad")
        for bar in reversed(self.bars()):
            if self.rect_of(bar).adjusted(-pad, 0, pad, 0).contains(place):
                return bar
        return None

    def bar_sentence(self, bar: Bar) -> str:
        """Return what a screen reader says of a bar."""
        for lane in self._lanes:
            if bar in lane.bars:
                where = frames_text(bar.first, bar.last)
                place = tr("{i} of {count}", i=lane.bars.index(bar) + 1, count=len(lane.bars))
                said = [tr("{lane} lane", lane=category_name(lane.category)), bar.label, where, place]
                if bar.negative:
                    said.insert(2, tr("looked for, not seen"))
                return ", ".join(said)
        return bar.label

    def _describe(self) -> None:
        super()._describe()
        bar = self.current_bar()
        self.setAccessibleDescription(self.bar_sentence(bar) if bar is not None else tr("No observation on this lane"))

"""How the timeline paints itself, and where each bar lies; the hands are in `timeline`."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.categories import category_icon, category_name, colour_path
from evidence_desk.ui.theme import Theme, current_theme, lane_height
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets import timeline_bars, timeline_paint
from evidence_desk.ui.widgets.timeline_content import TimelineContent, frames_text
from evidence_desk.ui.widgets.timeline_lanes import CATEGORY, COVERAGE, CUTS, OBSERVATION, Bar, Lane
from evidence_desk.ui.widgets.timeline_overview import Overview
from evidence_desk.ui.widgets.timeline_paint import Row, Sheet
from evidence_desk.ui.widgets.timeline_scale import TimeScale
from evidence_desk.ui.widgets.timeline_sound import spectrum_legend
from evidence_desk.ui.widgets.timeline_tiles import Tile, Tiles
from evidence_desk.ui.widgets.timeline_timing import timing

_KEPT = 320


class TimelineCanvas(TimelineContent):
    """Paints the rows once and lays the playhead over them; what a pan brings into view is painted in tiles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = Tiles(_KEPT)
        self._side: tuple[object, QPixmap] = (None, QPixmap())
        self._overview_marks = Overview()
        self._whole: tuple[object, QPixmap] = (None, QPixmap())

    def set_clip(self, clock: FrameClock | None, aspect: float = 0.0) -> None:
        """Show another clip; `aspect` is width by height of a picture on screen, 0 leaves the pictures out."""
        self._tiles.clear()
        super().set_clip(clock, aspect)

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
        p.drawPixmap(0, 0, self._labels(sheet, ratio))
        p.setPen(QPen(theme.color("line.hair"), 1))
        p.drawLine(QPointF(sheet.left - 0.5, 0), QPointF(sheet.left - 0.5, self.height()))
        p.end()
        return still

    def _labels(self, sheet: Sheet, ratio: float) -> QPixmap:
        """Return the column of names, painted anew only where a name, a height or the theme has changed."""
        theme = sheet.theme
        rows = [(row, self._label(row)) for row in self._rows]
        signs = tuple(self._switches(lane) for lane in self.shelf.shown)
        key = (tuple(rows), signs, theme.name, theme.scale, ratio, self.height())
        if self._side[0] != key:
            side = QPixmap(round(sheet.left * ratio), round(self.height() * ratio))
            side.setDevicePixelRatio(ratio)
            side.fill(theme.color("surface.panel"))
            p = QPainter(side)
            for row, label in rows:
                timeline_paint.row_label(p, sheet, row, label)
                timeline_paint.row_rule(p, sheet, row)
                if row.kind == "spectrogram" and self._sound.view is not None:
                    spectrum_legend(p, sheet, row, self._sound)
                if row.lane >= 0:
                    timeline_paint.switches(p, sheet, row, self._switches(self.shelf.shown[row.lane]))
            p.end()
            self._side = (key, side)
        return self._side[1]

    def _switches(self, lane: Lane) -> tuple[str, ...]:
        """Return the signs of a lane that is locked or shown alone."""
        on = (("ph.lock-simple", self.shelf.is_locked(lane)), ("ph.eye", lane.key in self.shelf.view.solo))
        return tuple(sign for sign, is_on in on if is_on)

    def _paint_row(self, p: QPainter, sheet: Sheet, row: Row) -> None:
        timeline_paint.row_rule(p, sheet, row)
        match row.kind:
            case "overview":
                p.drawPixmap(QPointF(sheet.left, row.top), self._overview(sheet, row))
                timeline_paint.visible_part(p, sheet, row)
            case "ruler":
                timeline_paint.ruler(p, sheet, row)
                span = self._marked_seconds(sheet.clock)
                if span is not None:
                    timeline_paint.marks(p, sheet, row, span)
            case "filmstrip":
                timeline_paint.filmstrip(p, sheet, row, self._aspect, self._pictures)
            case "waveform" | "spectrogram":
                self._sound.paint(p, sheet, row)
            case "frame_timing":
                self._tiles.paint(p, sheet, row, row.kind, partial(self._timing_tile, sheet))
            case _:
                lane = self.shelf.shown[row.lane]
                token = (lane.key, self.shelf.state_of(lane))
                self._tiles.paint(p, sheet, row, token, partial(self._lane_tile, sheet, lane))
                timeline_bars.lane_words(p, sheet, row, lane, self._selected_on(row.lane))

    def _selected_on(self, lane: int) -> int:
        place = self.shelf.place_of(self._selected) if self._selected else None
        return place[1] if place is not None and place[0] == lane else -1

    def _timing_tile(self, sheet: Sheet, p: QPainter, _: Theme, tile: Tile) -> None:
        p.scale(tile.ratio, tile.ratio)
        timing(p, tile.sheet(sheet), Row("frame_timing", 0, tile.height), self._unusual)

    @staticmethod
    def _lane_tile(sheet: Sheet, lane: Lane, p: QPainter, _: Theme, tile: Tile) -> None:
        p.scale(tile.ratio, tile.ratio)
        timeline_bars.lane_tile(p, tile.sheet(sheet), Row(lane.kind, 0, tile.height), lane)

    def _overview(self, sheet: Sheet, row: Row) -> QPixmap:
        """Return every mark of the clip, painted anew only where one has changed."""
        ratio = self.devicePixelRatioF()
        key = (self.shelf.version, sheet.scale.width, row.height, ratio, sheet.theme.name)
        if self._whole[0] != key:
            picture = QPixmap(round(sheet.scale.width * ratio), round(row.height * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            p = QPainter(picture)
            whole = Sheet(sheet.theme, TimeScale.whole(sheet.scale.length, sheet.scale.width), 0.0, sheet.clock)
            self._overview_marks.paint(p, whole, Row(row.kind, 0, row.height), self.shelf)
            p.end()
            self._whole = (key, picture)
        return self._whole[1]

    def _label(self, row: Row) -> tuple[str, str, str, str]:
        match row.kind:
            case "overview":
                return "", "", tr("Whole clip"), ""
            case "ruler":
                return "", "", tr("Media time"), ""
            case "filmstrip" | "waveform" | "spectrogram" | "frame_timing":
                icon = {"filmstrip": "exhibit_video", "waveform": "exhibit_audio", "frame_timing": "ph.chart-bar"}
                return icon.get(row.kind, ""), "text.tertiary", self.row_title(row.kind), ""
        lane = self.shelf.shown[row.lane]
        count = number(len(lane.bars)) if lane.kind != COVERAGE else ""
        icons = {CUTS: "ph.scissors", COVERAGE: "ph.eye"}
        if lane.kind != OBSERVATION:
            return icons.get(lane.kind, "ph.lightbulb"), "text.tertiary", self.lane_title(lane), count
        if lane.by == CATEGORY:
            return category_icon(lane.category), colour_path(lane.category), self.lane_title(lane), count
        return "ph.user", "text.tertiary", self.lane_title(lane), count

    def row_title(self, kind: str) -> str:
        """Return the name of a fixed row for people."""
        if kind in ("waveform", "spectrogram"):
            return self._sound.label(kind)
        return tr("Pictures") if kind == "filmstrip" else tr("Frame timing")

    @staticmethod
    def lane_title(lane: Lane) -> str:
        """Return the name of a lane for people."""
        if lane.kind == OBSERVATION:
            return category_name(lane.category) if lane.by == CATEGORY else lane.category
        if lane.kind == COVERAGE:
            return tr("Looked at")
        return lane.category or (tr("Cuts") if lane.kind == CUTS else tr("Suggestions"))

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

    def bars(self) -> tuple[Bar, ...]:
        """Return every mark, lane by lane: the order in which a screen reader meets them."""
        return self.shelf.bars

    def current_bar(self) -> Bar | None:
        """Return the mark that the keyboard is on, None on an empty lane."""
        lane, item = self._current
        shown = self.shelf.shown
        if lane < len(shown) and item < len(shown[lane].bars) and shown[lane].kind != COVERAGE:
            return shown[lane].bars[item]
        return None

    def current_lane(self) -> Lane | None:
        """Return the lane of the selected mark, else the one that the keyboard is on."""
        place = self.shelf.place_of(self._selected) or self._current
        return self.shelf.shown[place[0]] if place[0] < len(self.shelf.shown) else None

    def rect_of(self, bar: Bar) -> QRectF:
        """Return where the mark is drawn in the widget."""
        sheet, place = self._sheet(), self.shelf.place_of(bar.number)
        row = next((r for r in self._rows if place is not None and r.lane == place[0]), None)
        if sheet is None or row is None:
            return QRectF()
        return timeline_bars.bar_rect(sheet, row, self.shelf.shown[row.lane], bar)

    def row_at(self, y: float) -> Row | None:
        """Return the row at a height."""
        return next((r for r in self._rows if r.top <= y < r.bottom), None)

    def bar_at(self, place: QPointF) -> Bar | None:
        """Return the mark under a place; within a margin beside it, where nothing lies right there."""
        row, sheet, pad = self.row_at(place.y()), self._sheet(), lane_height("hit_pad")
        if row is None or sheet is None or row.lane < 0 or place.x() < sheet.left:
            return None
        lane = self.shelf.shown[row.lane]
        if lane.kind == COVERAGE:
            return None
        per = sheet.scale.span / sheet.scale.width
        at = sheet.scale.start + (place.x() - sheet.left) * per
        found: list[tuple[bool, bool, Bar]] = []
        for i in lane.index.between(at - (pad + 4) * per, at + (pad + 1) * per):
            bar, rect = lane.bars[i], timeline_bars.bar_rect(sheet, row, lane, lane.bars[i])
            if rect.adjusted(-pad, 0, pad, 0).contains(place):
                found.append((rect.contains(place), bar.number == self._selected, bar))
        return max(found, key=lambda f: (f[0], f[1], f[2].start))[2] if found else None

    def bar_sentence(self, bar: Bar) -> str:
        """Return what a screen reader says of a mark."""
        place = self.shelf.place_of(bar.number)
        if place is None:
            return bar.label
        lane = self.shelf.shown[place[0]]
        where = frames_text(bar.first, bar.last)
        said = [tr("{lane} lane", lane=self.lane_title(lane)), bar.label, where]
        said.append(tr("{i} of {count}", i=place[1] + 1, count=len(lane.bars)))
        if bar.negative:
            said.insert(2, tr(bar.state))
        if self.shelf.is_locked(lane):
            said.append(tr("locked"))
        return ", ".join(said)

    def _describe(self) -> None:
        super()._describe()
        bar = self.current_bar()
        self.setAccessibleDescription(self.bar_sentence(bar) if bar is not None else tr("No observation on this lane"))

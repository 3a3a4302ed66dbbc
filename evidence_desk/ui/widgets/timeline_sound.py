"""The lanes of sound: waveform and spectrogram, drawn in tiles that are kept while the view is panned."""

from __future__ import annotations

import math
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen, QTransform

from evidence_desk.domain.time import clock as clock_text
from evidence_desk.media.sound_track import SpectrumLevel
from evidence_desk.media.sound_view import FinePart, WaveView
from evidence_desk.ui import colour_map
from evidence_desk.ui.theme import Theme
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.timeline_paint import Row, Sheet
from evidence_desk.ui.widgets.timeline_tiles import TILE, Tile, Tiles

_KEPT = 96
_TICKS_HZ = (100, 250, 500, 1000, 2000, 4000, 8000, 16000)
_MEL = 2595.0


class SoundLanes:
    """Holds the sound of the clip and paints it. Moments are seconds from frame 0; `zero` is frame 0's own stamp."""

    def __init__(self) -> None:
        self.view: WaveView | None = None
        self._zero = 0.0
        self._tiles = Tiles(_KEPT)

    def set_view(self, view: WaveView | None, zero: Fraction = Fraction(0)) -> None:
        """Show another sound; `zero` is where frame 0 begins, in seconds on the container's clock."""
        self.view, self._zero = view, float(zero)
        self._tiles.clear()

    def set_fine(self, part: FinePart) -> None:
        """Take a part of the waveform closer than the pyramid."""
        if self.view is not None:
            self.view.fine = part
            self._tiles.forget("waveform")

    def paint(self, p: QPainter, sheet: Sheet, row: Row) -> None:
        """Draw the row's tiles: those that are kept, and the missing ones made now."""
        if self.view is None:
            return
        make = self._wave_tile if row.kind == "waveform" else self._spectrum_tile
        self._tiles.paint(p, sheet, row, row.kind, make)

    # ------------------------------------------------------------------------------------------------------- waveform

    def _wave_tile(self, p: QPainter, theme: Theme, tile: Tile) -> None:
        """Draw lowest to highest sample of each device pixel; each column meets the one before, so that no line breaks.

        Stretches of time in which the stamps leave sound out stay empty; silence is a line.
        """
        view = self.view
        assert view is not None
        ratio = tile.ratio
        step, wide, high = tile.per_pixel / ratio, round(TILE * ratio), tile.height * ratio
        begin = tile.start + self._zero
        columns = view.columns(begin - step, step, wide + 1)
        middle, half = high / 2, high / 2 - 3 * ratio
        sounding = view.stretches(begin, begin + wide * step)
        p.setPen(QPen(theme.color("timeline.wave"), 1))
        for start, end, _, _ in sounding:
            first, last = max(round((start - begin) / step), 0), min(round((end - begin) / step), wide)
            for i in range(first, last):
                low, top = columns[i + 1]
                if i > first:
                    low, top = min(low, columns[i][1]), max(top, columns[i][0])
                x = i + 0.5
                p.drawLine(QPointF(x, middle - top / 32768 * half - 0.4), QPointF(x, middle - low / 32768 * half + 0.4))

    # ---------------------------------------------------------------------------------------------------- spectrogram

    def _spectrum_tile(self, p: QPainter, theme: Theme, tile: Tile) -> None:
        view = self.view
        assert view is not None
        levels = view.track.spectrum
        step, high = tile.per_pixel / tile.ratio, (tile.height - 1) * tile.ratio
        begin = tile.start + self._zero
        end = begin + TILE * tile.per_pixel
        if not levels:
            return
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for start, stop, first, last in view.stretches(begin, end):
            rate = (last - first) / (stop - start)
            level = next((x for x in reversed(levels) if x.hop <= step * rate), levels[0])
            a = max(int((first + (begin - start) * rate) // level.hop) - 1, first // level.hop, 0)
            b = min(int((first + (end - start) * rate) // level.hop) + 2, -(-last // level.hop), len(level))
            if a >= b:
                continue
            x = [(start + (c * level.hop - first) / rate - begin) / step for c in (a, b)]
            left = (start - begin) / step
            p.save()
            p.setClipRect(QRectF(left, 0, (stop - start) / step, high))
            p.drawImage(QRectF(x[0], 0, x[1] - x[0], high), _picture(level, a, b, colour_map.colour_table(theme)))
            p.restore()

    # ---------------------------------------------------------------------------------------------------------- words

    @property
    def top_hz(self) -> float:
        """The highest frequency of the spectrogram."""
        return self.view.track.facts.rate / 2 if self.view is not None else 0.0

    def label(self, kind: str) -> str:
        """Return the name of a lane; with several sound streams also which one."""
        name = tr("Waveform") if kind == "waveform" else tr("Spectrogram")
        facts = self.view.track.facts if self.view is not None else None
        if facts is None or len(facts.streams) < 2 or kind != "waveform":
            return name
        return tr("Waveform {i} of {count}", i=facts.streams.index(facts.stream) + 1, count=len(facts.streams))

    def hint(self, row: Row, y: float, seconds: float) -> str:
        """Return what lies at a place: the sample's number, or frequency and level."""
        if self.view is None:
            return ""
        at = seconds + self._zero
        first, last = self.view.samples_between(at, at + 1e-9)
        when = clock_text(Fraction(seconds).limit_denominator(1_000_000))
        if last <= first:
            return tr("No sound, {time}", time=when)
        if row.kind == "waveform":
            return tr("Sample {n}, {time}", n=number(first), time=when)
        levels = self.view.track.spectrum
        share = min(max(1 - (y - row.top) / max(row.height, 1), 0.0), 0.999)
        column = first // levels[0].hop if levels else 0
        if not levels or column >= len(levels[0]):
            return ""
        value = levels[0].data[column * levels[0].bands + int(share * levels[0].bands)]
        hertz = number(round(hertz_at(share, self.top_hz)))
        return tr("{hz} Hz, {db} dB, {time}", hz=hertz, db=round(colour_map.db_of(value)), time=when)


def _picture(level: SpectrumLevel, a: int, b: int, colours: list[int]) -> QImage:
    """Return the columns from a up to b as a picture, time to the right, frequency upwards."""
    rows = bytes(level.data[a * level.bands : b * level.bands])
    image = QImage(rows, level.bands, b - a, level.bands, QImage.Format.Format_Indexed8)
    image.setColorTable(colours)
    # Smooth scaling mixes colours, which numbers of a table cannot: real colours first.
    return image.convertToFormat(QImage.Format.Format_RGB32).transformed(QTransform().rotate(-90))


def hertz_at(share: float, top: float) -> float:
    """Return the frequency at a share of the lane's height: bands are even on the mel scale."""
    return float(700 * (10 ** (share * _mel(top) / _MEL) - 1))


def share_of(hertz: float, top: float) -> float:
    """Return the share of the lane's height at which a frequency lies."""
    return _mel(hertz) / _mel(top)


def _mel(hertz: float) -> float:
    return _MEL * math.log10(1 + hertz / 700)


def spectrum_legend(p: QPainter, sheet: Sheet, row: Row, lanes: SoundLanes) -> None:
    """Draw the scale beside the spectrogram: frequencies at their heights, and what the colours mean in dB."""
    theme = sheet.theme
    p.setFont(theme.ui_font("caption", numbers=True))
    metrics = p.fontMetrics()
    line = metrics.height()
    taken = row.bottom + line
    for hertz in _TICKS_HZ:
        y = row.bottom - share_of(hertz, lanes.top_hz) * row.height if lanes.top_hz else 0.0
        if not row.top + line * 0.6 <= y <= row.bottom - line * 0.4 or taken - y < line:
            continue
        taken = int(y)
        p.setPen(theme.color("text.tertiary"))
        text = f"{hertz // 1000}k" if hertz >= 1000 else str(hertz)
        p.drawText(
            QRectF(0, y - line / 2, sheet.left - 9, line),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            text,
        )
        p.setPen(QPen(theme.color("line.strong"), 1))
        p.drawLine(QPointF(sheet.left - 6, y), QPointF(sheet.left - 2, y))
    _level_scale(p, theme, row, line)


def _level_scale(p: QPainter, theme: Theme, row: Row, line: int) -> None:
    top = row.top + line + 3.0
    if top + line + 8 > row.bottom:
        return
    table = colour_map.colour_table(theme)
    bar = QRectF(12, top + 1, theme.px(64), 5)
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for i in range(17):
        db = colour_map.QUIETEST_DB + (colour_map.LOUDEST_DB - colour_map.QUIETEST_DB) * i / 16
        gradient.setColorAt(i / 16, QColor.fromRgb(table[round((db + 127.5) * 2)]))
    p.fillRect(bar, gradient)
    p.setPen(theme.color("text.tertiary"))
    words = f"{colour_map.QUIETEST_DB}…{colour_map.LOUDEST_DB} dB".replace("-", "\u2212")
    p.drawText(QRectF(12, bar.bottom() + 1, theme.px(92), line), Qt.AlignmentFlag.AlignLeft, words)

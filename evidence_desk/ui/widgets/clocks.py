"""The clocks under the picture: frame, media time, pts, frame hash. A click copies, a double click types a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from evidence_desk.domain.case_clock import CaseClock, clock_words, full_words, uncertainty_words, zone_words
from evidence_desk.domain.time import clock as clock_text
from evidence_desk.domain.time import fraction_text
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, short_hash, tr
from evidence_desk.ui.widgets.place_editor import PlaceEditor

_PAD = 12
_COPIED_MS = 1200


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clock shows: heading, value, what follows in small, the value for the clipboard, and a sentence.

    `short` stands for the value where the field is too narrow for it.
    """

    heading: str
    value: str
    after: str = ""
    copies: str = ""
    spoken: str = ""
    tone: str = "text.tertiary"
    short: str = ""


class ClockField(QAbstractButton):
    """One clock. Signals: `typing_asked()` on a double click."""

    typing_asked = Signal()

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = Reading(heading, "–")
        self._compact = False
        self._widest = ""
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MS)
        self._copied.timeout.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.copy)

    def show_reading(self, reading: Reading) -> None:
        """Show another value; the field grows for a longer one and never shrinks, so that digits do not jump."""
        self._reading = reading
        least = reading.short or reading.value
        if len(least) > len(self._widest) or not reading.copies:
            self._widest = least
            self.updateGeometry()
        self.setAccessibleName(reading.spoken or f"{reading.heading} {reading.value} {reading.after}")
        self.setToolTip(tr("{value}\nClick copies, double click types a place.", value=reading.copies or reading.value))
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Use smaller figures, where large text leaves no room for the usual ones."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def _font(self, compact: bool) -> QFont:
        return current_theme().mono_font("small" if compact else "clock", QFont.Weight.Medium)

    def least_width(self, compact: bool) -> int:
        """Return the width that the value needs at least."""
        return round(QFontMetricsF(self._font(compact)).horizontalAdvance(self._widest)) + _PAD + 4

    @property
    def reading(self) -> Reading:
        """Return what is shown."""
        return self._reading

    def copy(self) -> None:
        """Put the full value on the clipboard and say so for a moment."""
        if self._reading.copies:
            QGuiApplication.clipboard().setText(self._reading.copies)
            self._copied.start()
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask to type."""
        self.typing_asked.emit()
        event.accept()

    def sizeHint(self) -> QSize:
        """Room for the widest value of this clock."""
        theme = current_theme()
        value = QFontMetricsF(theme.mono_font("clock")).horizontalAdvance(self._reading.value)
        after = QFontMetricsF(theme.ui_font("caption")).horizontalAdvance(self._reading.after)
        heading = QFontMetricsF(theme.ui_font("caption")).horizontalAdvance(self._reading.heading)
        return QSize(round(max(value + after + 6, heading)) + 2 * _PAD, theme.px(38))

    def minimumSizeHint(self) -> QSize:
        """The value is never cut; what follows it may be."""
        return QSize(self.least_width(self._compact), current_theme().px(38))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw heading, value and what follows."""
        theme, p = current_theme(), QPainter(self)
        p.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if self.underMouse():
            p.fillRect(self.rect(), theme.color("surface.hover"))
        p.setPen(QPen(theme.color("line.hair"), 1))
        p.drawLine(0, 4, 0, self.height() - 4)
        small = theme.ui_font("caption", numbers=True)
        p.setFont(small)
        copied = self._copied.isActive()
        p.setPen(theme.color("accent.text" if copied else self._reading.tone))
        heading_height = self.height() * 0.45
        heading = tr("Copied") if copied else self._reading.heading
        width = self.width() - _PAD - 3
        heading = QFontMetricsF(small).elidedText(heading, Qt.TextElideMode.ElideRight, width)
        p.drawText(QRectF(_PAD, 1, width, heading_height), Qt.AlignmentFlag.AlignVCenter, heading)
        font = self._font(self._compact)
        p.setFont(font)
        p.setPen(theme.color("text.primary"))
        base = self.height() - theme.px(6)
        value, metrics = self._reading.value, QFontMetricsF(font)
        if self._reading.short and metrics.horizontalAdvance(value) > self.width() - _PAD:
            value = self._reading.short
        p.drawText(_PAD, base, value)
        x = _PAD + metrics.horizontalAdvance(value) + 6
        p.setFont(small)
        p.setPen(theme.color("text.tertiary"))
        after = QFontMetricsF(small).elidedText(self._reading.after, Qt.TextElideMode.ElideRight, self.width() - x - 3)
        p.drawText(round(x), base, after)
        if self.hasFocus():
            p.setPen(QPen(theme.color("accent.line"), 2))
            p.drawRect(self.rect().adjusted(1, 1, -1, -1))
        p.end()


class Clocks(QWidget):
    """All clocks of the frame on screen, and the field in which a place is typed.

    Signals: `typed(str)` what was entered; the room answers with `accept` or `refuse`; `case_clock_asked()` a click
    where no case clock is set.
    """

    typed = Signal(str)
    case_clock_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Figures read from left to right, also where words run the other way.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.frame = ClockField(tr("Frame"))
        self.time = ClockField(tr("Media time"))
        self.pts = ClockField("pts")
        self.case = ClockField(tr("Case clock"))
        self.hash = ClockField(tr("Frame hash"))
        self.case.clicked.connect(self._case_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for field, share in ((self.frame, 10), (self.time, 9), (self.pts, 10), (self.case, 10), (self.hash, 9)):
            row.addWidget(field, share)
            field.typing_asked.connect(self.ask)
        self._editor = PlaceEditor(self)
        self._editor.typed.connect(self.typed)
        self._resize()
        keeper().changed.connect(self._resize)

    def _resize(self) -> None:
        self.setFixedHeight(current_theme().px(38))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the figures that fit."""
        super().resizeEvent(event)
        self._editor.setGeometry(self.rect())
        self._fit()

    def _fit(self) -> None:
        fields = (self.frame, self.time, self.pts, self.case, self.hash)
        compact = sum(field.least_width(False) for field in fields) > self.width()
        for field in fields:
            field.set_compact(compact)

    def show_nothing(self) -> None:
        """No frame is shown."""
        headings = (tr("Frame"), tr("Media time"), "pts", tr("Case clock"), tr("Frame hash"))
        fields = (self.frame, self.time, self.pts, self.case, self.hash)
        for field, heading in zip(fields, headings, strict=True):
            field.show_reading(Reading(heading, "–"))

    def show_frame(self, n: int, clock: FrameClock, frame_hash: str, state: str) -> None:
        """Show frame n; `state` is exact, loading, preview, provisional or failed."""
        count = number(len(clock))
        headings = {
            "exact": tr("Frame, exact"),
            "loading": tr("Frame, loading"),
            "preview": tr("Frame, preview"),
            "provisional": tr("Frame, provisional"),
        }
        tone = "text.tertiary" if state in ("exact", "loading") else "status.warn"
        spoken = tr("Frame {n} of {count}, counted from 0", n=n, count=len(clock))
        if state == "provisional":
            spoken = tr("Frame {n} of {count}, provisional: the frames are not counted yet", n=n, count=len(clock))
        after = tr("of {count}, from 0", count=count)
        heading = headings.get(state, tr("Frame, not shown"))
        self.frame.show_reading(Reading(heading, _figures(n), after, str(n), spoken, tone))
        media = clock_text(clock.at(n))
        said = tr("Media time {time}", time=media)
        self.time.show_reading(Reading(tr("Media time"), media, "", media, said, short=media.removeprefix("00:")))
        pts, base = clock.pts[n], fraction_text(clock.time_base)
        if pts is None:
            self.pts.show_reading(Reading("pts", "–", tr("pts not stated"), "", tr("pts not stated"), "status.warn"))
        else:
            self.pts.show_reading(Reading("pts", _figures(pts), f"× {base}", f"{pts} × {base}"))
        shown = f"{frame_hash[:8]}…{frame_hash[-4:]}" if frame_hash else "–"
        said = tr("Frame hash {hash}", hash=short_hash(frame_hash))
        short = f"{frame_hash[:4]}…{frame_hash[-4:]}" if frame_hash else ""
        self.hash.show_reading(Reading(tr("Frame hash"), shown, "", frame_hash, said, short=short))
        self._fit()

    def show_case_clock(self, case_clock: CaseClock | None, moment: datetime | None, zone: tzinfo) -> None:
        """Show the moment on the case clock; where none is set, that it can be."""
        if case_clock is None or moment is None:
            unset = tr("Set…")
            self.case.show_reading(
                Reading(tr("Case clock"), "–", unset, "", tr("Case clock, not set. Press to set it."))
            )
            return
        sure = uncertainty_words(case_clock.uncertainty_ms)
        full = f"{full_words(moment, zone)} {sure}"
        heading = tr("Case clock, {zone}", zone=zone_words(moment, zone))
        spoken = tr("Case clock {moment}", moment=full)
        words = clock_words(moment, zone)
        self.case.show_reading(Reading(heading, words, sure, full, spoken, short=words[:8]))
        self._fit()

    def _case_clicked(self) -> None:
        if not self.case.reading.copies:
            self.case_clock_asked.emit()

    def ask(self) -> None:
        """Open the field in which a frame or a time is typed."""
        self._editor.ask()

    @property
    def asking(self) -> bool:
        """Tell whether the field is open."""
        return not self._editor.isHidden()

    def refuse(self, why: str) -> None:
        """Keep the field open and say why the text names no place."""
        self._editor.refuse(why)

    def leave(self) -> None:
        """Close the field."""
        self._editor.hide()


def _figures(value: int) -> str:
    """Return a number for the clocks: the typeface has no thin space, so its groups are parted by a whole one."""
    return number(value).replace("\u202f", " ")

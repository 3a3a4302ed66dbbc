"""What the timeline shows, the part of the clip that is visible, and how the rows are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.coverage import CoverageSpan
from evidence_desk.media.sound_view import FinePart, WaveView
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.theme import current_theme, keeper, lane_height
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets import timeline_paint
from evidence_desk.ui.widgets.timeline_lanes import COVERAGE, CUTS, Lane, Mark
from evidence_desk.ui.widgets.timeline_paint import Row, Sheet
from evidence_desk.ui.widgets.timeline_scale import TimeScale
from evidence_desk.ui.widgets.timeline_shelf import USUAL_HEIGHT, LaneShelf, LaneView
from evidence_desk.ui.widgets.timeline_sound import SoundLanes
from evidence_desk.ui.widgets.timeline_timing import Unusual

ZOOM = 0.8
"""The share of the seconds that stays visible at one notch of the wheel."""
THUMBNAIL_WAIT_MS = 200


class TimelineContent(QWidget):
    """Holds what there is to paint.

    Signals: `thumbnails_wanted(list of frames)`, `zoomed()`.
    """

    thumbnails_wanted = Signal(list)
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._clock: FrameClock | None = None
        self._scale: TimeScale | None = None
        self.shelf = LaneShelf()
        self._rows: tuple[Row, ...] = ()
        self._n = 0
        self._marks: tuple[int | None, int | None] = (None, None)
        self._selected = ""
        self._sound = SoundLanes()
        self._spectrum_shown = False
        self._sound_expected = False
        self._pictures: dict[int, QPixmap] = {}
        self._aspect = 0.0
        self._unusual = Unusual(None)
        self._short = False
        self._still: QPixmap | None = None
        self._current = (0, 0)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(THUMBNAIL_WAIT_MS)
        self._wait.timeout.connect(self._ask_thumbnails)
        keeper().changed.connect(self._lay_out)
        self._describe()

    # ------------------------------------------------------------------------------------------------ what it shows

    def set_clip(self, clock: FrameClock | None, aspect: float = 0.0) -> None:
        """Show another clip; `aspect` is width by height of a picture on screen, 0 leaves the pictures out."""
        self._clock, self._aspect, self._n = clock, aspect, 0
        self._marks, self._selected = (None, None), ""
        self.shelf.clear()
        self._sound_expected = False
        self._pictures, self._current = {}, (0, 0)
        self._sound.set_view(None)
        self._scale = TimeScale.whole(float(clock.length), self._room()) if clock is not None else None
        self._unusual = Unusual(clock)
        if clock is not None:
            self.shelf.set_extra(COVERAGE, (), clock)
        self._lay_out()

    def set_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show these lanes; the place of the keyboard is kept where it still exists."""
        self.shelf.set_observations(lanes)
        self._lay_out()

    def set_extra(self, kind: str, spans: Iterable[CoverageSpan | Mark]) -> None:
        """Show what was looked at (COVERAGE: CoverageSpan) or what detectors point at (CUTS, SUGGESTIONS: Mark).

        A lane of detectors is there only while it holds something; that of what was looked at always is.
        """
        if self._clock is not None:
            self.shelf.set_extra(kind, spans, self._clock)
            self._lay_out()

    def set_lane_view(self, view: LaneView) -> None:
        """Hide, lock or single out lanes, or narrow them by words."""
        if view != self.shelf.view:
            self.shelf.set_view(view)
            self._lay_out()

    def set_frame(self, n: int) -> None:
        """Move the playhead; only its strips are painted again unless the view has to follow."""
        if self._clock is None or self._scale is None or n == self._n:
            return
        before, self._n = self._n, n
        scale = self._scale.showing(float(self._clock.at(n)))
        if scale != self._scale:
            self.use_scale(scale)
        else:
            for frame in (before, n):
                self._update_strip(frame)
        self._describe()

    def set_marks(self, mark_in: int | None, mark_out: int | None) -> None:
        """Show in and out."""
        self._marks = (mark_in, mark_out)
        self._repaint()

    def set_selected(self, observation: str) -> None:
        """Show which observation is selected."""
        self._selected = observation
        place = self.shelf.place_of(observation)
        if place is not None:
            self._current = place
        self._repaint()

    def set_sound(self, view: WaveView | None, zero: Fraction = Fraction(0)) -> None:
        """Show the sound, `zero` being frame 0's own stamp in seconds; None leaves its lanes out or empty."""
        self._sound.set_view(view, zero)
        self._lay_out()

    def expect_sound(self, expected: bool) -> None:
        """Keep room for the lanes of sound from the start, so that nothing moves when it has been read."""
        if expected != self._sound_expected:
            self._sound_expected = expected
            self._lay_out()

    def set_fine_sound(self, part: FinePart) -> None:
        """Take a part of the waveform closer than the pyramid."""
        self._sound.set_fine(part)
        self._repaint()

    def show_spectrum(self, shown: bool) -> None:
        """Show the spectrogram below the waveform, or leave it out."""
        if shown != self._spectrum_shown:
            self._spectrum_shown = shown
            self._lay_out()

    def set_thumbnail(self, n: int, image: QImage) -> None:
        """Take a small picture of frame n for the filmstrip."""
        self._pictures[n] = QPixmap.fromImage(image)
        self._repaint()

    def set_short(self, short: bool) -> None:
        """Use low rows, without pictures and frame timing, as in a low window."""
        if short != self._short:
            self._short = short
            self._lay_out()

    # ------------------------------------------------------------------------------------------------------- zoom

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Show `factor` more seconds; x (from the left of the rows) stays put, the playhead where None."""
        if self._scale is None or self._clock is None:
            return
        at = self._scale.x(float(self._clock.at(self._n))) if x is None else x
        if x is None and not 0 <= at <= self._scale.width:
            at = self._scale.width / 2
        self.use_scale(self._scale.zoomed(factor, at))

    def zoom_in(self) -> None:
        """Show fewer seconds around the playhead."""
        self.zoom(ZOOM * ZOOM)

    def zoom_out(self) -> None:
        """Show more seconds around the playhead."""
        self.zoom(1 / ZOOM / ZOOM)

    def show_whole(self) -> None:
        """Show the whole clip."""
        if self._clock is not None:
            self.use_scale(TimeScale.whole(float(self._clock.length), self._room()))

    def use_scale(self, scale: TimeScale) -> None:
        """Show another part of the clip."""
        if scale == self._scale:
            return
        self._scale = scale
        self._repaint()
        self._wait.start()
        self.zoomed.emit()

    @property
    def scale(self) -> TimeScale | None:
        """Return the visible part; None without a clip."""
        return self._scale

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Return the lanes shown."""
        return self.shelf.shown

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows as they are laid out."""
        return self._rows

    # ----------------------------------------------------------------------------------------------------- layout

    def _label_width(self) -> int:
        return current_theme().px(lane_height("label_column")) if current_theme().scale <= 125 else 176

    def _room(self) -> float:
        return float(max(self.width() - self._label_width(), 1))

    def _lay_out(self) -> None:
        self._rows = _rows(self.fixed_rows(), self.shelf, self._short)
        if self._scale is not None:
            self._scale = self._scale.resized(self._room())
        self.setMinimumHeight(self._rows[-1].bottom)
        self.updateGeometry()
        self._repaint()
        self._wait.start()
        self._describe()

    def fixed_rows(self) -> list[str]:
        """Return the kinds of the rows that belong to the clip itself and may be hidden."""
        fixed = ["filmstrip"] if self._aspect > 0 else []
        if self._sound.view is not None or self._sound_expected:
            fixed += ["waveform", "spectrogram"] if self._spectrum_shown else ["waveform"]
        return [*fixed, "frame_timing"]

    def sizeHint(self) -> QSize:
        """Return the height that all rows need."""
        return QSize(640, self._rows[-1].bottom if self._rows else 120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the visible part over the new width."""
        super().resizeEvent(event)
        if self._scale is not None:
            self._scale = self._scale.resized(self._room())
        self._repaint()
        self._wait.start()

    def _ask_thumbnails(self) -> None:
        sheet = self._sheet()
        row = next((r for r in self._rows if r.kind == "filmstrip"), None)
        if sheet is None or row is None or not self.isVisible():
            return
        slots = timeline_paint.filmstrip_slots(sheet, row.height - 3.0, self._aspect)
        missing = sorted({n for _, _, n in slots} - self._pictures.keys())
        if missing:
            self.thumbnails_wanted.emit(missing)

    def _sheet(self) -> Sheet | None:
        if self._clock is None or self._scale is None:
            return None
        return Sheet(current_theme(), self._scale, float(self._label_width()), self._clock)

    def _repaint(self) -> None:
        self._still = None
        self.update()

    def _update_strip(self, frame: int) -> None:
        sheet = self._sheet()
        if sheet is None or self._clock is None:
            return
        seconds = float(self._clock.at(frame))
        whole = TimeScale.whole(sheet.scale.length, sheet.scale.width)
        for x in (sheet.x(seconds), sheet.left + whole.x(seconds)):
            self.update(QRect(int(x) - 8, 0, 17, self.height()))

    def _describe(self) -> None:
        """Tell a screen reader where the playhead is; the canvas adds what the keyboard is on."""
        if self._clock is None:
            self.setAccessibleName(tr("Timeline, no exhibit open"))
            return
        self.setAccessibleName(tr("Timeline, frame {n} of {count}", n=self._n, count=len(self._clock)))


def frames_text(first: int, last: int) -> str:
    """Return frames in words: `frame 812` or `frames 640 to 905`."""
    if first == last:
        return tr("frame {n}", n=number(first))
    return tr("frames {first} to {last}", first=number(first), last=number(last))


def _rows(fixed: Iterable[str], shelf: LaneShelf, short: bool) -> tuple[Row, ...]:
    """Return the rows below one another, overview and ruler first; those hidden or without a height are left out."""
    plan = [(kind, 1, -1) for kind in ("overview", "ruler", *(k for k in fixed if k not in shelf.view.hidden))]
    plan += [(lane.kind, lane.rows, i) for i, lane in enumerate(shelf.shown)]
    rows: list[Row] = []
    for kind, times, lane in plan:
        usual = lane_height("suggestions" if kind == CUTS else kind, short)
        usual = usual if kind in ("overview", "ruler") else usual * shelf.view.height // USUAL_HEIGHT
        height = current_theme().px(usual) * times
        if height:
            rows.append(Row(kind, rows[-1].bottom if rows else 0, height, lane))
    return tuple(rows)

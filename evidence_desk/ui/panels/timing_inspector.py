"""The timing of the frame on screen and the irregular places of the clip, folded away at the foot of the inspector."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.timing import Timing, timing_of
from evidence_desk.jobs import JobContext
from evidence_desk.media.sound_track import SoundTrack
from evidence_desk.ui.models.sound_rows import sound_rows
from evidence_desk.ui.models.timing_rows import TimingRow, clip_rows, copied, frame_rows
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_places import Clip, ClipPlaces
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, plural, tr
from evidence_desk.ui.widgets.buttons import link_button
from evidence_desk.ui.widgets.labels import ElidedLabel, hairline, label, set_role
from evidence_desk.ui.widgets.panel import FoldHeader

_HEIGHT, _LEAST_HEIGHT = 300, 60


class TimingInspector(QFrame):
    """Follows the playhead while it is open. A job works the irregular places out when they are first asked for."""

    def __init__(self, context: RoomContext, places: ClipPlaces, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._context, self._places = context, places
        self._timing: Timing | None = None
        self._table: FrameTable | None = None
        self._sound: SoundTrack | None = None
        self._pending = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        self.header = FoldHeader(tr("Timing"), "room_chronology")
        self.header.setToolTip(tr("Stamps, steps and bounds of the frame on screen (T)"))
        self.header.toggled.connect(self._fold)
        column.addWidget(self.header)
        self.body = self._build()
        column.addWidget(self.body)
        self.body.hide()
        places.opened.connect(self._opened)
        places.moved.connect(self._show)
        places.state_changed.connect(self._show)
        keeper().changed.connect(self._dress)
        self._dress()

    def _build(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 6, 4)
        actions = self._context.actions
        for id_ in ("go.prev_irregular", "go.next_irregular"):
            row.addWidget(actions.tool_button(id_))
        row.addStretch()
        self._copy = link_button(tr("Copy all"))
        self._copy.setToolTip(tr("Put every line of this panel on the clipboard"))
        self._copy.clicked.connect(self.copy)
        row.addWidget(self._copy)
        column.addLayout(row)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(12, 0, 12, 8)
        lines.setSpacing(6)
        self._frame_grid, self._clip_grid, self._sound_grid = QGridLayout(), QGridLayout(), QGridLayout()
        self._sound_title = label(tr("Sound"), "section")
        self._sound_title.hide()
        clip_title = label(tr("Whole clip"), "section")
        grids = ((self._frame_grid, None), (self._clip_grid, clip_title), (self._sound_grid, self._sound_title))
        for grid, title in grids:
            grid.setHorizontalSpacing(8)
            grid.setVerticalSpacing(2)
            grid.setColumnStretch(1, 1)
            if title is not None:
                lines.addWidget(title)
            lines.addLayout(grid)
        lines.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(tr("Timing of the frame on screen"))
        self._scroll.setWidget(inner)
        column.addWidget(self._scroll)
        return body

    def _dress(self) -> None:
        # In a low window it gives way, so that the form keeps its first fields.
        self._scroll.setMinimumHeight(current_theme().px(_LEAST_HEIGHT))
        self._scroll.setMaximumHeight(current_theme().px(_HEIGHT))

    # ------------------------------------------------------------------------------------------------------- content

    def _opened(self) -> None:
        clip = self._places.clip
        table = clip.table if clip is not None else None
        if table is not self._table:
            self._timing, self._table, self._pending = None, table, 0
            self.header.set_count("")
        self._show()
        if self.header.isChecked():
            self._ask()

    def _fold(self, shown: bool) -> None:
        self.body.setVisible(shown)
        if shown:
            self._ask()
            self._show()

    def toggle(self) -> None:
        """Open the panel or fold it away."""
        self.header.setChecked(not self.header.isChecked())

    def frame_lines(self) -> tuple[TimingRow, ...]:
        """Return what is said of the frame at the playhead, nothing where no clip is open."""
        clip = self._places.clip
        return frame_rows(clip.table, self._places.n, clip.hash_of(self._places.n), self._timing) if clip else ()

    def show_sound(self, track: SoundTrack | None) -> None:
        """Say where this sound lies beside the picture; None where there is none, or none yet."""
        self._sound = track
        self._show()

    def sound_lines(self) -> tuple[TimingRow, ...]:
        """Return what is said of the sound at the playhead, nothing where there is none."""
        clip = self._places.clip
        return sound_rows(self._sound, clip.clock, self._places.n) if clip and self._sound is not None else ()

    def _show(self, _: object = None) -> None:
        if not self.header.isChecked():
            return
        _fill(self._frame_grid, self.frame_lines())
        _fill(self._clip_grid, clip_rows(self._timing) if self._timing is not None else ())
        sound = self.sound_lines()
        self._sound_title.setVisible(bool(sound))
        _fill(self._sound_grid, sound)

    def copy(self) -> None:
        """Put every line on the clipboard."""
        clip = self._places.clip
        if clip is not None:
            whole = clip_rows(self._timing) if self._timing is not None else ()
            exhibit = TimingRow(tr("Exhibit"), f"{clip.exhibit.number}, SHA-256 {clip.exhibit.sha256}")
            QApplication.clipboard().setText(copied((exhibit, *self.frame_lines(), *whole, *self.sound_lines())))

    # ----------------------------------------------------------------------------------------------- irregular places

    def _ask(self, then_step: int = 0) -> None:
        """Work the places out, once for each clip; afterwards go `then_step` irregular frames on."""
        clip = self._places.clip
        if clip is None or self._timing is not None:
            return
        asked_before, self._pending = self._pending, then_step or self._pending or 2
        if asked_before:
            return
        title = tr("Timing of {exhibit}", exhibit=clip.exhibit.number)
        self._context.runner.start(
            title, partial(_work_out, clip.table), self, then=partial(self._worked_out, clip), background=True
        )

    def _worked_out(self, clip: Clip, timing: Timing) -> None:
        if clip.table is not self._table:
            return
        self._timing = timing
        places = len(timing.places)
        self.header.set_count(
            plural(places, "{count} irregular", "{count} irregular") if places else tr("all as usual")
        )
        self._show()
        if abs(self._pending) == 1:
            self.step(self._pending)

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) frame at which something is not as usual; say so where there is none."""
        if self._timing is None:
            self._ask(direction)
            return
        found = self._timing.neighbour(self._places.n, direction)
        if found is None:
            words = (
                tr("No irregular frame after this one.") if direction > 0 else tr("No irregular frame before this one.")
            )
            self._context.session.noticed.emit(words, False)
        else:
            self._places.go(found)
            odd = self.frame_lines()[6].value
            self._context.session.noticed.emit(tr("Frame {n}: {what}", n=number(found), what=odd), False)


def _work_out(table: FrameTable, _: JobContext) -> Timing:
    return timing_of(table)


def _fill(grid: QGridLayout, rows: tuple[TimingRow, ...]) -> None:
    """Show these rows; labels that are there are used again, so that nothing flickers while stepping."""
    for place in range(max(grid.rowCount(), len(rows))):
        name, value = grid.itemAtPosition(place, 0), grid.itemAtPosition(place, 1)
        if name is None or value is None:
            if place >= len(rows):
                continue
            made = label("", "caption")
            made.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(made, place, 0)
            grid.addWidget(_value_label(rows[place].long), place, 1)
            name, value = grid.itemAtPosition(place, 0), grid.itemAtPosition(place, 1)
        if name is None or value is None:
            continue
        left, right = name.widget(), value.widget()
        if not isinstance(left, QLabel) or not isinstance(right, QLabel):
            continue
        for widget in (left, right):
            widget.setVisible(place < len(rows))
        if place < len(rows):
            row = rows[place]
            left.setText(row.name)
            right.setText(row.value)
            right.setAccessibleName(f"{row.name}: {row.value}")
            wanted = "warn" if row.look else "small"
            if right.property("role") != wanted:
                set_role(right, wanted)


def _value_label(long: bool) -> QLabel:
    if long:
        shortened = ElidedLabel("", "small")
        shortened.setElideMode(Qt.TextElideMode.ElideMiddle)
        return shortened
    shown = label("", "small", wrap=True)
    shown.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    shown.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return shown

"""Display adjustments, folded away at the foot of the inspector: histogram, a slider for each value, presets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from evidence_desk.media.adjustments import COLOURS, NONE, RANGES, Adjustments, Histogram
from evidence_desk.ui.panels.adjust_presets import PresetRow
from evidence_desk.ui.quick_tasks import QuickTasks
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_adjust import AdjustDesk
from evidence_desk.ui.rooms.review_places import ClipPlaces
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.buttons import link_button
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.forms import FormRow
from evidence_desk.ui.widgets.histogram_view import HistogramView
from evidence_desk.ui.widgets.labels import hairline, label
from evidence_desk.ui.widgets.panel import FoldHeader
from evidence_desk.ui.widgets.slider_field import SliderField

_HEIGHT, _LEAST_HEIGHT = 372, 90
_COUNT_MS = 120
"""A histogram is counted once the hand rests: the decoder has pictures to show before."""
_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("black", "Black", "This luma and less becomes black"),
    ("white", "White", "This luma and more becomes white"),
    ("gamma", "Gamma", "Above 1 lifts the shadows"),
    ("brightness", "Brightness", "Percent"),
    ("contrast", "Contrast", "Percent, around the middle"),
    ("saturation", "Saturation", "Percent; -100 leaves no colour"),
    ("hue", "Hue", "Degrees by which the colours are turned, luma unchanged"),
    ("equalise", "Local contrast", "CLAHE on 8 × 8 tiles, clip limit in tenths"),
    ("sharpen", "Sharpen", "Percent of an unsharp mask of 3 pixels"),
    ("denoise", "Denoise", "Strength of a filter that keeps edges"),
)
_COLOUR_WORDS = {"": "All", "grey": "Grey", "red": "Red", "green": "Green", "blue": "Blue"}


class AdjustPanel(QFrame):
    """Sets what the adjust desk holds. The histogram is of the frame on screen."""

    def __init__(
        self, context: RoomContext, places: ClipPlaces, desk: AdjustDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._context, self._places, self._desk = context, places, desk
        self._tasks = QuickTasks(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        self.header = FoldHeader(tr("Adjustments"), "adjust")
        self.header.setToolTip(tr("Levels, contrast, sharpening and more, for display only (H)"))
        self.header.toggled.connect(self._fold)
        column.addWidget(self.header)
        self.body = self._build()
        column.addWidget(self.body)
        self.body.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_COUNT_MS)
        self._soon.timeout.connect(self._count)
        desk.changed.connect(self._show)
        desk.panel_asked.connect(self.open)
        places.state_changed.connect(self._soon_again)
        keeper().changed.connect(self._dress)
        self._dress()
        self._show()

    def _build(self) -> QWidget:
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(12, 2, 12, 8)
        lines.setSpacing(4)
        self.presets = PresetRow(self._context.settings)
        self.presets.chosen.connect(self._take_preset)
        self.presets.said.connect(lambda text: self._context.session.noticed.emit(text, False))
        lines.addWidget(self.presets)
        self.histogram = HistogramView()
        lines.addWidget(self.histogram)
        self._note = label("", "caption", wrap=True)
        lines.addLayout(self._foot())
        self.fields: dict[str, SliderField] = {}
        for name, text, tip in _FIELDS:
            field = SliderField(tr(text), RANGES[name], getattr(NONE, name), tr(tip), name == "gamma")
            field.changed.connect(partial(self._changed, name))
            self.fields[name] = field
            lines.addWidget(field)
        self.colours = Choice(tr("Colours"), [(word, tr(_COLOUR_WORDS[word])) for word in COLOURS])
        self.colours.chosen.connect(lambda value: self._put(colours=value))
        lines.addWidget(FormRow(tr("Colours"), self.colours, width=96))
        for id_ in ("view.adjust_turn", "view.adjust_steady", "view.adjust_steady_turn"):
            lines.addWidget(self._context.actions.push_button(id_))
        lines.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(tr("Display adjustments"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        return self._scroll

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._note, 1)
        actions = self._context.actions
        for id_, text in (("view.adjust_levels", tr("Auto levels")), ("view.adjust_reset", tr("Reset"))):
            button = link_button(text)
            button.setToolTip(actions.action(id_).toolTip())
            button.clicked.connect(actions.action(id_).trigger)
            row.addWidget(button)
        return row

    def _dress(self) -> None:
        # In a low window it gives way, so that the form keeps its first fields.
        self._scroll.setMinimumHeight(current_theme().px(_LEAST_HEIGHT))
        self._scroll.setMaximumHeight(current_theme().px(_HEIGHT))

    # ------------------------------------------------------------------------------------------------------- opening

    @property
    def is_open(self) -> bool:
        """Tell whether the panel is open."""
        return self.header.isChecked()

    def open(self) -> None:
        """Open the panel."""
        self.header.setChecked(True)

    def toggle(self) -> None:
        """Open the panel and put the keyboard on its first slider, or fold it away and give it back to the picture."""
        if self.is_open and any(part.hasFocus() for part in self.findChildren(QWidget)):
            self._desk.take_focus()
        self.header.setChecked(not self.is_open)
        if self.is_open:
            self.fields["black"].slider.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fold(self, shown: bool) -> None:
        self.body.setVisible(shown)
        if shown:
            self._show()

    # ------------------------------------------------------------------------------------------------------- values

    def _changed(self, name: str, value: int) -> None:
        values = {name: value}
        now = self._desk.values
        # Black stays below white: the one that is not under the hand gives way.
        if name == "black" and value >= now.white:
            values["white"] = value + 1
        elif name == "white" and value <= now.black:
            values["black"] = value - 1
        self._put(**values)

    def _put(self, **values: int | str) -> None:
        self._desk.set_values(replace(self._desk.values, **values))  # type: ignore[arg-type]

    def _take_preset(self, values: Adjustments) -> None:
        now = self._desk.values
        self._desk.set_values(
            replace(values, turn=values.turn or now.turn, steady_to=now.steady_to, steady_turn=now.steady_turn)
        )

    def _show(self) -> None:
        values, shown = self._desk.values, self._desk.shown
        count = ", ".join(values.names())
        self.header.set_count(tr("Original shown") if values and not shown else count)
        if not self.is_open:
            return
        for name, field in self.fields.items():
            field.set_value(getattr(values, name))
        self.colours.set_value(values.colours)
        self.presets.show_values(values)
        self.histogram.show_counts(self.histogram.found, values)
        self._soon.start()

    # ---------------------------------------------------------------------------------------------------- histogram

    def _soon_again(self, _: str) -> None:
        if self.is_open:
            self._soon.start()

    def _count(self) -> None:
        if self.is_open:
            self._ask(self._counted)

    def _ask(self, then: Callable[[Histogram | None, int], None]) -> None:
        clip, n = self._places.clip, self._places.n
        if clip is None or self._context.session.safe_view.covers(clip.exhibit.number, n):
            self.histogram.show_counts(None, self._desk.values)
            self._note.setText("")
            return
        view = replace(self._places.view, adjust=self._desk.values)
        worker = self._context.session.worker
        self._tasks.start(lambda: worker.histogram(clip.path, clip.table, n, view), lambda found: then(found, n))

    def _counted(self, found: Histogram | None, n: int) -> None:
        self.histogram.show_counts(found, self._desk.values)
        words = tr("Luma of frame {n}. Area: original; line: adjusted.", n=number(n)) if found is not None else ""
        self._note.setText(words)

    def auto_levels(self) -> None:
        """Set black and white where five of a thousand pixels of this frame are darker, and as many lighter."""
        self._ask(self._level)

    def _level(self, found: Histogram | None, n: int) -> None:
        if found is not None and n == self._places.n:
            low, high = found.spread()
            self._put(black=low, white=high)

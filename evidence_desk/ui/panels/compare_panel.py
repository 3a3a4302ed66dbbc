"""The comparison in Review: what stands beside, in which way, the bands of both clips, and their shared moments."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from evidence_desk.domain.sync import Fit, Moment, milliseconds, verdict_words
from evidence_desk.domain.time import clock
from evidence_desk.services.sync import bands_of, offset_words
from evidence_desk.ui.panels.compare_sides import CompareSides
from evidence_desk.ui.panels.moment_list import MomentList, MomentRow
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_compare import CompareDesk
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.compare_view import BLINK, DIFFERENCE, SIDE, WIPE, CompareView
from evidence_desk.ui.widgets.gap_bands import Bands, GapBands
from evidence_desk.ui.widgets.labels import ElidedLabel, label

_GAINS = (1, 4, 16)
_LOW = 1000
_NARROW, _STEPS = 600, 150
_PICTURES = 90


class ComparePanel(QFrame):
    """Shows what the compare desk holds."""

    def __init__(
        self, context: RoomContext, desk: ClipDesk, compare: CompareDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._context, self._desk, self._compare = context, desk, compare
        self.view = CompareView()
        self._sides = CompareSides(context, desk, compare)
        self.bands = GapBands()
        self.moments = MomentList()
        self._lay_out()
        self.setFocusProxy(self.view)
        compare.paired.connect(self._show_pair)
        compare.changed.connect(self._show_pictures)
        compare.synced_anew.connect(self._show_sync)
        context.session.safe_view.changed.connect(self._show_pictures)
        self.other.activated.connect(self._other_chosen)
        self.modes.chosen.connect(self.set_mode)
        self.view.divider_moved.connect(self._follow_divider)
        self.divider.valueChanged.connect(self.view.set_divider)
        self.gain.chosen.connect(lambda value: self.view.set_gain(int(value)))
        self.bands.seek.connect(compare.seek)
        self.moments.went.connect(self._go)
        self.moments.named.connect(compare.name_moment)
        self.moments.removed.connect(compare.remove_moment)
        self.set_mode(SIDE)

    def _lay_out(self) -> None:
        actions = self._context.actions
        self.other = WordCombo(())
        self.other.setAccessibleName(tr("Compare with"))
        self.other.setMinimumContentsLength(12)
        words = (
            (SIDE, tr("Side by side")),
            (WIPE, tr("Wipe")),
            (DIFFERENCE, tr("Difference")),
            (BLINK, tr("In turn")),
        )
        self.modes = Choice(tr("Way of comparing"), words, SIDE)
        self.divider = QSlider(Qt.Orientation.Horizontal)
        self.divider.setRange(0, 1000)
        self.divider.setSingleStep(10)
        self.divider.setPageStep(100)
        self.divider.setValue(500)
        self.divider.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.divider.setAccessibleName(tr("Line of the wipe"))
        self.divider.setMaximumWidth(160)
        gains = [(str(g), f"{g}\u202f×") for g in _GAINS]
        self.gain = Choice(tr("Strength of the difference"), gains, "1")
        upper = self._lay_upper()
        self.words, self.figures = ElidedLabel("", "label"), ElidedLabel("", "note")
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.words)
        told.addWidget(self.figures)
        lower = self._row()
        lower.addWidget(actions.tool_button("go.prev_other"))
        lower.addWidget(actions.tool_button("go.next_other"))
        lower.addWidget(actions.tool_button("view.compare_together"))
        lower.addLayout(told, 1)
        self._mark = actions.push_button("observe.shared_moment")
        self._mark_short = actions.tool_button("observe.shared_moment")
        lower.addWidget(self._mark)
        lower.addWidget(self._mark_short)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addWidget(self.view, 1)
        column.addLayout(lower)
        column.addWidget(self.bands)
        column.addWidget(self.moments)

    def _lay_upper(self) -> QGridLayout:
        actions = self._context.actions
        self.other.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._ways = QWidget()
        ways = QHBoxLayout(self._ways)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(8)
        for part in (self.modes, self.divider, self.gain):
            ways.addWidget(part)
        ways.addStretch(1)
        upper = self._upper = QGridLayout()
        upper.setContentsMargins(12, 4, 8, 4)
        upper.setSpacing(8)
        upper.addWidget(label(tr("With"), "label"), 0, 0)
        upper.addWidget(self.other, 0, 1)
        upper.addWidget(self._ways, 0, 2)
        upper.setColumnStretch(2, 1)
        upper.addWidget(actions.tool_button("view.compare_swap"), 0, 3)
        upper.addWidget(actions.tool_button("view.compare"), 0, 4)
        return upper

    @staticmethod
    def _row() -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low room the pictures keep theirs; in a narrow one the ways stand in a row of their own."""
        super().resizeEvent(event)
        narrow = self.width() < current_theme().px(_NARROW)
        self._share_out()
        self._upper.addWidget(self._ways, *((1, 0, 1, 5) if narrow else (0, 2, 1, 1)))
        self.moments.set_low(self.window().height() * 100 < _LOW * current_theme().scale)

    def _share_out(self) -> None:
        """Shorten the button to its sign where its words would cut what is told: offset and bounds go before."""
        theme = current_theme()
        told = max(self.words.sizeHint().width(), self.figures.sizeHint().width())
        room = self.width() - told - self._mark.sizeHint().width() - theme.px(_STEPS)
        short = self.width() < theme.px(_NARROW) or room < 0
        self._mark.setVisible(not short)
        self._mark_short.setVisible(short)

    def minimumSizeHint(self) -> QSize:
        """The width that the ways of comparing need in a row of their own; the pictures keep some height."""
        width = self.modes.minimumSizeHint().width() + self.gain.minimumSizeHint().width() + 28
        pictures = current_theme().px(_PICTURES) - self.view.minimumSizeHint().height()
        return QSize(width, super().minimumSizeHint().height() + max(0, pictures))

    # ------------------------------------------------------------------------------------------------------ choosing

    def set_mode(self, mode: str) -> None:
        """Compare another way."""
        self.view.set_mode(mode)
        self.modes.set_value(mode)
        self.divider.setVisible(mode == WIPE)
        self.gain.setVisible(mode == DIFFERENCE)
        for name in (SIDE, WIPE, DIFFERENCE, BLINK):
            self._context.actions.action(f"view.compare_{name}").setChecked(name == mode)

    def _follow_divider(self, thousandths: int) -> None:
        with QSignalBlocker(self.divider):
            self.divider.setValue(thousandths)

    def _other_chosen(self, place: int) -> None:
        chosen = str(self.other.itemData(place))
        clip = self._desk.clip
        if clip is None:
            return
        self._compare.choose(chosen, self._desk.n if chosen == clip.exhibit.number else None)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, place: int) -> None:
        if self._compare.synced is not None:
            moment = self._compare.synced.fit.moments[place]
            self._compare.go(moment.a.n, moment.b.n)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------------------------------- showing

    def _show_pair(self) -> None:
        clip, pair = self._desk.clip, self._compare.pair
        self.other.clear()
        if clip is None:
            return
        for exhibit in self._compare.candidates():
            own = exhibit.number == clip.exhibit.number
            text = tr("another frame of {exhibit}", exhibit=exhibit.number) if own else exhibit.title
            self.other.addItem(text if own else f"{exhibit.number}  {text}", exhibit.number)
        chosen = pair.other.exhibit.number if pair is not None else self._compare.wanted
        self.other.setCurrentIndex(self.other.findData(chosen))
        self._show_sync()
        self._show_pictures()

    def _show_pictures(self) -> None:
        if not self._compare.on:
            return
        a, b = self._sides.first(), self._sides.second()
        self.view.set_sides(a, b)
        if self._compare.pair is not None and self._desk.n < len(self._compare.pair.first.table):
            self.bands.set_time(self._compare.pair.first.table.time_of(self._desk.n))
        self._tell()

    def _show_sync(self) -> None:
        compare = self._compare
        actions = self._context.actions
        actions.action("view.compare_together").setChecked(compare.together)
        for id_ in ("view.compare_together", "observe.shared_moment", "go.next_moment", "go.prev_moment"):
            actions.refresh_action(id_)
        found = compare.synced
        rows: tuple[MomentRow, ...] = ()
        if found is not None:
            rows = tuple(
                MomentRow(
                    m.what,
                    f"{found.a} {number(m.a.n)}  ↔  {found.b} {number(m.b.n)}",
                    _residual_words(found.fit, m, r),
                )
                for m, r in zip(found.fit.moments, found.fit.residuals, strict=True)
            )
        self.moments.set_rows(rows, self._context.session.writable)
        self.bands.set_bands(None if found is None else Bands(found.a, found.b, *bands_of(found)))
        self._tell()

    def _tell(self) -> None:
        compare, figures = self._compare, ""
        together = tr("both step together") if compare.together else tr("each stands by itself")
        parts = [tr("same picture, one frame hash")] if self.view.same_picture else []
        if compare.synced is not None:
            parts.insert(0, f"{compare.synced.record.number}: {together}")
            parts.append(verdict_words(compare.synced.fit))
            figures = offset_words(compare.synced)
        elif compare.pair is not None and not compare.pair.one_clip:
            how = self._lined_up() if compare.together else together
            parts.insert(0, tr("{how}; no shared moment is marked", how=how))
        elif compare.pair is not None:
            parts.insert(0, tr("two frames of one exhibit"))
        for shown, text in ((self.words, "  \u00b7  ".join(parts)), (self.figures, figures)):
            shown.setText(text)
            shown.setToolTip(text)
            shown.setVisible(bool(text))
        self._share_out()

    def _lined_up(self) -> str:
        """Return by what both are stepped together where no moment ties them."""
        if self._compare.clocks is None:
            return tr("lined up by hand")
        if self._compare.clocks.within is None:
            return tr("lined up by the case clocks; nobody said how sure they are")
        within = clock(self._compare.clocks.within)
        return tr("lined up by the case clocks, give or take {within}", within=within)


def _residual_words(fitted: Fit, moment: Moment, residual: Fraction) -> str:
    if moment.led:
        return tr("not counted: put there by the others")
    return tr("residual {ms} ms", ms=milliseconds(residual)) if fitted.checked else tr("residual not checked")

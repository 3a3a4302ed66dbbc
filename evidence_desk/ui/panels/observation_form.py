"""The inspector of Review: one observation, or one that is being made, with its regions, links and record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.records import Observation
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.app_filters import unwatched
from evidence_desk.ui.by_and_by import ByAndBy
from evidence_desk.ui.models.observation_draft import Draft, draft_of
from evidence_desk.ui.panels import form_ahead
from evidence_desk.ui.panels import observation_groups as groups
from evidence_desk.ui.panels.link_list import LinkCard
from evidence_desk.ui.panels.observation_layout import ObservationLayout
from evidence_desk.ui.translate import number, plural, tr

_END = object()


class ObservationForm(ObservationLayout):
    """What the parts show. Signals: those of the layout; `edited()` by a person."""

    edited = Signal()

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(actions, parent)
        self._loaded: Draft | None = None
        self._record: Observation | None = None
        self._writable = True
        self.dirty = False
        self._prepared: Mapping[str, Term] = {}
        self._ahead = ByAndBy(self)

    def build_up(self) -> Iterator[None]:
        """Make the parts, and show that nothing is selected."""
        yield from super().build_up()
        self.fields.edited.connect(self._edited)
        self.show_nothing(False)

    # ------------------------------------------------------------------------------------------------------ content

    def set_writable(self, writable: bool) -> None:
        """Leave out what would write, and show fields as text."""
        self._writable = writable
        for button in (self._keep, self._withdraw, self._add_box, self._link_button, self._observe):
            button.setVisible(writable)

    def prepare(self, terms: Mapping[str, Term]) -> None:
        """Make ahead, in the window's spare turns, what an observation of each term asks for: no key waits for it."""
        if terms != self._prepared:
            self._prepared = terms
            self._ahead.begin(self._parts_of(terms))

    def _parts_of(self, terms: Mapping[str, Term]) -> Iterator[None]:
        parts = form_ahead.pieces(self.fields, terms)
        while True:
            with unwatched():
                if next(parts, _END) is _END:
                    return
            yield

    def show_nothing(self, has_frame: bool) -> None:
        """No observation is selected."""
        self._record, self._loaded, self.dirty = None, None, False
        self.header.set_number("")
        self.header.set_count("")
        self._stack.setCurrentWidget(self._empty)
        self._observe.setEnabled(has_frame)
        self.footer.hide()
        self.picker.reset()
        self._picker_box.hide()
        self._dress()

    def show_record(self, record: Observation, terms: Mapping[str, Term], clock: FrameClock | None, here: int) -> None:
        """Show an observation as it is on record."""
        self._record = record
        self._open(draft_of(record), terms, clock, here)
        self.header.set_number(record.number)
        self.header.set_title(tr("Observation"))
        self.about.show_record(record)
        self._withdraw.setVisible(self._writable)
        self._leave.setText(tr("Leave"))
        self._name_keep(self.fields.statement.hasFocus())

    def show_new(self, draft: Draft, terms: Mapping[str, Term], clock: FrameClock | None, here: int) -> None:
        """Show an observation that is not kept yet."""
        self._record = None
        self._open(draft, terms, clock, here)
        self.header.set_number("")
        self.header.set_title(tr("New observation"))
        self.about.show_record(None)
        self._withdraw.hide()
        self._leave.setText(tr("Discard"))
        self._name_keep(self.fields.statement.hasFocus())
        self.set_links(())
        self.mark_dirty()

    def _open(self, draft: Draft, terms: Mapping[str, Term], clock: FrameClock | None, here: int) -> None:
        with unwatched():
            self.fields.set_terms(terms)
            self.fields.frames.set_clip(clock, here)
            self.fields.load(draft, sound_only=draft.first is None)
            self.fields.show_as_text(not self._writable)
        self._loaded = groups.as_shown(draft)
        self.settled()
        self.close_picker()
        self._stack.setCurrentWidget(self._scroll)
        self.footer.show()
        self.footer.note.setText("")

    def follow(self, record: Observation, terms: Mapping[str, Term], clock: FrameClock | None, here: int) -> None:
        """Show what a newer revision of the record says; where something else is being typed that stays."""
        assert self._loaded is not None
        fields, before, shown = self.fields, groups.plain_of(self._loaded), groups.plain(self.fields)
        self._record, self._loaded = record, groups.as_shown(draft_of(record))
        fields.set_terms(terms)
        fields.term.set_value(shown["term"])
        typed = groups.edited_groups(fields, self._loaded)
        if "frames" not in typed:
            fields.frames.set_clip(clock, here)
        now, focused = groups.plain_of(self._loaded), groups.focused_group(fields)
        groups.put(
            fields,
            {g: v for g, v in now.items() if shown[g] == before[g] or (g not in typed and g != focused)},
        )
        self.about.show_record(record)
        self._mark()

    def take_back(self) -> None:
        """Show what the record says in the place of what was typed."""
        if self._loaded is not None:
            groups.put(self.fields, groups.plain_of(self._loaded))
            self._mark()

    @property
    def loaded(self) -> Draft | None:
        """Return what the record says, as the form shows it; None where nothing is shown."""
        return self._loaded

    def renumber(self, again: Callable[[int], int], clock: FrameClock, here: int) -> None:
        """Show the same frames by their counted numbers; `again` gives them for those a person chose or typed."""
        span, loaded, record = self.fields.frames.value(), self._loaded, self._record
        self.fields.frames.set_clip(clock, here)
        if loaded is None or isinstance(span, str) or not (self.is_new or self.dirty):
            return
        self.fields.frames.set_value(*map(again, span))
        if record is not None and span == (loaded.first, loaded.last):
            self.fields.frames.set_value(record.first_frame, record.last_frame)
            self._loaded = replace(loaded, first=record.first_frame, last=record.last_frame)

    @property
    def record(self) -> Observation | None:
        """Return the observation shown, None for a new one or none."""
        return self._record

    @property
    def is_new(self) -> bool:
        """Tell whether an observation is being made."""
        return self._record is None and self._loaded is not None

    def ask_count(self) -> None:
        """Put the keyboard where the count is, also of a term that asks for none."""
        self.fields.rows["count"].show()
        self.show_part(self.fields.count)
        self.fields.count.focus_first()

    @property
    def is_low(self) -> bool:
        """Tell whether the words of an observation have no room to be seen whole."""
        return self._scroll.viewport().height() < self.fields.statement.height()

    def show_part(self, part: QWidget) -> None:
        """Bring a part of the form into view."""
        self._scroll.ensureWidgetVisible(part)

    def set_regions(self, count: int, key_frames: int) -> None:
        """Show how many regions there are."""
        self._regions.setText(_regions_text(count, key_frames))

    def set_links(self, cards: Sequence[LinkCard]) -> None:
        """Show the links."""
        self.links.set_cards(cards)
        self._links_count.setText(number(len(cards)))

    def open_picker(self, targets: Sequence[tuple[str, str]], focus: bool = True) -> None:
        """Lay the link picker open."""
        self._picker_box.show()
        self.picker.open_with(targets, focus)
        if focus:
            # Only once it has its height: all of it has to be seen, the word that keeps the link above all.
            QTimer.singleShot(0, self.picker, partial(self._scroll.ensureWidgetVisible, self._picker_box))

    def close_picker(self) -> None:
        """Close the link picker."""
        self.picker.reset()
        self._picker_box.hide()

    def say(self, text: str) -> None:
        """Say something beside the buttons."""
        self.footer.note.setText(text)

    def show_problems(self, whys: Mapping[str, str]) -> None:
        """Mark the fields that cannot be kept as they stand, and say why beneath them."""
        for group, row in self.fields.rows.items():
            if group != "count":  # which marks itself
                row.set_problem(whys.get(group, ""))

    def settled(self) -> None:
        """Nothing is typed that is not on record."""
        self.dirty = False
        self.header.set_count("")

    def mark_dirty(self) -> None:
        """Count as edited, as a region drawn for a new observation does."""
        self.dirty = True
        self.header.set_count(tr("Not kept yet"))

    def _edited(self) -> None:
        if self._loaded is None:
            # A switch of theme dresses the text anew, which the field takes for an edit.
            return
        self.footer.note.setText("")
        self._mark()
        self.edited.emit()

    def _mark(self) -> None:
        if self.is_new or (self._loaded is not None and groups.edited_groups(self.fields, self._loaded)):
            self.mark_dirty()
        else:
            self.settled()


def _regions_text(count: int, key_frames: int) -> str:
    if not count:
        return tr("none drawn")
    regions = plural(count, "{count} region", "{count} regions")
    return f"{regions} {plural(key_frames, 'on {count} frame', 'on {count} frames')}"

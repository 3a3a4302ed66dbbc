"""The inspector of Review: one observation, or one that is being made, with its regions, links and record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.records import Observation
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.models.observation_draft import Draft, draft_of
from evidence_desk.ui.panels.link_list import LinkCard, LinkList, LinkPicker
from evidence_desk.ui.panels.observation_fields import ObservationFields
from evidence_desk.ui.panels.seen_as_row import SeenAsRow
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, plural, tr
from evidence_desk.ui.widgets.buttons import DeskButton, ghost_button, icon_button, link_button, primary_button
from evidence_desk.ui.widgets.key_caps import follow_keys
from evidence_desk.ui.widgets.labels import ElidedLabel, hairline, label
from evidence_desk.ui.widgets.panel import EmptyState, PanelFooter, PanelHeader


class RecordLine(QWidget):
    """Revision, who and when, and the way to the record's history. Signals: `history_asked()`."""

    history_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 6, 10)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(tr("Record"), "section"))
        self._revision = label("", "note")
        row.addWidget(self._revision)
        row.addStretch()
        self._history = link_button(tr("History"))
        self._history.clicked.connect(self.history_asked)
        row.addWidget(self._history)
        column.addLayout(row)
        self._made = label("", "caption", wrap=True)
        column.addWidget(self._made)
        self._times = label("", "caption", wrap=True)
        self._times.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_times("")
        column.addWidget(self._times)
        self.seen_as = SeenAsRow()
        column.addWidget(self.seen_as)

    def show_times(self, words: str) -> None:
        """Say between which frames and times what is recorded began and ended, "" where that is not known."""
        self._times.setText(words)
        self._times.setAccessibleName(words or tr("Between which frames it began and ended"))
        self._times.setVisible(bool(words))

    def show_record(self, record: Observation | None) -> None:
        """Show a record's line; None for one that is not kept yet."""
        self.show_times("")
        self.seen_as.show_record(record)
        self._history.setVisible(record is not None)
        if record is None:
            self._revision.setText("")
            self._made.setText(tr("Not kept yet."))
            return
        self._revision.setText(tr("revision {n}, {codebook}", n=record.revision, codebook=record.codebook))
        when = record.changed_at or record.created_at
        who = record.changed_by or record.created_by
        self._made.setText(tr("{who}, {when} UTC", who=who, when=when[:16].replace("T", " ")) if when else "")


class ObservationForm(QFrame):
    """Signals: `keep_asked()`, `leave_asked()`, `withdraw_asked()`, `history_asked()`, `box_asked()`,
    `region_asked()` to walk to the next region; `observe_asked()` from the empty panel; those of `picker` and `links`.
    """

    keep_asked = Signal()
    leave_asked = Signal()
    withdraw_asked = Signal()
    history_asked = Signal()
    box_asked = Signal()
    link_asked = Signal()
    observe_asked = Signal()

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._loaded: Draft | None = None
        self._record: Observation | None = None
        self._writable = True
        self.dirty = False
        self.header = PanelHeader(
            tr("Observation"),
            actions=(
                _arrow(actions, "go.prev_observation", "ph.caret-up"),
                _arrow(actions, "go.next_observation", "ph.caret-down"),
            ),
        )
        self.fields = ObservationFields()
        self.fields.edited.connect(self._edited)
        self.fields.keep_asked.connect(self.keep_asked)
        self.fields.leave_asked.connect(self.leave_asked)
        self.links = LinkList()
        self.about = RecordLine()
        self.about.history_asked.connect(self.history_asked)
        self.picker = LinkPicker()
        self._build(actions)
        self.show_nothing(False)
        keeper().changed.connect(self._dress)

    # -------------------------------------------------------------------------------------------------------- layout

    def _build(self, actions: ActionRegistry) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.fields)
        inner.addLayout(self._regions_row())
        inner.addWidget(hairline())
        inner.addLayout(self._links_head(actions))
        inner.addWidget(self.links)
        self._picker_box = QWidget()
        box = QVBoxLayout(self._picker_box)
        box.setContentsMargins(12, 4, 12, 8)
        box.addWidget(self.picker)
        inner.addWidget(self._picker_box)
        inner.addSpacing(6)
        inner.addWidget(hairline())
        inner.addWidget(self.about)
        inner.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        self._stack.addWidget(self._scroll)
        self._observe = primary_button(tr("Observe at this frame"), "M")
        self._empty = EmptyState(
            "observation",
            tr("No observation selected"),
            tr("Choose one at the left, or make one at this frame."),
            (self._observe,),
        )
        self._empty.activated.connect(self._ask_observe)
        self._stack.addWidget(self._empty)
        self._footer(column)

    def _regions_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 6, 10)
        row.setSpacing(8)
        self._regions_label = label(tr("Regions"), "label")
        row.addWidget(self._regions_label)
        self._regions = ElidedLabel("", "small")
        row.addWidget(self._regions, 1)
        self._add_box = link_button(tr("Add box"))
        self._add_box.setToolTip(tr("Draw a box on the picture (B)"))
        self._add_box.clicked.connect(self.box_asked)
        row.addWidget(self._add_box)
        return row

    def _links_head(self, actions: ActionRegistry) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(label(tr("Links"), "section"))
        self._links_count = label("", "note")
        row.addWidget(self._links_count)
        row.addStretch()
        self._link_button = follow_keys(actions, "claims.link", ghost_button(tr("Link to a claim"), icon="add"))
        self._link_button.clicked.connect(self.link_asked)
        row.addWidget(self._link_button)
        return row

    def _footer(self, column: QVBoxLayout) -> None:
        self._keep = primary_button(tr("Keep"), "Enter")
        self._keep.clicked.connect(self.keep_asked)
        self._leave = ghost_button(tr("Leave"), "Esc")
        self._leave.clicked.connect(self.leave_asked)
        self._withdraw: DeskButton = ghost_button(tr("Withdraw…"))
        self._withdraw.clicked.connect(self.withdraw_asked)
        self.footer = PanelFooter((self._keep, self._leave), (self._withdraw,))
        self.footer.note.setMinimumWidth(1)
        column.addWidget(self.footer)

    def _dress(self) -> None:
        self._regions_label.setFixedWidth(current_theme().px(78))

    # ------------------------------------------------------------------------------------------------------ content

    def set_writable(self, writable: bool) -> None:
        """Leave out what would write, and show fields as text."""
        self._writable = writable
        for button in (self._keep, self._withdraw, self._add_box, self._link_button, self._observe):
            button.setVisible(writable)

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
        self._leave.set_keys("Esc")

    def show_new(self, draft: Draft, terms: Mapping[str, Term], clock: FrameClock | None, here: int) -> None:
        """Show an observation that is not kept yet."""
        self._record = None
        self._open(draft, terms, clock, here)
        self.header.set_number("")
        self.header.set_title(tr("New observation"))
        self.about.show_record(None)
        self._withdraw.hide()
        self._leave.setText(tr("Discard"))
        self._leave.set_keys("")
        self.set_links(())
        self.mark_dirty()

    def _open(self, draft: Draft, terms: Mapping[str, Term], clock: FrameClock | None, here: int) -> None:
        self.fields.set_terms(terms)
        self.fields.frames.set_clip(clock, here)
        self.fields.load(draft, sound_only=draft.first is None)
        self.fields.show_as_text(not self._writable)
        self._loaded = self.fields.draft()
        self.dirty = False
        self.header.set_count("")
        self.close_picker()
        self._stack.setCurrentWidget(self._scroll)
        self.footer.show()
        self.footer.note.setText("")

    def rebase(self, record: Observation) -> None:
        """Let what is typed stand on a newer revision of the record, as after an undo of something else in it."""
        self._record = record
        self.about.show_record(record)

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

    def open_picker(self, targets: Sequence[tuple[str, str]]) -> None:
        """Lay the link picker open."""
        self._picker_box.show()
        self.picker.open_with(targets)
        self._scroll.ensureWidgetVisible(self.picker)

    def close_picker(self) -> None:
        """Close the link picker."""
        self.picker.reset()
        self._picker_box.hide()

    def say(self, text: str) -> None:
        """Say something beside the buttons."""
        self.footer.note.setText(text)

    def mark_dirty(self) -> None:
        """Count as edited, as a region drawn for a new observation does."""
        self.dirty = True
        self.header.set_count(tr("Not kept yet"))

    def _edited(self) -> None:
        if self._loaded is None:
            # A switch of theme dresses the text anew, which the field takes for an edit.
            return
        draft = self.fields.draft()
        if draft is not None and draft == self._loaded and not self.is_new:
            self.dirty = False
            self.header.set_count("")
            return
        self.mark_dirty()

    def _ask_observe(self, _: int) -> None:
        self.observe_asked.emit()


def _regions_text(count: int, key_frames: int) -> str:
    if not count:
        return tr("none drawn")
    regions = plural(count, "{count} region", "{count} regions")
    return f"{regions} {plural(key_frames, 'on {count} frame', 'on {count} frames')}"


def _arrow(actions: ActionRegistry, id_: str, icon: str) -> QToolButton:
    """Return a button that runs the action under an icon of its own."""
    action = actions.action(id_)
    button = icon_button(icon, action.text(), action.toolTip())
    button.clicked.connect(action.trigger)
    return button

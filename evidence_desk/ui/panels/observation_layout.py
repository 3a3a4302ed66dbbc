"""How the inspector of Review is laid out: header, fields, regions, links, record, and the buttons beneath."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from evidence_desk.domain.records import Observation
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.panels.draft_strip import DraftStrip
from evidence_desk.ui.panels.link_list import LinkList, LinkPicker
from evidence_desk.ui.panels.observation_fields import ObservationFields
from evidence_desk.ui.panels.seen_as_row import SeenAsRow
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import DeskButton, ghost_button, icon_button, link_button, primary_button
from evidence_desk.ui.widgets.key_caps import follow_keys
from evidence_desk.ui.widgets.labels import ElidedLabel, hairline, label
from evidence_desk.ui.widgets.pages import Pages
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
        """Show a record's line, its times by `show_times`; None for one that is not kept yet."""
        self.seen_as.show_record(record)
        self._history.setVisible(record is not None)
        if record is None:
            self.show_times("")
            self._revision.setText("")
            self._made.setText(tr("Not kept yet."))
            return
        self._revision.setText(tr("revision {n}, {codebook}", n=record.revision, codebook=record.codebook))
        when = record.changed_at or record.created_at
        who = record.changed_by or record.created_by
        self._made.setText(tr("{who}, {when} UTC", who=who, when=when[:16].replace("T", " ")) if when else "")


class ObservationLayout(QFrame):
    """The parts of the form and where they stand.

    Signals: `keep_asked()`, `leave_asked()`, `withdraw_asked()`, `history_asked()`, `box_asked()`, `link_asked()`;
    `observe_asked()` from the empty panel; those of `strip`, `picker` and `links`.
    """

    keep_asked = Signal()
    leave_asked = Signal()
    withdraw_asked = Signal()
    history_asked = Signal()
    box_asked = Signal()
    link_asked = Signal()
    observe_asked = Signal()

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        """Make the form, still without its parts: `build_up` makes them."""
        super().__init__(parent)
        self._actions = actions
        self.setObjectName("panel")

    def build_up(self) -> Iterator[None]:
        """Make the parts and put them where they stay; stops in between, for the window's turn."""
        actions = self._actions
        self.header = PanelHeader(
            tr("Observation"),
            actions=(
                _arrow(actions, "go.prev_observation", "ph.caret-up"),
                _arrow(actions, "go.next_observation", "ph.caret-down"),
            ),
        )
        self.strip = DraftStrip()
        yield
        self.fields = ObservationFields()
        yield
        self.fields.keep_asked.connect(self.keep_asked)
        self.fields.leave_asked.connect(self.leave_asked)
        self.links = LinkList()
        self.about = RecordLine()
        self.about.history_asked.connect(self.history_asked)
        self.picker = LinkPicker()
        yield
        yield from self._lay_out(actions)
        keeper().changed.connect(self._dress)

    def _lay_out(self, actions: ActionRegistry) -> Iterator[None]:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.strip)
        self._stack = Pages()
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
        yield
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        self._stack.addWidget(self._scroll)
        yield
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
        self.fields.statement.entered.connect(self._name_keep)
        self._leave = ghost_button(tr("Leave"), "Esc")
        self._leave.clicked.connect(self.leave_asked)
        self._withdraw: DeskButton = ghost_button(tr("Withdraw…"))
        self._withdraw.clicked.connect(self.withdraw_asked)
        self.footer = PanelFooter((self._keep, self._leave), (self._withdraw,), above=True)
        self.footer.note.setMinimumWidth(1)
        column.addWidget(self.footer)

    def _dress(self) -> None:
        self._regions_label.setFixedWidth(current_theme().px(78))

    def _name_keep(self, in_words: bool) -> None:
        """Name the key that keeps: in the statement Enter makes a new line."""
        self._keep.set_keys("Ctrl Enter" if in_words else "Enter")
        # There is no room for both, and "Discard" has no key.
        self._leave.set_keys("" if in_words or self._leave.text() != tr("Leave") else "Esc")

    def _ask_observe(self, _: int) -> None:
        self.observe_asked.emit()


def _arrow(actions: ActionRegistry, id_: str, icon: str) -> QToolButton:
    """Return a button that runs the action under an icon of its own."""
    action = actions.action(id_)
    button = icon_button(icon, action.text(), action.toolTip())
    button.clicked.connect(action.trigger)
    return button

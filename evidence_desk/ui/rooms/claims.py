"""The Claims room: sources and their claims at the left, what bears on one in the middle, its record at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.errors import NotFound
from evidence_desk.domain.records import Claim, Link, Proposition, Question, Record, Source
from evidence_desk.ui.models.claim_tree import MISSING, NUMBER_ROLE, borne_on, tallies
from evidence_desk.ui.panels.claim_list import CLAIMS, SOURCES, ClaimListPanel
from evidence_desk.ui.panels.proposition_board import PropositionBoard
from evidence_desk.ui.panels.source_reader import SourceReader
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.claims_content import board_of
from evidence_desk.ui.rooms.claims_side import ClaimsSide
from evidence_desk.ui.rooms.columns import lay_out_columns
from evidence_desk.ui.rooms.room import Room
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.panel import EmptyState

_AREAS = (
    Area.SOURCES,
    Area.CLAIMS,
    Area.PROPOSITIONS,
    Area.LINKS,
    Area.QUESTIONS,
    Area.OBSERVATIONS,
    Area.EXHIBITS,
    Area.CODEBOOKS,
)


class ClaimsRoom(Room):
    """Selecting a claim or proposition shows its board, selecting a source its text; forms stand at the right."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        writable = self.session.writable
        self._shown = ""
        self.list = ClaimListPanel(writable)
        self.board = PropositionBoard(writable)
        self.reader = SourceReader(writable)
        self.side = ClaimsSide(context)
        self._empty = EmptyState(
            "claim",
            tr("Nothing is chosen"),
            tr("Choose a claim to see what bears on it, or a source to read its text."),
        )
        self._centre = QStackedWidget()
        for page in (self._empty, self.board, self.reader):
            self._centre.addWidget(page)
        self._build()
        self._connect()
        self._bind()
        self.reload()
        self._choose_first()

    # -- what the window asks

    def enter(self) -> None:
        """Take the focus."""
        self.list.focus_list()

    def leave(self) -> None:
        """Keep what was typed in the record at hand: a room is left without a question."""
        self.side.keep_record()

    def escape(self) -> bool:
        """Give a new record up; else back to the list."""
        if self.side.give_up():
            self._show_record_of_shown()
            self.list.focus_list()
            return True
        if self.list.tree.hasFocus() or self.list.source_list.hasFocus():
            return False
        self.list.focus_list()
        return True

    def next_panel(self) -> None:
        """From the list to the centre, to the side, and back."""
        focus = QApplication.focusWidget()
        if focus is not None and self.list.isAncestorOf(focus):
            if self._centre.currentWidget() is self.reader:
                self.reader.text.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.board.focus_first()
        elif focus is not None and self._centre.isAncestorOf(focus):
            self.side.focus_first()
        else:
            self.list.focus_list()

    def unkept(self) -> str:
        """Name the form that holds what is not kept."""
        return self.side.unkept()

    def status(self) -> str:
        """Count propositions and those that nothing bears on."""
        queries = self.session.case.queries
        propositions = queries.propositions()
        tally = tallies(queries.links(), queries.questions())
        bare = sum(1 for p in propositions if p.number not in tally)
        return tr(
            "{claims} claims, {count} propositions, {bare} with nothing linked",
            claims=number(len(queries.claims())),
            count=number(len(propositions)),
            bare=number(bare),
        )

    def show_record(self, number_: str) -> None:
        """Show a source, claim, proposition, link or question."""
        try:
            record = self.session.case.queries.get(number_)
        except NotFound:
            return
        if isinstance(record, Link):
            self.select(record.target)
            self._card_chosen(number_)
            self.board.select_card(number_)
        elif isinstance(record, Question):
            bears = [n for n in borne_on(record) if n.startswith("CL-")]
            if bears:
                self.select(bears[0])
                self.board.select_card(number_)
            self._card_chosen(number_)
        else:
            self.select(number_)

    def select(self, number_: str) -> None:
        """Choose a source, claim or proposition in its list."""
        is_source = number_.startswith("SR-")
        self.list.wanted.clear()
        self.list.show_section(SOURCES if is_source else CLAIMS)
        if is_source:
            index = self.list.sources.index_of(number_)
            self.list.source_list.setCurrentIndex(index)
        else:
            index = self.list.claims.index_of(number_)
            self.list.tree.setCurrentIndex(index)
        if index.isValid():
            self._show(number_)

    # -- building

    def _build(self) -> None:
        theme = self.context.theme()
        centre = QWidget()
        centre.setObjectName("panel")
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._centre)
        left, right = theme.width("claims_list"), theme.width("inspector")
        lay_out_columns(self, theme, ((self.list, left), (centre, 0), (self.side, right)))

    def _connect(self) -> None:
        self.list.tree.chosen.connect(self._show)
        self.list.source_list.chosen.connect(self._show)
        self.list.tree.opened.connect(self._into_centre)
        self.list.source_list.opened.connect(self._into_centre)
        self.list.section_chosen.connect(self._section_chosen)
        self.list.filtered.connect(self._filtered)
        self.list.add_asked.connect(self._add_in_list)
        self.board.card_chosen.connect(self._card_chosen)
        self.board.card_opened.connect(self._card_opened)
        self.board.add_asked.connect(self._add_to_board)
        self.board.split_asked.connect(self.split)
        self.board.source_asked.connect(self._show_in_source)
        self.reader.claim_asked.connect(self._new_claim)
        self.reader.claim_chosen.connect(self._card_chosen)
        self.side.kept.connect(self._kept)
        self.side.left.connect(self._left)
        self.side.split_asked.connect(self.split)
        self.session.changed.connect(self._changed)

    def _bind(self) -> None:
        bind = self.actions_.bind
        bind("claims.source", self.new_source, room="claims")
        bind("claims.question", self.new_question, room="claims")
        bind("claims.claim", self.reader.ask, self._reading, room="claims")
        bind("claims.split", self.split, self._on_claim, room="claims")
        bind("claims.link", self._link, self._on_claim, room="claims")
        bind("edit.keep", self.side.keep, room="claims")
        bind("edit.record", self.side.focus_first, room="claims")
        bind("edit.withdraw", self.side.withdraw, self.side.can_withdraw, room="claims")
        bind("edit.filter", self._focus_filter, room="claims")

    # -- showing

    def reload(self) -> None:
        """Read everything again; what is chosen stays chosen where it is still there."""
        queries = self.session.case.queries
        sources, wanted = queries.sources(), self.list.wanted.text()
        tally = tallies(queries.links(), queries.questions())
        for view in (self.list.tree, self.list.source_list):
            view.blockSignals(True)
        self.list.claims.show(queries.claims(), queries.propositions(), sources, tally, wanted)
        self.list.sources.show(sources, wanted)
        self.list.tree.setCurrentIndex(self.list.claims.index_of(self._shown))
        self.list.source_list.setCurrentIndex(self.list.sources.index_of(self._shown))
        for view in (self.list.tree, self.list.source_list):
            view.blockSignals(False)
        self.list.bring_up_to_date()
        self._show_centre()

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_AREAS) and self.session.is_open:
            self.reload()
            self.side.reload()
            self.status_changed.emit()

    def _choose_first(self) -> None:
        claims, sources = self.list.claims, self.list.sources
        if claims.rowCount():
            first = claims.index(0, 0)
            below = claims.index(0, 0, first)
            self.list.tree.setCurrentIndex(below if below.isValid() else first)
        elif sources.rowCount():
            self.list.show_section(SOURCES)
            self.list.source_list.setCurrentIndex(sources.index(0, 0))

    def _show(self, number_: str) -> None:
        if number_ == self._shown and self._centre.currentWidget() is not self._empty:
            return
        self._shown = number_
        self._show_centre()
        self._show_record_of_shown()
        self.actions_.refresh()

    def _show_centre(self) -> None:
        record = self._record(self._shown)
        if isinstance(record, Source):
            self.reader.show_source(record, self.session.case.queries.claims())
            self._centre.setCurrentWidget(self.reader)
        elif isinstance(record, Claim | Proposition):
            self.board.show_content(board_of(self.session.case.queries, record))
            self._centre.setCurrentWidget(self.board)
        else:
            self._shown = ""
            self._centre.setCurrentWidget(self._empty)
            self.side.show_nothing()

    def _show_record_of_shown(self) -> None:
        record = self._record(self._shown)
        if record is not None and not self.side.busy():
            self.side.show_record(record)

    def _record(self, number_: str) -> Record | None:
        if not number_:
            return None
        try:
            record = self.session.case.queries.get(number_)
        except NotFound:
            return None
        return record if record.in_force else None

    # -- doing

    def new_source(self) -> None:
        """Begin a source."""
        self.list.show_section(SOURCES)
        self.side.begin_source()

    def new_question(self) -> None:
        """Begin a question that bears on what is shown."""
        self.side.begin_question(self._shown if self._on_claim() else "")

    def split(self) -> None:
        """Begin a proposition of the claim shown."""
        record = self._record(self._shown)
        claim = record if isinstance(record, Claim) else None
        if isinstance(record, Proposition):
            found = self._record(record.claim)
            claim = found if isinstance(found, Claim) else None
        if isinstance(record, Source):
            at_hand = self.side.record
            claim = at_hand if isinstance(at_hand, Claim) else None
        if claim is not None:
            self.side.begin_split(claim)

    def _link(self) -> None:
        self._add_to_board("supports")

    def _add_to_board(self, relation: str) -> None:
        record = self._record(self._shown)
        if relation == MISSING:
            self.new_question()
        elif isinstance(record, Claim | Proposition):
            self.side.begin_link(record, relation)

    def _add_in_list(self) -> None:
        if self.list.section == SOURCES or not self.list.sources.total:
            self.new_source()
            return
        # A claim is a passage of a source: the way to a new one leads through the text.
        source = self._record(self._shown)
        claim = self._record(source.claim) if isinstance(source, Proposition) else source
        wanted = claim.source if isinstance(claim, Claim) else ""
        self.list.show_section(SOURCES)
        self.select(wanted or str(self.list.sources.index(0, 0).data(NUMBER_ROLE)))
        self.reader.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _new_claim(self, start: int, quote: str) -> None:
        self.side.begin_claim(self.reader.source, start, quote)

    def _show_in_source(self) -> None:
        record = self._record(self._shown)
        claim = self._record(record.claim) if isinstance(record, Proposition) else record
        if isinstance(claim, Claim):
            self.select(claim.source)
            self.reader.show_claim(claim)
            self.side.show_record(claim)

    def _card_chosen(self, number_: str) -> None:
        record = self._record(number_)
        if record is not None and not self.side.busy():
            self.side.show_record(record)
            self.actions_.refresh()

    def _card_opened(self, number_: str) -> None:
        record = self._record(number_)
        if isinstance(record, Link):
            self.session.show_record(record.origin)
        else:
            self.side.focus_first()

    def _section_chosen(self, section: str) -> None:
        self.list.show_section(section)
        view = self.list.tree if section == CLAIMS else self.list.source_list
        index = view.currentIndex()
        if not index.isValid():
            index = view.model().index(0, 0)
            view.setCurrentIndex(index)
        if index.isValid():
            self._show(str(index.data(NUMBER_ROLE)))

    def _filtered(self) -> None:
        self.reload()

    def _focus_filter(self) -> None:
        self.list.wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.wanted.selectAll()

    def _into_centre(self) -> None:
        if self._centre.currentWidget() is self.reader:
            self.reader.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.board.focus_first()

    def _kept(self, number_: str) -> None:
        record = self._record(number_)
        if isinstance(record, Source | Proposition):
            self.select(number_)
            self.list.focus_list()
        elif isinstance(record, Claim):
            self.reader.clear_selection()
            self.reader.show_claim(record)
            self.side.show_record(record)
            self.reader.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(record, Link | Question):
            self.board.select_card(number_)
            self.side.show_record(record)
            self.board.focus_first()
        self.actions_.refresh()

    def _left(self) -> None:
        self._show_record_of_shown()
        self.list.focus_list()

    def _reading(self) -> bool:
        return self._centre.currentWidget() is self.reader

    def _on_claim(self) -> bool:
        return self._shown.startswith("CL-") or isinstance(self.side.record, Claim)

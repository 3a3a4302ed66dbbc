"""The Claims room: sources and their claims at the left, what bears on one in the middle, its record at the right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.records import Claim, Link, Proposition, Question, Record, Source
from evidence_desk.ui.models.claim_tree import MISSING, borne_on
from evidence_desk.ui.panels.claim_list import SOURCES, ClaimListPanel
from evidence_desk.ui.panels.proposition_board import PropositionBoard
from evidence_desk.ui.panels.source_reader import SourceReader
from evidence_desk.ui.rooms.claims_centre import ClaimsCentre
from evidence_desk.ui.rooms.claims_content import claim_of, counts_text, standing
from evidence_desk.ui.rooms.claims_side import ClaimsSide
from evidence_desk.ui.rooms.columns import lay_out_columns
from evidence_desk.ui.rooms.room import Room

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

    def build_up(self) -> Iterator[None]:
        """Make the parts and fill them."""
        writable = self.session.writable
        self._shown = ""
        self.list = ClaimListPanel(writable)
        self.board = PropositionBoard(writable)
        yield
        self.reader = SourceReader(writable)
        self.side = ClaimsSide(self.context)
        yield
        self.centre = ClaimsCentre(self.board, self.reader)
        parts = (self.list, "claims_list"), (self.centre, ""), (self.side, "inspector")
        yield from lay_out_columns(self, "claims", parts)
        self._connect()
        self._bind()
        for fill in (self.reload, self._choose_first, self.side.resume):
            yield
            fill()

    # -- what the window asks

    def enter(self) -> None:
        """Take the focus."""
        self.list.focus_list()

    def leave(self) -> None:
        """Keep what was typed in the record at hand: a room is left without a question."""
        self.side.put_aside()

    def escape(self) -> bool:
        """Give a new record up; else back to the list."""
        if self.side.give_up():
            self._show_record_of_shown()
            self.list.focus_list()
            return True
        at_list = self.list.tree.hasFocus() or self.list.source_list.hasFocus()
        self.list.focus_list()
        return not at_list

    def next_panel(self) -> None:
        """From the list to the centre, to the side, and back."""
        focus = QApplication.focusWidget()
        if focus is not None and self.list.isAncestorOf(focus):
            self.centre.focus_first()
        elif focus is not None and self.centre.isAncestorOf(focus):
            self.side.focus_first()
        else:
            self.list.focus_list()

    def unkept(self) -> str:
        """Name the form that holds what is not kept."""
        return self.side.unkept()

    def release(self) -> None:
        """Keep what was typed or put it aside: the case is about to close."""
        self.side.put_aside()

    def status(self) -> str:
        """Count propositions and those that nothing bears on."""
        return counts_text(self.session.case.queries)

    def show_record(self, number_: str) -> None:
        """Show a source, claim, proposition, link or question."""
        record = self._record(number_)
        bears_on = borne_on(record) if isinstance(record, Question) else ()
        home = record.target if isinstance(record, Link) else next((n for n in bears_on if n.startswith("CL-")), "")
        if home:
            self.select(home)
            self.board.select_card(number_)
        if isinstance(record, Link | Question):
            self._card_chosen(number_)
        elif record is not None:
            self.select(number_)

    def select(self, number_: str) -> None:
        """Choose a source, claim or proposition in its list."""
        if self.list.select(number_):
            self._show(number_)

    # -- joining

    def _connect(self) -> None:
        self.list.tree.chosen.connect(self._show)
        self.list.source_list.chosen.connect(self._show)
        self.list.tree.opened.connect(self.centre.focus_first)
        self.list.source_list.opened.connect(self.centre.focus_first)
        self.list.section_chosen.connect(self._section_chosen)
        self.list.filtered.connect(self.reload)
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
        bind("claims.claim", self.reader.ask, self.centre.reads, room="claims")
        bind("claims.split", self.split, self._on_claim, room="claims")
        bind("claims.link", partial(self._add_to_board, "supports"), self._on_claim, room="claims")
        bind("edit.keep", self.side.keep, room="claims")
        bind("edit.record", self.side.focus_first, room="claims")
        bind("edit.withdraw", self.side.withdraw, self.side.can_withdraw, room="claims")
        bind("edit.history", self.side.show_history, self.side.can_withdraw, room="claims")
        bind("edit.filter", self._focus_filter, room="claims")

    # -- showing

    def reload(self) -> None:
        """Read everything again; what is chosen stays chosen where it is still there."""
        self.list.show_records(self.session.case.queries, self._shown)
        self._show_centre()

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_AREAS) and self.session.is_open:
            self.reload()
            self.side.reload()
            self.status_changed.emit()

    def _choose_first(self) -> None:
        first = self.list.first()
        if first:
            self.select(first)

    def _show(self, number_: str) -> None:
        if number_ == self._shown and self.centre.shows_something():
            return
        self._shown = number_
        self._show_centre()
        self._show_record_of_shown()
        self.actions_.refresh()

    def _show_centre(self) -> None:
        record = self._record(self._shown)
        if not self.centre.show_record(self.session.case.queries, record):
            self._shown = ""
            self.side.show_nothing()

    def _show_record_of_shown(self) -> None:
        record = self._record(self._shown)
        if record is not None and not self.side.busy():
            self.side.show_record(record)

    def _record(self, number_: str) -> Record | None:
        return standing(self.session.case.queries, number_)

    def _claim_at_hand(self) -> Claim | None:
        """Return the claim shown, or in the reader the one whose record stands at the side."""
        record = self._record(self._shown)
        return claim_of(self.session.case.queries, self.side.record if isinstance(record, Source) else record)

    # -- doing

    def new_source(self) -> None:
        """Begin a source."""
        self.list.show_section(SOURCES)
        self.side.begin_source()

    def new_question(self) -> None:
        """Begin a question that bears on what is shown."""
        self.side.begin_question(self._shown if self._shown.startswith("CL-") else "")

    def split(self) -> None:
        """Begin a proposition of the claim shown."""
        claim = self._claim_at_hand()
        if claim is not None:
            self.side.begin_split(claim)

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
        claim = self._claim_at_hand()
        wanted = claim.source if claim is not None else ""
        self.list.show_section(SOURCES)
        self.select(wanted or self.list.current())
        self.reader.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _new_claim(self, start: int, quote: str) -> None:
        self.side.begin_claim(self.reader.source, start, quote)

    def _show_in_source(self) -> None:
        claim = self._claim_at_hand()
        if claim is not None:
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
        self.select(self.list.current())

    def _focus_filter(self) -> None:
        self.list.wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.wanted.selectAll()

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

    def _on_claim(self) -> bool:
        return bool(self.session.is_open and self._claim_at_hand() is not None)

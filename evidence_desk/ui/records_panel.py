"""All records in one table: narrowed by any word they hold, put in order, changed together, gone to."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidence_desk.domain.changes import Changes
from evidence_desk.domain.records import OBSERVATION, Observation, Record
from evidence_desk.services.search import CaseSearch
from evidence_desk.ui.by_and_by import ByAndBy
from evidence_desk.ui.models.record_order import Arranging, Wish, places_of
from evidence_desk.ui.models.record_rows import NUMBER, Arranged, RecordRows, column_names
from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.panels.bulk_bar import BulkBar
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.panels.record_table import MOST_RANGES, RecordTable
from evidence_desk.ui.pieces import Pieces, parts
from evidence_desk.ui.records_setting import RecordsSetting
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import number, percent, tr
from evidence_desk.ui.widgets.buttons import Chip, icon_button
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.filter_field import FilterField
from evidence_desk.ui.widgets.folding_row import FoldingRow
from evidence_desk.ui.widgets.labels import hairline, label

_OBSERVATIONS, _EVERYTHING = "observations", "everything"
_TYPING_MS = 120
AT_ONCE = 3000
"""Observations up to which the table follows a change in the same turn of the window."""


class RecordsPanel(Overlay):
    """Enter goes to the record and leaves; the words of every field are searched, also those not shown."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window, tr("Records"), 1240, top=0.06)
        self._session = session
        self._search: CaseSearch | None = None
        self._arranging: Arranging
        self._order = (NUMBER, False)
        self._to_choose = ""
        self._goes_on = False
        self.is_known = False
        """Whether what is shown is all that was asked for, and counted."""
        self.rows = RecordRows(self)
        self.table = RecordTable(self.rows)
        self.words = FilterField(tr("Any word of any field"), tr("Words to find"))
        self.kinds = Choice(
            tr("Shown"), ((_OBSERVATIONS, tr("Observations")), (_EVERYTHING, tr("Everything"))), _OBSERVATIONS
        )
        self.order = WordCombo([(str(n), tr("By {column}", column=name)) for n, name in enumerate(column_names())])
        self.order.setAccessibleName(tr("Put in order by"))
        self.no_link = Chip(tr("Not linked"))
        self.withdrawn = Chip(tr("Withdrawn too"))
        self.count = label("", "caption")
        self.bulk = BulkBar()
        self._setting = RecordsSetting(session, self.bulk, lambda: self.is_known, self._to_rows)
        self._typing, self._soon = QTimer(self), QTimer(self)
        self._work, self._choosing = ByAndBy(self), ByAndBy(self)
        self._place_parts()
        self._join()

    def _place_parts(self) -> None:
        close = icon_button("close", tr("Leave"))
        close.clicked.connect(self.leave)
        narrowing = (self.kinds, self.no_link, self.withdrawn, self.order, self.count)
        head = FoldingRow((label(tr("Records"), "lead"), self.words), narrowing, (close,), self.words)
        head.set_margins(14, 10, 8, 10)
        self.column.addWidget(head)
        self.column.addWidget(hairline())
        inset = QHBoxLayout()
        inset.setContentsMargins(10, 0, 0, 0)
        inset.addWidget(self.table)
        self.column.addLayout(inset, 1)
        self.column.addWidget(hairline())
        self.column.addWidget(self.bulk)

    def _join(self) -> None:
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._arrange)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._come)
        self.closed.connect(self._rest)
        self.words.textChanged.connect(self._typed)
        self.words.returnPressed.connect(self._to_table)
        self.kinds.chosen.connect(self._arrange)
        for chip in (self.no_link, self.withdrawn):
            chip.toggled.connect(self._arrange)
        self.order.activated.connect(self._sort)
        self.rows.order_wished.connect(self._sorted)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._go)
        self._session.changed.connect(self._changed)
        self._session.case_closing.connect(self._forget)

    @property
    def is_at_work(self) -> bool:
        """Tell whether anything is still being read."""
        return self._work.is_at_work or self._soon.isActive()

    def first_focus(self) -> QWidget:
        """The words."""
        return self.words

    def wanted_height(self) -> int:
        """As high as the window allows."""
        return self._window.height()

    def open(self) -> None:
        """Show the records; the current observation is chosen."""
        if not self._session.is_open:
            return
        self.bulk.setVisible(self._session.writable)
        super().open()
        self._to_choose = self._session.observation
        self._refresh_soon()
        self.words.selectAll()

    def refresh(self) -> None:
        """Read the records anew; what was chosen stays chosen, and what is seen stays in sight."""
        self.bulk.set_terms(self._session.case.queries.terms())
        self._arrange(stay=True)

    # ------------------------------------------------------------------------------------------------------- arranging

    def _typed(self) -> None:
        self._typing.start()

    def _to_table(self) -> None:
        """Narrow at once, and go to what is found as soon as it is known."""
        self._goes_on = True
        self._arrange()

    def _wish(self) -> Wish:
        return Wish(
            self.kinds.value() == _EVERYTHING,
            self.words.text().strip(),
            self.no_link.isChecked(),
            self.withdrawn.isChecked(),
            *self._order,
        )

    def _arrange(self, _: object = None, *, stay: bool = False) -> None:
        """Show what is wished now; what was wished before and is not there yet is let go."""
        for wait in (self._typing, self._soon):
            wait.stop()
        if not self._session.is_open:
            return
        queries = self._session.case.queries
        if self._search is None:
            self._search, self._arranging = CaseSearch(queries), Arranging(queries)
        self.is_known = False
        self._work.start(self._pieces(self._wish(), self._search, self._arranging, stay))
        if not self.is_known:
            self._say_reading()

    def _pieces(self, wish: Wish, search: CaseSearch, arranging: Arranging, stay: bool) -> Iterator[None]:
        search.stale()
        yield
        shown = yield from arranging.pieces(wish, search)
        yield from self._show(shown, stay)
        while search.advance():
            if not shown.whole:
                self._say_reading()
            yield
        if not shown.whole:
            yield from self._show((yield from arranging.pieces(wish, search)), stay=True)

    def _show(self, shown: Arranged, stay: bool) -> Pieces[None]:
        """Show it with the same records chosen as now: looked for anew where others were chosen meanwhile."""
        turn = -1
        ranges: list[tuple[int, int]] = []
        while turn != self.table.turn:
            turn = self.table.turn
            chosen = (self._to_choose,) if self._to_choose else [r.number for r in self.table.chosen_records()]
            ranges = yield from places_of(chosen, shown)
        self._to_choose = ""
        self.table.show_arranged(shown, ranges, stay)
        if not shown.whole:
            return
        self.is_known = True
        self.count.setText(tr("{shown} of {total}", shown=number(len(shown.records)), total=number(shown.total)))
        if len(ranges) > MOST_RANGES:
            self._session.noticed.emit(tr("What was chosen lies in too many places now; choose it anew."), False)
        self._setting.rows_known()
        if self._goes_on and self.words.hasFocus() and shown.records:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._goes_on = False

    def _say_reading(self) -> None:
        done, all_ = self._search.part_read if self._search is not None and self.words.text() else (0, 0)
        self.count.setText(tr("reading… {part}", part=percent(done, all_)) if done < all_ else tr("reading…"))

    def _sort(self) -> None:
        self.table.sort_by(int(self.order.value()))

    def _sorted(self, column: int, down: bool) -> None:
        self.order.set_value(str(column))
        if (column, down) != self._order:
            self._order = (column, down)
            self._arrange()

    # ----------------------------------------------------------------------------------------------------- what is done

    def _chosen(self) -> None:
        self._choosing.start(self._tell_chosen(self.table.chosen_records()))

    def _tell_chosen(self, records: tuple[Record, ...]) -> Iterator[None]:
        observations: list[Observation] = []
        one_of_each: dict[str, Observation] = {}
        for some in parts(records):
            observations += [record for record in some if isinstance(record, Observation) and record.in_force]
            one_of_each.update((seen.term, seen) for seen in observations[-len(some) :])
            yield
        self.bulk.show_chosen(observations, tuple(one_of_each.values()))

    def _to_rows(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, wanted: str) -> None:
        self.leave()
        self._session.show_record(wanted)

    def _changed(self, _: Changes) -> None:
        if self.isVisible():
            self._refresh_soon()

    def _refresh_soon(self) -> None:
        """Read the records anew: of many in a turn of its own, since the room below follows the same change."""
        if self._session.case.queries.count(OBSERVATION) <= AT_ONCE:
            self.refresh()
            return
        self._rest()
        self.is_known = False
        self._say_reading()
        self._soon.start()

    def _come(self) -> None:
        if self.isVisible() and self._session.is_open:
            self.refresh()

    def _rest(self) -> None:
        for work in (self._work, self._choosing):
            work.stop()

    def _forget(self) -> None:
        self.leave()
        self._rest()
        self.rows.show(Arranged())
        if self._search is not None:
            self._search.close()
            self._search = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the words to the table; Esc leaves."""
        if event.key() == Qt.Key.Key_Down and self.words.hasFocus():
            self._to_table()
            event.accept()
            return
        super().keyPressEvent(event)

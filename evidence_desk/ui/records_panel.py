"""All records in one table: narrowed by any word they hold, put in order, changed together, gone to."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidence_desk.domain.changes import Changes
from evidence_desk.services.bus import Command
from evidence_desk.services.search import CaseSearch
from evidence_desk.ui.models.record_rows import RecordRows, RowFilter, column_names, every_row, observation_rows
from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.panels.bulk_bar import BulkBar
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.panels.record_table import RecordTable
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.buttons import Chip, icon_button
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.filter_field import FilterField
from evidence_desk.ui.widgets.folding_row import FoldingRow
from evidence_desk.ui.widgets.labels import hairline, label

_OBSERVATIONS, _EVERYTHING = "observations", "everything"
_TYPING_MS = 120


class RecordsPanel(Overlay):
    """Enter goes to the record and leaves; the words of every field are searched, also those not shown."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window, tr("Records"), 1240, top=0.06)
        self._session = session
        self._search: CaseSearch | None = None
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
        self._typing, self._reading = QTimer(self), QTimer(self)
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
        self._typing.timeout.connect(self._narrow)
        self._reading.timeout.connect(self._read_on)
        self.words.textChanged.connect(self._typed)
        self.words.returnPressed.connect(self._to_table)
        self.kinds.chosen.connect(self.refresh)
        for chip in (self.no_link, self.withdrawn):
            chip.toggled.connect(self._narrow)
        self.order.activated.connect(self._sort)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._go)
        self.bulk.set_asked.connect(self._set)
        self.bulk.undo_asked.connect(self._undo)
        self._session.changed.connect(self._changed)
        self._session.case_closing.connect(self._forget)

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
        self.refresh()
        self.table.choose(frozenset({self._session.observation}))
        super().open()
        self.words.selectAll()

    def refresh(self) -> None:
        """Read the records anew; what was chosen stays chosen."""
        queries = self._session.case.queries
        chosen = frozenset(row.record.number for row in self.table.chosen_rows())
        self.bulk.set_terms(queries.terms())
        self.rows.set_rows(every_row(queries) if self.kinds.value() == _EVERYTHING else observation_rows(queries))
        self.table.choose(chosen)
        if self._search is None:
            self._search = CaseSearch(self._session.case.store)
        if self._search.stale():
            self._reading.start(0)
        self._narrow()

    # ------------------------------------------------------------------------------------------------------- narrowing

    def _typed(self) -> None:
        self._typing.start()

    def _to_table(self) -> None:
        self._typing.stop()
        self._narrow()
        if self.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_on(self) -> None:
        """Read a few records into the index at a time: the window stays quick."""
        if self._search is None or not self._search.advance():
            self._reading.stop()
            self._narrow()

    def _narrow(self) -> None:
        text = self.words.text().strip()
        numbers = self._search.numbers(text) if text and self._search is not None else None
        chosen = frozenset(row.record.number for row in self.table.chosen_rows())
        self.rows.set_filter(RowFilter(numbers, self.no_link.isChecked(), self.withdrawn.isChecked()))
        self.table.choose(chosen)
        shown = tr("{shown} of {total}", shown=number(self.rows.rowCount()), total=number(self.rows.total))
        self.count.setText(tr("reading…") if self._reading.isActive() and text else shown)

    def _sort(self) -> None:
        self.table.sort_by(int(self.order.value()))

    def _sorted(self, column: int) -> None:
        self.order.set_value(str(column))

    # ----------------------------------------------------------------------------------------------------- what is done

    def _chosen(self) -> None:
        rows = self.table.chosen_rows()
        self.bulk.show_chosen([seen for row in rows if (seen := row.observation) is not None])

    def _set(self, command: Command, done: str) -> None:
        """Set it, say so beside the button, and leave the keyboard on the rows: Ctrl+Z takes it back from there."""
        if self._session.run(command, done) is not None:
            self.bulk.say_done(done)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _undo(self) -> None:
        self._session.undo()
        self.bulk.say_done("")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, wanted: str) -> None:
        self.leave()
        self._session.show_record(wanted)

    def _changed(self, _: Changes) -> None:
        if self.isVisible():
            self.refresh()

    def _forget(self) -> None:
        self._reading.stop()
        self.leave()
        self.rows.set_rows(())
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

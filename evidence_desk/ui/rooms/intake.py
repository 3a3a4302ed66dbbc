"""The Intake room: files come in, are hashed and examined, and how they came to be held is recorded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.records import Acquisition, Exhibit
from evidence_desk.services import commands as c
from evidence_desk.ui.dialogs.container_fields import ContainerFieldsDialog
from evidence_desk.ui.dialogs.desk_dialog import DeskDialog
from evidence_desk.ui.dialogs.history import HistoryDialog
from evidence_desk.ui.dialogs.withdraw import WithdrawDialog
from evidence_desk.ui.intake_queue import IntakeQueue
from evidence_desk.ui.models.container_facts import all_facts
from evidence_desk.ui.models.intake_table import IntakeTable, arrival_row, exhibit_row
from evidence_desk.ui.panels.exhibit_table import ExhibitTable
from evidence_desk.ui.rooms.claims_content import history_of
from evidence_desk.ui.rooms.columns import lay_out_columns
from evidence_desk.ui.rooms.intake_list import IntakeList
from evidence_desk.ui.rooms.intake_side import ACQUISITION, SHEET, IntakeSide
from evidence_desk.ui.rooms.room import Room
from evidence_desk.ui.thumbnails import Thumbnails
from evidence_desk.ui.translate import number, plural, tr


class IntakeRoom(Room):
    """Left the files and what their containers say, right how the chosen one was acquired, or the case sheet."""

    def build_up(self) -> Iterator[None]:
        """Make the parts and fill them."""
        self._writable = self.session.writable
        self._exhibits: tuple[Exhibit, ...] = ()
        self._recorded: dict[str, Acquisition] = {}
        self._missing: set[str] = set()
        self.queue = IntakeQueue(self.session, self.context.runner, self)
        self.thumbnails = Thumbnails(self.session, self.context.runner, self)
        self.model = IntakeTable(self)
        self.table = ExhibitTable(self.model, self.thumbnails, self._writable)
        self.list = IntakeList(self.table, self._writable)
        self.side = IntakeSide(self.session)
        yield from lay_out_columns(self, "intake", ((self.list, ""), (self.side, "acquisition")))
        yield from self.side.build_up()
        self._connect()
        self._bind()
        yield
        self._reload()
        self.side.show_first(self.model.rowCount())
        self.queue.take_up(self._exhibits)

    # -- what others may ask for

    def choose_files(self) -> None:
        """Ask for files and take them in."""
        self.take_in(self.context.prompter.open_files(tr("Choose files to take in")))

    def choose_folder(self) -> None:
        """Ask for a folder and take in the files in it."""
        folder = self.context.prompter.open_folder(tr("Choose a folder; every file in it is taken in"))
        if folder is not None:
            self.take_in([folder])

    def take_in(self, files: Sequence[Path]) -> None:
        """Take files, and the files of folders, in."""
        if self._writable and files:
            self.queue.add(files)

    def show_case_sheet(self) -> None:
        """Show the case sheet at the right and put the focus there."""
        self.side.show_form(SHEET)
        self.side.focus_first()

    def show_record(self, number_: str) -> None:
        """Show an exhibit."""
        self.side.show_form(ACQUISITION)
        self.table.select_number(number_)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Take the focus and show the exhibit the window is at."""
        self.table.select_number(self.session.exhibit)
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.drop_zone.focus_first()

    def leave(self) -> None:
        """Keep what was typed: a room is left without a question."""
        self.side.put_aside()

    def next_panel(self) -> None:
        """From the table to the form, and back."""
        if self.table.hasFocus() or not self.model.rowCount():
            self.side.focus_first()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def unkept(self) -> str:
        """Name the form that holds what is not kept."""
        return self.side.unkept()

    def status(self) -> str:
        """Count exhibits and work."""
        exhibits = sum(1 for row in self.model.rows() if row.number)
        text = plural(exhibits, "{count} exhibit", "{count} exhibits")
        work = len(self.queue.arrivals())
        return tr("{exhibits}, {work} in work", exhibits=text, work=number(work)) if work else text

    def release(self) -> None:
        """Keep what was typed or put it aside, and stop the queue: the case is about to close."""
        self.side.put_aside()
        self.queue.release()

    def escape(self) -> bool:
        """From the form back to the table."""
        if self.table.hasFocus() or not self.model.rowCount():
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # -- joining

    def _connect(self) -> None:
        self.list.drop_zone.dropped.connect(self.take_in)
        self.list.drop_zone.files_asked.connect(self.choose_files)
        self.list.drop_zone.folder_asked.connect(self.choose_folder)
        self.table.row_chosen.connect(self._row_chosen)
        self.table.opened.connect(lambda wanted: self.session.go_to(wanted, 0))
        self.table.stop_asked.connect(self.queue.cancel_number)
        self.table.examine_asked.connect(self._examine_again)
        self.table.withdraw_asked.connect(self._withdraw)
        self.list.verify.clicked.connect(self._verify_all)
        self.list.stop.clicked.connect(self.queue.cancel_all)
        self.side.help_asked.connect(self._explain)
        self.list.facts.all_asked.connect(self._all_fields)
        self.queue.changed.connect(self._reload_rows)
        self.queue.registered.connect(self._registered)
        self.queue.examined.connect(self._examined)
        self.queue.duplicate.connect(self._duplicate)
        self.queue.refused.connect(self._refused)
        self.list.messages.show_asked.connect(self.show_record)
        self.context.runner.changed.connect(self._reload_rows)
        self.session.changed.connect(self._changed)
        self.session.exhibit_selected.connect(self.table.select_number)

    def _bind(self) -> None:
        bind = self.actions_.bind
        bind("file.add", self.choose_files, room="intake")
        bind("file.case_sheet", self.show_case_sheet, room="intake")
        bind("edit.keep", self.side.keep, room="intake")
        bind("edit.record", self.side.focus_first, room="intake")
        bind("edit.history", self._show_history, self._has_exhibit, room="intake")
        bind("edit.withdraw", self._withdraw_current, self._has_exhibit, room="intake")
        bind("go.next_exhibit", partial(self._step, 1), room="intake")
        bind("go.prev_exhibit", partial(self._step, -1), room="intake")

    # -- showing

    def _changed(self, changes: Changes) -> None:
        if changes.touches(Area.EXHIBITS, Area.ACQUISITIONS, Area.CASE):
            self._reload()

    def _reload(self) -> None:
        case = self.session.case
        self._exhibits = case.queries.exhibits()
        self._recorded = {a.exhibit: a for a in case.queries.acquisitions()}
        self._missing = {e.number for e in self._exhibits if not case.paths.exhibit_file(e).is_file()}
        self._reload_rows()
        self.thumbnails.ask(self._exhibits)
        exhibit = self._current()
        self.list.facts.show_exhibit(exhibit)
        self.side.refresh(exhibit)
        self.list.show_space(sum(e.size for e in self._exhibits), shutil.disk_usage(case.folder).free)

    def _reload_rows(self) -> None:
        if not self.session.is_open:
            return
        exhibits = self._exhibits
        rows = [
            exhibit_row(e, self._recorded.get(e.number), self.queue.arrival_of(e.number), e.number in self._missing)
            for e in exhibits
        ]
        rows += [arrival_row(a) for a in self.queue.arrivals() if not a.number]
        current = self.table.current_row()
        self.model.show(rows)
        self.list.show_counts(len(exhibits), len(rows), bool(self.queue.arrivals()))
        if self.table.current_row() is None and rows:
            wanted = current.number if current is not None and current.number else self.session.exhibit
            self.table.select_number(
                wanted if self.model.place_of(wanted) >= 0 else exhibits[0].number if exhibits else ""
            )
        self.status_changed.emit()

    def _row_chosen(self) -> None:
        row = self.table.current_row()
        chosen = row.number if row is not None else ""
        if chosen != self.side.form.exhibit and self.side.form.changed():
            self.side.put_aside()
        if chosen:
            self.session.select_exhibit(chosen)
        self._show_exhibit()
        self.actions_.refresh()

    def _show_exhibit(self) -> None:
        exhibit = self._current()
        self.list.facts.show_exhibit(exhibit)
        self.side.show_exhibit(exhibit)

    def _current(self) -> Exhibit | None:
        row = self.table.current_row()
        if row is None or not row.number:
            return None
        record = self.session.case.queries.get(row.number)
        return record if isinstance(record, Exhibit) and record.in_force else None

    # -- doing

    def _examine_again(self, number_: str) -> None:
        record = self.session.case.queries.get(number_)
        if isinstance(record, Exhibit):
            self.queue.examine_again(record)

    def _has_exhibit(self) -> bool:
        return self._current() is not None

    def _withdraw_current(self) -> None:
        exhibit = self._current()
        if exhibit is not None:
            self._withdraw(exhibit.number)

    def _withdraw(self, number_: str) -> None:
        dialog = WithdrawDialog(number_, tr("The file stays in the vault and {number}", number=number_))
        if self.context.prompter.run(dialog):
            self.session.run(
                c.withdraw(number_, dialog.reason), tr("{number} withdrawn; it stays in the record", number=number_)
            )

    def _verify_all(self) -> None:
        self.actions_.trigger("tools.verify")

    def _show_history(self) -> None:
        exhibit = self._current()
        if exhibit is not None:
            lines = history_of(self.session.case.queries, exhibit.number)
            self.context.prompter.run(HistoryDialog(exhibit.number, lines))

    def _all_fields(self) -> None:
        exhibit = self._current()
        if exhibit is not None and exhibit.facts:
            self.context.prompter.run(ContainerFieldsDialog(exhibit.number, all_facts(exhibit.facts)))

    def _explain(self) -> None:
        self.context.prompter.run(DeskDialog(tr("What the items mean"), "\n\n".join(_meanings())))

    def _step(self, by: int) -> None:
        place = self.table.currentIndex().row() + by
        if 0 <= place < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(place, 0))

    # -- what the queue tells

    def _registered(self, number_: str) -> None:
        if len(self.model.rows()) == 1 or not self.session.exhibit:
            self.side.show_form(ACQUISITION)
            self.table.select_number(number_)

    def _examined(self, number_: str) -> None:
        record = self.session.case.queries.get(number_)
        if isinstance(record, Exhibit):
            self.list.messages.examined(record)

    def _duplicate(self, path: Path, number_: str) -> None:
        self.list.messages.duplicate(path, number_)

    def _refused(self, path: Path, error: EvidenceDeskError) -> None:
        self.list.messages.refused(path, str(error))


def _meanings() -> tuple[str, ...]:
    return (
        tr("Target URL: the address the material was taken from."),
        tr("Page source: the page's own text as saved, e.g. an exhibit number."),
        tr("Full-page capture: a picture of the whole page with date and time."),
        tr("Embedded media: which files were saved from the page, and how."),
        tr("Embedded metadata: the dump of what the file or page says of itself."),
        tr("Context: caption, comments and profile, word for word."),
        tr("Collection data: who collected it, when and by which method."),
        tr("Hash at collection: the hash taken by the collector, before it came to this case."),
    )

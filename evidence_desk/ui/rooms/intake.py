"""The Intake room: files come in, are hashed and examined, and how they came to be held is recorded."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.records import Acquisition, Exhibit
from evidence_desk.services import commands as c
from evidence_desk.ui.dialogs.container_fields import ContainerFieldsDialog
from evidence_desk.ui.dialogs.desk_dialog import DeskDialog
from evidence_desk.ui.dialogs.withdraw import WithdrawDialog
from evidence_desk.ui.intake_queue import IntakeQueue
from evidence_desk.ui.models.container_facts import all_facts
from evidence_desk.ui.models.intake_table import IntakeTable, arrival_row, exhibit_row
from evidence_desk.ui.panels.acquisition_form import AcquisitionForm
from evidence_desk.ui.panels.case_sheet_form import CaseSheetForm
from evidence_desk.ui.panels.drop_zone import DropZone
from evidence_desk.ui.panels.exhibit_table import ExhibitTable
from evidence_desk.ui.panels.facts_panel import FactsPanel
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.columns import lay_out_columns
from evidence_desk.ui.rooms.intake_messages import IntakeMessages, MessageStrip
from evidence_desk.ui.rooms.room import Room
from evidence_desk.ui.thumbnails import Thumbnails
from evidence_desk.ui.translate import file_size, number, plural, tr
from evidence_desk.ui.widgets.buttons import ghost_button
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.labels import label
from evidence_desk.ui.widgets.panel import EmptyState, PanelHeader

_ACQUISITION, _SHEET = "acquisition", "sheet"


class IntakeRoom(Room):
    """Left the files and what their containers say, right how the chosen one was acquired, or the case sheet."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._writable = self.session.writable
        self._exhibits: tuple[Exhibit, ...] = ()
        self._recorded: dict[str, Acquisition] = {}
        self._missing: set[str] = set()
        self.queue = IntakeQueue(self.session, context.runner, self)
        self.thumbnails = Thumbnails(self.session, context.runner, self)
        self.model = IntakeTable(self)
        self.table = ExhibitTable(self.model, self.thumbnails, self._writable)
        self.form = AcquisitionForm(self._writable)
        self.sheet_form = CaseSheetForm(self._writable)
        self.facts = FactsPanel()
        self.drop_zone = DropZone()
        self.messages = IntakeMessages()
        self._build()
        self._connect()
        self._bind()
        self._reload()
        self._show_side(_ACQUISITION if self.model.rowCount() else _SHEET)

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
        self._show_side(_SHEET)
        self.sheet_form.focus_first()

    def show_record(self, number_: str) -> None:
        """Show an exhibit."""
        self._show_side(_ACQUISITION)
        self.table.select_number(number_)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Take the focus and show the exhibit the window is at."""
        self.table.select_number(self.session.exhibit)
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.drop_zone.focus_first()

    def leave(self) -> None:
        """Keep what was typed: a room is left without a question."""
        self.keep()

    def next_panel(self) -> None:
        """From the table to the form, and back."""
        if self.table.hasFocus() or not self.model.rowCount():
            self._focus_form()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def unkept(self) -> str:
        """Name the form that holds what is not kept."""
        if self.form.changed():
            return tr("the acquisition of {number}", number=self.form.exhibit)
        return tr("the case sheet") if self.sheet_form.changes() else ""

    def status(self) -> str:
        """Count exhibits and work."""
        exhibits = sum(1 for row in self.model.rows() if row.number)
        text = plural(exhibits, "{count} exhibit", "{count} exhibits")
        work = len(self.queue.arrivals())
        return tr("{exhibits}, {work} in work", exhibits=text, work=number(work)) if work else text

    def escape(self) -> bool:
        """From the form back to the table."""
        if self.table.hasFocus() or not self.model.rowCount():
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # -- building

    def _build(self) -> None:
        self._count = label("", "note")
        self._room_left = label("", "caption")
        self._verify = ghost_button(tr("Verify all hashes"), icon="hash")
        self._stop = ghost_button(tr("Stop all"), icon="cancel")
        self._empty = EmptyState(
            "room_intake",
            tr("No exhibits yet"),
            tr("Drop files on the frame above, or choose them. Each becomes an exhibit with its hashes."),
        )
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self._empty)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._writable:
            zone = QHBoxLayout()
            zone.setContentsMargins(16, 12, 16, 6)
            zone.addWidget(self.drop_zone)
            column.addLayout(zone)
        column.addLayout(self._list_head())
        column.addWidget(self._body, 1)
        column.addWidget(self._build_messages())
        column.addWidget(self.facts)
        left.setObjectName("panel")
        side = self._build_side()
        lay_out_columns(self, self.context.theme(), ((left, 0), (side, self.context.theme().width("acquisition"))))

    def _build_messages(self) -> QScrollArea:
        """Many messages scroll in a strip of their own: the table never loses its place to them."""
        return MessageStrip(self.messages, self.context.theme().px(176))

    def _list_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 6)
        head.setSpacing(8)
        heading: QLabel = label(tr("Exhibits"), "section")
        head.addWidget(heading)
        head.addWidget(self._count)
        head.addStretch()
        head.addWidget(self._room_left)
        head.addWidget(self._stop)
        head.addWidget(self._verify)
        return head

    def _build_side(self) -> QWidget:
        side = QWidget()
        side.setObjectName("panel")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = PanelHeader(tr("Acquisition"))
        self.switch = Choice(tr("Form"), ((_ACQUISITION, tr("Acquisition")), (_SHEET, tr("Case sheet"))), _ACQUISITION)
        self.header.add(self.switch)
        column.addWidget(self.header)
        self._forms = QStackedWidget()
        self._no_exhibit = EmptyState(
            "exhibit_video",
            tr("No exhibit is chosen"),
            tr("Take a file in, or choose one in the table, to record how it came to be held."),
        )
        for form in (self.form, self.sheet_form, self._no_exhibit):
            self._forms.addWidget(form)
        column.addWidget(self._forms, 1)
        return side

    def _connect(self) -> None:
        self.drop_zone.dropped.connect(self.take_in)
        self.drop_zone.files_asked.connect(self.choose_files)
        self.drop_zone.folder_asked.connect(self.choose_folder)
        self.table.row_chosen.connect(self._row_chosen)
        self.table.opened.connect(self._open)
        self.table.stop_asked.connect(self._stop_one)
        self.table.examine_asked.connect(self._examine_again)
        self.table.withdraw_asked.connect(self._withdraw)
        self._verify.clicked.connect(self._verify_all)
        self._stop.clicked.connect(self.queue.cancel_all)
        self.switch.chosen.connect(self._show_side)
        self.form.keep_asked.connect(self.keep)
        self.form.help_asked.connect(self._explain)
        self.sheet_form.keep_asked.connect(self.keep)
        self.facts.all_asked.connect(self._all_fields)
        self.queue.changed.connect(self._reload_rows)
        self.queue.registered.connect(self._registered)
        self.queue.examined.connect(self._examined)
        self.queue.duplicate.connect(self._duplicate)
        self.queue.refused.connect(self._refused)
        self.messages.show_asked.connect(self.show_record)
        self.context.runner.changed.connect(self._reload_rows)
        self.session.changed.connect(self._changed)
        self.session.exhibit_selected.connect(self.table.select_number)

    def _bind(self) -> None:
        bind = self.actions_.bind
        bind("file.add", self.choose_files, room="intake")
        bind("file.case_sheet", self.show_case_sheet, room="intake")
        bind("edit.keep", self.keep, room="intake")
        bind("edit.record", self._focus_form, room="intake")
        bind("edit.withdraw", self._withdraw_current, self._has_exhibit, room="intake")
        bind("go.next_exhibit", self._next, room="intake")
        bind("go.prev_exhibit", self._previous, room="intake")

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
        if not self.sheet_form.changes():
            self.sheet_form.show_sheet(self.session.case.queries.sheet())
        self.thumbnails.ask(self._exhibits)
        if not self.form.changed():
            self._show_exhibit()
        vault = sum(e.size for e in self._exhibits)
        free = shutil.disk_usage(case.folder).free
        self._room_left.setText(
            tr("Vault {vault}. Free on this disk {free}.", vault=file_size(vault), free=file_size(free))
        )

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
        self._count.setText(number(len(exhibits)))
        self._body.setCurrentWidget(self.table if rows else self._empty)
        self._stop.setVisible(bool(self.queue.arrivals()))
        self._verify.setVisible(bool(exhibits))
        if self.table.current_row() is None and rows:
            wanted = current.number if current is not None and current.number else self.session.exhibit
            self.table.select_number(
                wanted if self.model.place_of(wanted) >= 0 else exhibits[0].number if exhibits else ""
            )
        self.status_changed.emit()

    def _row_chosen(self) -> None:
        row = self.table.current_row()
        chosen = row.number if row is not None else ""
        if chosen != self.form.exhibit and self.form.changed():
            self.keep()
        if chosen:
            self.session.select_exhibit(chosen)
        self._show_exhibit()
        self.actions_.refresh()

    def _show_exhibit(self) -> None:
        exhibit = self._current()
        self.facts.show_exhibit(exhibit)
        if exhibit is not None:
            queries = self.session.case.queries
            others = tuple(e for e in queries.exhibits() if e.number != exhibit.number)
            self.form.show_exhibit(exhibit, queries.acquisition_of(exhibit.number), others)
        self._show_side(self.switch.value())

    def _show_side(self, which: str) -> None:
        self.switch.set_value(which)
        exhibit = self._current()
        if which == _SHEET:
            self.header.set_title(tr("Case sheet"))
            self.header.set_number("")
            self._forms.setCurrentWidget(self.sheet_form)
            return
        self.header.set_title(tr("Acquisition"))
        self.header.set_number(exhibit.number if exhibit else "")
        self._forms.setCurrentWidget(self.form if exhibit else self._no_exhibit)

    def _current(self) -> Exhibit | None:
        row = self.table.current_row()
        if row is None or not row.number:
            return None
        record = self.session.case.queries.get(row.number)
        return record if isinstance(record, Exhibit) and record.in_force else None

    # -- doing

    def keep(self) -> None:
        """Keep both forms, as far as something was typed."""
        if not self._writable:
            return
        steps = self.form.commands()
        if steps:
            shown = self.form.exhibit
            command = steps[0] if len(steps) == 1 else c.batch(tr("Edit acquisition"), steps)
            if self.session.run(command, tr("Acquisition of {number} kept", number=shown)) is not None:
                self.form.forget()
                self._reload()
        changes = self.sheet_form.changes()
        if (
            changes
            and not self.sheet_form.problem()
            and self.session.run(c.edit_sheet(changes), tr("Case sheet kept")) is not None
        ):
            self.sheet_form.show_sheet(self.session.case.queries.sheet())

    def _focus_form(self) -> None:
        if self.switch.value() == _SHEET:
            self.sheet_form.focus_first()
        else:
            self.form.focus_first()

    def _open(self, number_: str) -> None:
        self.session.go_to(number_, 0)

    def _stop_one(self, arrival: int) -> None:
        for found in self.queue.arrivals():
            if found.id == arrival:
                self.queue.cancel(found)
                return

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

    def _all_fields(self) -> None:
        exhibit = self._current()
        if exhibit is not None and exhibit.facts:
            self.context.prompter.run(ContainerFieldsDialog(exhibit.number, all_facts(exhibit.facts)))

    def _explain(self) -> None:
        self.context.prompter.run(DeskDialog(tr("What the items mean"), "\n\n".join(_meanings())))

    def _next(self) -> None:
        self._step(1)

    def _previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        place = self.table.currentIndex().row() + by
        if 0 <= place < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(place, 0))

    # -- what the queue tells

    def _registered(self, number_: str) -> None:
        if len(self.model.rows()) == 1 or not self.session.exhibit:
            self._show_side(_ACQUISITION)
            self.table.select_number(number_)

    def _examined(self, number_: str) -> None:
        record = self.session.case.queries.get(number_)
        if isinstance(record, Exhibit):
            self.messages.examined(record)

    def _duplicate(self, path: Path, number_: str) -> None:
        self.messages.duplicate(path, number_)

    def _refused(self, path: Path, error: EvidenceDeskError) -> None:
        self.messages.refused(path, str(error))


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

"""What the actions of the window itself do; rooms bind their own."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from evidence_desk.ui import crash
from evidence_desk.ui.app_filters import unwatched
from evidence_desk.ui.translate import tr

if TYPE_CHECKING:
    from evidence_desk.ui.main_window import MainWindow


class WindowActions(QObject):
    """Gives the window's actions their handlers and conditions."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._registry, self._prompter = window.registry, window.prompter
        self._registry.set_conditions({"case": self._has_case, "write": self._can_write})
        self._bind()

    def name_history(self) -> None:
        """Say in the menu what undo and redo would do."""
        bus = self._session.case.bus
        undo, redo = bus.undo_label, bus.redo_label
        self._registry.set_text("edit.undo", tr("Undo: {what}", what=undo) if undo else tr("Undo"))
        self._registry.set_text("edit.redo", tr("Redo: {what}", what=redo) if redo else tr("Redo"))

    def _bind(self) -> None:
        window, bind = self._window, self._registry.bind
        flow, jobs = window.flow, window.flow.jobs
        bind("file.new", self._new_case)
        bind("file.open", flow.open_case)
        bind("file.check_package", jobs.check_package)
        bind("file.sample", flow.start_sample)
        bind("file.add", self._add_files)
        bind("file.case_sheet", partial(self._in_room, "intake", "file.case_sheet"))
        bind("file.export", partial(self._in_room, "dossier", "file.export"))
        bind("claims.source", partial(self._in_room, "claims", "claims.source"))
        bind("claims.question", partial(self._in_room, "claims", "claims.question"))
        bind("file.save_copy", jobs.save_copy)
        bind("file.actor", flow.ask_actor)
        bind("file.close", flow.close_case)
        bind("file.quit", window.close)
        bind("edit.undo", self._session.undo, self._can_undo)
        bind("edit.redo", self._session.redo, self._can_redo)
        bind("edit.records", partial(_open_records, window))
        bind("tools.palette", window.palette_.open)
        bind("tools.codebook", self._codebook)
        bind("tools.change_keys", window.sheet.open_to_change)
        bind("tools.verify", jobs.verify)
        bind("view.jobs", window.jobs.open)
        bind("edit.steps", window.steps.open)
        bind("view.next_panel", window.rooms.next_panel)
        bind("go.level_up", window.level_up)
        bind("help.shortcuts", window.sheet.open)
        bind("help.guide", self._guide)
        bind("help.about", self._about)
        bind("help.log", self._log_folder)
        for room in window.rooms.ids:
            bind(f"room.{room}", partial(window.show_room, room))
        window.appearance.bind()

    def _in_room(self, room: str, id_: str) -> None:
        """Go to the room that does the action, and do it there."""
        self._window.show_room(room)
        self._window.rooms.arrive()
        if self._registry.is_bound(id_, room):
            self._registry.trigger(id_)

    def _has_case(self) -> bool:
        return self._session.is_open

    def _can_write(self) -> bool:
        return self._session.writable

    def _can_undo(self) -> bool:
        return bool(self._session.case.bus.undo_label)

    def _can_redo(self) -> bool:
        return bool(self._session.case.bus.redo_label)

    def _new_case(self) -> None:
        self._window.flow.new_case()

    def _add_files(self) -> None:
        files = self._prompter.open_files(tr("Add files as exhibits"))
        if files:
            self._window.take_in(list(files))

    def _codebook(self) -> None:
        from evidence_desk.services import commands
        from evidence_desk.services.codebooks import book_in_force
        from evidence_desk.ui.dialogs.codebook import CodebookDialog

        case = self._session.case
        used = Counter(observation.term for observation in case.queries.observations())
        book, writable = book_in_force(case), self._session.writable
        with unwatched():
            dialog = CodebookDialog(book, used, writable, self._prompter, drafts=case.drafts)
        if self._prompter.run(dialog) and dialog.draft.differs:
            book = dialog.book()
            said = tr("Codebook kept as {name} {version}", name=book.name, version=book.version)
            if self._session.run(commands.set_codebook(book), said) is not None:
                dialog.keeping.drop()

    def _guide(self) -> None:
        from evidence_desk.ui.dialogs.guide import GuideDialog

        self._prompter.run(GuideDialog())

    def _about(self) -> None:
        from evidence_desk.ui.dialogs.about import AboutDialog

        self._prompter.run(AboutDialog(self._window.runner, self._session.protections))

    def _log_folder(self) -> None:
        folder = crash.log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _open_records(window: MainWindow) -> None:
    """Show all records in one table; it is made when it is first asked for, with what the start does not need."""
    if window.records is None:
        from evidence_desk.ui.records_panel import RecordsPanel

        with unwatched():
            window.records = RecordsPanel(window, window.session)
    window.records.open()

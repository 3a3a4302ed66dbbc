"""The window: bars above and below, the welcome page or a room between them. It places parts and joins signals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from evidence_desk.domain.changes import Area, Changes
from evidence_desk.settings import SettingsFile
from evidence_desk.ui.acting import Acting
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.actions.specs import SPECS, room_specs
from evidence_desk.ui.appearance import Appearance
from evidence_desk.ui.case_flow import CaseFlow
from evidence_desk.ui.categories import set_categories
from evidence_desk.ui.command_palette import CommandPalette
from evidence_desk.ui.drafts_elsewhere import DraftsElsewhere
from evidence_desk.ui.history_panel import HistoryPanel
from evidence_desk.ui.job_runner import JobRunner
from evidence_desk.ui.jobs_panel import JobsPanel
from evidence_desk.ui.key_bindings import KeyBindings
from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.physical_keys import PhysicalKeys
from evidence_desk.ui.prompter import Prompter
from evidence_desk.ui.refusals import Refusals
from evidence_desk.ui.room_stack import RoomStack
from evidence_desk.ui.rooms import ROOMS, RoomContext, RoomSpec
from evidence_desk.ui.safe_view_button import SafeViewButton
from evidence_desk.ui.session import Session
from evidence_desk.ui.shortcut_sheet import ShortcutSheet
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.messages import Banners, Toasts
from evidence_desk.ui.window_actions import WindowActions
from evidence_desk.ui.window_bars import RoomsBar, StatusLine, TopBar, newest
from evidence_desk.ui.window_pages import WindowPages
from evidence_desk.ui.window_place import keep_place, restore_place
from evidence_desk.wiring import Workers

SMALLEST = (1180, 660)
USUAL = (1440, 900)


class MainWindow(QMainWindow):
    """One window with one case."""

    def __init__(
        self,
        settings: SettingsFile,
        workers: Workers,
        prompter: Prompter | None = None,
        rooms: Sequence[RoomSpec] = ROOMS,
        actor: str = "",
    ) -> None:
        """`actor` works in this window, for this run, whoever the settings keep."""
        super().__init__()
        self.setWindowTitle(tr("Evidence Desk"))
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.settings = settings
        self.prompter = prompter or Prompter()
        self.prompter.attach(self)
        self.session = Session(workers, self)
        self.runner = JobRunner(self)
        specs = (*SPECS, *room_specs((room.id, room.title, room.icon, room.key) for room in rooms))
        self.registry = ActionRegistry(self, specs)
        self.keys = KeyBindings(settings, self.registry)
        self._place(rooms)
        self.toasts = Toasts(self.status, room=self.status.said_room, slim=True)
        self.refusals = Refusals(self._pages, self.session)
        self.acting = Acting(settings, actor)
        self.flow = CaseFlow(self.session, self.runner, self.prompter, self.acting, self.banners, self.refusals)
        self.palette_ = CommandPalette(self, self.registry, self.session)
        self.sheet = ShortcutSheet(self, self.keys)
        self.jobs = JobsPanel(self, self.runner)
        self.steps = HistoryPanel(self, self.session)
        self.records: Overlay | None = None
        self.appearance = Appearance(settings, self.registry, self)
        context = RoomContext(
            self.session, self.runner, self.registry, current_theme, self.prompter, self.toasts, settings
        )
        self.rooms = RoomStack(rooms, context, self._pages.rooms, self.rooms_bar)
        self.palette_.find_place = self.rooms.place
        self.flow.unkept = self.rooms.unkept
        self.drafts_elsewhere = DraftsElsewhere(self.session, self.rooms, self.registry, self.banners)
        self.rooms_bar.add(SafeViewButton(self.session.safe_view, settings, self.registry))
        self._join()
        self.acts = WindowActions(self)
        self._physical_keys = PhysicalKeys(self.registry, self)
        self._show_closed()
        restore_place(self, USUAL)

    # ---- parts

    def _place(self, rooms: Sequence[RoomSpec]) -> None:
        self.top_bar = TopBar()
        self.registry.fill(self.top_bar.menus)
        self.setMenuWidget(self.top_bar)
        self.rooms_bar = RoomsBar(rooms, self.registry)
        self.banners = Banners()
        self.status = StatusLine()
        self._pages = WindowPages(self.registry)
        self.welcome = self._pages.welcome
        self.opening = self._pages.opening
        root = QWidget()
        root.setObjectName("windowRoot")
        column = QVBoxLayout(root)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rooms_bar)
        column.addWidget(self.banners)
        column.addWidget(self._pages, 1)
        column.addWidget(self.status)
        self.setCentralWidget(root)

    def _join(self) -> None:
        session, status = self.session, self.status
        session.case_opened.connect(self._show_open)
        session.case_closing.connect(self.rooms.release)
        session.case_closed.connect(self._show_closed)
        session.changed.connect(self._changed)
        session.saved.connect(status.show_saved)
        session.noticed.connect(self.toasts.say)
        session.record_asked.connect(self.rooms.show_record)
        session.go_to_asked.connect(self.rooms.go_to)
        session.exhibit_selected.connect(self.registry.refresh)
        self.runner.changed.connect(self._show_jobs)
        self.toasts.undo_asked.connect(session.undo)
        session.changed.connect(self.toasts.offer_no_undo)
        self.registry.keys_changed.connect(self._show_keys)
        self.rooms.status_changed.connect(self._show_counts)
        self.rooms.shown.connect(self._pages.show_rooms)
        self.rooms_bar.room_asked.connect(self.show_room)
        self.rooms_bar.search_asked.connect(self.palette_.open)
        self.rooms_bar.jobs_asked.connect(self.jobs.open)
        status.shortcuts_asked.connect(self.sheet.open)
        status.cancel_asked.connect(self.runner.cancel)
        self.top_bar.actor_asked.connect(self.flow.ask_actor)
        flow = self.flow
        flow.recent_changed.connect(self._show_recent)
        flow.actor_changed.connect(self._show_actor)
        flow.sample_changed.connect(self.welcome.show_sample)
        flow.files_waiting.connect(self.take_in)
        flow.opening.changed.connect(self._show_opening)
        self.opening.cancel_asked.connect(flow.opening.stop)
        self.welcome.recent_asked.connect(self._open_text)
        self.welcome.locate_asked.connect(flow.locate)
        self.welcome.forget_asked.connect(flow.forget)

    # ---- showing

    def show_room(self, id_: str) -> None:
        """Show a room of the open case."""
        if self.session.is_open:
            self.rooms.show(id_)
            self._show_counts()

    def open_path(self, path: Path, acting: str = "") -> None:
        """Open what the command line or a drop named; `acting` acts in it where nobody has said who they are."""
        self.flow.open_path(path, acting)

    def _show_open(self) -> None:
        case = self.session.case
        sheet = case.queries.sheet()
        self.top_bar.show_case(sheet.title, case.folder.name)
        self.setWindowTitle(tr("{title} – Evidence Desk", title=sheet.title))
        self.setWindowFilePath(str(case.folder))
        self._show_codebook()
        head = case.queries.head()
        self.status.show_saved(case.bus.last_saved or (head.at if head is not None else ""))
        if case.read_only:
            self.status.show_read_only()
        self._show_actor()
        self.rooms_bar.show()
        exhibits = case.queries.exhibits()
        self.rooms.show("review" if exhibits and "review" in self.rooms.ids else self.rooms.ids[0])
        if "intake" in self.rooms.ids and any(e.condition == "not examined" for e in exhibits):
            self.rooms.prepare("intake")  # goes on with what was left undone when the desk was closed or ended
        self._show_counts()

    def _show_opening(self, name: str) -> None:
        # Where a case is open, the status line alone says that another comes.
        if not self.session.is_open:
            self._pages.show_opening(name)

    def _show_codebook(self) -> None:
        queries = self.session.case.queries
        book = queries.codebook()
        self.status.codebook.setText(tr("Codebook {name} {version}", name=book.name, version=book.version))
        set_categories(queries.categories())

    def _show_closed(self) -> None:
        self.top_bar.show_case("")
        self.setWindowTitle(tr("Evidence Desk"))
        self.setWindowFilePath("")
        self.rooms_bar.hide()
        self.status.show_closed()
        self.registry.set_room("")
        self._show_recent()
        self._show_actor()
        self._show_jobs()
        self._pages.show_welcome()

    def _show_recent(self) -> None:
        self.welcome.show_cases(self.settings.value.recent)

    def _show_actor(self) -> None:
        here = self.session.case.actor if self.session.is_open else ""
        self.top_bar.show_actor(self.acting.name or here, self.acting.role)

    def _show_keys(self) -> None:
        self.status.keys.setText(self.registry.keys_text("help.shortcuts"))
        self.welcome.update()

    def _show_jobs(self) -> None:
        self.rooms_bar.show_jobs(self.runner.active())
        self.status.show_job(newest(self.runner))
        self.opening.tell_progress(newest(self.runner))

    def _show_counts(self) -> None:
        self.status.counts.setText(self.rooms.status())

    def _changed(self, changes: Changes) -> None:
        self.acts.name_history()
        if changes.touches(Area.CASE):
            sheet = self.session.case.queries.sheet()
            self.top_bar.show_case(sheet.title, self.session.case.folder.name)
        if changes.touches(Area.CODEBOOKS):
            self._show_codebook()
        self.registry.refresh()
        self._show_counts()

    def _open_text(self, path: str) -> None:
        self.flow.open_path(Path(path))

    def take_in(self, files: list[Path]) -> None:
        """Take files into the open case, in Intake."""
        self.show_room("intake")
        self.rooms.take_in(files)

    def level_up(self) -> None:
        """Leave what is open: an overlay, else what the room has open."""
        overlays = (self.palette_, self.sheet, self.jobs, self.steps, self.records)
        shown = [overlay for overlay in overlays if overlay is not None and overlay.isVisible()]
        if shown:
            shown[-1].leave()
        elif self.opening.isVisible():
            self.opening.leave()
        elif not self.refusals.leave():
            (self.rooms.escape if self.session.is_open else self.welcome.take_focus)()

    def take_focus(self) -> None:
        """Put the keyboard where the work is done that is open."""
        (self.rooms if self.session.is_open else self.welcome).take_focus()

    def show_crash(self, report: str) -> None:
        """Tell calmly that the program failed."""
        from evidence_desk.ui.dialogs.failure import FailureDialog

        if self.prompter.run(FailureDialog(report)):
            self.close()

    # ---- the window itself

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the case and the worker threads, after asking where a job runs."""
        if not (self.flow.close_case() if self.session.is_open else self.flow.may_close()):
            event.ignore()
            return
        keep_place(self)
        self.runner.close()
        self.flow.opening.stop()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from this computer may be dropped anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a case; take other files into the open case."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take_drop(paths)

    def take_drop(self, paths: Sequence[Path]) -> None:
        """Do with dropped paths what the drop means here."""
        files = [path for path in paths if path.is_file()]
        if self.session.writable and files:
            self.take_in(files)
        elif paths:
            self.flow.open_path(paths[0])

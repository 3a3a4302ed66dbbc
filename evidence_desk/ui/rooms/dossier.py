"""The Dossier room: which sections print, the built draft page by page, the export with its checks."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.dossier import SECTIONS
from evidence_desk.domain.errors import Cancelled, EvidenceDeskError
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import exporting
from evidence_desk.ui.job_runner import Job
from evidence_desk.ui.models.dossier_checks import dossier_checks
from evidence_desk.ui.models.section_list import SectionModel
from evidence_desk.ui.panels.export_panel import PACKAGE, PDF, ExportPanel
from evidence_desk.ui.panels.page_view import PageView
from evidence_desk.ui.panels.preview_bar import PreviewBar
from evidence_desk.ui.panels.section_list import SectionPanel
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.columns import lay_out_columns
from evidence_desk.ui.rooms.room import Room
from evidence_desk.ui.translate import percent, plural, tr
from evidence_desk.ui.widgets.buttons import primary_button
from evidence_desk.ui.widgets.messages import Banner
from evidence_desk.ui.widgets.panel import EmptyState

# Long enough to switch several sections before the draft is built again.
_BUILD_AFTER_MS = 700
_CONTENT = frozenset(Area) - {Area.EVENTS}


class DossierRoom(Room):
    """Builds the draft while the room is shown and the content differs from the one built last."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self.sections = SectionModel(self)
        self.section_panel = SectionPanel(self.sections)
        self.pages = PageView()
        self.bar = PreviewBar()
        self.export_panel = ExportPanel()
        self.open_url = QDesktopServices.openUrl
        self._preview_job: Job | None = None
        self._export_job: Job | None = None
        self._built: tuple[object, ...] = ()
        self._building: tuple[object, ...] = ()
        self._turning = False
        self._private: tempfile.TemporaryDirectory[str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BUILD_AFTER_MS)
        self._timer.timeout.connect(self.build)
        self._build_window()
        self._connect()
        self._bind()
        self.check()

    # -- what the window asks

    def enter(self) -> None:
        """Take the focus, check again, and build the draft where the content is newer."""
        self.section_panel.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.section_panel.view.currentIndex().isValid():
            self.section_panel.view.setCurrentIndex(self.sections.index(0, 0))
        self.check()
        if self._wanted() != self._built:
            self.build()

    def leave(self) -> None:
        """Do not begin to build for a room that nobody sees."""
        self._timer.stop()

    def next_panel(self) -> None:
        """From the sections to the pages, to the export, and back."""
        focus = QApplication.focusWidget()
        if focus is self.section_panel.view:
            self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        elif focus is not None and (focus is self.pages or self.pages.isAncestorOf(focus)):
            self.export_panel.format.focus_first()
        else:
            self.section_panel.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> bool:
        """Back to the sections."""
        if self.section_panel.view.hasFocus():
            return False
        self.section_panel.view.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def status(self) -> str:
        """Tell when the case was exported last."""
        exported = [e for e in self.session.case.queries.events(limit=400) if e.action == "case.exported"]
        if not exported:
            return tr("Not exported yet")
        last = exported[-1]
        name = str((last.after or {}).get("name", ""))
        return tr("{name} exported {when} UTC", name=name, when=last.at[:16].replace("T", ", "))

    def release(self) -> None:
        """Let the file go and stop the work."""
        self._timer.stop()
        for job in (self._preview_job, self._export_job):
            if job is not None:
                self.context.runner.cancel(job.id)
        self.pages.close_document()
        if self._private is not None:
            self._private.cleanup()

    # -- building

    def _build_window(self) -> None:
        theme = self.context.theme()
        self._build_now = primary_button(tr("Build the draft"))
        self._blank = EmptyState(
            "dossier",
            tr("No draft yet"),
            tr("The draft shows every page as it would be exported from the records as they are now."),
            (self._build_now,),
        )
        self._centre = QStackedWidget()
        self._centre.addWidget(self._blank)
        self._centre.addWidget(self.pages)
        middle = QWidget()
        middle.setObjectName("panel")
        middle.setMinimumWidth(420)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._centre, 1)
        left, right = theme.width("dossier_outline"), theme.width("inspector")
        lay_out_columns(self, theme, ((self.section_panel, left), (middle, 0), (self.export_panel, right)))

    def _connect(self) -> None:
        self.sections.chosen_changed.connect(self._options_changed)
        self.section_panel.view.chosen.connect(self._section_chosen)
        self.pages.page_changed.connect(self._page_shown)
        self.bar.turn_asked.connect(self._turn)
        self.bar.zoom_chosen.connect(self.pages.set_zoom)
        self.bar.build_asked.connect(self.build)
        self._blank.activated.connect(self.build)
        panel = self.export_panel
        panel.export_asked.connect(self.export)
        panel.stop_asked.connect(self._stop)
        panel.check_asked.connect(self.check)
        panel.options_changed.connect(self._options_changed)
        panel.target_asked.connect(self._go_to_target)
        panel.open_asked.connect(self._open)
        panel.folder_asked.connect(self._open_folder)
        self.context.runner.changed.connect(self._show_jobs)
        self.session.changed.connect(self._changed)

    def _bind(self) -> None:
        bind = self.actions_.bind
        bind("file.export", self.export, room="dossier")
        bind("view.zoom_in", partial(self._zoom_by, 1), room="dossier")
        bind("view.zoom_out", partial(self._zoom_by, -1), room="dossier")
        bind("view.zoom_fit", self._zoom_fit, room="dossier")

    # -- the draft

    def build(self) -> None:
        """Build the draft from the records as they are now."""
        self._timer.stop()
        if self._preview_job is not None or self._export_job is not None:
            # The running work is of older content: this one follows it.
            self._timer.start()
            return
        try:
            target = self._preview_file()
        except OSError as error:
            self._preview_failed(EvidenceDeskError(tr("The draft has no place to be written: {why}.", why=error)))
            return
        self._building = self._wanted()
        options = exporting.ExportOptions(
            sections=self.sections.chosen(), marked_stills=self.export_panel.marked_stills, replace=True
        )
        case = self.session.case.folder
        self._preview_job = self.context.runner.start(
            tr("Building the draft"),
            partial(_render, case, self.session.job_worker, PDF, target, options),
            self,
            self._preview_built,
            self._preview_failed,
            background=True,
        )
        self._show_jobs()

    def _preview_file(self) -> Path:
        folder = self.session.case.paths.derived
        if not self.session.writable:
            if self._private is None:
                self._private = tempfile.TemporaryDirectory(prefix="evidence-desk-draft-")
            folder = Path(self._private.name)
        folder.mkdir(exist_ok=True)
        # Two names in turn: the file on screen is never written over.
        self._turning = not self._turning
        return folder / ("draft-a.pdf" if self._turning else "draft-b.pdf")

    def _wanted(self) -> tuple[object, ...]:
        head = self.session.case.queries.content_head()
        return (head.hash if head is not None else "", self.sections.chosen(), self.export_panel.marked_stills)

    def _preview_built(self, written: exporting.Written) -> None:
        self._preview_job = None
        self.export_panel.banners.take_away("draft")
        if not self.pages.load(written.path):
            self._preview_failed(EvidenceDeskError(tr("The built draft cannot be read. The records are safe.")))
            return
        self._built = self._building
        self._centre.setCurrentWidget(self.pages)
        self._show_section_pages()
        self._show_jobs()
        if self._wanted() != self._built:
            self._timer.start()

    def _preview_failed(self, error: EvidenceDeskError) -> None:
        self._preview_job = None
        self._show_jobs()
        if isinstance(error, Cancelled):
            return
        banner = Banner("error", tr("The draft was not built."), (("", str(error)),))
        self.export_panel.banners.show_banner("draft", banner)

    def _show_section_pages(self) -> None:
        starts = self._section_starts()
        total = self.pages.pages
        places = {}
        for place, (section, first) in enumerate(starts):
            end = starts[place + 1][1] if place + 1 < len(starts) else total
            places[section] = (first, max(1, end - first))
        self.sections.show_pages(places)
        self.section_panel.show_pages(total)

    def _section_starts(self) -> list[tuple[str, int]]:
        marks = self.pages.bookmarks()
        found = []
        for section in SECTIONS:
            wanted = section.title.casefold()
            page = next((page for title, page in marks if title.casefold().endswith(wanted)), None)
            if page is not None:
                found.append((section.id, page))
        return sorted(found, key=lambda pair: pair[1])

    def _show_jobs(self) -> None:
        job = self._preview_job
        if job is not None:
            view = job.view()
            how_far = percent(view.done, view.total) if view.total else view.note
            self.bar.show_state(tr("building, {how_far}", how_far=how_far) if how_far else tr("building"), False)
        elif self._built and self.session.is_open and self._wanted() != self._built:
            self.bar.show_state(tr("older than the records"), True)
        elif self._built:
            self.bar.show_state(tr("as the records are now"), False)
        else:
            self.bar.show_state("", False)
        self._build_now.setVisible(job is None)
        self._blank.title.setText(tr("No draft yet") if job is None else tr("The draft is being built"))
        export = self._export_job
        self.export_panel.show_progress(export.view() if export is not None else None)

    def _changed(self, changes: Changes) -> None:
        if changes.areas.isdisjoint(_CONTENT) or not self.session.is_open:
            return
        self._show_jobs()
        if self.isVisible():
            self.check()
            self._timer.start()

    def _options_changed(self) -> None:
        self._show_jobs()
        if self.isVisible():
            self._timer.start()

    # -- pages

    def _section_chosen(self, row: int) -> None:
        page = self.sections.row(row).page
        if page is not None:
            self.pages.go_to(page)

    def _page_shown(self, page: int) -> None:
        self.bar.show_page(page, self.pages.pages)

    def _turn(self, by: int) -> None:
        self.pages.go_to(self.pages.page + by)

    def _zoom_by(self, by: int) -> None:
        self.pages.step_zoom(by)
        self.bar.show_zoom(self.pages.zoom)

    def _zoom_fit(self) -> None:
        self.pages.set_zoom("page")
        self.bar.show_zoom("page")

    # -- checks

    def check(self) -> None:
        """Look at the records again."""
        self.export_panel.show_checks(dossier_checks(self.session.case.queries))

    def _go_to_target(self, target: str) -> None:
        if target == "sheet":
            self.actions_.trigger("file.case_sheet")
        elif target == "verify":
            self.actions_.trigger("tools.verify")
        elif target.startswith("intake "):
            self.session.select_exhibit(target.partition(" ")[2])
            self.actions_.trigger("room.intake")
        else:
            self.session.show_record(target)

    # -- the export

    def export(self) -> None:
        """Ask for a place and write the dossier or the package there."""
        if self._export_job is not None:
            return
        form = self.export_panel.format.value()
        target = self._ask_target(form)
        if target is None:
            return
        self.export_panel.banners.take_away("export")
        options = exporting.ExportOptions(
            with_exhibits=self.export_panel.exhibits.isChecked(),
            sections=self.sections.chosen(),
            marked_stills=self.export_panel.marked_stills,
            # The file dialog has asked already whether the file may be written over.
            replace=True,
        )
        self._export_job = self.context.runner.start(
            tr("Exporting {name}", name=target.name),
            partial(_render, self.session.case.folder, self.session.job_worker, form, target, options),
            self,
            self._exported,
            self._export_failed,
        )
        self._show_jobs()

    def _ask_target(self, form: str) -> Path | None:
        case = self.session.case
        zipped = form == PACKAGE and self.export_panel.shape.value() == "zip"
        suffix = ".pdf" if form == PDF else ".zip" if zipped else ""
        folder = case.paths.exports if self.session.writable else Path.home()
        folder.mkdir(exist_ok=True)
        head = case.queries.content_head()
        stem = f"{case.folder.stem}-{head.seq if head else 0}{'' if form == PDF else '-package'}"
        kinds = {".pdf": tr("PDF (*.pdf)"), ".zip": tr("Zip file (*.zip)"), "": tr("Folder (*)")}[suffix]
        proposed = folder / f"{stem}{suffix}"
        if not suffix:
            # A folder is never written over: the next free name is proposed.
            proposed = next(
                p for n in range(1, 1000) if not (p := folder / f"{stem}{f'-{n}' if n > 1 else ''}").exists()
            )
        title = tr("Export the dossier as PDF") if form == PDF else tr("Export the package")
        chosen = self.context.prompter.save_file(title, proposed, kinds)
        if chosen is not None and suffix and chosen.suffix.lower() != suffix:
            chosen = chosen.with_name(chosen.name + suffix)
        return chosen

    def _exported(self, written: exporting.Written) -> None:
        self._export_job = None
        try:
            exporting.record(self.session.case, written)
        except (EvidenceDeskError, OSError) as error:
            self._say("warn", tr("{name} was written; the log was not.", name=written.path.name), str(error))
        size = written.path.stat().st_size if written.path.is_file() else 0
        self.export_panel.show_written(written.path, size, written.sha256)
        self._show_jobs()
        self.context.toasts.say(tr("{name} exported", name=written.path.name))
        self.status_changed.emit()

    def _export_failed(self, error: EvidenceDeskError) -> None:
        self._export_job = None
        self._show_jobs()
        if isinstance(error, Cancelled):
            self.context.toasts.say(tr("Export stopped; nothing was left half made"))
        else:
            self._say("error", tr("The export was not written."), str(error))

    def _say(self, tone: str, title: str, line: str) -> None:
        self.export_panel.banners.show_banner("export", Banner(tone, title, (("", line),)))

    def _stop(self) -> None:
        if self._export_job is not None:
            self.context.runner.cancel(self._export_job.id)

    def _open(self, path: Path) -> None:
        if not self.open_url(QUrl.fromLocalFile(str(path))):
            where = tr("It lies at {path}.", path=path)
            self._say("warn", tr("No program opens {name} here.", name=path.name), where)

    def _open_folder(self, path: Path) -> None:
        self._open(path.parent)

    def summary(self) -> str:
        """Return how many pages the draft has, for tests and the status line."""
        return plural(self.pages.pages, "{count} page", "{count} pages")


def _render(
    case: Path, worker: MediaWorker, form: str, target: Path, options: exporting.ExportOptions, ctx: JobContext
) -> exporting.Written:
    return exporting.render(case, worker, form, target, options, ctx)

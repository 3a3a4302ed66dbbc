"""The Dossier room: which sections print, the built draft page by page, the export with its checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.dossier import SECTIONS
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.services import exporting
from evidence_desk.services.queries import Queries
from evidence_desk.ui.models.moments import moment_text
from evidence_desk.ui.models.section_list import SectionModel
from evidence_desk.ui.panels.export_panel import ExportPanel
from evidence_desk.ui.panels.page_view import PageView
from evidence_desk.ui.panels.preview_bar import PreviewBar
from evidence_desk.ui.panels.section_list import SectionPanel
from evidence_desk.ui.rooms.columns import lay_out_columns
from evidence_desk.ui.rooms.dossier_checking import DossierChecking
from evidence_desk.ui.rooms.dossier_draft import Draft
from evidence_desk.ui.rooms.dossier_export import DossierExport
from evidence_desk.ui.rooms.room import Room
from evidence_desk.ui.translate import percent, tr
from evidence_desk.ui.widgets.buttons import primary_button
from evidence_desk.ui.widgets.messages import Banner
from evidence_desk.ui.widgets.panel import EmptyState

_CONTENT = frozenset(Area) - {Area.EVENTS}


class DossierRoom(Room):
    """Builds the draft while the room is shown and the content differs from the one built last."""

    def build_up(self) -> Iterator[None]:
        """Make the parts and fill them."""
        self.sections = SectionModel(self)
        self.section_panel = SectionPanel(self.sections)
        self.pages = PageView()
        self.bar = PreviewBar()
        self.export_panel = ExportPanel()
        yield
        self.open_url = QDesktopServices.openUrl
        self.draft = Draft(self.session, self.context.runner, self)
        self.checking = DossierChecking(self.session, self.context.runner, self)
        self.exporter = DossierExport(self.session, self.context.runner, self.context.prompter, self)
        yield from self._build_window()
        self._connect()
        self._bind()

    # -- what the window asks

    def enter(self) -> None:
        """Take the focus, check again, and build the draft where the content is newer."""
        self.section_panel.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.section_panel.view.currentIndex().isValid():
            self.section_panel.view.setCurrentIndex(self.sections.index(0, 0))
        self.checking.start()
        if not (self.draft.is_made and self.draft.is_current):
            self.build()

    def leave(self) -> None:
        """Do not begin to build for a room that nobody sees."""
        self.draft.rest()

    def next_panel(self) -> None:
        """From the sections to the pages, to the export, and back."""
        focus = QApplication.focusWidget()
        if focus is self.section_panel.view and self.pages.isVisible():
            self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        elif focus in (self.section_panel.view, self.pages):
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
        return last_export(self.session.case.queries)

    def release(self) -> None:
        """Let the file go and stop the work."""
        self.draft.release()
        self.checking.release()
        self.exporter.stop()
        self.pages.close_document()

    # -- building

    def _build_window(self) -> Iterator[None]:
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
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._centre, 1)
        parts = ((self.section_panel, "dossier_outline"), (middle, ""), (self.export_panel, "inspector"))
        yield from lay_out_columns(self, "dossier", parts)

    def _connect(self) -> None:
        self.sections.chosen_changed.connect(self._options_changed)
        self.section_panel.view.chosen.connect(self._section_chosen)
        self.pages.page_changed.connect(self._page_shown)
        self.bar.turn_asked.connect(self.pages.turn)
        self.bar.zoom_chosen.connect(self.pages.set_zoom)
        self.bar.build_asked.connect(self.build)
        self._blank.activated.connect(self.build)
        panel = self.export_panel
        panel.export_asked.connect(self.export)
        panel.stop_asked.connect(self.exporter.stop)
        panel.check_asked.connect(self.checking.start)
        panel.options_changed.connect(self._options_changed)
        panel.target_asked.connect(self._go_to_target)
        panel.open_asked.connect(self._open)
        panel.folder_asked.connect(self._open_folder)
        self.checking.began.connect(panel.show_checking)
        self.checking.checked.connect(panel.show_checks)
        self.draft.built.connect(self._draft_built)
        self.draft.failed.connect(self._draft_failed)
        self.draft.changed.connect(self._show_work)
        self.exporter.changed.connect(self._show_work)
        self.exporter.written.connect(self._exported)
        self.exporter.not_logged.connect(self._not_logged)
        self.exporter.failed.connect(self._export_failed)
        self.exporter.stopped.connect(self._export_stopped)
        self.context.runner.changed.connect(self._show_work)
        self.session.changed.connect(self._changed)
        self.draft.outdated.connect(self._options_changed)

    def _bind(self) -> None:
        bind = self.actions_.bind
        bind("file.export", self.export, room="dossier")
        bind("view.zoom_in", partial(self._zoom_by, 1), room="dossier")
        bind("view.zoom_out", partial(self._zoom_by, -1), room="dossier")
        bind("view.zoom_fit", self._zoom_fit, room="dossier")

    # -- the draft

    def build(self) -> None:
        """Build the draft from the records as they are now."""
        self.draft.choose(self.sections.chosen(), self.export_panel.marked_stills)
        self.draft.build()

    def _draft_built(self, file: Path) -> None:
        self.export_panel.banners.take_away("draft")
        if not self.pages.load(file):
            self._draft_failed(EvidenceDeskError(tr("The built draft cannot be read. The records are safe.")))
            return
        self._centre.setCurrentWidget(self.pages)
        places = section_pages(self.pages.bookmarks(), self.pages.pages)
        self.sections.show_pages(places)
        self.section_panel.show_pages(self.pages.pages)

    def _draft_failed(self, error: EvidenceDeskError) -> None:
        banner = Banner("error", tr("The draft was not built."), (("", str(error)),))
        self.export_panel.banners.show_banner("draft", banner)

    def _show_work(self) -> None:
        if not self.session.is_open:
            return
        view = self.draft.work()
        if view is not None:
            how_far = percent(view.done, view.total) if view.total else view.note
            self.bar.show_state(tr("building, {how_far}", how_far=how_far) if how_far else tr("building"), False)
        elif self.draft.is_made:
            current = self.draft.is_current
            self.bar.show_state(tr("as the records are now") if current else tr("older than the records"), not current)
        else:
            self.bar.show_state("", False)
        self._build_now.setVisible(view is None)
        self._blank.title.setText(tr("No draft yet") if view is None else tr("The draft is being built"))
        self.export_panel.show_progress(self.exporter.work())

    def _changed(self, changes: Changes) -> None:
        if changes.areas.isdisjoint(_CONTENT) or not self.session.is_open:
            return
        self._options_changed()
        if self.isVisible():
            self.checking.start()

    def _options_changed(self) -> None:
        self.draft.choose(self.sections.chosen(), self.export_panel.marked_stills)
        self._show_work()
        if self.isVisible():
            self.draft.build_soon()

    # -- pages

    def _section_chosen(self, row: int) -> None:
        page = self.sections.row(row).page
        if page is not None:
            self.pages.go_to(page)

    def _page_shown(self, page: int) -> None:
        self.bar.show_page(page, self.pages.pages)

    def _zoom_by(self, by: int) -> None:
        self.pages.step_zoom(by)
        self.bar.show_zoom(self.pages.zoom)

    def _zoom_fit(self) -> None:
        self.pages.set_zoom("page")
        self.bar.show_zoom("page")

    # -- checks

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
        if self.exporter.work() is not None:
            return
        panel = self.export_panel
        form = panel.format.value()
        target = self.exporter.ask_target(form, panel.shape.value() == "zip")
        if target is None:
            return
        panel.banners.take_away("export")
        options = exporting.ExportOptions(
            with_exhibits=panel.exhibits.isChecked(),
            sections=self.sections.chosen(),
            marked_stills=panel.marked_stills,
            # The file dialog has asked already whether the file may be written over.
            replace=True,
        )
        self.exporter.start(form, target, options)

    def _exported(self, written: exporting.Written) -> None:
        size = written.path.stat().st_size if written.path.is_file() else 0
        self.export_panel.show_written(written.path, size, written.sha256)
        self.context.toasts.say(tr("{name} exported", name=written.path.name))
        self.status_changed.emit()

    def _not_logged(self, name: str, why: str) -> None:
        self._say("warn", tr("{name} was written; the log was not.", name=name), why)

    def _export_failed(self, error: EvidenceDeskError) -> None:
        self._say("error", tr("The export was not written."), str(error))

    def _export_stopped(self) -> None:
        self.context.toasts.say(tr("Export stopped; nothing was left half made"))

    def _say(self, tone: str, title: str, line: str) -> None:
        self.export_panel.banners.show_banner("export", Banner(tone, title, (("", line),)))

    def _open(self, path: Path) -> None:
        if not self.open_url(QUrl.fromLocalFile(str(path))):
            where = tr("It lies at {path}.", path=path)
            self._say("warn", tr("No program opens {name} here.", name=path.name), where)

    def _open_folder(self, path: Path) -> None:
        self._open(path.parent)


def last_export(queries: Queries) -> str:
    """Return what was exported last, and when."""
    exported = queries.last_of_case("case.exported")
    if exported is None:
        return tr("Not exported yet")
    name = str((exported.after or {}).get("name", ""))
    return tr("{name} exported {when}", name=name, when=moment_text(exported.at))


def section_pages(marks: Sequence[tuple[str, int]], total: int) -> dict[str, tuple[int, int]]:
    """Return (first page from 0, number of pages) by section id, from the outline's (title, page)."""
    starts = []
    for section in SECTIONS:
        wanted = section.title.casefold()
        page = next((page for title, page in marks if title.casefold().endswith(wanted)), None)
        if page is not None:
            starts.append((section.id, page))
    starts.sort(key=lambda pair: pair[1])
    ends = [page for _, page in starts[1:]] + [total]
    return {id_: (first, max(1, end - first)) for (id_, first), end in zip(starts, ends, strict=False)}

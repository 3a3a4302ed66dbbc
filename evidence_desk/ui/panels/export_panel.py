"""The right panel of the Dossier room: format and options, checks with links, the export and its outcome."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidence_desk.ui.job_runner import JobView
from evidence_desk.ui.models.dossier_checks import CheckRow
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.translate import file_size, number, percent, short_hash, tr
from evidence_desk.ui.widgets.buttons import ghost_button, link_button, plain_button, primary_button
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.forms import FormRow
from evidence_desk.ui.widgets.labels import ElidedLabel, IconLabel, hairline, label
from evidence_desk.ui.widgets.messages import Banners
from evidence_desk.ui.widgets.panel import PanelHeader

PDF, PACKAGE = "pdf", "package"
BOTH, ORIGINAL = "both", "original"


class CheckLine(QWidget):
    """One check. Signals: `asked(str target)` its link was pressed."""

    asked = Signal(str)

    def __init__(self, check: CheckRow) -> None:
        super().__init__()
        self._target = check.target
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        side = QVBoxLayout()
        icon = IconLabel("warn" if check.look else "done", "status.warn" if check.look else "text.tertiary", 16)
        icon.setAccessibleName(tr("asks for a look") if check.look else tr("as it should be"))
        side.addWidget(icon)
        side.addStretch()
        row.addLayout(side)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(check.title, "section", wrap=True))
        if check.detail:
            words.addWidget(label(check.detail, "caption", wrap=True))
        row.addLayout(words, 1)
        self.link = None
        if check.link:
            self.link = link_button(check.link)
            self.link.setAccessibleName(f"{check.link}: {check.title}")
            self.link.clicked.connect(self._go)
            row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{check.title}. {check.detail}")

    def _go(self) -> None:
        self.asked.emit(self._target)


class ExportPanel(QWidget):
    """Signals: `export_asked()`, `stop_asked()`, `check_asked()`, `options_changed()`; `target_asked(str)` the link of
    a check; `open_asked(Path)`, `folder_asked(Path)`."""

    export_asked = Signal()
    stop_asked = Signal()
    check_asked = Signal()
    options_changed = Signal()
    target_asked = Signal(str)
    open_asked = Signal(object)
    folder_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._written: Path | None = None
        self._shown: tuple[CheckRow, ...] | None = None
        self.header = PanelHeader(tr("Export"))
        self.format = Choice(tr("Format"), ((PDF, tr("PDF")), (PACKAGE, tr("Package"))), PDF)
        self.format.chosen.connect(self._format_chosen)
        self.stills = WordCombo(((BOTH, tr("Original and marked")), (ORIGINAL, tr("Original only"))))
        self.stills.currentIndexChanged.connect(self._told)
        self.shape = WordCombo((("folder", tr("Folder")), ("zip", tr("One zip file"))))
        self.exhibits = QCheckBox(tr("Include the exhibits"))
        self.exhibits.setChecked(True)
        self.banners = Banners()
        self.export = primary_button(tr("Export PDF…"), "Ctrl E", "dossier")
        self.export.clicked.connect(self.export_asked)
        self._build()
        self._format_chosen(PDF)

    @property
    def marked_stills(self) -> bool:
        """Tell whether marked copies stand beside the clean stills."""
        return self.stills.value() == BOTH

    def show_checking(self) -> None:
        """The records are being looked at: what stands here is of before, and says so until the answer is there."""
        self._looks.setText(tr("checking"))
        self._checks_body.setEnabled(False)

    def show_checks(self, checks: Sequence[CheckRow]) -> None:
        """Show these checks instead of the ones before."""
        self._checks_body.setEnabled(True)
        looks = sum(1 for check in checks if check.look)
        self._looks.setText(tr("{count} to look at", count=number(looks)) if looks else tr("nothing to look at"))
        if tuple(checks) == self._shown:
            return
        self._shown = tuple(checks)
        while self._checks.count():
            item = self._checks.takeAt(0)
            line = item.widget() if item is not None else None
            if line is not None:
                line.deleteLater()
        for check in checks:
            self._checks.addWidget(hairline())
            line = CheckLine(check)
            line.asked.connect(self.target_asked)
            self._checks.addWidget(line)
        self._checks.addStretch(1)

    def show_progress(self, view: JobView | None) -> None:
        """Show the export at work, or the button again for None."""
        self._foot.setCurrentWidget(self._working if view is not None else self._ready)
        if view is None:
            return
        self._bar.setMaximum(max(0, view.total))
        self._bar.setValue(view.done)
        share = percent(view.done, view.total) if view.total else ""
        self._progress.setText(", ".join(part for part in (share, view.note) if part) or tr("Working"))

    def show_written(self, path: Path, size: int, sha256: str) -> None:
        """Show what was written, with the ways to it."""
        self._written = path
        self._name.setText(path.name)
        # A folder has no size of its own to tell.
        words = tr("{size}, SHA-256 {hash}", size=file_size(size), hash=short_hash(sha256)) if size else ""
        self._facts.setText(words or tr("SHA-256 of the manifest {hash}", hash=short_hash(sha256)))
        self._facts.setToolTip(sha256)
        self._open.setText(tr("Open the PDF") if path.suffix == ".pdf" else tr("Open"))
        self._result.show()
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.banners)
        options = QVBoxLayout()
        options.setContentsMargins(12, 12, 12, 10)
        options.setSpacing(6)
        options.addWidget(FormRow(tr("Format"), self.format, width=92))
        options.addWidget(FormRow(tr("Stills"), self.stills, width=92))
        self._shape_row = FormRow(tr("Written as"), self.shape, width=92)
        options.addWidget(self._shape_row)
        options.addWidget(self.exhibits)
        self._note = label("", "caption", wrap=True)
        options.addWidget(self._note)
        column.addLayout(options)
        column.addWidget(hairline())
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 8, 6)
        head.setSpacing(8)
        head.addWidget(label(tr("Checks"), "section"))
        self._looks = label("", "note")
        head.addWidget(self._looks, 1)
        again = link_button(tr("Check again"))
        again.clicked.connect(self.check_asked)
        head.addWidget(again)
        column.addLayout(head)
        column.addWidget(self._build_checks(), 1)
        column.addWidget(hairline())
        self._foot = QStackedWidget()
        self._ready, self._working = self._build_ready(), self._build_working()
        self._foot.addWidget(self._ready)
        self._foot.addWidget(self._working)
        column.addWidget(self._foot)

    def _build_checks(self) -> QScrollArea:
        body = self._checks_body = QWidget()
        self._checks = QVBoxLayout(body)
        self._checks.setContentsMargins(0, 0, 0, 0)
        self._checks.setSpacing(0)
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _build_ready(self) -> QWidget:
        ready = QWidget()
        column = QVBoxLayout(ready)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        self._result = QWidget()
        result = QVBoxLayout(self._result)
        result.setContentsMargins(0, 0, 0, 4)
        result.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(IconLabel("done", "text.secondary", 14))
        self._name = ElidedLabel("", "section")
        line.addWidget(self._name, 1)
        result.addLayout(line)
        self._facts = label("", "caption", wrap=True)
        result.addWidget(self._facts)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self._open = plain_button(tr("Open the PDF"))
        self._open.clicked.connect(self._ask_open)
        folder = ghost_button(tr("Show in folder"), icon="folder")
        folder.clicked.connect(self._ask_folder)
        buttons.addWidget(self._open)
        buttons.addWidget(folder)
        buttons.addStretch()
        result.addLayout(buttons)
        self._result.hide()
        column.addWidget(self._result)
        column.addWidget(
            label(tr("Open checks do not stop an export; they are printed as they are."), "caption", wrap=True)
        )
        column.addWidget(self.export)
        return ready

    def _build_working(self) -> QWidget:
        working = QWidget()
        column = QVBoxLayout(working)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        self._progress = label("", "label", wrap=True)
        column.addWidget(self._progress)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress of the export"))
        column.addWidget(self._bar)
        stop = plain_button(tr("Stop"))
        stop.clicked.connect(self.stop_asked)
        column.addWidget(stop)
        return working

    # -- doing

    def _format_chosen(self, form: str) -> None:
        package = form == PACKAGE
        self._shape_row.setVisible(package)
        self.exhibits.setVisible(package)
        self.export.setText(tr("Export package…") if package else tr("Export PDF…"))
        self._note.setText(
            tr("Dossier, all records, event log, stills, and how to check them with free tools.")
            if package
            else tr("The dossier alone. The same records and coverage give the same bytes.")
        )

    def _told(self) -> None:
        self.options_changed.emit()

    def _ask_open(self) -> None:
        if self._written is not None:
            self.open_asked.emit(self._written)

    def _ask_folder(self) -> None:
        if self._written is not None:
            self.folder_asked.emit(self._written)

"""Which desk this is, the exact versions that decode and print, and what holds the processes that open media."""

from __future__ import annotations

import platform
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from evidence_desk import wiring
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.jobs import JobContext
from evidence_desk.media.protections import Protections
from evidence_desk.ui.dialogs.desk_dialog import DeskDialog
from evidence_desk.ui.job_runner import JobRunner
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import plain_button
from evidence_desk.ui.widgets.labels import label, section_label

Ask = Callable[[JobContext], tuple[Protections, ...]]
"""A job that asks one process of each kind what holds it."""


class AboutDialog(DeskDialog):
    """Shows the versions and, where a runner is given, the protections; a button copies both."""

    def __init__(self, runner: JobRunner | None = None, ask: Ask | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("About Evidence Desk"),
            tr("Every sentence leads back to an exact frame of an exact file. Nothing leaves this computer."),
            "",
            parent,
            scrolls=True,
        )
        rows = [*wiring.versions(), ("Python", platform.python_version()), (tr("System"), platform.platform())]
        self.text = "\n".join(f"{name} {version}" for name, version in rows)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(3)
        for place, (name, version) in enumerate(rows):
            grid.addWidget(label(name, "label"), place, 0)
            shown = label(version, "mono")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, place, 1)
        self.body.addLayout(grid)
        if runner is not None and ask is not None:
            self._ask_protections(runner, ask)
        self.body.addSpacing(8)
        self.body.addWidget(label(tr("Apache License 2.0. The libraries keep their own licences."), "note", wrap=True))
        copy = plain_button(tr("Copy the versions"), icon="copy")
        copy.clicked.connect(self._copy)
        self.foot.insertWidget(0, copy)

    def _ask_protections(self, runner: JobRunner, ask: Ask) -> None:
        self.body.addSpacing(8)
        self.body.addWidget(section_label(tr("What holds the processes that open media")))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(3)
        self._waiting = label(tr("One of each kind is asked…"), "note")
        self._grid.addWidget(self._waiting, 0, 0)
        self.body.addLayout(self._grid)
        title = tr("Asking what holds the processes that open media")
        runner.start(title, ask, self, self._show_protections, self._show_failure, background=True)

    def _show_failure(self, error: EvidenceDeskError) -> None:
        self._waiting.setText(str(error))

    def _show_protections(self, found: tuple[Protections, ...]) -> None:
        """Fill in a row for each protection, a column for each kind of process, and why what is missing is."""
        self._waiting.hide()
        on = {kind.kind: set(kind.on) for kind in found}
        for column, kind in enumerate(found, 1):
            self._grid.addWidget(label(_kind_words(kind.kind), "caption"), 0, column)
        for row, (name, words) in enumerate(_protection_words().items(), 1):
            self._grid.addWidget(label(words, "label"), row, 0)
            for column, kind in enumerate(found, 1):
                state = tr("on") if name in on[kind.kind] else tr("not on")
                self._grid.addWidget(label(state, "mono" if name in on[kind.kind] else "warn"), row, column)
        reasons = {why for kind in found for _, why in kind.off}
        notes = [tr("Not on, because: {why}", why=why) for why in sorted(reasons)]
        for text in notes:
            self.body.insertWidget(self.body.indexOf(self._grid) + 1, label(text, "note", wrap=True))
        lines = [f"{_kind_words(kind.kind)}: {', '.join(kind.on)}" for kind in found]
        self.text = "\n".join((self.text, *lines, *sorted(reasons)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)


def _kind_words(kind: str) -> str:
    return {"decoder": tr("Decoder"), "player": tr("Player")}.get(kind, kind)


def _protection_words() -> dict[str, str]:
    """Return what each protection means, in the order shown."""
    return {
        "process": tr("A process of its own, without the case"),
        "files": tr("No file but the one it was given"),
        "writing": tr("Nothing is written"),
        "network": tr("No network"),
        "services": tr("No service of this computer; the player, the sound server"),
        "programs": tr("No program is started"),
        "others": tr("No other process is watched or stopped"),
        "privileges": tr("No privileges"),
        "limits": tr("Bounds on memory, open files and picture size"),
    }

"""Which desk this is, and the exact versions that decode and print."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from evidence_desk import wiring
from evidence_desk.ui.dialogs.desk_dialog import DeskDialog
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import plain_button
from evidence_desk.ui.widgets.labels import label


class AboutDialog(DeskDialog):
    """Shows the versions; a button copies them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("About Evidence Desk"),
            tr("Every sentence leads back to an exact frame of an exact file. Nothing leaves this computer."),
            "",
            parent,
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
        self.body.addSpacing(8)
        self.body.addWidget(label(tr("Apache License 2.0. The libraries keep their own licences."), "note", wrap=True))
        copy = plain_button(tr("Copy the versions"), icon="copy")
        copy.clicked.connect(self._copy)
        self.foot.insertWidget(0, copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)

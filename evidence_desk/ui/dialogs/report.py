"""What a verification found: the outcome first, then what differs, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from evidence_desk.ui.dialogs.desk_dialog import DeskDialog, body_height
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import number, plural, short_hash, tr
from evidence_desk.ui.widgets.buttons import plain_button
from evidence_desk.ui.widgets.labels import IconLabel, label

if TYPE_CHECKING:
    from evidence_desk.services.verify import Check, Report

# A check that came out the same is grey with a tick; only what differs asks for a look.
_ICONS = {
    "same": ("done", "text.tertiary"),
    "differs": ("warn", "status.warn"),
    "not checked": ("not_stated", "text.tertiary"),
}


class ReportDialog(DeskDialog):
    """Shows a report of `verify`."""

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        differing = sum(1 for check in report.checks if check.state == "differs")
        title = tr("Same") if report.same else plural(differing, "{count} differs", "{count} differ")
        text = tr(
            "{events} events, {frames} frames decoded again, {missing} not checked. Head {head}.",
            events=number(report.events),
            frames=number(report.frames_checked),
            missing=number(report.frames_not_checked),
            head=short_hash(report.head),
        )
        super().__init__(title, text, "", parent, width=620)
        self._report = report
        column = QVBoxLayout()
        column.setSpacing(6)
        for check in sorted(report.checks, key=lambda check: check.state != "differs"):
            column.addLayout(_row(check))
        column.addStretch()
        inner = QWidget()
        inner.setLayout(column)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setMinimumHeight(body_height(current_theme().px(280)))
        self.body.addWidget(area)
        copy = plain_button(tr("Copy the report"), icon="copy")
        copy.clicked.connect(self._copy)
        self.foot.insertWidget(0, copy)
        self.leave.setText(tr("Close"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._report.lines()))


def _row(check: Check) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    icon = IconLabel(*_ICONS[check.state])
    icon.setAccessibleName(check.state)
    side = QVBoxLayout()
    side.addWidget(icon)
    side.addStretch()
    row.addLayout(side)
    words = QVBoxLayout()
    words.setSpacing(1)
    named = check.what[:1].upper() + check.what[1:]
    what = named if check.state == "same" else f"{named}: {check.state}"
    words.addWidget(label(what, "small", wrap=True))
    if check.detail:
        words.addWidget(label(check.detail, "caption", wrap=True))
    row.addLayout(words, 1)
    return row

"""The recent cases as rows: what was known of each, and whether it still lies where it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidence_desk import wiring
from evidence_desk.domain.time import parse_utc
from evidence_desk.settings import RecentCase
from evidence_desk.ui.translate import path_text, plural, tr

RECENT_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RecentRow:
    """One row: the case, whether it is there, its words, and its folder as a line shows it."""

    case: RecentCase
    found: bool
    detail: str
    when: str
    note: str
    place: str


def recent_row(case: RecentCase, now: datetime) -> RecentRow:
    """Return the row of a case."""
    place = path_text(case.path, str(Path.home()))
    found = wiring.is_case(Path(case.path))
    if not found:
        gone = tr("Folder not found where it was")
        return RecentRow(case, False, gone, day_text(case.opened_at, now), tr("Locate…"), place)
    counts = [plural(case.exhibits, "{count} exhibit", "{count} exhibits")]
    if case.observations:
        counts.append(plural(case.observations, "{count} observation", "{count} observations"))
    if case.claims:
        counts.append(plural(case.claims, "{count} claim", "{count} claims"))
    checked = (
        tr("Verified {when}", when=_short_day(case.checked_at, now)) if case.checked_at else tr("Not verified yet")
    )
    return RecentRow(case, True, ", ".join(counts), day_text(case.opened_at, now), checked, place)


def day_text(utc: str, now: datetime) -> str:
    """Return a UTC time for people, by this computer's clock: `Today, 14:03` or `18 Nov 2026`."""
    try:
        moment = parse_utc(utc).astimezone(now.tzinfo)
    except ValueError:
        return ""
    if moment.date() == now.date():
        return tr("Today, {time}", time=moment.strftime("%H:%M"))
    return f"{moment.day} {moment.strftime('%b %Y')}"


def _short_day(utc: str, now: datetime) -> str:
    text = day_text(utc, now)
    return text.rpartition(", ")[2]


class RecentCases(QAbstractListModel):
    """The recent cases, newest first, narrowed by a filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[RecentRow, ...] = ()
        self._rows: tuple[RecentRow, ...] = ()
        self._words: tuple[str, ...] = ()

    def show(self, cases: Sequence[RecentCase]) -> None:
        """Replace the cases."""
        now = datetime.now().astimezone()
        self._all = tuple(recent_row(case, now) for case in cases)
        self.narrow(" ".join(self._words))

    def narrow(self, text: str) -> None:
        """Show the cases whose title or folder holds every word."""
        self.beginResetModel()
        self._words = tuple(text.casefold().split())
        self._rows = tuple(
            row
            for row in self._all
            if all(word in f"{row.case.title} {row.case.path}".casefold() for word in self._words)
        )
        self.endResetModel()

    def row(self, index: Index) -> RecentRow:
        """Return the row of an index."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many cases."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the row, its words, or its folder as the tooltip."""
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join((row.case.title, row.detail, row.when, row.note, row.case.path))
            case Qt.ItemDataRole.ToolTipRole:
                return path_text(row.case.path)
        return None

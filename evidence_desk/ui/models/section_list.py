"""The sections of the dossier as a list with checks; two are locked on, and each says how many pages it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from evidence_desk.domain.dossier import SECTIONS, Section
from evidence_desk.ui.models.claim_tree import RECORD_ROLE
from evidence_desk.ui.translate import tr

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section: whether it prints, its first page from 0 (None: not known) and how many pages it takes."""

    section: Section
    on: bool
    page: int | None = None
    pages: int = 0


class SectionModel(QAbstractListModel):
    """Signals: `chosen_changed()` when a section was switched on or off."""

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._off: set[str] = set()
        self._places: dict[str, tuple[int, int]] = {}

    def chosen(self) -> tuple[str, ...] | None:
        """Return the ids of the sections that print, None for all of them."""
        return tuple(s.id for s in SECTIONS if s.id not in self._off) if self._off else None

    def count_on(self) -> int:
        """Return how many sections print."""
        return len(SECTIONS) - len(self._off)

    def show_pages(self, places: Mapping[str, tuple[int, int]]) -> None:
        """Show (first page from 0, number of pages) by section id, as found in the built draft."""
        self._places = dict(places)
        self.dataChanged.emit(self.index(0, 0), self.index(len(SECTIONS) - 1, 0))

    def row(self, place: int) -> SectionRow:
        """Return a row."""
        section = SECTIONS[place]
        page, pages = self._places.get(section.id, (None, 0))
        return SectionRow(section, section.id not in self._off, page, pages)

    def row_at_page(self, page: int) -> int:
        """Return the row of the section that a page belongs to, -1 before the first."""
        found = -1
        for place in range(len(SECTIONS)):
            row = self.row(place)
            if row.page is not None and row.on and row.page <= page:
                found = place
        return found

    def toggle(self, place: int) -> bool:
        """Switch a section on or off; tell whether it could be: a locked one stays on."""
        section = SECTIONS[place]
        if section.locked:
            return False
        self._off ^= {section.id}
        self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
        self.chosen_changed.emit()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Count the sections."""
        return 0 if parent.isValid() else len(SECTIONS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be checked, but for the locked ones."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not SECTIONS[index.row()].locked:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the title, the check, the row, and sentences for tooltips and screen readers."""
        if not index.isValid():
            return None
        row = self.row(index.row())
        section = row.section
        state = tr("always prints") if section.locked else tr("prints") if row.on else tr("left out")
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: section.title,
            Qt.ItemDataRole.CheckStateRole: Qt.CheckState.Checked if row.on else Qt.CheckState.Unchecked,
            Qt.ItemDataRole.ToolTipRole: why_locked(section) or section.stand,
            Qt.ItemDataRole.AccessibleTextRole: f"{section.number}, {section.title}, {state}, {pages_text(row)}",
            RECORD_ROLE: row,
        }
        return values.get(role)


def why_locked(section: Section) -> str:
    """Return why a section cannot be left out, "" for one that can."""
    if not section.locked:
        return ""
    if section.id == "limits":
        return tr("It always prints: who reads what is known has to see what is not.")
    return tr("It always prints: what speaks against a statement is never left out.")


def pages_text(row: SectionRow) -> str:
    """Return how many pages a section takes, or that it is off."""
    if not row.on:
        return tr("off")
    return tr("{count} p.", count=row.pages) if row.pages else ""

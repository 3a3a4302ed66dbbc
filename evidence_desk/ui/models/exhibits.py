"""The exhibits as a list: what a row says, and the small picture of those that have frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from evidence_desk.domain.coverage import Coverage
from evidence_desk.domain.records import Exhibit
from evidence_desk.ui.translate import number, plural, tr

Index = QModelIndex | QPersistentModelIndex
EXHIBIT_ROLE = Qt.ItemDataRole.UserRole + 1
THUMBNAIL_ROLE = Qt.ItemDataRole.UserRole + 2
COVERAGE_ROLE = Qt.ItemDataRole.UserRole + 3


class ExhibitModel(QAbstractListModel):
    """One row for each exhibit in force, in the order they were taken in."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Exhibit, ...] = ()
        self._thumbnails: dict[str, QPixmap] = {}
        self._coverage: dict[str, Coverage] = {}

    def set_exhibits(self, exhibits: Sequence[Exhibit]) -> None:
        """Show these exhibits."""
        self.beginResetModel()
        self._rows = tuple(exhibits)
        self.endResetModel()

    def set_thumbnail(self, number: str, picture: QPixmap) -> None:
        """Take the small picture of an exhibit."""
        self._thumbnails[number] = picture
        row = self.row_of(number)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row), [THUMBNAIL_ROLE])

    def set_coverage(self, number: str, coverage: Coverage) -> None:
        """Take how much of an exhibit was on screen."""
        row = self.row_of(number)
        if self._coverage.get(number) != coverage and row >= 0:
            self._coverage[number] = coverage
            self.dataChanged.emit(self.index(row), self.index(row), [COVERAGE_ROLE])

    def has_thumbnail(self, number: str) -> bool:
        """Tell whether the small picture has arrived."""
        return number in self._thumbnails

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Return the exhibits shown."""
        return self._rows

    def row_of(self, number: str) -> int:
        """Return the row of an exhibit, -1 where it is not shown."""
        return next((i for i, e in enumerate(self._rows) if e.number == number), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the record, its picture or its sentence."""
        if not index.isValid():
            return None
        exhibit = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{exhibit.number} {exhibit.title}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{exhibit_sentence(exhibit)}, {coverage_text(self._coverage.get(exhibit.number))}".strip(", ")
            case Qt.ItemDataRole.ToolTipRole:
                lines = (
                    exhibit.received_name,
                    exhibit_state(exhibit),
                    coverage_text(self._coverage.get(exhibit.number)),
                )
                return "\n".join(line for line in lines if line)
        if role == EXHIBIT_ROLE:
            return exhibit
        kept: dict[int, Mapping[str, object]] = {THUMBNAIL_ROLE: self._thumbnails, COVERAGE_ROLE: self._coverage}
        return kept.get(role, {}).get(exhibit.number)


def coverage_text(found: Coverage | None) -> str:
    """Return how much was looked at, in a few words; "" where there are no frames."""
    if found is None or not found.count:
        return ""
    stepped, played, unseen = found.figures
    count = plural(found.count, "{count} frame", "{count} frames")
    if stepped == found.count:
        return tr("all {count} stepped", count=count)
    if unseen == found.count:
        return tr("not looked at yet")
    if not unseen:
        return tr("every frame was on screen, {stepped} of {count} stepped", stepped=number(stepped), count=count)
    return tr(
        "stepped {stepped}, played {played}, not looked at {unseen} of {count}",
        stepped=number(stepped),
        played=number(played),
        unseen=number(unseen),
        count=count,
    )


def length_text(exhibit: Exhibit) -> str:
    """Return the length for a narrow row: `02:00.255`; "" where it is not known."""
    if not exhibit.length:
        return ""
    text = exhibit.length
    try:
        seconds = Fraction(text)
    except ValueError:
        return text.removeprefix("00:")
    ms = int(seconds * 1000 + Fraction(1, 2))
    minutes, rest = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes:02d}"
    return f"{head}:{rest // 1000:02d}.{rest % 1000:03d}"


def exhibit_caption(exhibit: Exhibit) -> str:
    """Return the third line of a row: length and counted frames, or its state."""
    parts = [length_text(exhibit)]
    if exhibit.frames is not None:
        parts.append(plural(exhibit.frames, "{count} frame", "{count} frames"))
    if exhibit.provisional:
        parts.append(tr("provisional"))
    return " · ".join(p for p in parts if p) or exhibit_state(exhibit) or exhibit.kind


def exhibit_state(exhibit: Exhibit) -> str:
    """Return what is not as usual with an exhibit, "" for nothing."""
    if exhibit.provisional:
        return tr("provisional, not counted yet")
    words = {
        "not examined": tr("not examined yet"),
        "damaged": tr("damaged in places"),
        "unreadable": tr("cannot be decoded"),
        "no frames": tr("no frames"),
    }
    return words.get(exhibit.condition, "")


def exhibit_sentence(exhibit: Exhibit) -> str:
    """Return what a screen reader says of a row."""
    parts = [exhibit.number, exhibit.title]
    if exhibit.frames is not None:
        parts.append(plural(exhibit.frames, "{count} frame", "{count} frames"))
    if exhibit.variable_rate:
        parts.append(tr("variable frame rate"))
    state = exhibit_state(exhibit)
    return ", ".join([*parts, state] if state else parts)

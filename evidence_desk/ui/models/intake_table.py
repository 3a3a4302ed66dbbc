"""The exhibits of the case and the files on their way to it, as the table of the Intake room."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidence_desk.domain.acquisition import held
from evidence_desk.domain.records import Acquisition, Exhibit
from evidence_desk.ui.intake_queue import Arrival, Stage
from evidence_desk.ui.job_runner import JobView
from evidence_desk.ui.translate import file_size, number, percent, short_hash, tr

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
COLUMNS = ("number", "title", "size", "hash", "state", "acquisition")
NUMBER, TITLE, SIZE, HASH, STATE, ACQUISITION = range(6)


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """One row: an exhibit, or a file that is none yet (`number` is "" then, `arrival` its id).

    `tone` is done, look, work or wait; `share` is 0 to 100 while there is work with a known end, else -1.
    """

    number: str
    title: str
    file: str
    size: int
    sha256: str
    state: str
    detail: str
    tone: str
    held: tuple[bool, ...]
    kind: str = "other"
    share: int = -1
    arrival: int = 0
    untitled: bool = False

    def spoken(self) -> str:
        """Return the row as one sentence."""
        title = tr("no title yet") if self.untitled else self.title
        parts = (self.number, title, self.file, file_size(self.size), self.state, self.detail)
        items = tr("acquisition {count} of {total}", count=sum(self.held), total=len(self.held))
        return ", ".join(part for part in (*parts, items if self.number else "") if part)


def exhibit_row(exhibit: Exhibit, acquisition: Acquisition | None, arrival: Arrival | None, missing: bool) -> IntakeRow:
    """Return the row of an exhibit; `arrival` is its examination under way, `missing` tells the vault file is gone."""
    if arrival is not None:
        state, detail, tone, share = _work(arrival)
        if exhibit.provisional:
            state = tr("Provisional, {frames} frames", frames=number(exhibit.frames or 0))
            counting = tr("counting") if arrival.stage == Stage.EXAMINING else tr("waits to be counted")
            detail = ", ".join(part for part in (counting, detail) if part)
    elif missing:
        state, detail, tone, share = tr("Missing from the vault"), tr("The records are safe"), "look", -1
    else:
        state, detail, tone = _condition(exhibit)
        share = -1
    return IntakeRow(
        number=exhibit.number,
        title=exhibit.title,
        file=exhibit.received_name,
        size=exhibit.size,
        sha256=exhibit.sha256,
        state=state,
        detail=detail,
        tone=tone,
        held=held(acquisition),
        kind=exhibit.kind if exhibit.kind != "other" else _kind_by_name(exhibit.received_name),
        share=share,
        arrival=arrival.id if arrival is not None else 0,
        untitled=exhibit.title in ("", exhibit.received_name),
    )


def arrival_row(arrival: Arrival) -> IntakeRow:
    """Return the row of a file that is no exhibit yet."""
    state, detail, tone, share = _work(arrival)
    return IntakeRow(
        number="",
        title="",
        file=arrival.path.name,
        size=arrival.size,
        sha256="",
        state=state,
        detail=detail,
        tone=tone,
        held=(False,) * 8,
        kind=_kind_by_name(arrival.path.name),
        share=share,
        arrival=arrival.id,
        untitled=True,
    )


def _kind_by_name(name: str) -> str:
    """Return the kind whose icon stands there until the file is examined."""
    family = (mimetypes.guess_type(name)[0] or "").partition("/")[0]
    return {"video": "video", "audio": "sound", "image": "image"}.get(family, "other")


def _work(arrival: Arrival) -> tuple[str, str, str, int]:
    view = arrival.view()
    words = {
        Stage.QUEUED: tr("Queued"),
        Stage.RECEIVING: tr("Receiving"),
        Stage.RECEIVED: tr("Waits for its packets to be read"),
        Stage.OUTLINING: tr("Reading packets"),
        Stage.WAITING: tr("Waits for examination"),
        Stage.EXAMINING: tr("Examining"),
        Stage.DONE: tr("Examined"),
    }
    state = words[arrival.stage]
    if view is None or arrival.stage not in (Stage.RECEIVING, Stage.OUTLINING, Stage.EXAMINING):
        return state, "", "wait", -1
    if view.total > 0:
        share = min(100, view.done * 100 // view.total)
        return state, _left(view), "work", share
    return state, view.note, "work", -1


def _left(view: JobView) -> str:
    done = percent(view.done, view.total)
    if view.left_s is None:
        return done
    minutes, seconds = divmod(round(view.left_s), 60)
    return tr("{done}, {left} left", done=done, left=f"{minutes}:{seconds:02d}")


def _condition(exhibit: Exhibit) -> tuple[str, str, str]:
    frames = number(exhibit.frames) if exhibit.frames is not None else ""
    if exhibit.provisional:
        uncounted = tr("Not counted: examine it to fix its frame numbers")
        failed = exhibit.condition == "unreadable"
        state = tr("Provisional, {frames} frames", frames=frames)
        return state, exhibit.condition_note if failed else uncounted, "look" if failed else "wait"
    if exhibit.condition == "ok":
        return tr("Indexed, {frames} frames", frames=frames), "", "done"
    if exhibit.condition == "damaged":
        return tr("Damaged, {frames} frames read", frames=frames), exhibit.condition_note, "look"
    if exhibit.condition == "unreadable":
        return tr("Unreadable"), exhibit.condition_note, "look"
    if exhibit.condition == "no frames":
        return tr("In the vault, no frames"), exhibit.condition_note, "done"
    return tr("Not examined"), tr("In the vault; examine it to count its frames"), "wait"


class IntakeTable(QAbstractTableModel):
    """Exhibits in the order of their numbers, then the files on their way."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[IntakeRow, ...] = ()

    def show(self, rows: Sequence[IntakeRow]) -> None:
        """Show these rows; where they are the same files as before only their words change, and the selection stays."""
        same = [(r.number, r.arrival if not r.number else 0) for r in rows] == [
            (r.number, r.arrival if not r.number else 0) for r in self._rows
        ]
        if same:
            before, self._rows = self._rows, tuple(rows)
            for place, (old, new) in enumerate(zip(before, self._rows, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, place: int) -> IntakeRow | None:
        """Return a row, None where there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rows(self) -> tuple[IntakeRow, ...]:
        """Return all rows."""
        return self._rows

    def place_of(self, number_: str) -> int:
        """Return the place of an exhibit, -1 where it is not here."""
        return next((place for place, row in enumerate(self._rows) if row.number == number_), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words above the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            words = (
                tr("No."), tr("Title and file as received"), tr("Size"), tr("SHA-256"), tr("State"), tr("Acquisition")
            )  # fmt: skip
            return words[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section == SIZE
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words of a cell, the row itself, and sentences for tooltips and screen readers."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken() if index.column() == NUMBER else _cell(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, index.column())
        return None


def _cell(row: IntakeRow, column: int) -> str:
    texts = {
        NUMBER: row.number,
        TITLE: row.file if row.untitled else f"{row.title}, {row.file}",
        SIZE: file_size(row.size),
        HASH: short_hash(row.sha256),
        STATE: ", ".join(part for part in (row.state, row.detail) if part),
        ACQUISITION: tr("{count} of {total}", count=sum(row.held), total=len(row.held)) if row.number else "",
    }
    return texts[column]


def _tip(row: IntakeRow, column: int) -> str:
    if column == HASH and row.sha256:
        return tr("SHA-256 {hash}. Ctrl C copies it.", hash=row.sha256)
    if column in (NUMBER, TITLE):
        return "\n".join(part for part in (row.file, row.sha256) if part)
    if column == STATE:
        return row.detail
    return ""


def file_is_missing(path: Path) -> bool:
    """Tell whether an exhibit's file is not in the vault."""
    return not path.is_file()

"""The table of what was on screen: beside the records and outside the log, since looking changes no record."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from evidence_desk.domain.coverage import Looked, packed, unpacked
from evidence_desk.domain.errors import CaseError

_COLUMNS = "exhibit, actor, how, first, last, shown, speed, zoom, covered, stream, began_at, ended_at"


class CoverageRows:
    """Reads and writes stretches of looking in the open case file."""

    def __init__(self, connection: sqlite3.Connection, writable: bool) -> None:
        self._connection = connection
        self._writable = writable

    @property
    def writable(self) -> bool:
        """Tell whether the case is open for writing."""
        return self._writable

    def read(self, exhibit: str = "") -> tuple[Looked, ...]:
        """Return the stretches of an exhibit, or all, as they began. A row that makes no sense is left out."""
        where = " WHERE exhibit = ?" if exhibit else ""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM coverage{where} ORDER BY began_at, id", (exhibit,) if exhibit else ()
        )
        return tuple(found for found in map(_looked, rows) if found is not None)

    def write(self, stretches: Sequence[tuple[int, Looked]]) -> tuple[int, ...]:
        """Write stretches, new ones under id 0, and return their ids; all of them or none.

        No wait for the disk: a process that is killed loses nothing that was written, a machine that loses its power
        may lose the last seconds. Records are never written this way. Raises CaseError.
        """
        if not self._writable:
            return tuple(id_ for id_, _ in stretches)
        self._connection.execute("PRAGMA synchronous = NORMAL")
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                ids = tuple(self._put(id_, stretch) for id_, stretch in stretches)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise CaseError(f"What was on screen could not be noted ({error}). The records are safe.") from error
        finally:
            self._connection.execute("PRAGMA synchronous = FULL")
        return ids

    def _put(self, id_: int, stretch: Looked) -> int:
        values = (
            stretch.exhibit,
            stretch.actor,
            stretch.how,
            stretch.first,
            stretch.last,
            packed(stretch.bits),
            stretch.speed,
            stretch.zoom,
            int(stretch.lifted),
            stretch.stream,
            stretch.began_at,
            stretch.ended_at,
        )
        marks = ", ".join("?" for _ in values)
        if not id_:
            found = self._connection.execute(f"INSERT INTO coverage ({_COLUMNS}) VALUES ({marks})", values)
            return int(found.lastrowid or 0)
        self._connection.execute(f"UPDATE coverage SET ({_COLUMNS}) = ({marks}) WHERE id = ?", (*values, id_))
        return id_


def _looked(row: Any) -> Looked | None:
    first, last = row["first"], row["last"]
    # A case may come from a stranger: what is out of all bounds is not added up.
    if not 0 <= first <= last < 1 << 26:
        return None
    try:
        bits = unpacked(row["shown"], last - first + 1)
    except ValueError:
        return None
    return Looked(
        exhibit=row["exhibit"],
        actor=row["actor"],
        how=row["how"],
        first=first,
        last=last,
        bits=bits,
        speed=row["speed"],
        zoom=row["zoom"],
        lifted=bool(row["covered"]),
        stream=row["stream"],
        began_at=row["began_at"],
        ended_at=row["ended_at"],
    )

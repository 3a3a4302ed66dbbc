"""The synchronisations of a dossier: moments, residuals and bounds, with every cited frame checked by its hash."""

from __future__ import annotations

from collections.abc import Callable

from evidence_desk.domain.dossier import Technique, Tied
from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import Exhibit, Sync
from evidence_desk.services.queries import Queries
from evidence_desk.services.sync import stated, synced


def tied(queries: Queries, table_of: Callable[[Exhibit], FrameTable]) -> tuple[Tied, ...]:
    """Return each synchronisation as printed; raises MediaUnreadable where a marked frame is another picture now."""
    found = []
    for record in queries.syncs():
        a, b = (table_of(queries.exhibit(number)) for number in (record.exhibit_a, record.exhibit_b))
        _check(record, a, b)
        found.append(
            Tied(record.number, record.exhibit_a, record.exhibit_b, stated(synced(record, record.exhibit_a, a, b)))
        )
    return tuple(found)


def _check(record: Sync, a: FrameTable, b: FrameTable) -> None:
    for moment in record.moments:
        for side, exhibit, table in (("a", record.exhibit_a, a), ("b", record.exhibit_b, b)):
            n = moment[f"{side}_frame"]
            if n >= len(table) or table.hash_of(n) != moment[f"{side}_hash"]:
                raise MediaUnreadable(
                    f"{exhibit} frame {n} is not the picture cited by {record.number}. Nothing was written. Run verify."
                )


def techniques_of(syncs: tuple[Tied, ...]) -> tuple[Technique, ...]:
    """Return the technique where there is a synchronisation, with what it cannot carry."""
    if not syncs:
        return ()
    shows = "which frames of two clips lie at one time, within the bounds of the frames marked by a person"
    does_not = "the time of day; that both show one event, which rests on the person who marked it"
    return (Technique("Shared moments", shows, does_not, ", ".join(s.number for s in syncs)),)

"""The audit log: events chained by hash, and what an examination of the chain finds.

An event's hash is the SHA-256 over the RFC 8785 bytes of its fields, `prev` among them; `prev` is the hash of the
event before, or 64 zeros. Whoever holds the file can rewrite the whole chain: only a head printed or
kept elsewhere shows that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from evidence_desk.store.canonical import digest, safe

ZERO = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log. `content` tells that it changed a record; `before` and `after` hold the changed fields."""

    seq: int
    at: str
    actor: str
    action: str
    record: str
    kind: str
    cause: str
    content: bool
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    prev: str
    hash: str

    def sealed(self) -> dict[str, Any]:
        """Return the fields that the hash covers: all but the hash itself."""
        return {f.name: safe(getattr(self, f.name)) for f in fields(self) if f.name != "hash"}


def event_hash(sealed: dict[str, Any]) -> str:
    """Return the hash (hex) of an event's sealed fields."""
    return digest(sealed)


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One thing that is wrong with the chain, at the event where it shows."""

    seq: int
    what: str


def check_chain(events: Iterable[Event]) -> tuple[tuple[ChainFault, ...], int, str]:
    """Return the faults of a chain read in stored order, how many events were read, and the last hash.

    Finds edited (hash), deleted (gap), inserted or reordered (previous hash), and duplicated (number) events.
    """
    faults: list[ChainFault] = []
    prev, seq, count = ZERO, 0, 0
    for event in events:
        count += 1
        if event.seq != seq + 1:
            what = (
                "is repeated or out of order"
                if event.seq <= seq
                else f"follows event {seq}: events are missing between"
            )
            faults.append(ChainFault(event.seq, f"event {event.seq} {what}"))
        if event.prev != prev:
            faults.append(ChainFault(event.seq, f"event {event.seq} does not name the hash of the event before it"))
        if event_hash(event.sealed()) != event.hash:
            faults.append(ChainFault(event.seq, f"event {event.seq} was changed after it was written"))
        prev, seq = event.hash, event.seq
    return tuple(faults), count, prev


def holds_head(events: Sequence[Event], head: str) -> bool:
    """Tell whether a recorded head is among the events: if not, the tail with it was cut or rewritten."""
    return any(e.hash == head for e in events)

"""Frame tables of made-up pictures: each is known by a name, whose SHA-256 stands for the picture's."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence
from fractions import Fraction

from evidence_desk.domain.frames import NO_STAMP, FrameColumns, FrameFlag, FrameTable, PacketColumns, TableFacts
from evidence_desk.services.intake import Examination

COUNTER = "made up 2"


def sha(name: str) -> str:
    """Return the frame hash (hex) of the picture of that name."""
    return hashlib.sha256(name.encode()).hexdigest()


def frames_of(
    names: Sequence[str], pts: Sequence[int | None] | None = None, *, provisional: bool = False
) -> FrameTable:
    """Return a table of pictures of 64 by 48; stamps are 100 ms a frame where none are given.

    A provisional one has no hashes and another decoder's name.
    """
    stamps = [100 * n for n in range(len(names))] if pts is None else list(pts)
    count = len(names)
    columns = FrameColumns(
        pts=array("q", [NO_STAMP if p is None else p for p in stamps]),
        duration=array("q", [100] * count),
        packet=array("I", range(count)),
        pict_type=array("B", [1] * count),
        flags=array("B", [FrameFlag.KEY] * count),
    )
    packets = PacketColumns(
        pts=array("q", columns.pts),
        dts=array("q", columns.pts),
        pos=array("q", range(count)),
        size=array("I", [1] * count),
        flags=array("B", [1] * count),
    )
    decoder = "made up" if provisional else COUNTER
    facts = TableFacts(
        0, Fraction(1, 1000), decoder, width=64, height=48, hashed=not provisional, provisional=provisional
    )
    return FrameTable(facts, columns, packets, b"" if provisional else bytes.fromhex("".join(map(sha, names))))


def found_in(table: FrameTable) -> Examination:
    """Return what reading or decoding such a file finds."""
    fields = {
        "frames": len(table),
        "frames_digest": table.digest(),
        "decoder": table.decoder,
        "stream": 0,
        "time_base": "1/1000",
        "width": 64,
        "height": 48,
    }
    condition = "not examined" if table.provisional else "ok"
    return Examination(condition, "Provisional." if table.provisional else "", "video", fields, {"timing": {}}, table)

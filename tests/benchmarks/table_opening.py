"""How long a table of a million frames takes to open, with all that the desk asks of it then.

    .venv/bin/python tests/benchmarks/table_opening.py [--frames 1000000] [--rounds 5]

Prints milliseconds, the median of the rounds, for tables whose stamps rise evenly, unevenly, and not at all.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from array import array
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evidence_desk.domain.frames import (
    HASH_SIZE,
    NO_STAMP,
    FrameColumns,
    FrameFlag,
    FrameTable,
    PacketColumns,
    TableFacts,
)
from evidence_desk.media import frame_store
from evidence_desk.services.playhead import FrameClock

STEP = 512
KINDS = ("even", "uneven", "no stamps")


def big_table(count: int, kind: str) -> FrameTable:
    """Return a made-up table of `count` frames; the same words give the same table but for its hashes."""
    draw = random.Random(count)
    if kind == "no stamps":
        pts = array("q", [NO_STAMP]) * count
    elif kind == "uneven":
        pts = array("q", [1024])
        for _ in range(count - 1):
            pts.append(pts[-1] + draw.choice((STEP, STEP, STEP, STEP + 1, 3 * STEP)))
    else:
        pts = array("q", range(1024, 1024 + STEP * count, STEP))
    frames = FrameColumns(
        pts, array("q", [STEP]) * count, array("I", range(count)), array("B", [1]) * count, array("B", bytes(count))
    )
    packets = PacketColumns(
        pts[:], pts[:], array("q", range(0, 9000 * count, 9000)), array("I", [9000]) * count, array("B", bytes(count))
    )
    facts = TableFacts(0, Fraction(1, 15360), "benchmark", nominal_step=Fraction(1, 30))
    return FrameTable(facts, frames, packets, os.urandom(HASH_SIZE * count))


def open_once(path: Path) -> dict[str, float]:
    """Open the table at `path` as the desk does and return the milliseconds of each part and of all."""
    spent: dict[str, float] = {}
    begun = last = time.perf_counter()

    def note(name: str) -> None:
        nonlocal last
        now = time.perf_counter()
        spent[name] = (now - last) * 1000
        last = now

    table = frame_store.load(path)
    note("load")
    _ = table.stamps_increase, table.time_of(len(table) - 1), table.frame_at(Fraction(100)), table.duration
    note("times")
    clock = FrameClock.of(table)
    note("clock")
    clock.unusual(Fraction(3, 2))
    note("unusual")
    table.flagged(FrameFlag.DAMAGED | FrameFlag.AFTER_DAMAGE)
    note("flagged")
    spent["all"] = (time.perf_counter() - begun) * 1000
    return spent


def main() -> int:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--frames", type=int, default=1_000_000)
    words.add_argument("--rounds", type=int, default=5)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            path = Path(folder) / "table.edft"
            frame_store.save(big_table(given.frames, kind), path)
            rounds = [open_once(path) for _ in range(given.rounds)]
            parts = ", ".join(f"{name} {statistics.median(r[name] for r in rounds):.0f}" for name in rounds[0])
            sys.stdout.write(f"{given.frames} frames, {kind}: {parts} ms\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

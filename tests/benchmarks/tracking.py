"""How long following a target takes for each frame, beside stepping the same frames from memory; and that it repeats.

python tests/benchmarks/tracking.py CLIP FIRST LAST X,Y,W,H
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from evidence_desk.media.client import MediaWorker


def main(clip: Path, first: int, last: int, box: tuple[int, int, int, int]) -> None:
    """Print one line."""
    with MediaWorker() as worker:
        table = worker.index(clip)
        frames = range(first, last + 1)
        for n in frames:
            worker.picture(clip, table, n)
        began = time.perf_counter()
        for n in frames:
            worker.picture(clip, table, n)
        stepped = time.perf_counter()
        found = worker.track(clip, table, (first, box), (first, box), last)
        tracked = time.perf_counter()
        same = worker.track(clip, table, (first, box), (first, box), last) == found
    each = (tracked - stepped) * 1000 / max(1, len(found.places))
    sys.stdout.write(
        f"{len(found.places)} frames tracked, {each:.1f} ms each; stepping them again "
        f"{(stepped - began) * 1000 / len(frames):.1f} ms each; lost at {found.lost_at}; the same twice: {same}\n"
    )


if __name__ == "__main__":
    x, y, w, h = (int(v) * 16 for v in sys.argv[4].split(","))
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), (x, y, w, h))

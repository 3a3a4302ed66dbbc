"""The desk against its peers, in one run, as ratios: `python tests/benchmarks/peers.py [--only steps,…] [--json]`.

Peers: bare PyAV decoding in the same thread mode, OpenCV, ffprobe, ffmpeg, coreutils, and mpv where it is installed.
Ours and theirs are measured in turns, since timings of a shared machine mean little by themselves. README.md in this
folder has the method.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.benchmarks import peer_passes, peer_steps  # noqa: E402
from tests.benchmarks.peer_clips import PeerClip, clips  # noqa: E402
from tests.benchmarks.peer_rows import Row, as_json, markdown  # noqa: E402

Section = Callable[[PeerClip, Path], Iterator[Row]]
_LIGHT = "syn_1080p_light.mp4"
"""Made for passes alone."""
SECTIONS: dict[str, Section] = {
    "steps": peer_steps.steps,
    "seeks": peer_steps.seeks,
    "preview": peer_steps.preview,
    "table": peer_passes.table,
    "intake": peer_passes.intake_without_decoding,
    "passes": peer_passes.passes,
    "memory": peer_passes.memory,
    "mpv": peer_steps.mpv,
}


def main() -> int:
    """Measure, print the table; exit status 1 where a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help=f"sections, with commas: {','.join(SECTIONS)}")
    parser.add_argument("--clips", default="", help="words of clip names, with commas; all by default")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "evidence-desk-peers")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    names = [name for name in given.only.split(",") if name] or list(SECTIONS)
    if set(names) - set(SECTIONS):
        parser.error(f"known sections: {', '.join(SECTIONS)}")
    given.cache.mkdir(parents=True, exist_ok=True)
    words = [word for word in given.clips.split(",") if word]
    rows: list[Row] = []
    for clip in clips(given.cache, REPOSITORY.parent / "shared" / "media", words):
        for name in names:
            if clip.name == _LIGHT and name not in ("table", "passes"):
                continue
            began = time.monotonic()
            for row in SECTIONS[name](clip, given.cache):
                rows.append(row)
                sys.stderr.write(f"{row.section} {row.clip}: {row.what}: {row.ours} | {row.peer} | {row.ratio}\n")
            sys.stderr.write(f"  {name} {clip.name}: {time.monotonic() - began:.0f} s\n")
    sys.stdout.write(as_json(rows) if given.json else markdown(rows))
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

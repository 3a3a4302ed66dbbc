"""Where the window's thread stalls: the script of `bench --desk`, and what the thread did during each long gap.

A second thread looks every few milliseconds; where no beat came for long it notes the stack of the window's thread,
which costs time of its own: take figures from `bench --desk`, reasons from here. Run: `desk_stalls.py [--least MS]`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from pathlib import Path

from PySide6.QtWidgets import QApplication

from evidence_desk.jobs import NullContext
from evidence_desk.ui.desk_bench import Beats, longest_stalls

_LOOK_S = 0.004
_OURS = "evidence_desk"


class Sampler(threading.Thread):
    """Notes what the window's thread does while it does not beat."""

    def __init__(self, beats: Beats, least: float) -> None:
        super().__init__(daemon=True)
        self._beats, self._least = beats, least
        self._main = threading.main_thread().ident or 0
        self.seen: list[tuple[float, str, str]] = []
        self.ended = False

    def run(self) -> None:
        """Look until told to end."""
        while not self.ended:
            time.sleep(_LOOK_S)
            since = self._beats.last
            if since and time.perf_counter() - since > self._least:
                frame = sys._current_frames().get(self._main)
                self.seen.append((since, self._beats.doing, _where(traceback.extract_stack(frame))))


def _where(stack: traceback.StackSummary) -> str:
    ours = [f for f in stack if _OURS in f.filename and "desk_bench" not in f.filename]
    named = (f"{Path(f.filename).stem}.{f.name}:{f.lineno}" for f in (*ours[-5:], *stack[-1:]))
    return " > ".join(named)


def _ms(seconds: list[float]) -> str:
    return ", ".join(f"{value * 1000:.0f}" for value in seconds)


def main() -> int:
    """Run the script and print the longest gaps with what was seen in them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--least", type=float, default=40.0, help="milliseconds from which a gap is looked into")
    least = parser.parse_args().least / 1000
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QApplication(sys.argv[:1])
    beats = Beats()
    sampler = Sampler(beats, least)
    sampler.start()
    with tempfile.TemporaryDirectory(prefix="desk-stalls-", ignore_cleanup_errors=True) as folder:
        longest_stalls(Path(folder), NullContext(), beats)
    sampler.ended = True
    for doing in dict.fromkeys(doing for *_, doing in beats.gaps):
        of = [(gap, ran) for gap, ran, at in beats.gaps if at == doing]
        longest, busiest = (sorted((pair[i] for pair in of), reverse=True)[:8] for i in (0, 1))
        sys.stdout.write(f"{doing}: {len(of)} beats; longest {_ms(longest)} ms; longest it ran {_ms(busiest)} ms\n")
    by_gap: dict[float, Counter[str]] = {}
    for since, doing, where in sampler.seen:
        by_gap.setdefault(since, Counter())[f"[{doing}] {where}"] += 1
    for looks in sorted(by_gap.values(), key=lambda c: -c.total())[:15]:
        sys.stdout.write(f"\n{looks.total()} looks\n")
        for where, times in looks.most_common(6):
            sys.stdout.write(f"  {times:3} {where}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

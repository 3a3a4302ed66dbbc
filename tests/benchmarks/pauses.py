"""Random pauses in real-time play: is the still that follows the very picture that was on screen?

    python tests/benchmarks/pauses.py [--pauses 10] [--seed 7] [FILE …]

Plays each clip through libvlc (its sound into a dummy output), pauses after a random time, and looks up which frame the
desk says was on screen: once as the desk does (by the picture's hash), and once by comparing with decoded frames alone,
from a place that is up to ten frames off. The truth comes from neither: the whole clip is decoded from its start and
every frame is painted and compared with the pixels that were on screen. Without files five clips are made: constant
rate, variable rate, B-frames, 1080p30, and one that is turned.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(REPOSITORY))

from evidence_desk.domain.frames import FrameTable  # noqa: E402
from evidence_desk.media.client import MediaWorker  # noqa: E402
from evidence_desk.media.pictures import AS_IS  # noqa: E402
from evidence_desk.media.player import Failed, Player, available  # noqa: E402
from evidence_desk.services.playhead import FrameClock  # noqa: E402
from evidence_desk.ui.live_play import LivePicture, LivePlan, LivePlay  # noqa: E402
from evidence_desk.worker.display import Renderer, orientation_of  # noqa: E402
from tests.contract.clips import Clip, make_clip  # noqa: E402

Pixels = npt.NDArray[np.uint8]
SLOW_SECONDS = 6.0


@dataclass
class Pause:
    """One pause: the frame by hash (-1 where the hash did not tell), by comparison alone, and the truth."""

    screen: Pixels = field(repr=False)
    by_hash: int
    by_match: int
    still_equal: bool
    truth: list[int] = field(default_factory=list)

    @property
    def said(self) -> int:
        """Return the frame that the desk would show."""
        return self.by_hash if self.by_hash >= 0 else self.by_match


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run it, print a line a clip and the total, return 0 where every pause was exact."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pauses", type=int, default=10, help="for each clip")
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    missing = available()
    if missing:
        say(f"not run: {missing}")
        return 2
    app = QCoreApplication(sys.argv[:1])
    rng = random.Random(chosen.seed)
    total = exact = matched = same = 0
    with tempfile.TemporaryDirectory() as folder, MediaWorker() as worker:
        for path in chosen.files or list(made_clips(Path(folder))):
            table = worker.index(path)
            pauses = list(pause_clip(app, worker, path, table, rng, chosen.pauses))
            find_truth(path, pauses)
            hits = sum(p.said in p.truth for p in pauses)
            match_hits = sum(p.by_match in p.truth for p in pauses)
            total, exact, matched = total + len(pauses), exact + hits, matched + match_hits
            same += sum(p.still_equal for p in pauses)
            known = sum(p.by_hash >= 0 for p in pauses)
            say(
                f"{path.name}: exact {hits}/{len(pauses)} ({known} by hash), by comparison alone"
                f" {match_hits}/{len(pauses)}, still equals screen {sum(p.still_equal for p in pauses)}/{len(pauses)}",
            )
            for p in pauses:
                if p.said not in p.truth or p.by_match not in p.truth:
                    say(f"   said {p.said}, comparison {p.by_match}, on screen {p.truth[:6]}")
    say(f"total: exact {exact}/{total}, by comparison alone {matched}/{total}, still equals screen {same}/{total}")
    return 0 if exact == total else 1


def made_clips(folder: Path) -> Iterator[Path]:
    """Yield five clips of different kinds."""
    thirds = tuple(n * 1000 // 30 for n in range(300))
    uneven = tuple(n * 40 + (n * n) % 23 + (300 if n > 80 else 0) for n in range(200))
    wide, high = 640, 360
    yield make_clip(folder / "constant.mp4", Clip(frames=200, sound=True, width=wide, height=high))
    yield make_clip(folder / "variable.mp4", Clip(frames=200, stamps=uneven, sound=True, width=wide, height=high))
    yield make_clip(folder / "b-frames.mkv", Clip(frames=200, bframes=3, gop=50, width=wide, height=high))
    yield make_clip(
        folder / "1080p30.mp4", Clip(frames=300, stamps=thirds, bframes=2, gop=250, width=1920, height=1080, sound=True)
    )
    yield make_clip(folder / "turned.mp4", Clip(frames=200, rotate=90, sound=True, width=wide, height=high))


def pause_clip(
    app: QCoreApplication, worker: MediaWorker, path: Path, table: FrameTable, rng: random.Random, count: int
) -> Iterator[Pause]:
    """Play from a random frame for a random time, pause, and ask which frame that was."""
    clock = FrameClock.of(table)
    live = LivePlay(lambda heard: Player(heard, sound_output="adummy"))
    failed: list[Failed] = []
    live.failed.connect(lambda event, _: failed.append(event))
    model = worker.picture(path, table, 0)
    try:
        for _ in range(count):
            start = rng.randrange(max(1, len(table) * 2 // 3))
            seen: list[LivePicture] = []
            live.pictured.connect(seen.append)
            plan = LivePlan(
                path.name, path, table, clock, start, len(table) - 1, Fraction(1), False, 100, AS_IS, model
            )  # fmt: skip
            live.start(plan)
            _run(app, lambda seen=seen: bool(seen) or bool(failed), SLOW_SECONDS)
            _run(app, lambda: False, rng.uniform(0.1, 1.2))
            last = live.freeze()
            live.pictured.disconnect()
            if failed or last is None:
                say(f"   {path.name} did not play from frame {start}: {failed[0].message if failed else 'no picture'}")
                failed.clear()
                continue
            yield _asked(worker, path, table, live, last, rng)
    finally:
        live.close()


def _asked(
    worker: MediaWorker, path: Path, table: FrameTable, live: LivePlay, last: LivePicture, rng: random.Random
) -> Pause:
    shown = last.shown.picture
    screen = np.frombuffer(shown.bgra, np.uint8).reshape(shown.height, shown.width, 4)[..., :3]
    native = live.native(last.number)
    assert native is not None
    near = min(max(last.shown.n + rng.randint(-10, 10), 0), len(table) - 1)
    by_match = worker.match(path, table, native, near).n
    said = last.shown.n if last.known else by_match
    still = worker.picture(path, table, said, (shown.width, shown.height))
    pixels = np.frombuffer(still.bgra, np.uint8).reshape(still.height, still.width, 4)[..., :3]
    return Pause(screen, last.shown.n if last.known else -1, by_match, bool(np.array_equal(pixels, screen)))


def find_truth(path: Path, pauses: list[Pause]) -> None:
    """Decode the clip from its start; note for each pause the frames that look as the screen did, to the pixel.

    Where none does, the nearest by mean difference counts.
    """
    renderer, best = Renderer(), [(float("inf"), -1)] * len(pauses)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        sar = stream.sample_aspect_ratio or Fraction(1)
        for n, frame in enumerate(container.decode(stream)):
            limit = (pauses[0].screen.shape[1], pauses[0].screen.shape[0])
            shown = renderer.render(frame, sar, limit, as_bgra=True, orientation=orientation_of(frame))
            pixels = shown.pixels[..., :3]
            for place, pause in enumerate(pauses):
                rough = float(np.abs(pixels[::8, ::8].astype(np.int16) - pause.screen[::8, ::8]).mean())
                best[place] = min(best[place], (rough, n))
                if rough == 0.0 and np.array_equal(pixels, pause.screen):
                    pause.truth.append(n)
    for (_, n), pause in zip(best, pauses, strict=True):
        pause.truth = pause.truth or [n]


def _run(app: QCoreApplication, done: object, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not (callable(done) and done()):
        app.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    sys.exit(main())

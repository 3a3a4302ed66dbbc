"""How steadily play runs: pictures on screen per second, their spacing, and what it costs.

    python tests/benchmarks/play_pace.py [--seconds 6] [FILE]

Plays a clip (by default 1080p at 30 pictures a second, made with noise so that it is as heavy as footage) through the
player into the real picture view, drawn offscreen. Prints the rate shown against the clip's own, the spacing of the
pictures, the longest time the window did not answer, and CPU seconds per second of desk and player.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(REPOSITORY))

from PySide6.QtWidgets import QApplication  # noqa: E402

from evidence_desk.media.client import MediaWorker  # noqa: E402
from evidence_desk.media.pictures import AS_IS  # noqa: E402
from evidence_desk.media.player import Player, available  # noqa: E402
from evidence_desk.services.playhead import FrameClock  # noqa: E402
from evidence_desk.ui.live_play import LivePicture, LivePlan, LivePlay  # noqa: E402
from evidence_desk.ui.theme import apply_theme  # noqa: E402
from evidence_desk.ui.widgets.viewer import Viewer  # noqa: E402


def main() -> int:
    """Run it and print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=6.0)
    chosen = parser.parse_args()
    if missing := available():
        sys.stdout.write(f"not run: {missing}\n")
        return 2
    app = QApplication.instance() or QApplication(sys.argv[:1])
    apply_theme("dark", 100)
    with tempfile.TemporaryDirectory() as folder, MediaWorker() as worker:
        path = chosen.file or heavy_clip(Path(folder) / "heavy.mp4", round(chosen.seconds) + 2)
        table = worker.index(path)
        clock = FrameClock.of(table)
        model = worker.picture(path, table, 0)
        worker.close()
        players: list[Player] = []

        def make(heard: object) -> Player:
            players.append(Player(heard, sound_output="adummy"))  # type: ignore[arg-type]
            return players[0]

        live, viewer = LivePlay(make), Viewer()
        viewer.resize(1280, 720)
        viewer.show()
        times: list[float] = []

        def show(picture: LivePicture) -> None:
            viewer.set_picture(picture.shown, len(clock))
            times.append(time.perf_counter())
            numbers.append((picture.shown.n, picture.known))

        numbers: list[tuple[int, bool]] = []
        live.pictured.connect(show)
        live.start(LivePlan("EX-001", path, table, clock, 0, len(table) - 1, Fraction(1), False, 100, AS_IS, model))
        _run(app, lambda: bool(times), 8.0)
        desk, played = time.process_time(), cpu_of(players[0].pid)
        began = time.perf_counter()
        longest = _run(app, lambda: not live.playing, chosen.seconds)
        gone = time.perf_counter() - began
        desk, played = time.process_time() - desk, cpu_of(players[0].pid) - played
        live.close()
    spacing = [1000 * (b - a) for a, b in pairwise(times)]
    rate, own = (len(times) - 1) / (times[-1] - times[0]), len(clock) / float(clock.length)
    left_out = sum(max(b - a - 1, 0) for (a, _), (b, _) in pairwise(numbers))
    out = (
        f"pictures shown a second {rate:.1f} of {own:.1f}: {rate / own:.2f}",
        f"frames left out {left_out} of {numbers[-1][0] - numbers[0][0]}; known by hash {sum(k for _, k in numbers)} of"
        f" {len(numbers)}",
        f"spacing ms: median {statistics.median(spacing):.1f}, p95 {sorted(spacing)[int(len(spacing) * 0.95)]:.1f},"
        f" longest {max(spacing):.1f}",
        f"window longest without an answer {longest * 1000:.0f} ms",
        f"CPU seconds per second: desk {desk / gone:.2f}, player {played / gone:.2f}",
    )
    sys.stdout.write("\n".join(out) + "\n")
    return 0


def heavy_clip(path: Path, seconds: int) -> Path:
    """Make 1080p30 with sound: moving shapes under noise."""
    picture = f"testsrc2=size=1920x1080:rate=30:duration={seconds},noise=alls=12:allf=t"
    sound = f"sine=frequency=440:sample_rate=48000:duration={seconds}"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
    command += ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "8M", "-pix_fmt", "yuv420p", "-g", "250", "-bf", "2"]
    subprocess.run([*command, "-c:a", "aac", "-shortest", "-y", str(path)], check=True)
    return path


def cpu_of(pid: int) -> float:
    """Return the CPU seconds a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _run(app: object, done: object, seconds: float) -> float:
    """Let events run until something is done; return the longest time between two rounds."""
    assert isinstance(app, QApplication)
    assert callable(done)
    end, longest, last = time.perf_counter() + seconds, 0.0, time.perf_counter()
    while time.perf_counter() < end and not done():
        app.processEvents()
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        time.sleep(0.001)
    return longest


if __name__ == "__main__":
    sys.exit(main())

"""Opens damaged files by the thousand beside a living case: `python tests/benchmarks/mutated_files.py --count 2000`.

Small clips are made with ffmpeg in a temporary folder; those of ../shared/media join them where present. Each damaged
copy goes through probe, sound, packet table, frame table and five random frames, by the calls of the desk. A case is
open in the same process: every few files a record is written and every so often a damaged file is taken in. At the end
the case is verified. What is counted: answers, refusals in one line, workers that died or fell silent, anything that is
no error of the desk (must be none), the longest time, and the worker's greatest memory. The number of a file is in each
line of --log, and --only NUMBER opens that one alone.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(REPOSITORY))

from evidence_desk.domain.errors import EvidenceDeskError, MediaUnreadable, WorkerFailed, WorkerLost  # noqa: E402
from evidence_desk.jobs import NullContext  # noqa: E402
from evidence_desk.media.client import MediaWorker  # noqa: E402
from evidence_desk.services import commands as c  # noqa: E402
from evidence_desk.services import intake  # noqa: E402
from evidence_desk.services.case import Case  # noqa: E402
from evidence_desk.services.verify import verify_case  # noqa: E402
from tests.benchmarks.mutations import mutate  # noqa: E402

MEDIA = REPOSITORY.parent / "shared" / "media"
FRAMES = 5
LARGEST_SEED = 150_000
EVERY_RECORD, EVERY_EXHIBIT = 10, 100
_PICTURE = "testsrc2=size=176x144:rate=25:duration=1.2"
_SOUND = "sine=frequency=440:duration=1.2"
_X264 = "-c:v libx264 -preset veryfast -g 10 -pix_fmt yuv420p -c:a aac"
RECIPES = {
    "plain.mp4": _X264,
    "fragments.mp4": f"{_X264} -movflags frag_keyframe+empty_moov",
    "film.mov": "-c:v mpeg4 -bf 2 -c:a pcm_s16le",
    "ten.mp4": "-c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -x265-params log-level=none -an",
    "film.mkv": f"{_X264} -bf 2",
    "film.webm": "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus",
    "old.mkv": "-c:v mpeg2video -c:a mp2",
    "film.ts": f"{_X264} -bf 2",
    "mpeg2.ts": "-c:v mpeg2video -bf 2 -c:a mp2",
    "film.avi": "-c:v mpeg4 -bf 1 -c:a mp3",
    "motion.avi": "-c:v mjpeg -an",
    "flash.flv": "-c:v flv1 -c:a mp3 -ar 44100",
    "program.mpg": "-c:v mpeg2video -bf 2 -c:a mp2",
    "moving.gif": "-an",
}
_FAMILY = {".mp4": "mp4", ".mov": "mp4", ".3gp": "mp4", ".mkv": "mkv", ".webm": "mkv", ".ts": "ts", ".avi": "avi"}


@dataclass
class Tally:
    """What the files showed."""

    files: int = 0
    opened: int = 0
    frames: int = 0
    inexact_frames_said_so: int = 0
    refused: int = 0
    refused_for_memory: int = 0
    worker_died: int = 0
    worker_silent: int = 0
    failed_inside: int = 0
    other_errors: int = 0
    longest_seconds: float = 0.0
    worker_peak_mb: int = 0
    records_written: int = 0
    exhibits_taken_in: int = 0
    case_verifies: bool = False
    by_change: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What one damaged file came to; `kind` is a name in the tally."""

    number: int
    change: str
    file: Path
    kind: str = "opened"
    said: str = ""
    seconds: float = 0.0
    peak_mb: int = 0
    frames: int = 0
    inexact: int = 0


def seeds(folder: Path) -> dict[str, bytes]:
    """Return the bytes to damage, by file name: made here, and small ones of the shared media."""
    found: dict[str, bytes] = {}
    for name, words in RECIPES.items():
        command = ["ffmpeg", "-v", "quiet", "-y", "-f", "lavfi", "-i", _PICTURE, "-f", "lavfi", "-i", _SOUND]
        if subprocess.run([*command, *words.split(), str(folder / name)], check=False).returncode == 0:
            found[name] = (folder / name).read_bytes()
    for file in sorted(MEDIA.iterdir()) if MEDIA.is_dir() else ():
        known = file.suffix.lower() in (*_FAMILY, ".ogv", ".mpg", ".flv", ".wmv")
        if known and file.stat().st_size <= LARGEST_SEED:
            found[file.name] = file.read_bytes()
    return found


def damaged(number: int, known: dict[str, bytes]) -> tuple[str, str, bytes]:
    """Return suffix, what was done, and the bytes of one damaged file; the number alone decides all three."""
    draw = random.Random(number)
    name = draw.choice(sorted(known))
    suffix = Path(name).suffix.lower()
    change, data = mutate(known[name], _FAMILY.get(suffix, ""), draw)
    return suffix, f"{change} {name}", data


class Run:
    """Several threads that open files; the one that started them counts and writes records."""

    def __init__(self, known: dict[str, bytes], folder: Path, log: Any) -> None:
        self.tally = Tally()
        self._known = known
        self._folder = folder
        self._log = log
        self._case = Case.create(folder / "beside.edcase", "Beside damaged files", "Writer")
        self._worker = MediaWorker(spare=True)
        self._numbers: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()

    def go(self, first: int, count: int, threads: int) -> None:
        """Open so many files and verify the case."""
        for number in range(first, first + count):
            self._numbers.put(number)
        for _ in range(threads):
            threading.Thread(target=self._work, daemon=True).start()
        for _ in range(count):
            outcome = self._outcomes.get()
            self._count(outcome)
            self._write(outcome)
            outcome.file.unlink()
        self._worker.close()
        self._case.close()
        with MediaWorker() as other:
            report = verify_case(self._folder / "beside.edcase", other)
        self.tally.case_verifies = report.same
        if not report.same:
            self.tally.faults += report.lines()

    def _work(self) -> None:
        while True:
            number = self._numbers.get()
            suffix, change, data = damaged(number, self._known)
            file = self._folder / f"damaged-{number}{suffix}"
            file.write_bytes(data)
            outcome = Outcome(number, change, file)
            began = time.monotonic()
            try:
                self._open(file, random.Random(number), outcome)
            except EvidenceDeskError as error:
                outcome.kind, outcome.said = _kind_of(error)
            except Exception:  # noqa: BLE001 - this is what must never happen, and is counted
                outcome.kind, outcome.said = "other_errors", traceback.format_exc()
            outcome.seconds = time.monotonic() - began
            outcome.peak_mb = max((_peak_mb(pid) for pid in self._worker.pids), default=0)
            self._outcomes.put(outcome)

    def _open(self, file: Path, draw: random.Random, outcome: Outcome) -> None:
        if self._worker.probe(file).sounds:
            with contextlib.suppress(MediaUnreadable):
                self._hear(file, draw)
        self._worker.outline(file)
        table = self._worker.survey(file).table
        for _ in range(FRAMES if len(table) else 0):
            n = draw.randrange(len(table))
            picture = self._worker.picture(file, table, n, (320, 240))
            if picture.n != n or (picture.hash != table.hash_of(n) and picture.exact):
                outcome.kind, outcome.said = "other_errors", f"frame {picture.n} for {n}, said to be exact"
                return
            outcome.frames += 1
            outcome.inexact += not picture.exact

    def _hear(self, file: Path, draw: random.Random) -> None:
        facts = (track := self._worker.sound_track(file)).facts
        if facts.samples:
            self._worker.sound(file, track, draw.randrange(facts.samples), 4800)

    def _count(self, outcome: Outcome) -> None:
        tally = self.tally
        tally.files += 1
        setattr(tally, outcome.kind, getattr(tally, outcome.kind) + 1)
        tally.frames += outcome.frames
        tally.inexact_frames_said_so += outcome.inexact
        tally.by_change[f"{outcome.change.partition(' ')[0]} {outcome.kind}"] += 1
        tally.longest_seconds = max(tally.longest_seconds, round(outcome.seconds, 2))
        tally.worker_peak_mb = max(tally.worker_peak_mb, outcome.peak_mb)
        if outcome.kind in ("other_errors", "failed_inside"):
            tally.faults.append(f"{outcome.number} {outcome.change}: {outcome.said}")
        if self._log is not None:
            words = (outcome.number, outcome.change, f"{outcome.seconds:.2f}", outcome.peak_mb, outcome.kind)
            self._log.write("\t".join(map(str, (*words, outcome.said.partition("\n")[0]))) + "\n")
            self._log.flush()

    def _write(self, outcome: Outcome) -> None:
        """Let the case live on: a record now and then, sometimes with the damaged file as an exhibit."""
        if outcome.number % EVERY_RECORD == 0:
            self._case.bus.run(c.add_question(f"What does file {outcome.number} show?", "The original"))
            self.tally.records_written += 1
        if outcome.number % EVERY_EXHIBIT == 0:
            received = intake.receive(self._case.paths, outcome.file, self._case.known_hashes(), NullContext())
            exhibit = self._case.bus.run(c.add_exhibit(received, outcome.file.name, {"note": "damaged"})).numbers[0]
            found = intake.examine(self._worker, self._case.paths, received, NullContext())
            self._case.bus.run(c.record_examination(exhibit, found))
            self.tally.exhibits_taken_in += 1


def _kind_of(error: EvidenceDeskError) -> tuple[str, str]:
    """Return under which of the tally's names an error counts, and what it said."""
    text = str(error)
    if "\n" in text or "Traceback" in text:
        return "other_errors", f"more than one line: {text}"
    if isinstance(error, WorkerLost):
        return "worker_silent" if "no sign of life" in text else "worker_died", text
    if "needs more memory than one file is given" in text:
        return "refused_for_memory", text
    if isinstance(error, WorkerFailed):
        return "failed_inside", f"{text} {' '.join(getattr(error, '__notes__', ()))}"
    return "refused" if isinstance(error, MediaUnreadable) else "other_errors", f"{type(error).__name__}: {text}"


def _peak_mb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM")), 0)


def main() -> int:
    """Run and print the tally as JSON; exit status 1 where something happened that must not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1, help="number of the first file")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", type=int, help="open this one file alone")
    parser.add_argument("--log", type=argparse.FileType("w"))
    parser.add_argument("--keep", type=Path, help="with --only: also write the damaged file there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="evidence-desk-mutated-") as place:
        folder = Path(place)
        known = seeds(folder)
        if given.only is not None and given.keep is not None:
            given.keep.write_bytes(damaged(given.only, known)[2])
        run = Run(known, folder, given.log)
        began = time.monotonic()
        if given.only is not None:
            run.go(given.only, 1, 1)
        else:
            run.go(given.seed, given.count, given.threads)
    tally = run.tally
    told = {**vars(tally), "by_change": dict(sorted(tally.by_change.items())), "originals": len(known)}
    sys.stdout.write(json.dumps({**told, "seconds": round(time.monotonic() - began, 1)}, indent=2) + "\n")
    return 1 if tally.faults or not tally.case_verifies else 0


if __name__ == "__main__":
    sys.exit(main())

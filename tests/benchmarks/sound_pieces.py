"""How exact and how quick sound is: random pieces of every clip with sound against its decode from start to end.

    sound_pieces.py [FOLDER or FILE …] [--pieces N] [--seed S]

Without a folder the clips beside the repository are taken. For each sound stream: how many random pieces were the
sequential ones bit for bit, how many samples ffmpeg writes for the same stream (where ffmpeg is installed), seconds of
sound read in a second by the pass (hash, waveform and spectrogram included), and milliseconds a piece.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.sound_questions import WIDTHS, SoundWish
from evidence_desk.media.sound_track import SoundTrack

MEDIA = Path(__file__).resolve().parents[3] / "shared" / "media"
LENGTHS = (1, 400, 1601, 5000)


def main() -> int:
    """Print a line for each stream and the sums; return 1 where a piece was another than the sequential one."""
    parser = argparse.ArgumentParser(description="Random pieces of sound against the decode from start to end.")
    parser.add_argument("places", nargs="*", type=Path, default=[MEDIA])
    parser.add_argument("--pieces", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    wishes = parser.parse_args()
    exact = total = streams = counted = same = 0
    for path in _files(wishes.places):
        for track, speed in _tracks(path):
            right, ms = _pieces(path, track, wishes.pieces, wishes.seed)
            theirs = _ffmpeg_samples(path, track)
            streams, exact, total = streams + 1, exact + right, total + wishes.pieces
            counted, same = counted + (theirs is not None), same + (theirs == len(track))
            facts = track.facts
            _say(
                f"{path.name:48} {facts.stream:2} {facts.codec:14} {right:4}/{wishes.pieces} exact"
                f"  samples {len(track):9} ffmpeg {'-' if theirs is None else theirs:>9}"
                f"  pass {speed:5.0f}×  piece {statistics.median(ms):6.1f} / {max(ms):7.1f} ms"
            )
    _say(f"{streams} streams: {exact} of {total} pieces exact; {same} of {counted} with as many samples as ffmpeg")
    return int(exact != total)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _files(places: list[Path]) -> Iterator[Path]:
    for place in places:
        yield from (sorted(p for p in place.iterdir() if p.is_file()) if place.is_dir() else [place])


def _tracks(path: Path) -> Iterator[tuple[SoundTrack, float]]:
    """Yield the track of each sound stream and how many seconds of sound a second of the pass read."""
    streams: tuple[int | None, ...] = (None,)
    with MediaWorker() as worker:
        try:
            worker.probe(path)  # so that the start of the process does not count
            while streams:
                began = time.perf_counter()
                track = worker.sound_track(path, streams[0])
                speed = float(track.clock.end - track.clock.start) / (time.perf_counter() - began)
                streams = track.facts.streams[1:] if streams[0] is None else streams[1:]
                yield track, speed
        except EvidenceDeskError:
            return  # no sound, or no media


def _pieces(path: Path, track: SoundTrack, count: int, seed: int) -> tuple[int, list[float]]:
    """Return how many pieces were right, and the milliseconds of each; a process of its own reads them."""
    draw, facts = random.Random(seed), track.facts
    places = [(draw.randrange(facts.samples), draw.choice(LENGTHS)) for _ in range(count)]
    size, parts, at, ms, taken = WIDTHS[facts.sample_format] * facts.channels, [], 0, [], []
    with MediaWorker() as worker:
        worker.sound(path, track, 0, 1)
        for place in places:
            began = time.perf_counter()
            taken.append(worker.sound(path, track, *place, SoundWish.NATIVE))
            ms.append((time.perf_counter() - began) * 1000)
    with MediaWorker() as worker:
        while at < facts.samples:
            piece = worker.sound(path, track, at, 1 << 20, SoundWish.NATIVE)
            parts.append(piece.pcm)
            at += piece.count
    whole = b"".join(parts)
    if hashlib.sha256(whole).hexdigest() != facts.pcm_sha256:
        return 0, ms
    return sum(p.exact and p.pcm == whole[p.first * size : (p.first + p.count) * size] for p in taken), ms


def _ffmpeg_samples(path: Path, track: SoundTrack) -> int | None:
    if shutil.which("ffmpeg") is None:
        return None
    command = ["ffmpeg", "-v", "quiet", "-nostdin", "-i", str(path), "-map", f"0:{track.facts.stream}"]
    size = 0
    with subprocess.Popen([*command, "-f", "s16le", "-"], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        while block := running.stdout.read(1 << 20):
            size += len(block)
    return size // 2 // track.facts.channels


if __name__ == "__main__":
    sys.exit(main())

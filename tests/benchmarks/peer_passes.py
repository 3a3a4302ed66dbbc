"""Whole files: the frame table, intake, decoding passes, memory; against ffprobe, coreutils and ffmpeg."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from evidence_desk.jobs import NullContext
from evidence_desk.media import frame_store
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import intake
from evidence_desk.services.memory_peak import MemoryPeak
from evidence_desk.store.paths import CasePaths
from tests.benchmarks.peer_clips import PeerClip, longer
from tests.benchmarks.peer_rows import Row, at_least, at_most, median, ms, shell, timed
from tests.benchmarks.table_opening import KINDS, big_table, open_once

_ROUNDS = 5
_PASS_ROUNDS = 3
_INTAKE_MB = 300
_MILLION = 1_000_000


def table(clip: PeerClip, cache: Path) -> Iterator[Row]:
    """Yield the frame table from packets against `ffprobe -show_packets`, in turns."""
    probe = ("ffprobe", "-v", "error", "-select_streams", "V:0", "-show_packets", "-of", "csv", clip.path)
    ours, theirs, cold = [], [], []
    with MediaWorker() as worker:
        worker.outline(clip.path)
        for _ in range(_ROUNDS):
            theirs.append(shell(*probe))
            ours.append(timed(lambda: worker.outline(clip.path)))
    for _ in range(2):
        with MediaWorker() as worker:
            cold.append(timed(lambda: worker.outline(clip.path)))
    speed = clip.path.stat().st_size / 1_000_000 / median(ours)
    yield Row("table", clip.name, "frame table from packets", f"{ms(median(ours))}, {speed:.0f} MB/s",
              f"ffprobe -show_packets {ms(median(theirs))}", **at_most(median(ours) / median(theirs), 1.0))  # fmt: skip
    yield Row("table", clip.name, "the same with the process started for it", ms(median(cold)),
              f"ffprobe {ms(median(theirs))}", round(median(cold) / median(theirs), 3))  # fmt: skip


def intake_without_decoding(clip: PeerClip, cache: Path) -> Iterator[Row]:
    """Yield copy, two hashes and packet table against `cp` + `sha256sum` + `sha512sum` of the same file, in turns."""
    if "gop250" not in clip.name:
        return
    file = longer(clip.path, cache / "syn_long_for_intake.mp4", _INTAKE_MB)
    ours, theirs = [], []
    with MediaWorker() as worker:
        worker.outline(file)
        for _ in range(_PASS_ROUNDS):
            with tempfile.TemporaryDirectory(dir=cache) as place:
                copy = Path(place) / "copy.mp4"
                peer = [shell("cp", file, copy), shell("sha256sum", file), shell("sha512sum", file)]
                theirs.append(sum(peer))
            folder = cache / "intake.edcase"
            shutil.rmtree(folder, ignore_errors=True)
            paths = CasePaths(folder)
            folder.mkdir()
            paths.make()
            ours.append(timed(lambda: _taken_in(worker, paths, file)))  # noqa: B023 - called at once
            for kept in folder.rglob("*"):
                if kept.is_file():
                    kept.chmod(0o644)
            shutil.rmtree(folder)
    size = file.stat().st_size / 1_000_000
    yield Row("intake", f"{size:.0f} MB", "copy, two hashes, packet table", ms(median(ours)),
              f"cp + sha256sum + sha512sum {ms(median(theirs))}", **at_most(median(ours) / median(theirs), 1.5),
              note=f"{size / median(ours):.0f} MB/s, synced to disk")  # fmt: skip


def _taken_in(worker: MediaWorker, paths: CasePaths, file: Path) -> None:
    received = intake.receive(paths, file, {}, NullContext())
    assert intake.outline(worker, paths, received, NullContext()) is not None


def passes(clip: PeerClip, cache: Path) -> Iterator[Row]:
    """Yield frames per second of whole passes against `ffmpeg -f null`, in turns."""
    peer = ("ffmpeg", "-nostdin", "-v", "error", "-i", clip.path, "-map", "0:V:0", "-f", "null", "-")
    judged = "light" in clip.name or "long" in clip.name
    with MediaWorker() as worker:
        count = len(clip.table(cache, worker))
        known = "0" * 64  # as in the desk, where the file's own hash is known from the copy
        ours: dict[str, tuple[float, Callable[[], object], list[float]]] = {
            "bare decode": (0.9, lambda: worker.index(clip.path, hashes=False, sha256=known), []),
            "with frame hashes": (0.6, lambda: worker.index(clip.path, sha256=known), []),
            "with hashes and thumbnails": (0.45, lambda: worker.survey(clip.path, sha256=known), []),
        }
        theirs = []
        for _ in range(1 if clip.large or count > 5000 else _PASS_ROUNDS):
            theirs.append(count / shell(*peer))
            for _, work, speeds in ours.values():
                speeds.append(count / timed(work))
    for what, (limit, _, speeds) in ours.items():
        ratio = median(speeds) / median(theirs)
        fields = at_least(ratio, limit) if judged else {"ratio": round(ratio, 3)}
        yield Row("passes", clip.name, f"pass, {what}", f"{median(speeds):.0f} fps",
                  f"ffmpeg -f null {median(theirs):.0f} fps", **fields)  # fmt: skip


def memory(clip: PeerClip, cache: Path) -> Iterator[Row]:
    """Yield the memory of desk and workers while a clip is stepped back through, and the opening of a huge table."""
    if clip.large or "gop250" in clip.name:
        peak = MemoryPeak()
        with MediaWorker() as worker:
            found = clip.table(cache, worker)
        with MediaWorker() as worker, peak.watching(worker):
            for n in range(len(found) - 1, max(0, len(found) - 200), -1):
                worker.picture(clip.path, found, n)
            held = worker.counters(clip.path).held / 1_000_000
        yield Row("memory", clip.name, "native pictures kept", f"{held:.0f} MB", **at_most(held, 537, " MB"),
                  note="the setting's 512 MiB")  # fmt: skip
        # 512 MB of pictures; the rest is the programs, their libraries, the decoder's own pictures and one on its way.
        yield Row("memory", clip.name, "desk and worker at most, stepping back", f"{peak.megabytes:.0f} MB",
                  **at_most(peak.megabytes, 512 + 700, " MB"),
                  note="window 512 MB, two programs, shared picture")  # fmt: skip
    if "gop250" in clip.name:
        yield from _million(cache)


def _million(cache: Path) -> Iterator[Row]:
    for kind in KINDS:
        place = cache / "million.edft"
        frame_store.save(big_table(_MILLION, kind), place)
        times = [open_once(place)["all"] for _ in range(3)]
        place.unlink()
        yield Row("memory", "a million frames", f"stored frame table opened, {kind}", f"{median(times):.0f} ms",
                  **at_most(median(times), 500, " ms"))  # fmt: skip

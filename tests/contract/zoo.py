"""Odd video files, a kind each, made by the installed ffmpeg and by cutting bytes; and what ffmpeg decodes from them.

A kind is a file name and steps. A step that is text holds ffmpeg's arguments (`{src}` stands for a moving, noisy
picture); a step that is a function works on the folder. A kind whose encoder the installed ffmpeg lacks is skipped and
named. `zoo_kinds.py` lists the kinds, `zoo_surgery.py` and `zoo_streams.py` hold what ffmpeg cannot write.
"""

from __future__ import annotations

import contextlib
import functools
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import av.error

from evidence_desk.worker.hashing import FrameHasher

Step = str | Callable[[Path], None]
Truth = list[tuple[int | None, str]]

_SOURCE = re.compile(r"\{src(?::([^}]*))?\}")
ROUNDED = frozenset({"mpeg4", "wmv1", "wmv2", "msmpeg4v2", "msmpeg4v3"})
"""Codecs whose pictures ffmpeg rounds by shortcuts that differ between its versions: the own library is the measure."""


@dataclass(frozen=True)
class Kind:
    """One odd file: its name, how to make it, whether it is damaged, and why ffmpeg's word may not hold for it."""

    name: str
    steps: tuple[Step, ...]
    damaged: bool = False
    apart: str = ""


class CannotMake(Exception):
    """The installed ffmpeg cannot make this kind."""


@functools.cache
def _encoders() -> frozenset[str]:
    text = subprocess.run(["ffmpeg", "-hide_banner", "-encoders"], capture_output=True, text=True, check=True).stdout
    return frozenset(line.split()[1] for line in text.splitlines() if re.match(r" [VAS][A-Z.]{5} ", line))


def _source(match: re.Match[str]) -> str:
    """Return ffmpeg's input of a picture that moves and flickers: `size rate seconds`, each with a default."""
    words = [*(match.group(1) or "").split(), *("",) * 3]
    size, rate, seconds = words[0] or "96x64", words[1] or "25", words[2] or "1.6"
    return f"-f lavfi -i testsrc2=s={size}:r={rate}:d={seconds},noise=alls=24:allf=t:all_seed=7"


def ffmpeg(folder: Path, arguments: str) -> None:
    """Run ffmpeg with arguments as in a shell, in the folder; raises CannotMake where it lacks the encoder."""
    words = shlex.split(_SOURCE.sub(_source, arguments))
    for at, word in enumerate(words):
        wants = re.fullmatch(r"-c(odec)?(:[vasd](:\d)?)?", word)
        if wants and words[at + 1] not in _encoders() | {"copy"}:
            raise CannotMake(f"this ffmpeg has no encoder {words[at + 1]}")
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-threads", "1", *words]
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise CannotMake(f"ffmpeg {arguments}: {done.stderr.strip()[-200:]}")


def make(kind: Kind, folder: Path) -> Path:
    """Return the file of that kind in the folder, made unless it is there already; raises CannotMake."""
    goal = folder / kind.name
    if not goal.exists():
        work = folder / f"{kind.name}.making"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        try:
            for step in kind.steps:
                if isinstance(step, str):
                    ffmpeg(work, step)
                else:
                    step(work)
            made = work / kind.name
            if not made.is_file() or not made.stat().st_size:
                raise CannotMake("the steps left no file")
            made.replace(goal)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return goal


def truth(file: Path, select: str = "0:V:0") -> Truth:
    """Return pts and SHA-256 of every picture ffmpeg decodes, as the design's command prints them; [] for none."""
    command = ["ffmpeg", "-nostdin", "-v", "quiet", "-threads", "1", "-noautorotate", "-copyts", "-i", str(file)]
    command += ["-map", select, "-autoscale", "0", "-fps_mode", "passthrough", "-enc_time_base", "-1"]
    command += ["-f", "framehash", "-hash", "sha256", "-"]
    text = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    return parsed(text)


def parsed(text: str) -> Truth:
    """Return pts and SHA-256 of each line that ffmpeg's framehash printed."""
    rows = [[part.strip() for part in line.split(",")] for line in text.splitlines() if line and line[0] != "#"]
    return [(int(row[2]) if row[2].lstrip("-").isdigit() else None, row[5]) for row in rows]


def own_truth(file: Path, stream: int) -> list[str]:
    """Return the SHA-256 of every picture that the desk's own library gives, read once in order by one thread.

    For files where two versions of ffmpeg decode to different pictures (see ROUNDED).
    """
    hasher = FrameHasher()
    with av.open(str(file), metadata_errors="replace") as container:
        pictures = container.streams[stream]
        assert isinstance(pictures, av.VideoStream)
        pictures.thread_type = "NONE"
        hashes: list[str] = []
        for packet in container.demux(pictures):
            with contextlib.suppress(av.error.FFmpegError):
                hashes += [hasher.digest(frame).hex() for frame in packet.decode()]
    return hashes

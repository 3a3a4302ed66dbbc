"""The clips of the peer benchmark: two measured ones, and synthetic ones with noise, made once into a cache folder."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from evidence_desk.domain.frames import FrameTable
from evidence_desk.media import frame_store
from evidence_desk.media.client import MediaWorker

MEASURED = ("ax_long_1080p_lowbitrate.mp4", "qt_colors.mp4")
"""The two longest of the measured clips: the folder holds one clip over 500 frames, and next one of 375."""

_SOURCE = "-f lavfi -i testsrc2=s={size}:r=30:d={seconds},noise=alls={noise}:allf=t:all_seed=7 -pix_fmt yuv420p"
_X264 = "-c:v libx264 -preset superfast -bf 2"
SYNTHETIC = {
    # 1,100 frames: a thousand steps back cross four groups of 250.
    "syn_1080p30_gop250.mp4": _SOURCE.format(size="1920x1080", seconds=36.67, noise=18)
    + f" {_X264} -b:v 12M -x264-params keyint=250:min-keyint=250:scenecut=0",
    "syn_1080p_vfr.mp4": _SOURCE.format(size="1920x1080", seconds=24, noise=18)
    + " -vf setpts='(N+0.35*mod(N*7\\,3)+if(gt(N\\,300)\\,N-300\\,0))/30/TB' -fps_mode passthrough "
    "-enc_time_base 1/90000 -c:v libx264 -preset superfast -bf 0 -b:v 14M -g 30",
    "syn_4k_hevc.mp4": _SOURCE.format(size="3840x2160", seconds=5, noise=12)
    + " -c:v libx265 -preset ultrafast -b:v 30M -tag:v hvc1"
    " -x265-params log-level=error:keyint=150:min-keyint=150:scenecut=0:bframes=3",
    "syn_1080p_light.mp4": _SOURCE.format(size="1920x1080", seconds=40, noise=0) + f" {_X264} -crf 28 -g 60",
}


@dataclass(frozen=True)
class PeerClip:
    """One clip: its short name and where it lies."""

    name: str
    path: Path

    @property
    def large(self) -> bool:
        """Tell whether it is 4K: fewer rounds, other targets."""
        return "4k" in self.name

    def table(self, cache: Path, worker: MediaWorker) -> FrameTable:
        """Return the confirmed frame table, kept in the cache: the sections measure other things than its making."""
        place = cache / "tables" / f"{self.name}-{self.path.stat().st_mtime_ns}.edft"
        if not place.is_file():
            place.parent.mkdir(exist_ok=True)
            frame_store.save(worker.index(self.path), place)
        return frame_store.load(place)


def clips(cache: Path, media: Path, wanted: list[str]) -> list[PeerClip]:
    """Return the clips whose names hold one of the words (all, for none), made where they are missing."""
    found = [PeerClip(name, media / name) for name in MEASURED if (media / name).is_file()]
    found += [PeerClip(name, cache / name) for name in SYNTHETIC]
    chosen = [clip for clip in found if not wanted or any(word in clip.name for word in wanted)]
    for clip in chosen:
        if not clip.path.is_file():
            make(clip.path)
    return chosen


def make(path: Path) -> None:
    """Make one synthetic clip with ffmpeg."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"part-{path.name}")
    words = [word.replace("'", "") for word in SYNTHETIC[path.name].split()]
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *words, str(part)], check=True)
    part.replace(path)


def longer(path: Path, goal: Path, megabytes: int) -> Path:
    """Return a copy of the clip repeated, without encoding, until it has about so many MB; made once."""
    if not goal.is_file():
        times = max(0, megabytes * 1_000_000 // path.stat().st_size)
        command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-stream_loop", str(times), "-i", str(path), "-c", "copy"]
        part = goal.with_name(f"part-{goal.name}")
        subprocess.run([*command, str(part)], check=True)
        part.replace(goal)
    return goal

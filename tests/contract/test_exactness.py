"""Every frame's number, hash and time stamp against ffmpeg's: in order, at random, backwards, after mixed jumps."""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import FrameTable
from evidence_desk.media.client import MediaWorker
from tests.contract.clips import Clip, make_clip

REPO = Path(__file__).resolve().parents[2]
MEDIA = REPO.parent / "shared" / "media"
NO_MEDIA = f"the reference clips are not there ({MEDIA.name}/truth beside the repository)"
FFMPEG = shutil.which("ffmpeg")
# Where the reference itself differs: pictures of MPEG-4 ASP and VVC between two versions of the same library.
REFERENCE_DIFFERS = {"ax_sample_vvc.mp4", "ax_sample-unflagged-audio-keyframes.avi", "made_xvid_packed.avi"}
LONG = 2000

Truth = list[tuple[int | None, str]]


def parsed(text: str) -> Truth:
    rows = [[part.strip() for part in line.split(",")] for line in text.splitlines() if line and line[0] != "#"]
    return [(int(row[2]) if row[2].lstrip("-").isdigit() else None, row[5]) for row in rows]


def clips() -> list[Path]:
    if not (MEDIA / "truth").is_dir():
        return []
    return [f for f in sorted(MEDIA.iterdir()) if f.is_file() and f.suffix not in {".tsv", ".md", ".sh"}]


def stored_truth(clip: Path) -> Truth:
    file = MEDIA / "truth" / f"{clip.name}.framehash"
    return parsed(file.read_text()) if file.exists() else []


def ffmpeg_truth(clip: Path) -> Truth:
    if FFMPEG is None:
        pytest.skip("ffmpeg is not installed")
    command = "-nostdin -v error -noautorotate -copyts -i CLIP -map 0:V:0 -autoscale 0 -fps_mode passthrough"
    command += " -enc_time_base -1 -f framehash -hash sha256 -"
    words = [str(clip) if word == "CLIP" else word for word in command.split()]
    return parsed(subprocess.run([FFMPEG, *words], capture_output=True, text=True, check=True).stdout)


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as running:
        yield running


def same_in_order(table: FrameTable, truth: Truth) -> None:
    assert len(table) == len(truth)
    assert [row.hash for row in table] == [digest for _, digest in truth]
    if table.stamps_increase:
        assert [row.pts for row in table] == [pts for pts, _ in truth]


def same_by_seeking(worker: MediaWorker, clip: Path, table: FrameTable, truth: Truth, count: int) -> None:
    draw = random.Random(clip.name)
    picks = [draw.randrange(len(truth)) for _ in range(count)]
    picks += [len(truth) - 1, 0]
    assert [row.hash for row in worker.frames_at(clip, table, picks)] == [truth[n][1] for n in picks]


def same_by_stepping(worker: MediaWorker, clip: Path, table: FrameTable, truth: Truth, jumps: int = 20) -> None:
    draw = random.Random(clip.name[::-1])
    at = len(truth) - 1
    for step in [-1] * min(25, at) + [draw.choice((-1, 1, 1, -10, 10, at // 2, -at // 2)) for _ in range(jumps)]:
        at = max(0, min(len(truth) - 1, at + step))
        picture = worker.picture(clip, table, at, (64, 64))
        assert picture.exact
        assert (picture.n, picture.hash) == (at, truth[at][1])


# --------------------------------------------------------------------------------------------------- reference clips


@pytest.mark.slow
@pytest.mark.parametrize(
    "clip", clips() or [pytest.param(MEDIA, marks=pytest.mark.skip(NO_MEDIA))], ids=lambda c: c.name
)
def test_reference_clip(worker: MediaWorker, clip: Path) -> None:
    truth = stored_truth(clip)
    if clip.name in REFERENCE_DIFFERS:
        table = worker.index(clip)
        truth = [(row.pts, row.hash) for row in table]
    elif not truth:
        with pytest.raises(MediaUnreadable, match=clip.name):
            worker.index(clip)
        return
    elif len(truth) > LONG:
        pytest.skip(f"{len(truth)} frames take too long here; the exactness tool covers them")
    else:
        table = worker.index(clip)
        same_in_order(table, truth)
    same_by_seeking(worker, clip, table, truth, 4)
    same_by_stepping(worker, clip, table, truth, 10)


@pytest.mark.slow
@pytest.mark.skipif(not (MEDIA / "broken").is_dir(), reason=NO_MEDIA)
def test_damaged_clips_never_crash_and_never_show_another_frame(worker: MediaWorker) -> None:
    readable = 0
    for clip in sorted((MEDIA / "broken").iterdir()):
        table: FrameTable | None = None
        with contextlib.suppress(MediaUnreadable):
            table = worker.index(clip)
        if table is None:
            continue
        readable += 1
        for n in (0, len(table) // 2, len(table) - 1):
            picture = worker.picture(clip, table, n, (64, 64))
            assert (picture.n, picture.hash) == (n, table.hash_of(n))
            assert picture.exact or picture.note
        assert worker.lost == 0
    assert readable >= 6


# -------------------------------------------------------------------------------------------------------- made clips

VARIABLE = tuple(40 * n + 7 * (n % 3) + (400 if n > 15 else 0) for n in range(30))
MADE: dict[str, tuple[str, Clip]] = {
    "variable rate": ("mp4", Clip(stamps=VARIABLE, bframes=2)),
    "b-frames, open group": (
        "mp4",
        Clip(frames=50, bframes=3, options={"x264-params": "bframes=3:keyint=12:open-gop=1"}),
    ),
    "turned": ("mp4", Clip(rotate=90)),
    "ten bits": ("mkv", Clip(pix_fmt="yuv420p10le", bframes=2)),
    "4:4:4": ("mp4", Clip(pix_fmt="yuv444p", bframes=2, gop=8)),
    "odd size": ("mkv", Clip(codec="ffv1", width=97, height=63)),
    "odd size 4:2:0": ("mkv", Clip(codec="mpeg4", width=97, height=63)),
    "grey": ("mkv", Clip(codec="ffv1", pix_fmt="gray")),
    "grey 16": ("mkv", Clip(codec="ffv1", pix_fmt="gray16le")),
    "paletted": ("gif", Clip(codec="gif", pix_fmt="rgb8", frames=12)),
    "rgb": ("avi", Clip(codec="rawvideo", pix_fmt="bgr24", frames=8)),
    "transport stream": ("ts", Clip(frames=50, bframes=2)),
    "program stream": ("mpg", Clip(frames=50, codec="mpeg2video", bframes=2, width=96, height=64)),
    "avi with b-frames": ("avi", Clip(frames=40, codec="mpeg4", bframes=2)),
    "raw stream": ("h264", Clip(frames=40, bframes=2)),
    "fragments": ("mp4", Clip(frames=40, bframes=2, options={"movflags": "frag_keyframe"})),
    "vp9": ("webm", Clip(frames=40, codec="libvpx-vp9", options={"lag-in-frames": "10", "auto-alt-ref": "1"})),
    "hevc": ("mp4", Clip(frames=40, codec="libx265", bframes=3, options={"x265-params": "keyint=12:log-level=none"})),
    "pictures": ("avi", Clip(frames=20, codec="mjpeg", pix_fmt="yuvj422p")),
    "pixel aspect": ("mp4", Clip(sar=Fraction(4, 3))),
}


@pytest.mark.parametrize("kind", MADE)
def test_made_clip(worker: MediaWorker, tmp_path: Path, kind: str) -> None:
    suffix, what = MADE[kind]
    clip = make_clip(tmp_path / f"clip.{suffix}", what)
    truth = ffmpeg_truth(clip)
    assert len(truth) == what.frames
    table = worker.index(clip)
    same_in_order(table, truth)
    same_by_seeking(worker, clip, table, truth, 8)
    same_by_stepping(worker, clip, table, truth)


def test_a_size_that_changes_in_mid_stream_keeps_each_native_picture(worker: MediaWorker, tmp_path: Path) -> None:
    small = make_clip(tmp_path / "small.ts", Clip(frames=20, bframes=2))
    large = make_clip(tmp_path / "large.ts", Clip(frames=20, bframes=2, width=128, height=96))
    clip = tmp_path / "both.ts"
    clip.write_bytes(small.read_bytes() + large.read_bytes())
    table = worker.index(clip)
    assert len(table) == 40
    assert "changes in mid-stream" in " ".join(table.notes)
    wanted = [digest for part in (small, large) for _, digest in ffmpeg_truth(part)]
    assert [row.hash for row in table] == wanted
    assert [row.hash for row in worker.frames_at(clip, table, [39, 5, 21])] == [wanted[n] for n in (39, 5, 21)]
    assert (worker.picture(clip, table, 3).native_width, worker.picture(clip, table, 33).native_width) == (96, 128)


@pytest.mark.parametrize(
    ("rotate", "mirror"), [(0, False), (90, False), (180, False), (270, False), (0, True), (90, True)]
)
def test_the_picture_is_turned_as_ffmpeg_turns_it(
    worker: MediaWorker, tmp_path: Path, rotate: int, mirror: bool
) -> None:
    if FFMPEG is None:
        pytest.skip("ffmpeg is not installed")
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=2, rotate=rotate, mirror=mirror))
    table = worker.index(clip)
    picture = worker.picture(clip, table, 1)
    words = ["-v", "error", "-i", str(clip), "-map", "0:v:0", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run([FFMPEG, *words], capture_output=True, check=True).stdout
    size = picture.width * picture.height * 3
    shown = raw[size : 2 * size]
    assert len(raw) == 2 * size
    assert (picture.width, picture.height) == ((64, 96) if rotate in (90, 270) else (96, 64))
    assert set(picture.bgra[3::4]) == {255}
    rgb = [part for at in range(0, len(picture.bgra), 4) for part in reversed(picture.bgra[at : at + 3])]
    differing = sum(abs(a - b) > 40 for a, b in zip(rgb, shown, strict=True))
    assert differing < size // 100

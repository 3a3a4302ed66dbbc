"""What is done for the eye: turning, colours against ffmpeg's own, HDR, fields. None of it changes the hash."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from evidence_desk.media.client import MediaWorker
from evidence_desk.media.pictures import AS_IS, Picture, PictureView
from tests.contract.clips import Clip, make_clip

Pixels = npt.NDArray[np.uint8]
_AS_RGB = ["-sws_flags", "bicubic+accurate_rnd+full_chroma_int", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
_WOVEN = [
    "-vf",
    "tinterlace=interleave_top,setfield=tff,format=yuv444p",
    "-c:v",
    "libx264",
    "-crf",
    "4",
    "-flags",
    "+ildct+ilme",
    "-x264-params",
    "tff=1:keyint=4:bframes=1",
]
X264_HDR = "colorprim=bt2020:colormatrix=bt2020nc:transfer={}:bframes=0:keyint=3"


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as made:
        yield made


def rgb(picture: Picture) -> Pixels:
    rows = np.frombuffer(picture.bgra, np.uint8).reshape(picture.height, picture.width, 4)
    return np.ascontiguousarray(rows[..., 2::-1])


def by_ffmpeg(file: Path, width: int, height: int, *, still: int = 0) -> Pixels:
    """Return the picture as ffmpeg itself turns and colours it."""
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(file), "-vf", f"select=eq(n\\,{still})", "-frames:v", "1", *_AS_RGB],
        capture_output=True,
        check=True,
    )
    return np.frombuffer(done.stdout, np.uint8).reshape(height, width, 3)


def shown(worker: MediaWorker, file: Path, n: int = 0, view: PictureView = AS_IS) -> Picture:
    return worker.picture(file, worker.index(file), n, view=view)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("mirror", [False, True])
def test_every_turn_and_mirroring_is_ffmpegs(worker: MediaWorker, tmp_path: Path, rotate: int, mirror: bool) -> None:
    file = make_clip(tmp_path / "turned.mp4", Clip(frames=2, rotate=rotate, mirror=mirror))
    picture = shown(worker, file, 1)
    ours, theirs = rgb(picture), by_ffmpeg(file, picture.width, picture.height, still=1)
    assert (picture.width, picture.height) == ((64, 96) if rotate % 180 else (96, 64))
    assert np.mean(np.abs(ours.astype(int) - theirs)) < 4
    for other in (ours[::-1], ours[:, ::-1]):
        assert np.mean(np.abs(other.astype(int) - theirs)) > 15


@pytest.mark.parametrize(
    ("layout", "codec", "tags"),
    [
        ("yuv420p", "libx264", "colormatrix=bt709:colorprim=bt709:transfer=bt709"),
        ("yuv420p", "libx264", "colormatrix=smpte170m"),
        ("yuv422p", "libx264", "colormatrix=smpte240m"),
        ("yuv444p", "libx264", "colormatrix=fcc"),
        ("yuv420p", "libx264", "colormatrix=bt709:range=pc"),
        ("yuv420p10le", "libx264", "colormatrix=bt709"),
        ("yuv422p10le", "libx264", "colormatrix=bt2020nc:colorprim=bt2020"),
        ("gray", "libx264", "colormatrix=bt709"),
        ("rgb24", "libx264rgb", ""),
        ("gbrp16le", "ffv1", ""),
        ("yuv444p12le", "ffv1", ""),
        ("yuvj420p", "mjpeg", ""),
        ("rgba", "png", ""),
    ],
)
def test_colours_are_ffmpegs(worker: MediaWorker, tmp_path: Path, layout: str, codec: str, tags: str) -> None:
    options = {"x264-params": tags, "crf": "8"} if tags else {}
    clip = Clip(frames=1, codec=codec, pix_fmt=layout, width=90, height=62, options=options)
    file = make_clip(tmp_path / ("colours.mov" if codec == "png" else "colours.mkv"), clip)
    picture, theirs = shown(worker, file), by_ffmpeg(file, 90, 62)
    assert np.mean(np.abs(rgb(picture).astype(int) - theirs)) < 3.5


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_hdr_is_tone_mapped_with_a_word_and_can_be_shown_without(
    worker: MediaWorker, tmp_path: Path, transfer: str
) -> None:
    options = {"x264-params": X264_HDR.format(transfer)}
    file = make_clip(tmp_path / "hdr.mp4", Clip(frames=4, pix_fmt="yuv420p10le", options=options))
    table = worker.index(file)
    mapped = worker.picture(file, table, 2)
    plain = worker.picture(file, table, 2, view=PictureView(tone_map=False))
    assert mapped.tone_mapped
    assert mapped.view == ""
    assert "BT.2390" in mapped.note
    assert not plain.tone_mapped
    assert plain.view == "HDR without tone mapping"
    assert mapped.hash == plain.hash == table.hash_of(2)
    assert np.mean(np.abs(rgb(mapped).astype(int) - rgb(plain))) > 10
    with Image.open(io.BytesIO(worker.still(file, table, 2))) as still:
        words = dict(still.info)
    assert "BT.2390" in words["Tone mapping"]
    assert words["Frame hash SHA-256"] == table.hash_of(2)


def woven_clip(file: Path) -> Path:
    """Write interlaced pictures whose two fields are of different moments, with ffmpeg's own interlacing."""
    subprocess.run(
        [
            "ffmpeg",
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=160x120:rate=50:duration=0.48",
            *_WOVEN,
            str(file),
        ],
        check=True,
    )
    return file


def test_one_field_alone_shows_its_own_lines_and_leaves_the_hash(worker: MediaWorker, tmp_path: Path) -> None:
    file = woven_clip(tmp_path / "woven.mp4")
    table = worker.index(file)
    whole = rgb(worker.picture(file, table, 5)).astype(int)
    for parity, field in enumerate(("top", "bottom")):
        picture = worker.picture(file, table, 5, view=PictureView(field=field))
        lines = rgb(picture).astype(int)
        assert picture.view == f"{field} field"
        assert picture.exact
        assert picture.hash == table.hash_of(5)
        assert lines.shape == whole.shape
        assert np.max(np.abs(lines[parity::2] - whole[parity::2])) <= 2
        middle = lines[2:-2:2] if parity else lines[1:-2:2]
        above = lines[1:-3:2] if parity else lines[0:-3:2]
        below = lines[3:-1:2] if parity else lines[2:-1:2]
        assert np.max(np.abs(2 * middle - above - below)) <= 2


def test_deinterlacing_takes_the_comb_away_and_gives_the_same_however_it_is_reached(
    worker: MediaWorker, tmp_path: Path
) -> None:
    file = woven_clip(tmp_path / "woven.mp4")
    table = worker.index(file)
    woven = PictureView(deinterlace=True)
    first = {n: worker.picture(file, table, n, view=woven) for n in range(len(table))}
    for n in reversed(range(len(table))):
        again = worker.picture(file, table, n, view=woven)
        assert again.bgra == first[n].bgra
        assert (again.view, again.hash, again.exact) == ("deinterlaced", table.hash_of(n), True)
    combed, smooth = (rgb(worker.picture(file, table, 5, view=v)).astype(int) for v in (AS_IS, woven))
    assert _comb(smooth) < 0.8 * _comb(combed)
    other = worker.picture(file, table, 5, view=PictureView(deinterlace=True, first="bottom"))
    assert other.bgra != first[5].bgra


def _comb(picture: npt.NDArray[np.int_]) -> float:
    """Return how much every second line stands out from those above and below."""
    return float(np.mean(np.abs(2 * picture[1:-1] - picture[:-2] - picture[2:])))

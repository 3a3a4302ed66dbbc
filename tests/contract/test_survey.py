"""One decoding pass for everything: the table is that of `index`, and thumbnails show the frames they name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from evidence_desk.domain.frames import FrameFlag
from evidence_desk.media.client import MediaWorker
from evidence_desk.worker.display import Renderer
from evidence_desk.worker.hashing import FrameHasher, HashLine, same_picture
from evidence_desk.worker.sequential import first_threads
from evidence_desk.worker.thumbnails import LONGER_SIDE, ThumbLine
from tests.contract.clips import Clip, make_clip, painted


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as running:
        yield running


def shown(jpeg: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB")).astype(np.int16)


def test_a_survey_is_the_table_and_pictures_of_the_frames_they_name(worker: MediaWorker, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=100, bframes=2, gop=20))
    survey, table = worker.survey(clip, sha256="cd" * 32), worker.index(clip, sha256="cd" * 32)
    assert list(survey.table) == list(table)
    assert survey.table.facts == table.facts
    assert {0, 20, 40, 60} <= set(survey.thumbs.numbers)
    steps = np.diff(survey.thumbs.numbers)
    assert all(6 < step <= 13 for step in steps)  # half a second at 25 a second, a quarter before a key frame
    assert survey.thumbs.height == 64
    for n in survey.thumbs.numbers:
        exact = worker.picture(clip, survey.table, n)
        bgrx = np.frombuffer(exact.bgra, np.uint8).reshape(exact.height, exact.width, 4).astype(np.int16)
        assert np.abs(shown(survey.thumbs.entries[n]) - bgrx[:, :, 2::-1]).mean() < 12


def test_a_turned_picture_has_an_upright_thumbnail_no_larger_than_said(worker: MediaWorker, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=5, width=640, height=360, rotate=90))
    thumbs = worker.survey(clip).thumbs
    assert shown(thumbs.entries[0]).shape == (LONGER_SIDE, 162, 3)
    assert thumbs.height == LONGER_SIDE


@pytest.mark.parametrize("size", [(1280, 720), (640, 480)])
def test_a_picture_keeps_its_colours_when_it_is_made_small(size: tuple[int, int]) -> None:
    frame = av.VideoFrame(*size, "yuv420p")
    for plane, value in zip(frame.planes, (120, 90, 170), strict=True):
        np.frombuffer(memoryview(plane), np.uint8)[:] = value
    line = ThumbLine()
    line.take(0, frame)
    line.finish()
    line.close()
    whole = Renderer().render(frame, Fraction(1)).pixels
    assert np.abs(shown(line.track.entries[0]).mean(axis=(0, 1)) - whole.mean(axis=(0, 1))).max() < 4


def test_a_damaged_stream_is_surveyed_again_and_keeps_one_set_of_pictures(worker: MediaWorker, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.ts", Clip(frames=75, width=320, height=240))
    data = bytearray(clip.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 900] = bytes(900)
    clip.write_bytes(data)
    survey = worker.survey(clip)
    assert survey.table.damage
    assert survey.table.flagged(FrameFlag.DAMAGED | FrameFlag.AFTER_DAMAGE)
    assert all(n < len(survey.table) for n in survey.thumbs.numbers)
    assert survey.table.hashes == worker.index(clip).hashes


def test_a_long_stream_keeps_no_more_than_it_may() -> None:
    line = ThumbLine(most=10)
    for n in range(400):
        frame = av.VideoFrame.from_ndarray(painted(n, 32, 16, 0), format="rgb24")
        frame.pts = n
        line.take(n, frame)
    line.finish()
    line.close()
    numbers = line.track.numbers
    assert 5 <= len(numbers) <= 10
    assert numbers[0] == 0
    assert numbers[-1] > 300
    assert max(np.diff(numbers)) <= 3 * min(np.diff(numbers))


@pytest.mark.parametrize(("pix_fmt", "width"), [("yuv420p", 200), ("yuv420p", 98), ("yuv422p10le", 100), ("gray", 97)])
def test_equal_pictures_share_a_hash_and_no_others_do(pix_fmt: str, width: int) -> None:
    @cache
    def samples_of(n: int) -> Any:
        # Once for each picture: the library's quick conversion leaves the last columns of some widths unwritten.
        return (
            av.VideoFrame.from_ndarray(painted(n, width, 120, 0), format="rgb24").reformat(format=pix_fmt).to_ndarray()
        )

    def frame(n: int) -> av.VideoFrame:
        return av.VideoFrame.from_ndarray(samples_of(n), format=pix_fmt)

    frames = [frame(n) for n in (0, 0, 1, 1, 1, 2, 0)]
    late = frame(0)
    last = late.planes[-1]
    samples = np.frombuffer(memoryview(last), np.uint8).reshape(last.height, last.line_size)
    row = last.width * (2 if pix_fmt.endswith("10le") else 1)
    assert same_picture(frames[0], late)
    for at in (0, row - 1):
        samples[-1, at] ^= 1
        assert not same_picture(frames[0], late)
        samples[-1, at] ^= 1
    samples[:, row:] ^= 255  # what pads the rows is no part of the picture
    assert same_picture(frames[0], late)
    assert not same_picture(frames[1], frames[2])
    assert not same_picture(frames[0], frames[0].reformat(format="yuv444p"))
    hasher, line = FrameHasher(), HashLine()
    for n, one in enumerate(frames):
        line.take(n, one)
    line.finish()
    line.close()
    assert line.digests == b"".join(hasher.digest(one) for one in frames)


@pytest.mark.parametrize(
    ("codec", "threads"), [("h264", "FRAME"), ("hevc", "FRAME"), ("theora", "NONE"), ("vp3", "NONE")]
)
def test_frame_threads_are_kept_from_decoders_that_they_confuse(codec: str, threads: str) -> None:
    assert first_threads(codec) == threads

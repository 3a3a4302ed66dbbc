"""Following a target through a real clip: it is found, the same way twice, both ways, and its loss is said."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from evidence_desk.domain.errors import FrameOutOfRange
from evidence_desk.domain.frames import FrameTable
from evidence_desk.media.client import MediaWorker

FRAMES, WIDE, HIGH, SIDE, HIDDEN = 120, 320, 192, 40, 100


def target_at(n: int) -> tuple[float, float]:
    """Return left and top of the target on frame n."""
    return 20 + 1.7 * n, 70 + 40 * np.sin(n / 15)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A patterned square that wanders over a patterned ground, and is gone from frame 100 on."""
    path = tmp_path_factory.mktemp("track") / "wander.mp4"
    random = np.random.default_rng(4)
    ground = np.kron(random.integers(60, 120, (HIGH // 8, WIDE // 8)), np.ones((8, 8))).astype(np.uint8)
    target = np.kron(random.integers(0, 256, (8, 8)), np.ones((5, 5))).astype(np.uint8)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = WIDE, HIGH, "yuv420p"
        stream.options = {"crf": "20", "x264-params": "keyint=25:bframes=2"}
        for n in range(FRAMES):
            picture = ground.copy()
            x, y = (round(v) for v in target_at(n))
            if n < HIDDEN:
                picture[y : y + SIDE, x : x + SIDE] = target
            frame = av.VideoFrame.from_ndarray(np.stack([picture] * 3, axis=2), format="rgb24")
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = n, Fraction(1, 25)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as made:
        yield made


@pytest.fixture(scope="module")
def table(clip: Path, worker: MediaWorker) -> FrameTable:
    return worker.index(clip)


def _around(n: int) -> tuple[int, int, int, int]:
    x, y = (round(v) for v in target_at(n))
    return x * 16, y * 16, SIDE * 16, SIDE * 16


def _off(n: int, rect: tuple[int, int, int, int]) -> float:
    x, y = target_at(n)
    middle = rect[0] / 16 + rect[2] / 32, rect[1] / 16 + rect[3] / 32
    return float(np.hypot(middle[0] - x - SIDE / 2, middle[1] - y - SIDE / 2))


def test_a_target_is_followed_forwards_and_backwards_the_same_way_twice(
    clip: Path, table: FrameTable, worker: MediaWorker
) -> None:
    start = (0, _around(0))
    there = worker.track(clip, table, start, start, 90)
    assert there.lost == ""
    assert [n for n, _ in there.places] == list(range(1, 91))
    assert max(_off(n, rect) for n, rect in there.places) < 3
    assert worker.track(clip, table, start, start, 90) == there
    back = worker.track(clip, table, (90, _around(90)), (90, _around(90)), 60)
    assert [n for n, _ in back.places] == list(range(89, 59, -1))
    assert max(_off(n, rect) for n, rect in back.places) < 3


def test_a_track_that_is_asked_for_in_pieces_is_the_same(clip: Path, table: FrameTable, worker: MediaWorker) -> None:
    start = (0, _around(0))
    whole = worker.track(clip, table, start, start, 20)
    first = worker.track(clip, table, start, start, 10)
    second = worker.track(clip, table, start, first.places[-1], 20)
    for (n, a), (m, b) in zip(whole.places, first.places + second.places, strict=True):
        assert n == m
        # A piece goes on from a whole sixteenth of a pixel.
        assert max(abs(p - q) for p, q in zip(a, b, strict=True)) <= 8


def test_a_lost_target_is_said_to_be_lost(clip: Path, table: FrameTable, worker: MediaWorker) -> None:
    start = (90, _around(90))
    found = worker.track(clip, table, start, start, 119)
    assert found.lost
    assert HIDDEN <= found.lost_at <= HIDDEN + 1
    assert [n for n, _ in found.places] == list(range(91, found.lost_at))
    plain = worker.track(clip, table, (110, (0, 0, 64, 64)), (110, (0, 0, 64, 64)), 119)
    assert "nothing in it that stands out" in plain.lost


def test_frames_that_are_not_there_are_refused(clip: Path, table: FrameTable, worker: MediaWorker) -> None:
    with pytest.raises(FrameOutOfRange, match="There is no frame 500"):
        worker.track(clip, table, (0, _around(0)), (0, _around(0)), 500)

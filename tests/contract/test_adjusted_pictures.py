"""Adjusted pictures from the real worker: identity as ever, pictures as asked, the same bytes each time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageFilter

from evidence_desk.media.adjustments import Adjustments
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.pictures import PictureView
from tests.contract.clips import Clip, make_clip
from tests.contract.test_display import rgb

SHAKE = [(0, 0), (6, -4), (-8, 2), (3, 9), (-5, -7)]


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as running:
        yield running


@pytest.fixture(scope="module")
def shaken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clip of one still scene, seen by a camera that is moved by SHAKE pixels, stored without loss."""
    path = tmp_path_factory.mktemp("shaken") / "shaken.mkv"
    rng = np.random.default_rng(11)
    coarse = rng.integers(0, 255, (20, 27), np.uint8)
    scene = np.kron(coarse, np.ones((8, 8), np.uint8))
    with av.open(str(path), "w") as out:
        stream = out.add_stream("ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for right, down in SHAKE:
            seen = scene[16 - down : 136 - down, 24 - right : 184 - right]
            frame = av.VideoFrame.from_ndarray(np.repeat(seen[:, :, None], 3, axis=2), format="rgb24")
            out.mux(stream.encode(frame.reformat(format="yuv420p")))
        out.mux(stream.encode(None))
    return path


def test_a_shaken_clip_stands_still_and_says_how_far_it_was_moved(worker: MediaWorker, shaken: Path) -> None:
    table = worker.index(shaken)
    view = PictureView(adjust=Adjustments(steady_to=0))
    plain = rgb(worker.picture(shaken, table, 0)).astype(int)
    for n, (right, down) in enumerate(SHAKE):
        steady = worker.picture(shaken, table, n, view=view)
        assert steady.shift == (-right, -down)
        assert (steady.hash, steady.exact) == (table.hash_of(n), True)
        assert steady.view == "adjusted: stabilised"
        middle = np.s_[12:-12, 12:-12]
        assert np.mean(np.abs(rgb(steady).astype(int)[middle] - plain[middle])) < 2
    assert worker.picture(shaken, table, 2).shift == (0, 0)


def test_pictures_of_another_scene_are_not_moved_and_say_so(worker: MediaWorker, tmp_path: Path) -> None:
    file = tmp_path / "cut.mkv"
    rng = np.random.default_rng(3)
    with av.open(str(file), "w") as out:
        stream = out.add_stream("ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "gray"
        for _ in range(2):
            frame = av.VideoFrame.from_ndarray(rng.integers(0, 255, (120, 160), np.uint8), format="gray")
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    shown = worker.picture(file, worker.index(file), 1, view=PictureView(adjust=Adjustments(steady_to=0)))
    assert shown.shift == (0, 0)
    assert "cannot be steadied: no match" in shown.view


TURNS = [(0.0, 1.0), (3.0, 1.0), (-4.0, 1.02), (2.0, 0.97)]


@pytest.fixture(scope="module")
def swaying(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clip of one still scene, seen by a camera that is turned by TURNS degrees and goes nearer and back."""
    path = tmp_path_factory.mktemp("swaying") / "swaying.mkv"
    rng = np.random.default_rng(5)
    scene = Image.fromarray(np.kron(rng.integers(0, 255, (38, 50), np.uint8), np.ones((8, 8), np.uint8)))
    scene = scene.filter(ImageFilter.GaussianBlur(1.5))
    with av.open(str(path), "w") as out:
        stream = out.add_stream("ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "gray"
        for degrees, scale in TURNS:
            turned = scene.rotate(degrees, Image.Resampling.BICUBIC)
            size = round(400 * scale), round(304 * scale)
            large = np.asarray(turned.resize(size, Image.Resampling.BICUBIC))
            left, top = (size[0] - 320) // 2, (size[1] - 240) // 2
            frame = av.VideoFrame.from_ndarray(large[top : top + 240, left : left + 320].copy(), format="gray")
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def test_a_swaying_clip_stands_still_with_turn_and_scale_and_says_what_is_left_over(
    worker: MediaWorker, swaying: Path
) -> None:
    table = worker.index(swaying)
    view = PictureView(adjust=Adjustments(steady_to=0, steady_turn=True))
    plain = rgb(worker.picture(swaying, table, 0)).astype(int)
    middle = np.s_[40:-40, 40:-40]
    for n, (degrees, scale) in enumerate(TURNS):
        steady = worker.picture(swaying, table, n, view=view)
        a, b, _, _ = steady.tilt
        assert abs(math.degrees(math.atan2(b, a)) - degrees) < 0.1, "turned back, clockwise on the screen"
        assert abs(math.hypot(a, b) * scale - 1) < 0.005
        assert (steady.shift, steady.hash) == ((0, 0), table.hash_of(n))
        assert "residual 0." in steady.view
        off = np.mean(np.abs(rgb(steady).astype(int)[middle] - plain[middle]))
        apart = np.mean(np.abs(rgb(worker.picture(swaying, table, n)).astype(int)[middle] - plain[middle]))
        assert off < 6
        assert not n or off < apart / 4
    once, again = (worker.picture(swaying, table, 2, view=view) for _ in range(2))
    assert (once.bgra, once.tilt) == (again.bgra, again.tilt)
    # Seen as, in a still and in the words of a record.
    words = worker.still(swaying, table, 1, view=view)
    assert b"stabilised to frame 0 with turn and scale" in words


def test_what_does_not_move_together_cannot_be_steadied(worker: MediaWorker, tmp_path: Path) -> None:
    file = tmp_path / "noise.mkv"
    rng = np.random.default_rng(9)
    with av.open(str(file), "w") as out:
        stream = out.add_stream("ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "gray"
        for _ in range(2):
            frame = av.VideoFrame.from_ndarray(rng.integers(0, 255, (120, 160), np.uint8), format="gray")
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    view = PictureView(adjust=Adjustments(steady_to=0, steady_turn=True))
    shown = worker.picture(file, worker.index(file), 1, view=view)
    assert "cannot be steadied: " in shown.view
    assert shown.bgra == worker.picture(file, worker.index(file), 1).bgra


def test_an_adjusted_picture_keeps_its_identity_and_a_turned_one_its_geometry(
    worker: MediaWorker, tmp_path: Path
) -> None:
    file = make_clip(tmp_path / "clip.mp4", Clip(frames=3))
    table = worker.index(file)
    plain = worker.picture(file, table, 1)
    everything = Adjustments(
        denoise=40, black=10, white=240, gamma=150, contrast=10, brightness=5, equalise=20, sharpen=50, turn=90
    )
    shown = worker.picture(file, table, 1, view=PictureView(adjust=everything))
    assert (shown.hash, shown.exact, shown.n, shown.pts) == (plain.hash, True, 1, plain.pts)
    assert (shown.width, shown.height) == (plain.height, plain.width)
    assert shown.rotation == (plain.rotation + 90) % 360
    again = worker.picture(file, table, 1, view=PictureView(adjust=everything))
    assert again.bgra == shown.bgra
    turned = worker.picture(file, table, 1, view=PictureView(adjust=Adjustments(turn=90)))
    assert np.array_equal(rgb(turned), np.rot90(rgb(plain), -1))


def test_an_adjusted_still_says_what_was_done_and_a_clean_one_is_as_it_was(worker: MediaWorker, tmp_path: Path) -> None:
    file = make_clip(tmp_path / "clip.mp4", Clip(frames=3))
    table = worker.index(file)
    clean = worker.still(file, table, 1)
    lifted = worker.still(file, table, 1, view=PictureView(adjust=Adjustments(gamma=180)))
    assert b"Adjusted" not in clean
    assert b"gamma 1.80 (for display" in lifted
    assert table.hash_of(1).encode() in lifted
    assert worker.still(file, table, 1) == clean


def test_the_histogram_counts_luma_before_and_after(worker: MediaWorker, tmp_path: Path) -> None:
    file = make_clip(tmp_path / "clip.mp4", Clip(frames=2))
    table = worker.index(file)
    found = worker.histogram(file, table, 1, PictureView(adjust=Adjustments(black=0, white=1)))
    picture = rgb(worker.picture(file, table, 1)).astype(float)
    assert sum(found.before) == sum(found.after) == picture.shape[0] * picture.shape[1]
    luma = np.rint(picture @ [0.299, 0.587, 0.114]).astype(int)
    assert abs(np.average(range(256), weights=found.before) - luma.mean()) < 0.5
    # Every channel becomes 0 or 255, so luma has the eight values that eight colours have.
    assert sum(1 for count in found.after if count) <= 8
    assert sum(1 for count in found.before if count) > 50

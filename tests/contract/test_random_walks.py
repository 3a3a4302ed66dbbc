"""Walks through a clip, forward, backward and in jumps, with pauses in which the worker looks ahead.

What is compared is the picture as shown, against one rendered from a plain decode from start to end: the number and the
hash that come with a picture are the table's, the pixels are not.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import pytest

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import FrameTable
from evidence_desk.media.client import MediaWorker
from evidence_desk.worker.display import Renderer
from tests.contract.clips import Clip, make_clip
from tests.contract.test_exactness import MEDIA, NO_MEDIA, REFERENCE_DIFFERS, clips

STEPS = int(os.environ.get("WALK_STEPS", "100"))
SEEDS = range(int(os.environ.get("WALK_SEEDS", "1")))
WALKED: dict[str, tuple[str, Clip]] = {
    "closed groups": ("mp4", Clip(frames=150, gop=50, bframes=2, width=320, height=240)),
    "open groups": (
        "mp4",
        Clip(
            frames=150,
            gop=25,
            bframes=3,
            options={"x264-params": "bframes=3:keyint=25:open-gop=1"},
            width=320,
            height=240,
        ),
    ),
    "transport stream": ("ts", Clip(frames=120, gop=30, bframes=2, width=320, height=240)),
    "program stream": ("mpg", Clip(frames=120, codec="mpeg2video", bframes=2, width=320, height=240)),
    "vp9": (
        "webm",
        Clip(frames=100, codec="libvpx-vp9", gop=40, options={"lag-in-frames": "10"}, width=320, height=240),
    ),
}


@pytest.fixture(scope="module")
def narrow() -> Iterator[MediaWorker]:
    """A worker whose window holds about thirty of these pictures, less than the clips have."""
    with MediaWorker(window_mb=4) as running:
        yield running


def shown_in_order(clip: Path, wanted: set[int]) -> dict[int, str]:
    """Return the SHA-256 of the wanted pictures as shown, from one decode in order."""
    renderer, found = Renderer(), dict[int, str]()
    n = 0
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "NONE"
        sar = stream.sample_aspect_ratio or Fraction(1)
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                continue
            for frame in frames:
                if n in wanted:
                    found[n] = digest(renderer.render(frame, sar, as_bgra=True).pixels.tobytes())
                n += 1
    return found


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def walk(draw: random.Random, count: int, steps: int) -> Iterator[int]:
    """Yield frame numbers: runs of single steps either way, jumps, and back to where it was before."""
    at, before = 0, 0
    made = 0
    while made < steps:
        kind = draw.choice(("on", "on", "back", "back", "jump", "return"))
        leaps = [draw.randrange(count)] if kind == "jump" else [before] if kind == "return" else []
        sign = 1 if kind == "on" else -1
        before = at
        for n in leaps or (at + sign * k for k in range(1, draw.randrange(3, 25))):
            at = max(0, min(count - 1, n))
            made += 1
            yield at


def walk_through(worker: MediaWorker, clip: Path, table: FrameTable, seed: object, steps: int) -> None:
    draw = random.Random(f"{clip.name} {seed}")
    path = list(walk(draw, len(table), steps))
    truth = shown_in_order(clip, set(path))
    for n in path:
        picture = worker.picture(clip, table, n)
        assert (picture.n, picture.exact) == (n, True), picture.note
        assert digest(picture.bgra) == truth[n]
        if draw.random() < 0.15:
            time.sleep(draw.choice((0.005, 0.04, 0.2)))
    assert worker.lost == 0


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", WALKED)
def test_a_walk_shows_the_right_pictures(narrow: MediaWorker, tmp_path: Path, kind: str, seed: int) -> None:
    suffix, what = WALKED[kind]
    clip = make_clip(tmp_path / f"clip.{suffix}", what)
    walk_through(narrow, clip, narrow.index(clip), seed, STEPS)
    assert narrow.counters(clip).held <= 4 << 20


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "clip",
    [c for c in clips() if c.name not in REFERENCE_DIFFERS] or [pytest.param(MEDIA, marks=pytest.mark.skip(NO_MEDIA))],
    ids=lambda c: c.name if isinstance(c, Path) else str(c),
)
def test_a_walk_through_a_reference_clip(narrow: MediaWorker, clip: Path, seed: int) -> None:
    if "WALK_STEPS" not in os.environ:
        pytest.skip("set WALK_STEPS to walk through every reference clip")
    if clip.stat().st_size > 40 << 20 or not (MEDIA / "truth" / f"{clip.name}.framehash").exists():
        pytest.skip("too large, or no reference")
    try:
        table = narrow.index(clip)
    except MediaUnreadable:
        pytest.skip("nothing in it decodes")
    if table.damage:
        pytest.skip("damaged: which picture is right depends on what was decoded before")
    walk_through(narrow, clip, table, seed, STEPS)


def test_looking_ahead_ends_with_the_process(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=120, gop=60, bframes=2, width=320, height=240))
    for pause in (0.0, 0.03, 0.17):
        with MediaWorker(window_mb=4) as worker:
            table = worker.index(clip)
            for n in (80, 79, 78):
                worker.picture(clip, table, n)
            time.sleep(pause)
            worker.index(clip)  # the pass has the decoder's messages for itself
            assert worker.picture(clip, table, 20).exact
            began = time.monotonic()
        assert time.monotonic() - began < 2


def test_stepping_back_decodes_little_more_than_once(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=250, gop=50, width=320, height=240))
    with MediaWorker(window_mb=4) as worker:  # 33 pictures of a group of 50, as 512 MB hold of 250 at 1080p
        table = worker.index(clip)
        worker.picture(clip, table, 249)
        before = worker.counters(clip).decoded
        for n in range(248, 0, -1):
            worker.picture(clip, table, n)
        assert (worker.counters(clip).decoded - before) / 248 < 2


def test_the_next_steps_are_decoded_while_the_reviewer_looks(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=100, gop=50, width=320, height=240))
    with MediaWorker() as worker:
        table = worker.index(clip)
        worker.picture(clip, table, 50)
        end = time.monotonic() + 5
        while worker.counters(clip).decoded < 1 + 8 + 50 and time.monotonic() < end:
            time.sleep(0.05)
        before = worker.counters(clip).decoded
        assert before >= 59, "eight pictures ahead and the fifty of the group before"
        time.sleep(0.2)
        for n in (49, 48, 47):
            worker.picture(clip, table, n)
        assert worker.counters(clip).decoded == before


def test_stepping_on_decodes_each_picture_once(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=250, gop=250, bframes=2, width=320, height=240))
    with MediaWorker() as worker:
        table = worker.index(clip)
        for n in range(200):
            worker.picture(clip, table, n)
        assert worker.counters(clip).decoded <= 200 + 8 + 4


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the process's memory as Linux tells it")
def test_pictures_that_are_let_go_are_given_back(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=300, gop=100, width=640, height=480))
    with MediaWorker(window_mb=8) as worker:
        table = worker.index(clip)
        for n in range(20):
            worker.picture(clip, table, n)
        before = _resident_kb(worker.pids[0])
        for n in range(20, 300):
            worker.picture(clip, table, n)
        assert _resident_kb(worker.pids[0]) - before < 60_000, "280 pictures are 130 MB"


def _resident_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])

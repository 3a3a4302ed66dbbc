"""Damage is said: once the decoder noticed it, no frame that differs goes unmarked, and a cut is told.

Nothing in a compressed picture is a checksum. Altered bytes may decode to another picture without any sign: seldom in
H.264, MPEG-2 and MPEG-4, about once in eight times in Motion JPEG, often in HEVC, VP8, VP9 and AV1, which are left out.
Which alterations these are depends on the clip's bytes, and those on the processor that the encoder ran on.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_desk.domain.frames import FrameFlag, FrameTable
from evidence_desk.media.client import MediaWorker
from tests.contract.clips import Clip, make_clip

DRAWS = 9
REFRESH = {"x264-params": "intra-refresh=1:keyint=15:bframes=0"}
CLIPS: dict[str, tuple[str, Clip]] = {
    "h264": ("mp4", Clip(frames=60, bframes=2, width=320, height=240)),
    "h264, transport stream": ("ts", Clip(frames=60, bframes=2, width=320, height=240)),
    "h264, rolling refresh": ("ts", Clip(frames=60, options=REFRESH, width=320, height=240)),
    "mpeg2": ("mpg", Clip(frames=60, codec="mpeg2video", bframes=2, width=320, height=240)),
    "mpeg4": ("avi", Clip(frames=60, codec="mpeg4", width=320, height=240)),
    "mjpeg": ("avi", Clip(frames=20, codec="mjpeg", pix_fmt="yuvj420p", width=320, height=240)),
}


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as running:
        yield running


def marked(table: FrameTable) -> set[int]:
    return set(table.flagged(FrameFlag.DAMAGED | FrameFlag.AFTER_DAMAGE))


@pytest.mark.parametrize("kind", CLIPS)
def test_a_frame_that_differs_is_marked(worker: MediaWorker, tmp_path: Path, kind: str) -> None:
    suffix, what = CLIPS[kind]
    clip = make_clip(tmp_path / f"clip.{suffix}", what)
    clean = worker.index(clip)
    assert not clean.damage
    assert not marked(clean)
    known = {row.hash for row in clean}
    victim = next(row for row in clean if row.n >= len(clean) // 3 and row.pos is not None and row.size > 100)
    whole = clip.read_bytes()
    changed, noticed = 0, 0
    for seed in range(DRAWS):
        draw = random.Random(seed)
        data = bytearray(whole)
        for _ in range(12):
            data[(victim.pos or 0) + draw.randrange(victim.size // 3, victim.size)] = draw.randrange(256)
        clip.write_bytes(data)
        hurt = worker.index(clip)
        differing = {row.n for row in hurt if row.hash not in known}
        changed += bool(differing) or len(hurt) != len(clean)
        if hurt.damage:
            noticed += 1
            assert differing <= marked(hurt), seed
    assert noticed * 2 > changed > 0, (noticed, changed)


def test_a_hole_at_the_end_of_a_picture_is_noticed_where_slices_could_be_decoded_beside_one_another(
    worker: MediaWorker, tmp_path: Path
) -> None:
    """Given to threads of their own, slices that are missing at the end of an MPEG-2 picture are missed by nobody."""
    clip = make_clip(tmp_path / "clip.mpg", CLIPS["mpeg2"][1])
    clean = worker.index(clip)
    whole = clip.read_bytes()
    for victim in [row for row in clean if row.pos is not None and row.size > 300][5:12]:
        data, start = bytearray(whole), (victim.pos or 0) + victim.size // 3
        end = (victim.pos or 0) + victim.size
        data[start:end] = bytes(end - start)
        clip.write_bytes(data)
        hurt = worker.index(clip)
        assert hurt.damage, victim
        assert {row.n for row in hurt} & marked(hurt)


def test_a_file_that_ends_too_soon_says_so(worker: MediaWorker, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mkv", Clip(frames=50))
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size * 2 // 3])
    table = worker.index(clip)
    assert 5 < len(table) < 50
    assert "prematurely" in table.damage


def test_a_cut_picture_has_the_same_hash_each_time(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.avi", Clip(frames=12, codec="mjpeg", pix_fmt="yuvj420p", width=640, height=480))
    with MediaWorker() as worker:
        cut = [row for row in worker.index(clip) if row.n in (2, 7)]
    data = bytearray(clip.read_bytes())
    for row in cut:
        place = (row.pos or 0) + 8 + row.size // 3
        data[place : (row.pos or 0) + row.size - 2] = bytes((row.pos or 0) + row.size - 2 - place)
    clip.write_bytes(data)
    digests = set()
    for _ in range(3):
        with MediaWorker() as worker:
            table = worker.index(clip)
            digests |= {table.digest(), worker.survey(clip).table.digest(), worker.index(clip).digest()}
    assert {2, 7} <= marked(table)
    assert len(digests) == 1
    with MediaWorker() as worker:
        assert worker.picture(clip, table, 7).exact
        assert all(same for _, same in worker.reached_at(clip, table, range(len(table))))

"""Frames reached by a table that was read off the packets only: the right ones mostly, and never said to be exact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_desk.media.client import MediaWorker
from tests.contract.clips import Clip, make_clip

KINDS: dict[str, tuple[str, Clip]] = {
    "b-frames": ("mp4", Clip(frames=60, gop=20, bframes=3)),
    "large": ("mp4", Clip(frames=20, gop=10, bframes=2, width=1280, height=720)),
    "transport stream": ("ts", Clip(frames=60, gop=20, bframes=2)),
    "vp9": ("webm", Clip(frames=40, codec="libvpx-vp9", options={"lag-in-frames": "10", "auto-alt-ref": "1"})),
}


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as running:
        yield running


@pytest.mark.parametrize("kind", KINDS)
def test_a_provisional_frame_has_its_hash_and_is_never_exact(worker: MediaWorker, tmp_path: Path, kind: str) -> None:
    suffix, what = KINDS[kind]
    clip = make_clip(tmp_path / f"clip.{suffix}", what)
    outline, table = worker.outline(clip), worker.index(clip)
    assert len(outline) == len(table) == what.frames
    last = what.frames - 1
    for n in (last, 0, 11, 12, 13, 12, 11, last // 2, 3):
        picture = worker.picture(clip, outline, n)
        assert (picture.provisional, picture.exact, picture.n) == (True, False, n)
        assert "provisional" in picture.note
        assert (picture.hash, picture.pts) == (table.hash_of(n), table.pts(n))
        confirmed = worker.picture(clip, table, n)
        assert (confirmed.provisional, confirmed.exact, confirmed.bgra == picture.bgra) == (False, True, True)
    numbers = [last, 5, 17]
    assert [row.hash for row in worker.frames_at(clip, outline, numbers)] == [table.hash_of(n) for n in numbers]
    assert [exact for _, exact in worker.reached_at(clip, outline, numbers)] == [False] * 3


def test_rows_in_a_wrong_order_are_still_reached(worker: MediaWorker, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.avi", Clip(frames=40, codec="mpeg4", bframes=2))
    outline, table = worker.outline(clip), worker.index(clip)
    for n in (30, 31, 32, 12, 11, 10, 0, len(outline) - 1):
        picture = worker.picture(clip, outline, n)
        assert picture.provisional
        assert table.find_hash(picture.hash), "a picture of this clip, though its number may change"

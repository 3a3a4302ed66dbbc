"""Stored thumbnails: the nearest one, and their way through bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.media import thumb_track
from evidence_desk.media.thumb_track import ThumbTrack, ThumbTrackDamaged

TRACK = ThumbTrack(162, {0: b"first", 30: b"", 15: b"second"})


@pytest.mark.parametrize(("n", "nearest"), [(0, 0), (7, 0), (8, 15), (15, 15), (22, 15), (23, 30), (9000, 30)])
def test_the_nearest_picture_says_which_frame_it_is_of(n: int, nearest: int) -> None:
    assert TRACK.nearest(n) == (nearest, TRACK.entries[nearest])


def test_of_two_as_near_the_earlier_one_is_given_and_of_none_nothing() -> None:
    assert ThumbTrack(9, {10: b"a", 20: b"b"}).nearest(15) == (10, b"a")
    assert ThumbTrack(0, {}).nearest(3) is None


@given(st.integers(0, 65535), st.dictionaries(st.integers(0, 2**32 - 1), st.binary(max_size=40), max_size=30))
def test_pictures_survive_their_bytes(height: int, entries: dict[int, bytes]) -> None:
    again = thumb_track.unpack(thumb_track.pack(ThumbTrack(height, entries)))
    assert (again.height, dict(again.entries), again.numbers) == (height, entries, tuple(sorted(entries)))


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_any_changed_byte_but_the_height_is_noticed(at: int, change: int) -> None:
    data = bytearray(thumb_track.pack(TRACK))
    at %= len(data)
    data[at] ^= change
    if at in (6, 7):
        return  # the height is what it says
    with pytest.raises(ThumbTrackDamaged):
        thumb_track.unpack(bytes(data))


def test_saved_whole_under_the_decoders_name_and_a_cut_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep" / thumb_track.file_name("PyAV 18.1.0 / libavcodec 62 h264")
    thumb_track.save(TRACK, path)
    assert [p.name for p in path.parent.iterdir()] == ["thumbs-PyAV-18.1.0---libavcodec-62-h264.edtt"]
    assert thumb_track.load(path) == TRACK
    for cut in (3, 20, path.stat().st_size - 1):
        with pytest.raises(ThumbTrackDamaged):
            thumb_track.unpack(path.read_bytes()[:cut])

"""The outline of a stream, read off its packets, against the table that decoding makes."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import pytest

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import NO_STAMP, FrameFlag, PacketColumns, PacketFlag
from evidence_desk.media.client import MediaWorker
from evidence_desk.worker.outline import presentation_order
from evidence_desk.worker.packet_table import PacketReader, shown_by_packet
from tests.contract.clips import Clip, make_clip
from tests.contract.zoo_streams import field_pictures

CLIPS: dict[str, tuple[str, Clip]] = {
    "b-frames, open group": (
        "mp4",
        Clip(frames=50, bframes=3, options={"x264-params": "bframes=3:keyint=12:open-gop=1"}),
    ),
    "sound": ("mp4", Clip(frames=40, bframes=2, sound=True)),
    "variable rate": ("mp4", Clip(stamps=tuple(40 * n + 7 * (n % 3) for n in range(30)), bframes=2)),
    "fragments": ("mp4", Clip(frames=40, bframes=2, options={"movflags": "frag_keyframe"})),
    "transport stream": ("ts", Clip(frames=50, bframes=2)),
    "program stream": ("mpg", Clip(frames=50, codec="mpeg2video", bframes=2)),
    "raw stream": ("h264", Clip(frames=40)),
    "gif": ("gif", Clip(codec="gif", pix_fmt="rgb8", frames=12)),
    "vp8": ("webm", Clip(frames=30, codec="libvpx")),
    "vp9": ("webm", Clip(frames=40, codec="libvpx-vp9", options={"lag-in-frames": "10", "auto-alt-ref": "1"})),
    "hevc": ("mp4", Clip(frames=40, codec="libx265", bframes=3, options={"x265-params": "keyint=12:log-level=none"})),
}


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as running:
        yield running


@pytest.mark.parametrize("kind", CLIPS)
def test_an_outline_expects_what_decoding_finds(worker: MediaWorker, tmp_path: Path, kind: str) -> None:
    suffix, what = CLIPS[kind]
    clip = make_clip(tmp_path / f"clip.{suffix}", what)
    outline, table = worker.outline(clip, sha256="ab" * 32), worker.index(clip)
    assert (outline.provisional, table.provisional) == (True, False)
    assert len(outline) == len(table) == what.frames
    assert outline.frames.packet == table.frames.packet
    assert outline.frames.pts == table.frames.pts
    assert outline.flagged(FrameFlag.KEY) == table.flagged(FrameFlag.KEY)
    assert outline.packets == table.packets
    for name in ("stream", "time_base", "decoder", "width", "height", "pix_fmt", "audio_end", "nominal_step"):
        assert getattr(outline.facts, name) == getattr(table.facts, name)
    assert outline.duration == table.duration
    assert (outline.sha256, outline.hashes, outline.facts.hashed) == ("ab" * 32, b"", False)
    assert "provisional" in outline.notes[0].lower()


@pytest.mark.parametrize(
    ("codec", "data", "shows"),
    [
        ("vp8", b"\x10\x02\x00", True),
        ("vp8", b"\x01\x02\x00", False),
        ("vp9", b"\x82\x00", True),
        ("vp9", b"\x84\x00", False),
        ("vp9", b"\x88\x00", True),  # a picture decoded earlier is shown
        ("vp9", b"\x84\x00\xc1", True),  # the last byte marks a superframe
        ("vp9", b"\xb1\x00", True),
        ("vp9", b"\xb2\x00", False),
        ("vp8", b"", False),
        ("vp9", b"", False),
    ],
)
def test_hidden_references_tell_by_their_first_byte(codec: str, data: bytes, shows: bool) -> None:
    tell = shown_by_packet(codec)
    assert tell is not None
    assert tell(av.Packet(data)) is shows


def test_a_cut_file_has_an_outline_of_what_is_there(worker: MediaWorker, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.ts", Clip(frames=50))
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    outline = worker.outline(clip)
    assert 5 < len(outline) < 50
    (tmp_path / "text.mp4").write_text("not a picture in sight")
    with pytest.raises(MediaUnreadable, match=r"text\.mp4"):
        worker.outline(tmp_path / "text.mp4")


def columns(rows: list[tuple[int | None, int | None, bool]]) -> PacketColumns:
    """Return packet columns of (pts, dts, key)."""
    return PacketColumns(
        array("q", [NO_STAMP if pts is None else pts for pts, _, _ in rows]),
        array("q", [NO_STAMP if dts is None else dts for _, dts, _ in rows]),
        array("q", range(len(rows))),
        array("I", [9] * len(rows)),
        array("B", [PacketFlag.KEY if key else 0 for _, _, key in rows]),
    )


def test_order_follows_stamps_but_never_across_a_join() -> None:
    first = [(100, 98, True), (103, 99, False), (101, 100, False), (102, 101, False)]
    again = [(0, -2, True), (3, -1, False), (1, 0, False), (2, 1, False)]
    assert presentation_order(columns([*first, *again]), [1] * 8, "mpeg4") == [0, 2, 3, 1, 4, 6, 7, 5]


def test_order_without_stamps_is_that_of_the_file() -> None:
    rows: list[tuple[int | None, int | None, bool]] = [(0, 0, True), (None, 1, False), (1, 2, False)]
    assert presentation_order(columns(rows), [1, 1, 1], "mpeg4") == [0, 1, 2]


def test_what_no_decoder_gives_is_left_out() -> None:
    rows: list[tuple[int | None, int | None, bool]] = [
        (1, 0, False), (5, 1, True), (3, 2, False), (4, 3, False), (6, 4, False), (9, 5, True), (8, 6, False),
    ]  # fmt: skip
    assert presentation_order(columns(rows), [1] * 7, "hevc") == [1, 4, 6, 5]
    assert presentation_order(columns(rows), [1] * 7, "h264") == [2, 3, 1, 4, 6, 5]
    hidden = columns(rows)
    hidden.flags[4] |= PacketFlag.DISCARD
    assert presentation_order(hidden, [1, 1, 1, 1, 1, 1, 0], "hevc") == [1, 5]


def with_sound_first(clip: Path, to: Path) -> Path:
    """Write the same packets with the sound as stream 0."""
    with av.open(str(clip)) as source, av.open(str(to), "w") as out:
        streams = [source.streams.audio[0], source.streams.video[0]]
        copies = {s.index: out.add_stream_from_template(s) for s in streams}
        for packet in source.demux(streams):
            if packet.dts is not None:
                packet.stream = copies[packet.stream_index]
                out.mux(packet)
    return to


def test_the_last_pictures_come_also_where_sound_is_the_first_stream(worker: MediaWorker, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=30, bframes=3, sound=True))
    turned_round = with_sound_first(clip, tmp_path / "sound-first.mp4")
    table = worker.index(turned_round)
    assert table.stream == 1
    assert table.hashes == worker.index(clip).hashes
    assert len(worker.outline(turned_round)) == len(table) == 30


def with_stamps(raw: Path, to: Path) -> Path:
    """Write the packets of a raw stream with rising stamps."""
    with av.open(str(raw)) as source, av.open(str(to), "w") as out:
        copy = out.add_stream_from_template(source.streams.video[0])
        for n, packet in enumerate(source.demux(source.streams.video[0])):
            if packet.size:
                packet.stream, packet.time_base = copy, Fraction(1, 50)
                packet.pts = packet.dts = n
                out.mux(packet)
    return to


@pytest.mark.parametrize("suffix", ["h264", "mp4", "ts"])
def test_two_fields_make_one_frame(worker: MediaWorker, tmp_path: Path, suffix: str) -> None:
    field_pictures("clip.h264")(tmp_path)
    clip = tmp_path / "clip.h264"
    if suffix != "h264":
        clip = with_stamps(clip, tmp_path / f"clip.{suffix}")
    outline, table = worker.outline(clip), worker.index(clip)
    assert (outline.packet_count, len(outline)) == (48, 24)
    assert outline.frames.packet == table.frames.packet
    assert outline.frames.pts == table.frames.pts
    assert not table.damage


def test_a_packet_may_lack_its_stamp_without_losing_its_place() -> None:
    rows: list[tuple[int | None, int | None, bool]] = [
        (0, 0, True), (120, 40, False), (40, 80, False), (None, 120, False), (240, 160, False), (160, 200, False),
    ]  # fmt: skip
    assert presentation_order(columns(rows), [1] * 6, "h264") == [0, 2, 1, 3, 5, 4]


@pytest.mark.parametrize("codec", ["h264", "hevc", "mpeg2video", "vp9"])
def test_a_stream_without_packets_has_no_order(codec: str) -> None:
    assert presentation_order(PacketColumns(), [], codec) == []


def test_a_stream_that_begins_in_mid_file_ends_nothing(tmp_path: Path) -> None:
    class Stumbling:
        """Gives three packets at a time and then fails as PyAV does where a new stream appears."""

        def __init__(self, container: av.container.InputContainer) -> None:
            self.streams = container.streams
            self._packets = container.demux(container.streams.video[0])

        def demux(self, *_: object) -> Iterator[object]:
            for n, packet in enumerate(self._packets, start=1):
                yield packet
                if n == 3:
                    raise IndexError("list index out of range")

    clip = make_clip(tmp_path / "clip.ts", Clip(frames=20))
    with av.open(str(clip)) as container:
        reader = PacketReader(Stumbling(container), container.streams.video[0])  # type: ignore[arg-type]
        assert sum(1 for _ in reader) == 20
        assert not reader.error

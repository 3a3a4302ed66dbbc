"""The outline of a stream: which frames its packets promise, in the order they will be shown, nothing decoded.

What it cannot know, and a decoding pass therefore confirms: pictures that the decoder drops for want of references,
packets that do not decode, packets that hold two pictures or half a one beyond the cases below, and, in a stream
without stamps, the order of reordered pictures.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from av.video.stream import VideoStream

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import (
    NO_STAMP,
    FrameColumns,
    FrameFlag,
    FrameTable,
    PacketColumns,
    PacketFlag,
    TableFacts,
)
from evidence_desk.worker.opening import choose_stream, decoder_text, open_media
from evidence_desk.worker.packet_table import PacketReader, PacketRecorder, shown_by_packet
from evidence_desk.worker.sequential import Beat

# Their decoders give nothing before the first key packet …
_START_AT_KEY = {"h264", "hevc", "vvc", "mpeg1video", "mpeg2video", "mpeg4", "vp8", "vp9", "av1"}
# … and throw away what is read after that packet but shown before it: its references are missing.
_DROP_LEADING = {"hevc", "mpeg1video", "mpeg2video"}
_I_PICTURE = 1
_BEAT = 15  # one beat for sixteen packets: reading one takes microseconds
# As plain numbers: an enum's operators would cost more than reading a million packets.
_KEY, _DISCARD, _CORRUPT = int(PacketFlag.KEY), int(PacketFlag.DISCARD), int(PacketFlag.CORRUPT)
_FRAME_KEY, _FRAME_DAMAGED = int(FrameFlag.KEY), int(FrameFlag.DAMAGED)


def build_outline(path: str, wanted: int | None, beat: Beat) -> FrameTable:
    """Return the provisional table of the stream, read off its packets at the speed of reading.

    A frame is a packet that holds data, that the container does not discard, and that says of itself that it is shown
    (VP8 and VP9 hide reference pictures; two H.264 fields make one frame). Packets before the first key packet are left
    out, and with HEVC and MPEG-2 those read after it but shown before it. Frames stand in the order of their stamps
    between jumps of the decoding stamps; where stamps are missing they stand in the order of the file. Key flags,
    stamps and durations are the container's; there are no hashes. Raises MediaUnreadable where no picture can be
    expected.
    """
    name = Path(path).name
    container = open_media(path)
    try:
        stream = choose_stream(container, wanted, name)
        codec = stream.codec_context.codec.canonical_name
        recorder, reader = PacketRecorder(), PacketReader(container, stream)
        durations, shown = array("q"), bytearray()
        add_duration, add_shown = durations.append, shown.append
        is_shown = shown_by_packet(codec, stream.codec_context.extradata or b"")
        total, number = max(1, container.size), stream.index
        for packet in reader:
            if packet.stream_index != number:
                recorder.note_sound(packet)
                continue
            ordinal = recorder.note(packet)
            add_duration(packet.duration or 0)
            if is_shown is not None:
                add_shown(is_shown(packet))
            if not ordinal & _BEAT:
                beat(packet.pos or 0, total)
        order = presentation_order(recorder.columns, shown or recorder.columns.size, codec)
        if not order:
            raise MediaUnreadable(
                f"No picture can be expected from {name}: it holds no packet of one. Nothing changed."
            )
        frames = _columns(recorder.columns, durations, order)
        return FrameTable(_facts(stream, recorder, reader.error, len(order)), frames, recorder.columns, b"")
    finally:
        container.close()


def presentation_order(packets: PacketColumns, shown: Sequence[int], codec: str) -> list[int]:
    """Return the ordinals of the packets that become frames, in the order in which these are shown.

    `shown` is 0 for every packet that gives no frame of its own; `codec` is the decoder's canonical name.
    """
    flags, pts = packets.flags, packets.pts
    visible = [p for p, seen in enumerate(shown) if seen and not flags[p] & _DISCARD]
    if codec in _START_AT_KEY and visible:
        key = next((p for p, flag in enumerate(flags) if flag & _KEY), 0)
        visible = visible[bisect_left(visible, key) :]
        if codec in _DROP_LEADING and pts[key] != NO_STAMP:
            after = next((p for p in range(key + 1, len(flags)) if flags[p] & _KEY), len(flags))
            visible = [p for p in visible if not (key < p < after and NO_STAMP != pts[p] < pts[key])]
    order: list[int] = []
    for run in _runs(visible, packets):
        stamps = set(map(pts.__getitem__, run))
        if NO_STAMP not in stamps:
            run.sort(key=pts.__getitem__)
        elif len(stamps) > 1:
            run.sort(key=_places(run, packets).__getitem__)
        order += run
    return order


def _places(run: list[int], packets: PacketColumns) -> dict[int, int]:
    """Return where each packet stands: its stamp, without one its decoding stamp, else the place of the one before."""
    places: dict[int, int] = {}
    last = NO_STAMP
    for p in run:
        stamp = packets.pts[p] if packets.pts[p] != NO_STAMP else packets.dts[p]
        last = places[p] = stamp if stamp != NO_STAMP else last
    return places


def _runs(visible: list[int], packets: PacketColumns) -> Iterator[list[int]]:
    """Cut where the decoding stamps go back: across a join, a later picture may well have the smaller stamp."""
    dts = packets.dts
    start, latest = 0, NO_STAMP
    for i, p in enumerate(visible):
        if dts[p] == NO_STAMP:
            continue
        if dts[p] < latest:
            yield visible[start:i]
            start = i
        latest = dts[p]
    yield visible[start:]


def _columns(packets: PacketColumns, durations: array[int], order: list[int]) -> FrameColumns:
    kept = list(map(packets.flags.__getitem__, order))
    marks = [(_FRAME_KEY if flag & _KEY else 0) | (_FRAME_DAMAGED if flag & _CORRUPT else 0) for flag in kept]
    return FrameColumns(
        pts=array("q", map(packets.pts.__getitem__, order)),
        duration=array("q", [max(0, durations[p]) for p in order]),
        packet=array("I", order),
        pict_type=array("B", [_I_PICTURE if flag & _KEY else 0 for flag in kept]),
        flags=array("B", marks),
    )


def _facts(stream: VideoStream, recorder: PacketRecorder, read_error: str, count: int) -> TableFacts:
    rate = stream.guessed_rate or stream.average_rate
    notes = ["Provisional: read off the packets, no picture was decoded yet; numbers may still change."]
    if stream.frames and stream.frames != count:
        notes.append(f"The header says {stream.frames} frames; {count} are expected from the packets.")
    corrupt = sum(1 for flag in recorder.columns.flags if flag & _CORRUPT)
    damage = [f"The file could not be read to its end ({read_error})."] if read_error else []
    if corrupt:
        damage.append(f"The container marks {corrupt} of {len(recorder.columns.flags)} packets as corrupt.")
    return TableFacts(
        stream=stream.index,
        time_base=stream.time_base or Fraction(1, 1),
        decoder=decoder_text(stream),
        width=stream.codec_context.width,
        height=stream.codec_context.height,
        pix_fmt=stream.codec_context.pix_fmt or "",
        declared_frames=stream.frames,
        nominal_step=1 / rate if rate else None,
        audio_end=recorder.sound_end,
        hashed=False,
        damage=" ".join(damage),
        notes=tuple(notes),
        provisional=True,
    )

"""One pass over a stream from start to end: every packet, every decoded frame, every hash."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import av.error
from av.audio.frame import AudioFrame
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import (
    NO_PACKET,
    NO_STAMP,
    FrameColumns,
    FrameFlag,
    FrameTable,
    PacketFlag,
    TableFacts,
)
from evidence_desk.worker.hashing import HashesAtOnce, HashLine
from evidence_desk.worker.log_watch import LogWatch
from evidence_desk.worker.opening import choose_stream, decoder_text, open_media, release
from evidence_desk.worker.packet_table import (
    PacketReader,
    PacketRecorder,
    real_packet,
    refuse_without_memory,
    shown_by_packet,
)
from evidence_desk.worker.steady_memory import steady_memory

FRAME_THREADS, SLICE_THREADS, ONE_THREAD = "FRAME", "SLICE", "NONE"
_WELL_THREADED = frozenset(
    (
        "h264",
        "hevc",
        "vvc",
        "av1",
        "vp8",
        "vp9",
        "mpeg1video",
        "mpeg2video",
        "mpeg4",
        "mjpeg",
        "prores",
        "dnxhd",
        "ffv1",
    )
)
_TAIL = 16
# As plain numbers: these are asked of every frame and packet, where an enum's operators would be felt.
_KEY, _DAMAGED, _AFTER = int(FrameFlag.KEY), int(FrameFlag.DAMAGED), int(FrameFlag.AFTER_DAMAGE)
_PACKET_KEY, _PACKET_DISCARD = int(PacketFlag.KEY), int(PacketFlag.DISCARD)
_WHOLE = {0, 1}  # picture types: not told, and I


__all__ = ["FRAME_THREADS", "ONE_THREAD", "SLICE_THREADS", "Beat", "FrameTap", "build_table", "carried_ordinal"]
__all__ += ["real_packet", "refuse_without_memory"]


class Beat(Protocol):
    """Called again and again during long work: reports how far it is; raises Cancelled when it should end."""

    def __call__(self, done: int, total: int) -> None:
        """Take one report."""
        ...


class FrameTap(Protocol):
    """Takes part in the one pass over a stream: sees every decoded picture once, in output order, as it is native.

    A tap does its work on threads of its own and holds few pictures at a time: each is memory of the decoder's.
    """

    @property
    def name(self) -> str:
        """What it makes, for messages."""
        ...

    def begin(self, stream: VideoStream) -> None:
        """Called once before the first picture."""
        ...

    def take(self, n: int, frame: VideoFrame) -> None:
        """Take picture n; it must not be changed."""
        ...

    def finish(self) -> None:
        """Wait until all that was taken is done."""
        ...

    def close(self) -> None:
        """End its threads, also when the pass was given up."""
        ...


def build_table(
    path: str,
    wanted: int | None,
    *,
    hashes: bool,
    log: LogWatch,
    beat: Beat,
    taps: Callable[[], Sequence[FrameTap]] = tuple,
) -> FrameTable:
    """Return the table of the stream; raises MediaUnreadable where no picture can be had.

    Decodes with frame threads first. On a damaged stream these lose pictures and conceal holes by chance of timing, and
    slice threads leave old memory in the holes: at any sign of damage the pass is made again with one thread, which
    always conceals alike and whose every complaint belongs to the packet just decoded. Taps hold pictures for a while,
    and what lies in memory then shows through the holes of others: they get a pass of their own after that. `taps`
    gives fresh taps each time: those it gave last have seen the pictures of the table that is returned.
    """
    done = _Pass(path, wanted, FRAME_THREADS, HashLine() if hashes else None, taps(), log)
    table = done.run(beat)
    if done.trouble:
        with steady_memory():
            table = _Pass(path, wanted, ONE_THREAD, HashesAtOnce() if hashes else None, (), log).run(beat)
        if again := taps():
            _Pass(path, wanted, ONE_THREAD, None, again, log).run(beat)
    if not len(table):
        raise MediaUnreadable(f"No picture can be decoded from {Path(path).name}. Nothing was changed.")
    return table


def first_threads(codec: str) -> str:
    """Return the thread mode in which the first pass decodes a codec (its canonical name).

    Frame threads only where many rely on them. libavcodec's VP3 and Theora decoder now and then gives other pictures
    with them, without a word: one pass in forty on a busy machine, the same eleven frames each time.
    """
    return FRAME_THREADS if codec in _WELL_THREADED else ONE_THREAD


def carried_ordinal(frame: VideoFrame | AudioFrame) -> int:
    """Return the ordinal that the frame's packet was given, NO_PACKET where the decoder did not carry it through."""
    carried = frame.opaque
    return carried[0] if isinstance(carried, list) else NO_PACKET


class _Pass:
    """The state of one pass."""

    def __init__(
        self,
        path: str,
        wanted: int | None,
        threads: str,
        hashes: HashLine | HashesAtOnce | None,
        taps: Sequence[FrameTap],
        log: LogWatch,
    ) -> None:
        self._path = path
        self._wanted = wanted
        self._threads = threads
        self._hashes = hashes
        # The hashes come last: packing rare formats takes a picture's stamp away for a moment, on another thread.
        self._taps: tuple[FrameTap, ...] = (*taps, *((self._hashes,) if self._hashes is not None else ()))
        self._log = log
        self._frames = FrameColumns()
        self._recorder = PacketRecorder()
        self._packets = self._recorder.columns
        self._hidden: set[int] = set()
        self._damaged: set[int] = set()
        self._complaint = ""
        self._read_error = ""
        self._ending = ""
        self._first: tuple[int, int, str] | None = None
        self._changes = 0

    def run(self, beat: Beat) -> FrameTable:
        """Decode everything and return the table, also an empty one."""
        container = open_media(self._path)
        stream: VideoStream | None = None
        try:
            stream = choose_stream(container, self._wanted, Path(self._path).name)
            stream.thread_type = self._threads
            if self._threads == FRAME_THREADS:
                stream.thread_type = first_threads(stream.codec_context.codec.canonical_name)
            stream.codec_context.copy_opaque = True
            for tap in self._taps:
                tap.begin(stream)
            self._log.complained()
            self._decode_all(container, stream, max(1, container.size), beat)
            self._flag_damage()
            for tap in self._taps:
                tap.finish()
            digests = self._hashes.digests if self._hashes is not None else b""
            return FrameTable(self._facts(stream), self._frames, self._packets, digests)
        finally:
            for tap in self._taps:
                tap.close()
            release(container, stream)

    @property
    def trouble(self) -> bool:
        """Tell whether anything hints at damage, or the last packets gave no picture."""
        if self._damaged or self._complaint or self._read_error:
            return True
        return self._lost_at_the_end()

    def _lost_at_the_end(self) -> bool:
        """Tell whether more of the last packets gave no picture than is the stream's way (hidden, half pictures)."""
        flags = self._packets.flags
        start = max(0, len(flags) - _TAIL)
        given = set(self._frames.packet[-2 * _TAIL :])
        silent = sum(1 for p in range(start, len(flags)) if self._should_show(p) and p not in given)
        if not silent or not start:
            return silent > 0
        given = set(self._frames.packet)
        usual = sum(1 for p in range(start) if self._should_show(p) and p not in given)
        return silent * start > usual * _TAIL

    def _should_show(self, ordinal: int) -> bool:
        if self._packets.flags[ordinal] & _PACKET_DISCARD or ordinal in self._hidden:
            return False
        return self._packets.size[ordinal] > 0

    def _decode_all(self, container: InputContainer, stream: VideoStream, total: int, beat: Beat) -> None:
        reader = PacketReader(container, stream)
        number = stream.index
        context = stream.codec_context
        shown = shown_by_packet(context.codec.canonical_name, context.extradata or b"")
        for packet in reader:
            if packet.stream_index != number:
                self._recorder.note_sound(packet)
                continue
            ordinal = self._note_packet(packet)
            packet.opaque = [ordinal]  # a fresh object each: the library tells them apart by identity
            if shown is not None and not shown(packet):
                self._hidden.add(ordinal)
            if packet.size:  # an empty packet would end the stream for the decoder
                self._decode(packet, ordinal)
            beat(min(packet.pos or 0, total), total)
        self._read_error = reader.error
        self._ending = self._log.complained()  # of the reader, not of a picture: no reason to decode again
        last: Packet[Any] = Packet()  # drains the decoder
        last.stream = stream
        self._decode(last, -1)

    def _decode(self, packet: Packet[Any], ordinal: int) -> None:
        try:
            frames = packet.decode()
        except av.error.FFmpegError as error:
            refuse_without_memory(error)
            frames = []
            self._blame(ordinal, error.strerror or "it cannot be decoded")
        complaint = self._log.complained()
        if complaint:
            self._blame(ordinal, complaint)
        for frame in frames:
            self._note_frame(frame)

    def _blame(self, ordinal: int, why: str) -> None:
        self._complaint = self._complaint or why
        if ordinal >= 0:
            self._damaged.add(ordinal)

    def _note_packet(self, packet: Packet[Any]) -> int:
        ordinal = self._recorder.note(packet)
        if packet.is_corrupt:
            self._blame(ordinal, "the container marks a packet as corrupt")
        return ordinal

    def _note_frame(self, frame: VideoFrame) -> None:
        columns = self._frames
        ordinal = carried_ordinal(frame)
        shape = (frame.width, frame.height, frame.format.name)
        if self._first is None:
            self._first = shape
        elif shape != self._first:
            self._changes += 1
        columns.pts.append(NO_STAMP if frame.pts is None else frame.pts)
        columns.duration.append(max(0, frame.duration))
        columns.packet.append(ordinal)
        columns.pict_type.append(min(255, int(frame.pict_type)))
        damaged = frame.is_corrupt
        columns.flags.append((_KEY if frame.key_frame else 0) | (_DAMAGED if damaged else 0))
        if damaged:
            self._complaint = self._complaint or "the decoder marks a picture as damaged"
        n = len(columns.pts) - 1
        for tap in self._taps:
            tap.take(n, frame)

    def _flag_damage(self) -> None:
        """Mark frames of damaged packets, and those decoded after one and before the next key packet."""
        flags = self._frames.flags
        damaged = self._damaged | {p for p, f in zip(self._frames.packet, flags, strict=True) if f & _DAMAGED}
        if not damaged:
            return
        shadow = self._shadow(damaged)
        for n, ordinal in enumerate(self._frames.packet):
            if ordinal in damaged:
                flags[n] |= _DAMAGED
            elif ordinal < len(shadow) and shadow[ordinal]:
                flags[n] |= _AFTER

    def _shadow(self, damaged: set[int]) -> bytearray:
        """Return 1 for every packet from a damaged one to the next that starts afresh, 0 for the rest.

        Afresh means a key packet whose picture is intra-coded throughout: where a stream refreshes itself little by
        little the marked packet only begins to. What follows it but is shown before it may still lean on the damage.
        """
        frame_of = {ordinal: n for n, ordinal in enumerate(self._frames.packet)}
        shadow = bytearray(len(self._packets.flags))
        dark, leading_to = False, -1
        for ordinal, flag in enumerate(self._packets.flags):
            n = frame_of.get(ordinal)
            if ordinal in damaged:
                dark = True
            elif dark and flag & _PACKET_KEY and (n is None or self._frames.pict_type[n] in _WHOLE):
                dark, leading_to = False, -1 if n is None else n
            shadow[ordinal] = dark or (n is not None and n < leading_to)
        return shadow

    def _facts(self, stream: VideoStream) -> TableFacts:
        width, height, pix_fmt = self._first or (0, 0, "")
        rate = stream.guessed_rate or stream.average_rate
        return TableFacts(
            stream=stream.index,
            time_base=stream.time_base or Fraction(1, 1),
            decoder=decoder_text(stream),
            width=width,
            height=height,
            pix_fmt=pix_fmt,
            declared_frames=stream.frames,
            nominal_step=1 / rate if rate else None,
            audio_end=self._recorder.sound_end,
            hashed=self._hashes is not None,
            damage=" ".join(self._damage()),
            notes=tuple(self._notes(stream)),
        )

    def _damage(self) -> Iterator[str]:
        if self._read_error:
            yield f"The file could not be read to its end ({self._read_error})."
        hurt = sum(1 for f in self._frames.flags if f & _DAMAGED)
        shadowed = sum(1 for f in self._frames.flags if f & _AFTER)
        if hurt or self._damaged:
            yield (
                f"{len(self._damaged)} of {len(self._packets.pts)} packets are damaged, {hurt} frames did not decode"
                f" cleanly, {shadowed} follow damage. First message: {self._complaint}"
            )
        elif self._complaint:  # while the decoder gave its last pictures: of which packet is not known
            yield f"Decoding the end complained: {self._complaint}."
        if self._ending:
            yield f"Reading the end complained: {self._ending}."

    def _notes(self, stream: VideoStream) -> Iterator[str]:
        count = len(self._frames.pts)
        if stream.frames and stream.frames != count:
            yield f"The header says {stream.frames} frames; {count} were decoded."
        silent = len(self._packets.pts) - len({*self._frames.packet})
        hidden = sum(1 for f in self._packets.flags if f & _PACKET_DISCARD)
        if silent > hidden and not self._damaged:
            yield f"{silent - hidden} packets gave no picture of their own (half pictures, hidden references or a cut)."
        if self._changes:
            yield (
                f"The picture's size or format changes in mid-stream ({self._changes} frames differ from the first):"
                " each frame's hash is that of its own native picture."
            )

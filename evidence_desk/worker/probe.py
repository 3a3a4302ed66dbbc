"""What a file says of itself: container, streams, dates, writers' traces, and what does not fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av.error
from av.audio.stream import AudioStream
from av.codec import CodecContext
from av.container import InputContainer
from av.sidedata.sidedata import Type
from av.stream import Disposition, Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.time import fraction_text, seconds_text
from evidence_desk.media.probe_facts import Probe, StreamFacts
from evidence_desk.worker.display import matrix_of, orientation_of, range_of, side_bytes
from evidence_desk.worker.mp4_boxes import Mp4Facts, read_boxes
from evidence_desk.worker.opening import choose_stream, open_media, release
from evidence_desk.worker.sound_start import sound_starts

_DATE = re.compile(r"date|creation_time|year|created", re.IGNORECASE)
_TRACE = re.compile(r"encod|software|writing|make|model|muxing|tool|handler_name|comment|vendor", re.IGNORECASE)
_TRANSFERS = {
    1: "bt709",
    6: "smpte170m",
    8: "linear",
    13: "srgb",
    14: "bt2020-10",
    16: "PQ (smpte2084)",
    18: "HLG (arib-std-b67)",
}
_TEXT = re.compile(rb"[\x20-\x7e]{12,}")
_TRIES = 300


def probe(path: str) -> Probe:
    """Return the facts; raises MediaUnreadable where the file does not open."""
    container = open_media(path)
    chosen: VideoStream | None = None
    try:
        try:
            chosen = choose_stream(container, None, Path(path).name)
        except MediaUnreadable:
            if not container.streams.audio:
                raise
        frame = _first_frame(container, chosen) if chosen is not None else None
        return _facts(path, container, chosen, frame)
    finally:
        release(container, chosen)


def _facts(path: str, container: InputContainer, chosen: VideoStream | None, frame: VideoFrame | None) -> Probe:
    size = Path(path).stat().st_size
    boxes = _boxes(path, size) if "mp4" in container.format.name else None
    streams = _with_sound(path, tuple(_stream(s, frame if s is chosen else None) for s in container.streams))
    metadata = {k: str(v) for k, v in container.metadata.items()}
    dates = {f"metadata {k}": v for k, v in metadata.items() if _DATE.search(k)}
    for s in streams:
        dates.update({f"stream {s.index} {k}": v for k, v in s.metadata.items() if _DATE.search(k)})
    if boxes is not None:
        dates.update({f"box {k}": v for k, v in boxes.dates.items()})
    return Probe(
        name=Path(path).name,
        size=size,
        format=container.format.name,
        format_name=container.format.long_name,
        duration=_seconds(container.duration),
        start=_seconds(container.start_time),
        bit_rate=container.bit_rate,
        streams=streams,
        default_video=chosen.index if chosen is not None else None,
        sound_offset=_sound_offset(streams, frame),
        dates=dates,
        encoder_traces=tuple(dict.fromkeys(_traces(metadata, streams, boxes, frame))),
        edit_lists=tuple(boxes.edits) if boxes is not None else (),
        anomalies=tuple(_anomalies(container, chosen, frame, boxes)),
        metadata=metadata,
    )


def _with_sound(path: str, streams: tuple[StreamFacts, ...]) -> tuple[StreamFacts, ...]:
    """Add to each sound stream where its first sample stands."""
    if not any(s.kind == "audio" for s in streams):
        return streams
    starts = sound_starts(path)
    return tuple(
        replace(s, sound_start=fraction_text(at.at) if at.at is not None else "", priming=at.priming)
        if (at := starts.get(s.index)) is not None
        else s
        for s in streams
    )


def _sound_offset(streams: tuple[StreamFacts, ...], frame: VideoFrame | None) -> str:
    sound = next((s.sound_start for s in streams if s.sound_start), "")
    if not sound or frame is None or frame.pts is None or frame.time_base is None:
        return ""
    return fraction_text(Fraction(sound) - frame.pts * frame.time_base)


def _first_frame(container: InputContainer, stream: VideoStream) -> VideoFrame | None:
    """Return the first picture that decodes near the start, None where none does."""
    stream.thread_type = "SLICE"
    packets = container.demux(stream)
    for _ in range(_TRIES):
        try:
            packet = next(packets, None)
            if packet is None:
                return None
            for frame in packet.decode():
                if isinstance(frame, VideoFrame):
                    return frame
        except av.error.FFmpegError:
            continue
    return None


def _stream(stream: Stream, frame: VideoFrame | None) -> StreamFacts:
    context: CodecContext | None = stream.codec_context  # none where there is no decoder
    facts = StreamFacts(
        index=stream.index,
        kind=stream.type,
        codec=context.codec.canonical_name if context else "",
        profile=(stream.profile or "") if context else "",
        time_base=fraction_text(stream.time_base) if stream.time_base else "",
        start=stream.start_time,
        duration=stream.duration,
        declared_frames=stream.frames,
        bit_rate=context.bit_rate if context else None,
        language=stream.language or "",
        cover=bool(stream.disposition & Disposition.attached_pic),
        metadata={k: str(v) for k, v in stream.metadata.items()},
    )
    if isinstance(stream, VideoStream) and context:
        return _with_picture(facts, stream, frame)
    if isinstance(stream, AudioStream) and context:
        return replace(
            facts,
            sample_rate=stream.codec_context.sample_rate,
            channels=stream.codec_context.channels,
            layout=stream.codec_context.layout.name,
        )
    return facts


def _with_picture(facts: StreamFacts, stream: VideoStream, frame: VideoFrame | None) -> StreamFacts:
    facts = replace(
        facts,
        width=stream.codec_context.width,
        height=stream.codec_context.height,
        pix_fmt=stream.codec_context.pix_fmt or "",
        average_rate=fraction_text(stream.average_rate) if stream.average_rate else "",
        sar=fraction_text(sar_of(stream)),
    )
    if frame is None:
        return facts
    turn = orientation_of(frame)
    return replace(
        facts,
        rotation=turn.rotation,
        mirrored=turn.mirrored,
        colour_matrix=matrix_of(frame)[1],
        colour_range=range_of(frame)[1],
        colour_transfer=_TRANSFERS.get(int(frame.color_trc), ""),
        interlaced=frame.interlaced_frame,
    )


def sar_of(stream: VideoStream) -> Fraction:
    """Return the pixel aspect that container and codec agree on best; 1 where neither names one."""
    sar = stream.sample_aspect_ratio
    return sar if sar else Fraction(1)


def _seconds(microseconds: int | None) -> str:
    if microseconds is None:
        return ""
    sign, value = ("-", -microseconds) if microseconds < 0 else ("", microseconds)
    return f"{sign}{value // 1_000_000}.{value % 1_000_000:06d}"


def _boxes(path: str, size: int) -> Mp4Facts:
    with Path(path).open("rb") as file:
        return read_boxes(file, size)


def _traces(
    metadata: Mapping[str, str], streams: tuple[StreamFacts, ...], boxes: Mp4Facts | None, frame: VideoFrame | None
) -> Iterator[str]:
    for key, value in metadata.items():
        if _TRACE.search(key) and value.strip():
            yield f"{key}: {value.strip()}"
    for stream in streams:
        for key, value in stream.metadata.items():
            if _TRACE.search(key) and value.strip():
                yield f"stream {stream.index} {key}: {value.strip()}"
    if boxes is not None:
        if boxes.brands:
            yield f"brand: {boxes.brands}"
        # Which box comes first tells a camera (pictures, then index) from a file prepared for streaming.
        yield f"box order: {' '.join(dict.fromkeys(boxes.order))}"
        yield from (f"handler: {name}" for name in boxes.handlers)
    if frame is not None:
        for text in _TEXT.findall(side_bytes(frame, Type.SEI_UNREGISTERED)[16:])[:1]:
            yield f"in the first picture: {text.decode('ascii')[:160]}"


def _anomalies(
    container: InputContainer, chosen: VideoStream | None, frame: VideoFrame | None, boxes: Mp4Facts | None
) -> Iterator[str]:
    videos = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if len(videos) > 1:
        yield f"There are {len(videos)} picture streams; the desk counts the frames of stream {videos[0].index}."
    if chosen is None:
        yield "There is no picture stream."
    else:
        if frame is None:
            yield "No picture could be decoded near the start of the file."
        if chosen.start_time:
            first = chosen.start_time * (chosen.time_base or Fraction(1))
            yield f"The picture stream starts at {seconds_text(first)} s on the container's clock, not at zero."
        if not chosen.average_rate:
            yield "The header names no frame rate."
    if boxes is not None:
        yield from _box_anomalies(boxes)


def _box_anomalies(boxes: Mp4Facts) -> Iterator[str]:
    pieces = [edit.partition(":")[0] for edit in boxes.edits if ": empty" not in edit]
    if len(pieces) > len(set(pieces)):
        yield "An edit list shows several pieces of a track: what is shown is not simply what is stored."
    if boxes.fragments:
        yield f"The file is written in {boxes.fragments} fragments; the header does not describe all of it."
    if boxes.trailing:
        yield f"{boxes.trailing} bytes follow the last whole box."

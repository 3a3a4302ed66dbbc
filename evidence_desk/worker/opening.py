"""Opens one media file and nothing else: no protocols, no playlists that name other files, no guessing at sequences."""

from __future__ import annotations

from pathlib import Path

import av
import av.container
import av.error
from av.audio.stream import AudioStream
from av.stream import Disposition
from av.video.stream import VideoStream

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.worker.lists import SNIFF, list_kind

# Formats whose files name others, and those that are devices or scripts: never even started on.
_REFUSED = {"concat", "dash", "hls", "imf", "rtp", "rtsp", "sap", "sdp", "svg_pipe", "vobsub", "webm_dash_manifest"}
_REFUSED |= {"avisynth", "lavfi", "tty", "vapoursynth"}
_REFUSED |= {"alsa", "dvdvideo", "fbdev", "jack", "kmsgrab", "libcdio", "oss", "pulse", "sndio", "video4linux2", "v4l2"}
_REFUSED |= {"x11grab", "xcbgrab"}


def _allowed_formats() -> str:
    """Return every format this libavformat reads, but those refused, as its own list of what it may take a file for."""
    names: set[str] = set()
    for name in av.formats_available:
        names.update(name.split(","))
    return ",".join(sorted(names - _REFUSED))


_OPTIONS = {"protocol_whitelist": "file", "pattern_type": "none", "format_whitelist": _allowed_formats()}


def open_media(path: str) -> av.container.InputContainer:
    """Return the opened file; raises MediaUnreadable with one line that names it and says why not."""
    name = Path(path).name
    _refuse_lists(path, name)
    try:
        # No time limit here: libavformat would go on with what it had seen so far, and the facts would depend on the
        # disk's speed. A file that it never finishes with is ended by the desk, which says so.
        container = av.open(f"file:{path}", container_options=_OPTIONS, metadata_errors="replace")
    except (av.error.FFmpegError, ValueError, UnicodeError) as error:
        raise MediaUnreadable(
            f"{name} cannot be opened as video or sound: {_reason(error)}. Nothing was changed."
        ) from error
    return container


def choose_stream(container: av.container.InputContainer, wanted: int | None, name: str) -> VideoStream:
    """Return the stream with ffmpeg's absolute index `wanted`, or the first video stream that is no cover picture."""
    pictures = list(container.streams.video)
    if wanted is not None:
        chosen = [s for s in pictures if s.index == wanted]
        if not chosen:
            known = ", ".join(str(s.index) for s in pictures) or "none"
            raise MediaUnreadable(f"{name} has no picture stream {wanted}. Its picture streams are: {known}.")
    else:
        chosen = [s for s in pictures if not s.disposition & Disposition.attached_pic]
    if not chosen:
        sound = " It has sound." if container.streams.audio else ""
        raise MediaUnreadable(f"{name} has no picture stream.{sound} Nothing was changed.")
    if chosen[0].codec_context is None:
        raise MediaUnreadable(f"{name}: there is no decoder for its picture stream {chosen[0].index}.")
    return chosen[0]


def decoder_text(stream: VideoStream | AudioStream) -> str:
    """Return who decodes the stream, as it stands beside every frame hash."""
    version = ".".join(str(part) for part in av.library_versions["libavcodec"])
    return f"PyAV {av.__version__} / libavcodec {version} {stream.codec_context.name}"


def release(container: av.container.InputContainer, stream: VideoStream | None) -> None:
    """Close the file. The decoder is emptied first: freeing it with pictures in its threads could wait for itself."""
    if stream is not None:
        stream.codec_context.flush_buffers()
    container.close()


def _refuse_lists(path: str, name: str) -> None:
    try:
        if not Path(path).is_file():
            kind = "a folder, not a file" if Path(path).is_dir() else "no ordinary file"
            if Path(path).exists():
                raise MediaUnreadable(f"{name} is {kind}. Nothing was changed.")
        with Path(path).open("rb") as file:
            head = file.read(SNIFF)
    except FileNotFoundError as error:
        raise MediaUnreadable(f"There is no file {name}. Nothing was changed.") from error
    except OSError as error:
        raise MediaUnreadable(f"{name} cannot be read: {error.strerror}. Nothing was changed.") from error
    if not head:
        raise MediaUnreadable(f"{name} is empty. Nothing was changed.")
    kind = list_kind(head)
    if kind:
        raise MediaUnreadable(
            f"{name} is {kind} that names other files; give the files themselves. Nothing was changed."
        )


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return text[:1].lower() + text[1:] if text else "its format is not known"

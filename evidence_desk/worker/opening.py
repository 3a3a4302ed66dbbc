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

_SNIFF = 8192
_LISTS = {
    b"#EXTM3U": "an HLS playlist",
    b"ffconcat version": "a concat script",
    b"[playlist]": "a playlist",
    b"#RTSP": "a stream description",
}
_LIST_FORMATS = {"hls", "dash", "concat", "sdp", "rtsp", "imf", "webm_dash_manifest", "tty", "lavfi"}


def open_media(path: str) -> av.container.InputContainer:
    """Return the opened file; raises MediaUnreadable with one line that names it and says why not."""
    name = Path(path).name
    _refuse_lists(path, name)
    try:
        container = av.open(
            f"file:{path}",
            options={"protocol_whitelist": "file", "pattern_type": "none"},
            metadata_errors="replace",
        )
    except (av.error.FFmpegError, ValueError, UnicodeError) as error:
        raise MediaUnreadable(
            f"{name} cannot be opened as video or sound: {_reason(error)}. Nothing was changed."
        ) from error
    if _LIST_FORMATS & set(container.format.name.split(",")):
        kind = container.format.name
        container.close()
        raise MediaUnreadable(f"{name} is a list that names other files ({kind}); give the files themselves.")
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
            head = file.read(_SNIFF)
    except FileNotFoundError as error:
        raise MediaUnreadable(f"There is no file {name}. Nothing was changed.") from error
    except OSError as error:
        raise MediaUnreadable(f"{name} cannot be read: {error.strerror}. Nothing was changed.") from error
    if not head:
        raise MediaUnreadable(f"{name} is empty. Nothing was changed.")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = next((what for mark, what in _LISTS.items() if start.startswith(mark)), "")
    if not kind and start.startswith(b"<") and b"<MPD" in head:
        kind = "a DASH manifest"
    if not kind and start.startswith(b"v=0") and b"\no=" in head:
        kind = "a stream description"
    if kind:
        raise MediaUnreadable(
            f"{name} is {kind} that names other files; give the files themselves. Nothing was changed."
        )


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return text[:1].lower() + text[1:] if text else "its format is not known"

"""Thumbnails taken on the way through a stream: about two a second, made on a thread beside the decoder."""

from __future__ import annotations

import io
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction

from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from av.video.stream import VideoStream
from PIL import Image

from evidence_desk.media.thumb_track import ThumbTrack
from evidence_desk.worker.display import Pixels, Renderer, matrix_of, orientation_of, shown_size

LONGER_SIDE = 288
"""Pixels of a thumbnail's longer side as shown."""
MOST = 3000
"""Kept for one stream: beyond, every second one is dropped and they are taken half as often."""
QUALITY = 75
_LARGEST = (LONGER_SIDE, LONGER_SIDE)
_SPACING = Fraction(1, 2)
_QUEUE = 3


class ThumbLine:
    """A tap of the decoding pass that keeps small pictures.

    A frame is taken when half a second of stream has gone by since the last one; a key frame already after half of
    that, since a seek reaches it soonest. Frames without stamps are counted by the header's rate.
    """

    name = "thumbnails"

    def __init__(self, most: int = MOST) -> None:
        """Start no thread yet; `most` is how many pictures are kept at most."""
        self._thread = ThreadPoolExecutor(1, self.name)
        self._waiting: deque[tuple[int, Future[tuple[int, bytes]]]] = deque()
        self._renderer = Renderer()
        self._scaler = VideoReformatter()
        self._entries: dict[int, bytes] = {}
        self._most = most
        self._height = 0
        self._sar = Fraction(1)
        self._spacing = _SPACING
        self._time_base = Fraction(1, 1)
        self._frame_seconds = Fraction(1, 25)
        self._last: tuple[int, int | None] | None = None

    def begin(self, stream: VideoStream) -> None:
        """Take over what the stream says of time and pixels."""
        rate = stream.guessed_rate or stream.average_rate
        self._frame_seconds = 1 / rate if rate else self._frame_seconds
        self._time_base = stream.time_base or self._time_base
        self._sar = stream.sample_aspect_ratio or Fraction(1)

    def take(self, n: int, frame: VideoFrame) -> None:
        """Take frame n where its turn has come."""
        if not self._due(n, frame):
            return
        self._last = (n, frame.pts)
        self._waiting.append((n, self._thread.submit(self._picture, frame)))
        while len(self._waiting) > _QUEUE:
            self._collect()

    def finish(self) -> None:
        """Wait for the last pictures."""
        while self._waiting:
            self._collect()

    def close(self) -> None:
        """End the thread, also when the pass was given up."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    @property
    def track(self) -> ThumbTrack:
        """What was taken so far."""
        return ThumbTrack(self._height, self._entries)

    def _due(self, n: int, frame: VideoFrame) -> bool:
        if self._last is None:
            return True
        last, stamp = self._last
        if frame.pts is not None and stamp is not None and frame.pts > stamp:
            gone = (frame.pts - stamp) * self._time_base
        else:
            gone = (n - last) * self._frame_seconds
        return gone >= (self._spacing / 2 if frame.key_frame else self._spacing)

    def _collect(self) -> None:
        n, job = self._waiting.popleft()
        height, jpeg = job.result()
        self._height = self._height or height
        self._entries[n] = jpeg
        if len(self._entries) > self._most:
            self._entries = {n: self._entries[n] for n in list(self._entries)[::2]}
            self._spacing *= 2

    def _picture(self, frame: VideoFrame) -> tuple[int, bytes]:
        orientation, sar, small = orientation_of(frame), self._sar, frame
        wide, high = shown_size(frame.width, frame.height, sar, _LARGEST)
        if wide < frame.width and high < frame.height and not (frame.format.is_rgb or frame.format.has_palette):
            small, sar = self._shrunk(frame, wide, high), Fraction(1)
        picture = self._renderer.render(small, sar, _LARGEST, orientation=orientation).pixels
        return picture.shape[0], jpeg(picture)

    def _shrunk(self, frame: VideoFrame, wide: int, high: int) -> VideoFrame:
        """Return the picture smaller in its own format: a quarter of the work of turning all of it into RGB."""
        small = self._scaler.reformat(frame, wide, high, frame.format.name, interpolation=Interpolation.AREA, threads=1)
        small.colorspace = matrix_of(frame)[0]  # where the stream names none it goes by the size of the whole picture
        return small


def jpeg(picture: Pixels) -> bytes:
    """Return the picture as JPEG; the same picture gives the same bytes."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()

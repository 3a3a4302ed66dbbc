"""The frame hash: SHA-256 of the native picture packed without padding, byte for byte what ffmpeg's framehash takes.

MPEG-4 ASP and WMV pictures differ between versions of FFmpeg: version 5 rounds them by shortcuts on x86 unless it is
told `-flags +bitexact` before `-i`. Most files then hash as here; those with two-way predicted pictures may need the
version of libavcodec named as the decoder. The flag stays off: with it fewer files equal the plain command.
"""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction

import numpy as np
from av.codec import CodecContext
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.stream import VideoStream

# Planar formats whose packed form is simply each plane's rows one after the other; value: bytes per sample.
_PLANAR = {
    **dict.fromkeys(("gray", "yuv410p", "yuv411p", "yuv420p", "yuv422p", "yuv440p", "yuv444p"), 1),
    **dict.fromkeys(("yuvj411p", "yuvj420p", "yuvj422p", "yuvj440p", "yuvj444p"), 1),
    **dict.fromkeys(("gray10le", "yuv420p10le", "yuv422p10le", "yuv444p10le", "yuv420p12le", "yuv422p12le"), 2),
}


_QUEUE = 6
_THREADS = 2
_PIECE = 1 << 18  # bytes compared at a time: small enough to stop early, large enough to cost no calls


class FrameHasher:
    """Hashes pictures of one stream; keeps the packer for formats that need one."""

    def __init__(self) -> None:
        self._packer: VideoCodecContext | None = None
        self._packer_for: tuple[int, int, str] | None = None

    def digest(self, frame: VideoFrame) -> bytes:
        """Return the 32 bytes of the picture's hash."""
        sample = _PLANAR.get(frame.format.name)
        digest = hashlib.sha256()
        if sample is None:
            digest.update(self._packed(frame))
            return digest.digest()
        for plane in frame.planes:
            row, line = plane.width * sample, plane.line_size
            if line == row:
                digest.update(memoryview(plane)[: row * plane.height])
            elif line > row:
                rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, line)
                digest.update(np.ascontiguousarray(rows[:, :row]).data)
            else:  # stored bottom up
                digest = hashlib.sha256(self._packed(frame))
                break
        return digest.digest()

    def _packed(self, frame: VideoFrame) -> bytes:
        """Return the picture as the rawvideo encoder packs it; it knows every pixel format."""
        shape = (frame.width, frame.height, frame.format.name)
        if self._packer is None or self._packer_for != shape:
            packer = CodecContext.create("rawvideo", "w")
            packer.width, packer.height, packer.pix_fmt = shape
            packer.time_base = Fraction(1, 1000)
            self._packer, self._packer_for = packer, shape
        stamp = frame.pts
        frame.pts = None
        try:
            return b"".join(bytes(packet) for packet in self._packer.encode(frame))
        finally:
            frame.pts = stamp


class HashLine:
    """Hashes pictures in order on threads beside the decoder: SHA-256 costs about as much as decoding.

    A picture that equals the one before it, as in a still scene or a recorded screen, takes that one's hash: comparing
    costs a tenth of hashing, and next to nothing where the pictures differ early.
    """

    name = "frame hashes"

    def __init__(self) -> None:
        """Start no thread yet."""
        self._threads = ThreadPoolExecutor(_THREADS, "frame hashes")
        self._own = threading.local()
        self._waiting: deque[Future[bytes]] = deque()
        self._before: tuple[VideoFrame, Future[bytes]] | None = None
        self._digests = bytearray()

    def begin(self, stream: VideoStream) -> None:
        """Take note of the stream: nothing about it matters here."""

    def take(self, _n: int, frame: VideoFrame) -> None:
        """Hash one more picture; waits while too many are in the queue, since each holds its memory."""
        job = self._threads.submit(self._digest, frame, self._before)
        self._before = (frame, job)
        self._waiting.append(job)
        while len(self._waiting) > _QUEUE:
            self._digests += self._waiting.popleft().result()

    def finish(self) -> None:
        """Wait until every picture is hashed."""
        while self._waiting:
            self._digests += self._waiting.popleft().result()

    @property
    def digests(self) -> bytes:
        """All hashes, 32 bytes a picture."""
        return bytes(self._digests)

    def close(self) -> None:
        """End the threads, also when the pass was given up."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _digest(self, frame: VideoFrame, before: tuple[VideoFrame, Future[bytes]] | None) -> bytes:
        if before is not None and same_picture(frame, before[0]):
            return before[1].result()  # begun earlier on one of the same threads, so it waits for nothing after it
        hasher = getattr(self._own, "hasher", None)
        if hasher is None:
            hasher = self._own.hasher = FrameHasher()
        return hasher.digest(frame)


class HashesAtOnce:
    """Hashes each picture before the next packet is decoded, and keeps none: what `steady_memory` rests on."""

    name = "frame hashes"

    def __init__(self) -> None:
        """Begin with none."""
        self._hasher = FrameHasher()
        self._digests = bytearray()

    def begin(self, stream: VideoStream) -> None:
        """Take note of the stream: nothing about it matters here."""

    def take(self, _n: int, frame: VideoFrame) -> None:
        """Hash one more picture."""
        self._digests += self._hasher.digest(frame)

    def finish(self) -> None:
        """Nothing is left to wait for."""

    @property
    def digests(self) -> bytes:
        """All hashes, 32 bytes a picture."""
        return bytes(self._digests)

    def close(self) -> None:
        """Nothing is held."""


def same_picture(a: VideoFrame, b: VideoFrame) -> bool:
    """Tell whether both are the same samples in the same layout; False also where that cannot be told cheaply."""
    if (a.width, a.height, a.format.name) != (b.width, b.height, b.format.name) or a.format.name not in _PLANAR:
        return False
    sample = _PLANAR[a.format.name]
    return all(_same_samples(p, q, sample) for p, q in zip(a.planes, b.planes, strict=True))


def _same_samples(a: VideoPlane, b: VideoPlane, sample: int) -> bool:
    row, line, high = a.width * sample, a.line_size, a.height
    if line != b.line_size or line < row:
        return False
    x, y = (np.frombuffer(memoryview(p), np.uint8).reshape(high, line)[:, :row] for p in (a, b))
    if not (x[high // 2] == y[high // 2]).all():  # pictures that differ mostly differ here, and nothing more is read
        return False
    if row % 8 == 0:
        x, y = x.view(np.uint64), y.view(np.uint64)
    step = max(1, _PIECE // line)
    return all(bool((x[at : at + step] == y[at : at + step]).all()) for at in range(0, high, step))

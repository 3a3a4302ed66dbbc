"""The frame hash: SHA-256 of the native picture packed without padding, byte for byte what ffmpeg's framehash takes.

ffmpeg 5 rounds MPEG-4 ASP and WMV pictures by a shortcut on x86 unless it is told `-flags +bitexact` before `-i`; this
decoder, like later ones, always takes the exact way. With that option both print the same hashes.
"""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction

import numpy as np
from av.codec import CodecContext
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

# Planar formats whose packed form is simply each plane's rows one after the other; value: bytes per sample.
_PLANAR = {
    **dict.fromkeys(("gray", "yuv410p", "yuv411p", "yuv420p", "yuv422p", "yuv440p", "yuv444p"), 1),
    **dict.fromkeys(("yuvj411p", "yuvj420p", "yuvj422p", "yuvj440p", "yuvj444p"), 1),
    **dict.fromkeys(("gray10le", "yuv420p10le", "yuv422p10le", "yuv444p10le", "yuv420p12le", "yuv422p12le"), 2),
}


_QUEUE = 6


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
    """Hashes pictures in order on a thread beside the decoder: SHA-256 costs about as much as decoding."""

    def __init__(self) -> None:
        self._hasher = FrameHasher()
        self._thread = ThreadPoolExecutor(1, "frame hashes")
        self._waiting: deque[Future[bytes]] = deque()
        self._digests = bytearray()

    def add(self, frame: VideoFrame) -> None:
        """Hash one more picture; waits while too many are in the queue, since each holds its memory."""
        self._waiting.append(self._thread.submit(self._hasher.digest, frame))
        while len(self._waiting) > _QUEUE:
            self._digests += self._waiting.popleft().result()

    def finish(self) -> bytes:
        """Return all hashes, 32 bytes a picture."""
        while self._waiting:
            self._digests += self._waiting.popleft().result()
        return bytes(self._digests)

    def close(self) -> None:
        """End the thread, also when the pass was given up."""
        self._thread.shutdown(wait=True, cancel_futures=True)

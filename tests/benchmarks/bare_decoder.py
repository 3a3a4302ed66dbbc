"""The peers that are libraries, in a process of their own: bare PyAV and OpenCV, told what to do line by line.

`python tests/benchmarks/bare_decoder.py FILE MODE` reads JSON lines and answers each with a JSON line. MODE is PyAV's
thread type. OpenCV is loaded only when it is asked for.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import av
import av.error


class Bare:
    """Decodes one stream with nothing around it."""

    def __init__(self, path: str, mode: str) -> None:
        self._path = path
        self._mode = mode
        self._container, self._stream = self._opened()
        next(iter(self._container.decode(self._stream)))  # primed, as whoever seeks must be

    def _opened(self) -> tuple[av.container.InputContainer, av.VideoStream]:
        container = av.open(self._path)
        stream = container.streams.video[0]
        stream.thread_type = self._mode
        return container, stream

    def forward(self, count: int) -> list[float]:
        """Return the seconds from each picture to the next, from the start."""
        container, stream = self._opened()
        times, began = [], time.perf_counter()
        for frame in container.decode(stream):
            now = time.perf_counter()
            times.append(now - began)
            began = now
            del frame
            if len(times) > count:
                break
        container.close()
        return times[1:]

    def seek(self, key: int, pts: int) -> float:
        """Return the seconds from the key frame (its dts) to the picture with that pts."""
        began = time.perf_counter()
        self._container.seek(key, stream=self._stream)
        begun = False
        for packet in self._container.demux(self._stream):
            # Some demuxers land a group earlier; its packets are read past, as the desk does, never decoded.
            begun = begun or packet.dts is None or packet.dts >= key
            if not begun:
                continue
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                continue
            if any(frame.pts == pts for frame in frames):
                break
        return time.perf_counter() - began


class OpenCv:
    """Steps back and seeks the way most programs do."""

    def __init__(self, path: str) -> None:
        import cv2

        self._at = cv2.CAP_PROP_POS_FRAMES
        self._capture = cv2.VideoCapture(path)

    def to(self, n: int) -> float:
        """Return the seconds to set the position and read a frame."""
        began = time.perf_counter()
        self._capture.set(self._at, n)
        self._capture.read()
        return time.perf_counter() - began


def main() -> int:
    """Answer until the input ends."""
    path, mode = sys.argv[1:]
    bare = Bare(path, mode)
    known: dict[str, Callable[..., Any]] = {"forward": bare.forward, "seek": bare.seek}
    opencv: OpenCv | None = None
    for line in sys.stdin:
        name, *words = json.loads(line)
        if name == "opencv":
            opencv = opencv or OpenCv(path)
            answer: Any = opencv.to(*words)
        else:
            answer = known[name](*words)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

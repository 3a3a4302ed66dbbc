"""mpv over its control socket, without window or sound: how long a seek and a step back take until they are done."""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self

_PATIENCE = 30.0


class Mpv:
    """One paused mpv. A move counts as done when mpv says that playback is ready again at the new place."""

    def __init__(self, path: Path) -> None:
        """Start mpv with the file and wait until it shows the first frame."""
        self._folder = tempfile.TemporaryDirectory(prefix="evidence-desk-mpv-")
        place = Path(self._folder.name) / "socket"
        command = ["mpv", "--no-config", "--pause", "--vo=null", "--ao=null", "--hr-seek=yes", "--keep-open=yes"]
        command += ["--hwdec=no", "--idle=no", "--really-quiet", f"--input-ipc-server={place}", str(path)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(_PATIENCE)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                self._socket.connect(str(place))
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
        self._lines = self._socket.makefile("r", encoding="utf-8")
        time.sleep(1.0)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End mpv."""
        self._process.kill()
        self._process.wait()
        self._lines.close()
        self._socket.close()
        self._folder.cleanup()

    def seek(self, seconds: float) -> float:
        """Return the seconds an exact seek takes."""
        return self._done("seek", seconds, "absolute+exact")

    def back(self) -> float:
        """Return the seconds one step back takes."""
        return self._done("frame-back-step")

    def _done(self, *words: Any) -> float:
        began = time.perf_counter()
        self._socket.sendall((json.dumps({"command": words}) + "\n").encode())
        while "playback-restart" not in self._lines.readline():
            if time.perf_counter() - began > _PATIENCE:
                break
        return time.perf_counter() - began

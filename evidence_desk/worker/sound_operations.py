"""What the worker answers about sound: the track of one pass, and exact samples."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np

from evidence_desk.domain.errors import WorkerFailed
from evidence_desk.media import sound_track
from evidence_desk.worker import pcm
from evidence_desk.worker.reply import Operation, Reply
from evidence_desk.worker.sequential import Beat
from evidence_desk.worker.sound_levels import peaks
from evidence_desk.worker.sound_pass import read_track
from evidence_desk.worker.sound_reader import SoundReader
from evidence_desk.worker.sound_source import SoundTable

_READERS = 2
UNKNOWN_SOUND = "unknown sound"


class SoundOperations:
    """Keeps a few sound streams open between requests."""

    def __init__(self) -> None:
        self._readers: OrderedDict[tuple[str, int, int], SoundReader] = OrderedDict()

    def known(self) -> dict[str, Operation]:
        """Return the operations by name."""
        return {
            "sound_track": self._track,
            "sound_table": self._take_table,
            "sound": self._sound,
            "sound_wave": self._wave,
        }

    def _track(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        track = read_track(head["path"], head.get("stream"), head.get("sha256") or "", beat)
        self._hold(head["path"], track.facts.stream, SoundTable.unpack(track.table))
        return {}, sound_track.pack(track), False

    def _take_table(self, head: dict[str, Any], blob: bytes, _beat: Beat) -> Reply:
        self._hold(head["path"], int(head["stream"]), SoundTable.unpack(blob))
        return {}, b"", False

    def _wave(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        """Give the peaks of a part, closer than the pyramid: to be looked at, so a decoder's own noise may differ."""
        heard = self._reader(head).read(int(head["first"]), int(head["count"]), True, beat)
        low, high, rms = peaks(pcm.to_s16(heard.data), int(head["hop"]))
        return {"sizes": [len(low), len(high), len(rms)], "exact": heard.exact}, low + high + rms, False

    def _reader(self, head: dict[str, Any]) -> SoundReader:
        reader = self._readers.get(_key(head["path"], int(head["stream"])))
        if reader is None:
            raise WorkerFailed(UNKNOWN_SOUND)
        return reader

    def _sound(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        heard = self._reader(head).read(int(head["first"]), int(head["count"]), head.get("wish") == "quick", beat)
        data = heard.data if head.get("wish") == "native" else pcm.to_s16(heard.data)
        raw = np.ascontiguousarray(data, dtype=data.dtype.newbyteorder("<"))
        words = {"count": data.shape[0], "channels": data.shape[1], "format": pcm.format_name(data)}
        return {**words, "exact": heard.exact}, raw.tobytes(), False

    def _hold(self, path: str, stream: int, table: SoundTable) -> None:
        key = _key(path, stream)
        held = self._readers.pop(key, None)
        if held is not None:
            held.close()
        while len(self._readers) >= _READERS:
            self._readers.popitem(last=False)[1].close()
        self._readers[key] = SoundReader(path, stream, table)


def _key(path: str, stream: int) -> tuple[str, int, int]:
    stat = Path(path).stat()
    return path, stream, stat.st_mtime_ns ^ stat.st_size

"""What the worker can be asked for, by name. Keeps the tables it was given and the files it has open."""

from __future__ import annotations

import hashlib
import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidence_desk.domain.errors import FrameOutOfRange, MediaUnreadable, WorkerFailed
from evidence_desk.domain.frames import FrameRow, FrameTable
from evidence_desk.domain.time import fraction_text
from evidence_desk.media import frame_store
from evidence_desk.worker.display import Renderer
from evidence_desk.worker.frame_window import DEFAULT_BUDGET, FrameWindow
from evidence_desk.worker.log_watch import LogWatch
from evidence_desk.worker.random_access import ExactReader, Reached
from evidence_desk.worker.sequential import Beat, build_table
from evidence_desk.worker.stills import png, still_words

Reply = tuple[dict[str, Any], bytes | memoryview, bool]
_TABLES = 8
_READERS = 2  # each with a window of its own: two clips side by side are both stepped without waiting
UNKNOWN_TABLE = "unknown table"


class Operations:
    """Answers requests; every answer is (JSON, bytes, whether the bytes go through the picture memory)."""

    def __init__(self, log: LogWatch, window_budget: int = DEFAULT_BUDGET) -> None:
        self._log = log
        self._budget = window_budget
        self._tables: OrderedDict[int, FrameTable] = OrderedDict()
        self._readers: OrderedDict[tuple[str, int, int], ExactReader] = OrderedDict()
        self._renderer = Renderer()
        self._known: dict[str, Callable[[dict[str, Any], bytes, Beat], Reply]] = {
            "probe": self._probe,
            "index": self._index,
            "table": self._table,
            "frames_at": self._frames_at,
            "picture": self._picture,
            "still": self._still,
            "thumbnail": self._thumbnail,
            "waveform": self._waveform,
        }

    def run(self, head: dict[str, Any], blob: bytes, beat: Beat) -> Reply:
        """Do what `head` asks; raises the desk's errors, and whatever a decoder throws."""
        operation = self._known.get(str(head.get("op")))
        if operation is None:
            raise WorkerFailed(f"The worker does not know {head.get('op')!r}.")
        return operation(head, blob, beat)

    # ----------------------------------------------------------------------------------------------------- whole files

    def _probe(self, head: dict[str, Any], _blob: bytes, _beat: Beat) -> Reply:
        from evidence_desk.worker.probe import probe

        return {"probe": probe(head["path"]).to_json()}, b"", False

    def _index(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        path = head["path"]
        with _FileHash(path, head.get("sha256") or "") as digest:
            table = build_table(
                path, head.get("stream"), hashes=bool(head.get("hashes", True)), log=self._log, beat=beat
            )
            table.facts = replace(table.facts, sha256=digest.result(beat))
        return {}, frame_store.pack(table), False

    def _waveform(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        from evidence_desk.worker.waveform import BUCKETS_PER_SECOND, read_peaks

        found = read_peaks(head["path"], beat)
        if found is None:
            return {"sound": None}, b"", False
        sound = {
            "stream": found.stream,
            "start": fraction_text(found.start),
            "per_second": BUCKETS_PER_SECOND,
            "rate": found.rate,
            "channels": found.channels,
            "codec": found.codec,
        }
        return {"sound": sound}, array("h", found.peaks).tobytes(), False

    # ---------------------------------------------------------------------------------------------------- single frames

    def _table(self, head: dict[str, Any], blob: bytes, _beat: Beat) -> Reply:
        self._tables[int(head["key"])] = frame_store.unpack(blob)
        while len(self._tables) > _TABLES:
            self._tables.popitem(last=False)
        return {}, b"", False

    def _frames_at(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        table, reader = self._open(head)
        rows: list[list[Any]] = []
        for i, n in enumerate(head["frames"]):
            _in_range(table, n, head["path"])
            reader.forget()
            reached = reader.reach(n, beat)
            row = table.row(n)
            rows.append([n, reader.digest(reached.frame), reached.exact, row.pts])
            beat(i, len(head["frames"]))
        reader.forget()
        return {"rows": rows}, b"", False

    def _picture(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        _, row, reached, reader = self._reach(head, beat)
        limit = head.get("max")
        shown = self._renderer.render(reached.frame, reader.sar, (limit[0], limit[1]) if limit else None)
        height, width, _ = shown.rgb.shape
        facts = {
            "width": width,
            "height": height,
            "native": [reached.frame.width, reached.frame.height],
            "rotation": shown.orientation.rotation,
            "mirrored": shown.orientation.mirrored,
            "sar": fraction_text(shown.sar),
            "n": row.n,
            "pts": row.pts,
            "hash": row.hash or reader.digest(reached.frame),
            "exact": reached.exact,
            "note": reached.note or shown.note,
        }
        return facts, shown.rgb.data.cast("B"), True

    def _still(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        table, row, reached, reader = self._reach(head, beat)
        if not reached.exact:
            name = Path(head["path"]).name
            raise MediaUnreadable(f"Frame {row.n} of {name}: {reached.note}. No still was made.")
        box = _box(head.get("box"), reached.frame.width, reached.frame.height)
        width = head.get("max_width")
        limit = (int(width), 1 << 20) if width else None
        shown = self._renderer.render(reached.frame, reader.sar, limit, box, fine=True)
        row = replace(row, hash=row.hash or reader.digest(reached.frame))
        return {}, png(shown.rgb, still_words(table, row, shown, box)), False

    def _thumbnail(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        _, _, reached, reader = self._reach(head, beat)
        shown = self._renderer.render(reached.frame, reader.sar, (1 << 16, int(head["height"])))
        return {"exact": reached.exact}, png(shown.rgb), False

    def _reach(self, head: dict[str, Any], beat: Beat) -> tuple[FrameTable, FrameRow, Reached, ExactReader]:
        table, reader = self._open(head)
        n = int(head["n"])
        _in_range(table, n, head["path"])
        return table, table.row(n), reader.reach(n, beat), reader

    def _open(self, head: dict[str, Any]) -> tuple[FrameTable, ExactReader]:
        """Return the table named by the request and a reader of the file, kept open from the request before."""
        key = int(head["table"])
        table = self._tables.get(key)
        if table is None:
            raise WorkerFailed(UNKNOWN_TABLE)
        self._tables.move_to_end(key)
        path = str(head["path"])
        stat = Path(path).stat()
        place = (path, key, stat.st_mtime_ns ^ stat.st_size)
        reader = self._readers.get(place)
        if reader is None:
            while len(self._readers) >= _READERS:
                self._readers.popitem(last=False)[1].close()
            reader = self._readers[place] = ExactReader(path, table, FrameWindow(self._budget))
        self._readers.move_to_end(place)
        return table, reader


def _in_range(table: FrameTable, n: int, path: str) -> None:
    if not 0 <= n < len(table):
        name = Path(path).name
        raise FrameOutOfRange(f"There is no frame {n}: {name} has {len(table)} frames, 0 to {len(table) - 1}.")


def _box(value: Any, width: int, height: int) -> tuple[int, int, int, int] | None:
    """Return the cut-out as whole native pixels inside the picture, None where none was asked for."""
    if value is None:
        return None
    x, y, w, h = (int(v) for v in value)
    left, top = max(0, min(x, width - 1)), max(0, min(y, height - 1))
    return left, top, max(1, min(x + w, width) - left), max(1, min(y + h, height) - top)


class _FileHash:
    """Takes the file's SHA-256 beside the decoding, unless the desk has told it."""

    def __init__(self, path: str, known: str) -> None:
        self._path = path
        self._known = known
        self._stop = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> _FileHash:
        if not self._known:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop = True

    def result(self, beat: Beat) -> str:
        """Wait for the hash (hex)."""
        while self._thread.is_alive():
            self._thread.join(0.05)
            beat(1, 1)
        if not self._known:
            raise MediaUnreadable(f"{Path(self._path).name} cannot be read to its end. Nothing was changed.")
        return self._known

    def _run(self) -> None:
        digest = hashlib.sha256()
        try:
            with Path(self._path).open("rb", buffering=0) as file:
                while block := file.read(1 << 20):
                    digest.update(block)
                    if self._stop:
                        return
        except OSError:
            return
        self._known = digest.hexdigest()

"""What the worker answers about whole files: facts, the frame table."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import FrameTable
from evidence_desk.media import frame_store, thumb_track
from evidence_desk.worker.log_watch import LogWatch
from evidence_desk.worker.outline import build_outline
from evidence_desk.worker.reply import Operation, Reply
from evidence_desk.worker.sequential import Beat, FrameTap, build_table
from evidence_desk.worker.thumbnails import ThumbLine


class FileOperations:
    """Answers that need nothing but the file."""

    def __init__(self, log: LogWatch) -> None:
        self._log = log

    def known(self) -> dict[str, Operation]:
        """Return the operations by name."""
        return {
            "probe": self._probe,
            "outline": self._outline,
            "index": self._index,
            "survey": self._survey,
        }

    def _probe(self, head: dict[str, Any], _blob: bytes, _beat: Beat) -> Reply:
        from evidence_desk.worker.probe import probe

        return {"probe": probe(head["path"]).to_json()}, b"", False

    def _outline(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        table = build_outline(head["path"], head.get("stream"), beat)
        table.facts = replace(table.facts, sha256=str(head.get("sha256") or ""))
        return {}, frame_store.pack(table), False

    def _index(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        return {}, frame_store.pack(self._decoded(head, beat)), False

    def _survey(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        lines: list[ThumbLine] = []

        def taps() -> Sequence[FrameTap]:
            lines.append(ThumbLine())
            return (lines[-1],)

        table = frame_store.pack(self._decoded(head, beat, taps))
        return {"table": len(table)}, table + thumb_track.pack(lines[-1].track), False

    def _decoded(self, head: dict[str, Any], beat: Beat, taps: Callable[[], Sequence[FrameTap]] = tuple) -> FrameTable:
        path, hashes = head["path"], bool(head.get("hashes", True))
        with _FileHash(path, head.get("sha256") or "") as digest:
            table = build_table(path, head.get("stream"), hashes=hashes, log=self._log, beat=beat, taps=taps)
            table.facts = replace(table.facts, sha256=digest.result(beat))
        return table


class _FileHash:
    """Takes the file's SHA-256 beside the decoding, unless the desk has told it."""

    def __init__(self, path: str, known: str) -> None:
        self._path = path
        self._known = known
        self._stop = False
        self._done = 0
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> _FileHash:
        if not self._known:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop = True

    def result(self, beat: Beat) -> str:
        """Wait for the hash (hex); beats only while bytes move, so that a file that cannot be read is noticed."""
        seen = -1
        while self._thread.is_alive():
            self._thread.join(0.05)
            if seen != self._done:
                seen = self._done
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
                    self._done += len(block)
                    if self._stop:
                        return
        except OSError:
            return
        self._known = digest.hexdigest()

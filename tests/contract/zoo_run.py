"""Checks groups of the zoo in this process and prints one line of JSON a file: `python -m tests.contract.zoo_run ...`.

The desk gives every file a process of its own; for hundreds of small files that would cost more than the checks. The
worker's operations run here instead, in a process apart from the test's own, since they take descriptor 2.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evidence_desk.domain.frames import FrameTable
from evidence_desk.jobs import JobContext
from evidence_desk.media import frame_store
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.protocol import Message
from evidence_desk.worker.log_watch import LogWatch
from evidence_desk.worker.operations import Operations
from tests.contract import frame_check, zoo
from tests.contract.zoo_formats import ZOO


class InProcessWorker(MediaWorker):
    """Answers the desk's questions with the worker's operations, without a process between them."""

    def __init__(self) -> None:
        """Prepare the operations."""
        super().__init__()
        self._operations = Operations(LogWatch(), 64 << 20)
        self._sent: dict[int, FrameTable] = {}

    def ask(self, op: str, path: Path, ctx: JobContext | None, blob: bytes = b"", **words: Any) -> Message:
        """Answer about a whole file."""
        head = {"op": op, "path": str(path.absolute()), **words}
        reply, found, _ = self._operations.run(head, blob, _no_beat)
        return Message(reply, bytes(found))

    def ask_frame(
        self, op: str, path: Path, table: FrameTable, ctx: JobContext | None, blob: bytes = b"", **words: Any
    ) -> Message:
        """Answer about frames of a table."""
        if self._sent.get(id(table)) is not table:
            self._sent = {id(table): table}
            self.ask("table", path, ctx, frame_store.pack(table), key=id(table))
        return self.ask(op, path, ctx, blob, table=id(table), **words)


def _no_beat(done: int, total: int) -> None:
    """Nobody watches."""


def main() -> int:
    """Make and check the groups named; print the findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("groups", nargs="*", default=list(ZOO), help="GROUP, or GROUP=K for every k-th kind of it")
    given = parser.parse_args()
    worker = InProcessWorker()
    for words in given.groups:
        group, _, share = words.partition("=")
        for kind in ZOO[group][:: int(share or 1)]:
            line: dict[str, Any] = {"group": group, "damaged": kind.damaged}
            try:
                file = zoo.make(kind, given.folder)
            except zoo.CannotMake as error:
                line |= {"name": kind.name, "skipped": str(error)}
            else:
                check = frame_check.check_damaged(worker, file) if kind.damaged else None
                line |= asdict(check or frame_check.check(worker, file, zoo.truth(file), apart=kind.apart))
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

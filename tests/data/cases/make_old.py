"""How each `vN.sql` was made: `python tests/data/cases/make_old.py 2 > tests/data/cases/v2.sql`. Frozen since.

A case is worked with the commands of the day, then told again as that version wrote it: the tables of its steps alone,
rows without the columns that came later, and the same events without them, chained anew.
"""

from __future__ import annotations

import io
import itertools
import json
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent.parent))

from evidence_desk.domain.records import KINDS
from evidence_desk.jobs import NullContext
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case
from evidence_desk.store.audit import ZERO, event_hash
from evidence_desk.store.canonical import canonical_text
from evidence_desk.store.database import APPLICATION_ID
from evidence_desk.store.migrations import migrate

EXHIBIT = "the bytes of the exhibit of version {}\n"
TEXT = "Three men raised their hands. Троє чоловіків. ثلاثة رجال 🙂"


def worked(place: Path, version: int) -> Case:
    """Return a case with every kind of record, an edit, a withdrawal and an undo."""
    seconds = itertools.count()
    case = Case.create(place / "old", "Yard, 4 May", "Reviewer A", clock=lambda: _moment(next(seconds)))
    (place / "clip.bin").write_bytes(EXHIBIT.format(version).encode())
    received = intake.receive(case.paths, place / "clip.bin", {}, NullContext())
    run = case.bus.run
    run(c.add_exhibit(received, "Clip A", {"source_url": "https://example.org/p/1", "collected_by": "Reviewer A"}))
    run(c.edit_sheet({"mandate": "Training", "people": [{"name": "Reviewer A", "role": "lead"}]}))
    run(c.add_source(title="Post", text=TEXT, reliability="D"))
    run(c.add_claim("SR-001", "ثلاثة رجال 🙂"))
    run(c.add_claim("SR-001", "raised their hands"))
    run(c.split_claim("CL-002", "Hands were raised", "what-happened"))
    run(c.add_observation("EX-001", "note", statement="A mark.", count=(1, 2, 3), attributes={"colour": "red"}))
    run(c.add_link("OB-001", "CL-002.1", "supports", "The mark is seen"))
    run(c.add_question("What follows?", "The original", bears_on="CL-002"))
    run(c.edit("OB-001", {"certainty": "moderate"}))
    run(c.withdraw("CL-001", "Entered twice"))
    case.bus.undo()
    return case


def told_as(case: Case, version: int) -> sqlite3.Connection:
    """Return the case as that version wrote it."""
    old = sqlite3.connect(":memory:", isolation_level=None)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrate(old, version)
    known = {k.name: {row[1] for row in old.execute(f"PRAGMA table_info({k.table})")} for k in KINDS}
    now = sqlite3.connect(case.paths.database)
    for table in (*(k.table for k in KINDS), "counters"):
        columns = ", ".join(row[1] for row in old.execute(f"PRAGMA table_info({table})"))
        for row in now.execute(f"SELECT {columns} FROM {table} ORDER BY rowid"):
            old.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' for _ in row)})", row)
    now.close()
    prev = ZERO
    for event in case.store.events():
        sealed = {**event.sealed(), "prev": prev}
        for part in ("before", "after"):
            sealed[part] = _without(sealed[part], known.get(event.kind))
        prev = event_hash(sealed)
        row = {**sealed, "content": int(event.content), "hash": prev}
        row |= {part: None if sealed[part] is None else canonical_text(sealed[part]) for part in ("before", "after")}
        marks = ", ".join("?" for _ in row)
        old.execute(f"INSERT INTO events ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    return old


def _without(values: dict[str, Any] | None, known: set[str] | None) -> dict[str, Any] | None:
    if values is None or known is None:
        return values
    kept: dict[str, Any] = json.loads(json.dumps({name: value for name, value in values.items() if name in known}))
    return kept


def _moment(second: int) -> str:
    return f"2026-05-04T10:00:{second:02d}.000000Z"


def main() -> None:
    """Print the case of the version named as SQL."""
    version = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as place:
        case = worked(Path(place), version)
        old = told_as(case, version)
        case.close()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    out.write(f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {version};\n")
    out.writelines(f"{line}\n" for line in old.iterdump())
    out.flush()


if __name__ == "__main__":
    main()

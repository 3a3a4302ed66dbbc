"""Whatever is done to the log or the rows behind the desk's back, verify finds it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_desk.domain.errors import CaseError
from evidence_desk.domain.records import KINDS
from evidence_desk.jobs import NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case
from evidence_desk.services.verify import Report, verify_case
from evidence_desk.store.audit import ZERO, event_hash
from evidence_desk.store.canonical import canonical_text, parsed

Change = Callable[[sqlite3.Connection], None]
COLUMNS = "seq, at, actor, action, record, kind, cause, content, before, after, prev, hash"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case with a score of events and records, none of which needs a decoder to verify."""
    place = tmp_path_factory.mktemp("made")
    case = Case.create(place / "yard", "Yard", "Reviewer A")
    for name in ("clip.bin", "other.bin"):
        (place / name).write_bytes(name.encode())
        received = intake.receive(case.paths, place / name, {}, NullContext())
        case.bus.run(c.add_exhibit(received))
    case.bus.run(c.edit("EX-001", {"title": "Clip A"}))
    case.bus.run(c.add_source(title="Post", text="Three men raised their hands."))
    case.bus.run(c.add_claim("SR-001", "raised their hands"))
    case.bus.run(c.split_claim("CL-001", "Hands were raised", "what-happened"))
    for n in range(6):
        case.bus.run(c.add_question(f"Question {n}?", "A record"))
    case.bus.undo()
    case.close()
    return case.folder


@pytest.fixture
def closed(made: Path, tmp_path: Path) -> Path:
    """A copy of the case for one test."""
    folder = tmp_path / "yard.edcase"
    shutil.copytree(made, folder)
    return folder


@pytest.fixture
def verified(closed: Path, idle_worker: MediaWorker) -> Callable[..., Report]:
    """Return a function that changes the case file from outside, verifies, and returns the report."""

    def after(change: Change | None = None, head: str | None = None, triggers: bool = False) -> Report:
        connection = sqlite3.connect(closed / "case.db")
        if change is not None:
            dropped = [] if triggers else _drop_triggers(connection)
            change(connection)
            for statement in dropped:
                connection.execute(statement)
            connection.commit()
        connection.close()
        folder = closed.parent / "looked-at.edcase"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(closed, folder)
        return verify_case(folder, idle_worker, head)

    return after


def _drop_triggers(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in rows:
        connection.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in rows]


def _differing(report: Report) -> str:
    return "; ".join(f"{x.what}: {x.detail}" for x in report.checks if x.state == "differs")


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT max(seq) FROM events").fetchone()[0])


def test_an_untouched_case_is_the_same(verified: Callable[..., Report]) -> None:
    report = verified()
    assert report.same, report.lines()
    assert report.events > 15
    assert report.lines()[0] == "same"


@pytest.mark.parametrize("column", ["at", "actor", "action", "record", "kind", "cause", "content", "before", "after"])
@pytest.mark.parametrize("seq", [1, 7, -1])
def test_an_edited_event_is_found(verified: Callable[..., Report], column: str, seq: int) -> None:
    def edit(connection: sqlite3.Connection) -> None:
        at = seq if seq > 0 else _last(connection)
        value = {"content": 0, "before": '{"title":"x"}', "after": '{"title":"x"}'}.get(column, "changed")
        connection.execute(f"UPDATE events SET {column} = ? WHERE seq = ?", (value, at))

    assert "was changed after it was written" in _differing(verified(edit))


@pytest.mark.parametrize("column", ["prev", "hash"])
def test_an_edited_link_of_the_chain_is_found(verified: Callable[..., Report], column: str) -> None:
    def edit(connection: sqlite3.Connection) -> None:
        connection.execute(f"UPDATE events SET {column} = ? WHERE seq = 5", ("f" * 64,))

    assert "event 5" in _differing(verified(edit))


@pytest.mark.parametrize("seq", [1, 6])
def test_a_deleted_event_is_found(verified: Callable[..., Report], seq: int) -> None:
    found = _differing(verified(lambda db: db.execute("DELETE FROM events WHERE seq = ?", (seq,)) and None))
    assert "events are missing between" in found or "does not name the hash" in found


def test_reordered_events_are_found(verified: Callable[..., Report]) -> None:
    def swap(connection: sqlite3.Connection) -> None:
        for old, new in ((5, -5), (6, 5), (-5, 6)):
            connection.execute("UPDATE events SET seq = ? WHERE seq = ?", (new, old))

    found = _differing(verified(swap))
    assert "event 5" in found
    assert "event 6" in found


def test_a_duplicated_event_is_found(verified: Callable[..., Report]) -> None:
    def repeat(connection: sqlite3.Connection) -> None:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'events'").fetchone()[0]
        connection.execute("ALTER TABLE events RENAME TO kept")
        connection.execute(rows.replace("seq INTEGER PRIMARY KEY", "seq INTEGER").replace(" UNIQUE", ""))
        connection.execute("INSERT INTO events SELECT * FROM kept")
        connection.execute("INSERT INTO events SELECT * FROM kept WHERE seq = 4")
        connection.execute("DROP TABLE kept")

    found = _differing(verified(repeat))
    assert "event 4 is repeated or out of order" in found
    assert "events, events_by_record is not as the desk makes it" in found


def test_a_duplicated_event_under_the_next_number_is_found(verified: Callable[..., Report]) -> None:
    def repeat(connection: sqlite3.Connection) -> None:
        columns = COLUMNS.replace("seq", f"{_last(connection) + 1}", 1).replace(", hash", ", hash || 'x'")
        connection.execute(f"INSERT INTO events ({COLUMNS}) SELECT {columns} FROM events WHERE seq = 4")

    assert "was changed after it was written" in _differing(verified(repeat))


def test_an_inserted_event_is_found(verified: Callable[..., Report]) -> None:
    def insert(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE events SET seq = -seq WHERE seq > 8")
        connection.execute("UPDATE events SET seq = 1 - seq WHERE seq < 0")
        prev = connection.execute("SELECT hash FROM events WHERE seq = 8").fetchone()[0]
        _write_event(connection, 9, prev, "question.add")

    assert "event 10 does not name the hash of the event before it" in _differing(verified(insert))


def _write_event(connection: sqlite3.Connection, seq: int, prev: str, action: str) -> None:
    sealed = {
        "seq": seq, "at": "2026-05-04T12:00:00.000000Z", "actor": "Nobody", "action": action, "record": "QN-900",
        "kind": "", "cause": "do", "content": False, "before": None, "after": None, "prev": prev,
    }  # fmt: skip
    row = {**sealed, "content": 0, "hash": event_hash(sealed)}
    marks = ", ".join("?" for _ in row)
    connection.execute(f"INSERT INTO events ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


@pytest.mark.parametrize(
    "statement", ["UPDATE events SET actor = 'x' WHERE seq = 3", "DELETE FROM events WHERE seq = 3"]
)
def test_the_triggers_refuse_change_and_deletion(closed: Path, statement: str) -> None:
    connection = sqlite3.connect(closed / "case.db")
    with pytest.raises(sqlite3.IntegrityError, match="an event is never"):
        connection.execute(statement)
    connection.close()


def test_insert_or_replace_is_refused_or_found(closed: Path, verified: Callable[..., Report]) -> None:
    def replace(connection: sqlite3.Connection) -> None:
        columns = COLUMNS.replace("actor", "'Someone else'", 1)
        connection.execute(f"INSERT OR REPLACE INTO events ({COLUMNS}) SELECT {columns} FROM events WHERE seq = 3")

    connection = sqlite3.connect(closed / "case.db")
    with pytest.raises(sqlite3.IntegrityError, match="an event follows the last one"):
        replace(connection)
    connection.close()
    assert "event 3 was changed after it was written" in _differing(verified(replace))


def test_triggers_that_are_gone_are_found(verified: Callable[..., Report]) -> None:
    report = verified(lambda db: db.execute("DROP TRIGGER events_no_update") and None, triggers=True)
    assert "events_no_update is not as the desk makes it" in _differing(report)


def test_a_table_or_index_that_does_not_belong_is_found(verified: Callable[..., Report]) -> None:
    report = verified(lambda db: db.execute("CREATE TABLE notes (text TEXT)") and None)
    assert "notes is not as the desk makes it" in _differing(report)


def test_a_cut_tail_is_found_against_a_head_given(closed: Path, verified: Callable[..., Report]) -> None:
    head = verified().head

    def cut(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM events WHERE seq > ?", (_last(connection) - 1,))
        connection.execute("UPDATE questions SET withdrawn = '', revision = 1 WHERE number = 'QN-006'")
        created = "changed_at = created_at, changed_by = created_by"
        connection.execute(f"UPDATE questions SET {created} WHERE number = 'QN-006'")

    without = verified(cut)
    assert without.same
    assert any("tail not checkable" in x.detail for x in without.checks)
    assert "its end was cut or rewritten" in _differing(verified(head=head))


def test_a_cut_tail_is_found_against_a_head_that_an_export_left(closed: Path, verified: Callable[..., Report]) -> None:
    head = verified().head
    (closed / "exports" / "dossier.head.json").write_text(json.dumps({"hash": head}))
    whole = verified()
    assert whole.same
    assert any("holds 1 recorded head" in x.detail for x in whole.checks)
    found = _differing(verified(lambda db: db.execute("DELETE FROM events WHERE seq > ?", (_last(db) - 1,)) and None))
    assert "the head in dossier.head.json is not in the log" in found


def test_a_whole_chain_written_anew_is_found_against_a_head(verified: Callable[..., Report]) -> None:
    head = verified().head

    def write_anew(connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(f"SELECT {COLUMNS} FROM events ORDER BY seq").fetchall()
        prev = ZERO
        for row in rows:
            sealed = {name: row[name] for name in COLUMNS.split(", ") if name != "hash"}
            sealed |= {"content": bool(row["content"]), "before": parsed(row["before"]), "after": parsed(row["after"])}
            sealed |= {"actor": "Someone else", "prev": prev}
            if sealed["after"] and "changed_by" in sealed["after"]:
                who = {"changed_by": "Someone else"}
                who |= {"created_by": "Someone else"} if "created_by" in sealed["after"] else {}
                sealed["after"] |= who
            prev = event_hash(sealed)
            values = (
                "Someone else",
                canonical_text(sealed["after"]) if sealed["after"] else None,
                sealed["prev"],
                prev,
            )
            connection.execute(
                "UPDATE events SET actor = ?, after = ?, prev = ?, hash = ? WHERE seq = ?", (*values, row["seq"])
            )
        for kind in KINDS:
            connection.execute(f"UPDATE {kind.table} SET created_by = 'Someone else', changed_by = 'Someone else'")

    assert verified(write_anew).same, "without a head kept elsewhere a chain written anew cannot be told"
    assert "its end was cut or rewritten" in _differing(verified(head=head))


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE sources SET text = text || ' more' WHERE number = 'SR-001'", "SR-001: text differs from the log"),
        ("UPDATE claims SET quote = 'lowered', start = 2 WHERE number = 'CL-001'", "CL-001: quote, start differs"),
        ("UPDATE exhibits SET sha512 = 'x' WHERE number = 'EX-002'", "EX-002: sha512 differs from the log"),
        ("UPDATE questions SET withdrawn = '' WHERE number = 'QN-006'", "QN-006: withdrawn differs from the log"),
        ("UPDATE questions SET number = 'QN-900' WHERE number = 'QN-001'", "QN-900: a row that the log does not know"),
        ("DELETE FROM questions WHERE number = 'QN-001'", "QN-001: the log knows it, its row is missing"),
        ("UPDATE codebooks SET terms = '[]'", "CB-001: terms differs from the log"),
        ("UPDATE case_sheets SET revision = 9", "CS-001: revision differs from the log"),
    ],
)  # fmt: skip
def test_a_row_changed_behind_the_log_is_found(verified: Callable[..., Report], statement: str, found: str) -> None:
    assert found in _differing(verified(lambda db: db.execute(statement) and None))


@pytest.mark.parametrize("what", ["missing", "longer", "other bytes", "stray"])
def test_a_vault_that_is_not_as_it_was_is_found(closed: Path, verified: Callable[..., Report], what: str) -> None:
    file = next(p for p in (closed / "exhibits").rglob("*.bin"))
    file.chmod(0o644)
    if what == "missing":
        file.unlink()
    elif what == "stray":
        file.with_name("0" * 64).write_bytes(b"stray")
    else:
        content = file.read_bytes()
        file.write_bytes(content + b"x" if what == "longer" else content[:-1] + b"!")
    expected = {"missing": "is missing", "stray": "no exhibit names it"}.get(what, "its SHA-256 is not")
    assert expected in _differing(verified())


def test_an_empty_log_is_found(verified: Callable[..., Report]) -> None:
    found = _differing(verified(lambda db: db.execute("DELETE FROM events") and None))
    assert "the log is empty" in found
    assert "a row that the log does not know" in found


def test_an_event_that_is_no_json_is_found_without_a_traceback(verified: Callable[..., Report]) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE events SET after = '{not json' WHERE seq = 5")

    assert "event 5" in _differing(verified(spoil))


@pytest.mark.parametrize("after", ["[]", '"text"', "7", '{"points": 3, "uid": {}}', '{"unknown": true}', "null"])
def test_an_event_whose_values_are_of_another_kind_is_found(verified: Callable[..., Report], after: str) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE events SET after = ? WHERE seq = 5", (after,))

    assert "event 5 was changed after it was written" in _differing(verified(spoil))


@pytest.mark.parametrize("statement", [
    "UPDATE sources SET revision = 7, note = char(0)",
    "UPDATE exhibits SET frames = -3, stream = 9 WHERE number = 'EX-001'",
    "UPDATE questions SET number = 'XX-1' WHERE number = 'QN-001'",
])  # fmt: skip
def test_a_row_with_values_that_make_no_sense_is_found(verified: Callable[..., Report], statement: str) -> None:
    assert _differing(verified(lambda db: db.execute(statement) and None))


@pytest.mark.parametrize("statement", [
    "UPDATE exhibits SET facts = '{not json' WHERE number = 'EX-001'",
    "UPDATE exhibits SET vault_path = '../case.db' WHERE number = 'EX-002'",
    "UPDATE exhibits SET vault_path = '/etc/passwd' WHERE number = 'EX-002'",
])  # fmt: skip
def test_a_row_that_cannot_be_read_or_leaves_the_folder_is_refused_in_one_line(
    verified: Callable[..., Report], statement: str
) -> None:
    with pytest.raises(CaseError, match="changed from outside"):
        verified(lambda db: db.execute(statement) and None)


def test_a_codebook_that_cannot_be_read_is_refused_in_one_line(verified: Callable[..., Report]) -> None:
    with pytest.raises(CaseError, match="codebook CB-001 cannot be read"):
        verified(lambda db: db.execute("UPDATE codebooks SET terms = '{not json'") and None)

"""Older case files: backed up, brought up step by step, the same afterwards; steps that were released never change."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.domain.errors import CaseError
from evidence_desk.domain.records import KINDS
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.services.verify import verify_case
from evidence_desk.store import case_store, migrations
from evidence_desk.store.case_store import expected_schema
from evidence_desk.store.migrations import CURRENT, STEPS, migrate

EXHIBIT = "the bytes of the exhibit of version {}\n"
# What each step does to a database, as SHA-256 over its statements: a released step is never edited.
FROZEN = {
    1: "7876c83f9a0d486a32526c6ea3534ea5240ea66da8051ccb68dd819ef2cdccc8",
    2: "42cf36d34b26a6b4796f08f7ac5474d0ea725fb2837b421559a223b47bb673d0",
    3: "47102a42e7d4a96f83567178ef410f5b8f59dda4df6c0c5bfbe4c999d553f2e0",
    4: "b8bfe9560cbf5d0f01e897fba95790f6d9b57340cb0ac424dadc018ce04d3b94",
    5: "362d64f03bca30ace5f7cc98376ca200fdc7beeac09fa654ffd0fd226f6106b8",
    6: "ef7faf04bda6c9fc00d1f8af8ef728e3fec387c2ceb1bad1969194520297c251",
}


@pytest.fixture
def cases(repository: Path) -> Path:
    """Where the stored cases of earlier versions lie."""
    return repository / "tests" / "data" / "cases"


@pytest.fixture(params=range(1, CURRENT), ids=lambda n: f"v{n}")
def version(request: pytest.FixtureRequest) -> int:
    """Each version there was before this one."""
    found: int = request.param
    return found


@pytest.fixture
def old(cases: Path, tmp_path: Path, version: int) -> Path:
    """The stored case of an earlier version as a case folder."""
    folder = tmp_path / "old.edcase"
    for name in ("exhibits", "derived", "staging", "backups", "exports"):
        (folder / name).mkdir(parents=True)
    connection = sqlite3.connect(folder / "case.db")
    connection.executescript((cases / f"v{version}.sql").read_text(encoding="utf-8"))
    vault_path = connection.execute("SELECT vault_path FROM exhibits").fetchone()[0]
    connection.close()
    (folder / vault_path).parent.mkdir()
    (folder / vault_path).write_bytes(EXHIBIT.format(version).encode())
    return folder


def _version(database: Path) -> int:
    connection = sqlite3.connect(database)
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    connection.close()
    return version


def test_an_old_case_is_backed_up_upgraded_logged_and_still_the_same(
    old: Path, version: int, idle_worker: MediaWorker
) -> None:
    before = (old / "case.db").read_bytes()
    assert _version(old / "case.db") == version
    case = Case.open(old, "Reviewer B")
    assert case.notices == ()
    (backup,) = case.paths.backups.iterdir()
    assert backup.name.endswith(f"Z-before-version-{CURRENT}.db")
    assert _version(backup) == version
    upgraded = next(e for e in case.queries.events() if e.action == "case.upgraded")
    assert (upgraded.actor, upgraded.after) == ("Reviewer B", {"from": version, "to": CURRENT})
    assert not upgraded.content
    assert case.store.version == CURRENT
    case.close()
    report = verify_case(old, idle_worker)
    assert report.same, report.lines()
    assert before != (old / "case.db").read_bytes()


def test_what_an_old_case_holds_reads_as_before_with_new_fields_empty(old: Path) -> None:
    case = Case.open(old, "Reviewer B")
    q = case.queries
    assert q.sheet().people == ({"name": "Reviewer A", "role": "lead"},)
    assert [(e.title, e.repost_of, e.distressing, e.provisional) for e in q.exhibits()] == [
        ("Clip A", "", False, False)
    ]
    assert [(x.number, x.quote) for x in q.claims()] == [("CL-001", "ثلاثة رجال 🙂"), ("CL-002", "raised their hands")]
    (observation,) = q.observations()
    assert observation.attributes == {"colour": "red"}
    assert (observation.certainty, observation.alternatives, observation.guard_reason) == ("moderate", "", "")
    assert observation.anchor == ""
    assert [li.target for li in q.links()] == ["CL-002.1"]
    case.bus.run(c.edit("OB-001", {"alternatives": "A shadow"}))
    assert case.bus.run(c.add_question("And then?", "The original")).numbers == ("QN-002",)
    case.close()


def test_a_second_opening_upgrades_nothing_more(old: Path) -> None:
    Case.open(old, "Reviewer B").close()
    again = Case.open(old, "Reviewer B")
    assert again.store.upgraded is None
    assert len(list(again.paths.backups.glob("*-before-version-*.db"))) == 1
    assert [e.action for e in again.queries.events()].count("case.upgraded") == 1
    again.close()


def test_an_old_case_can_be_read_and_verified_without_being_changed(old: Path, idle_worker: MediaWorker) -> None:
    before = (old / "case.db").read_bytes()
    case = Case.open(old, "", write=False)
    assert "older version" in case.read_only_reason
    assert [o.guard_reason for o in case.queries.observations()] == [""]
    private = case.store._temporary
    assert private is not None
    case.close()
    assert not private.exists()
    report = verify_case(old, idle_worker)
    assert report.same, report.lines()
    assert (old / "case.db").read_bytes() == before
    assert not list((old / "backups").iterdir())


def test_fresh_and_upgraded_have_the_same_form(old: Path, case: Case) -> None:
    upgraded = Case.open(old, "Reviewer B")
    assert upgraded.store.schema() == case.store.schema() == expected_schema()
    upgraded.close()


def test_a_step_that_fails_leaves_the_case_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        VERSION = CURRENT + 1
        WHY = "A test."

        def apply(self, connection: sqlite3.Connection) -> None:
            connection.execute("ALTER TABLE questions ADD COLUMN half TEXT")
            raise sqlite3.OperationalError("the disk went away")

    monkeypatch.setattr(migrations, "STEPS", (*STEPS, Failing()))
    monkeypatch.setattr(migrations.migrate, "__defaults__", (CURRENT + 1,))
    monkeypatch.setattr(case_store, "CURRENT", CURRENT + 1)
    with pytest.raises(CaseError, match=rf"could not be brought up to version {CURRENT + 1} \(the disk went away\)"):
        Case.open(old, "Reviewer B")
    monkeypatch.undo()
    assert _version(old / "case.db") == CURRENT, "the step before the one that failed was whole"
    case = Case.open(old, "Reviewer B")
    assert case.store.schema() == expected_schema()
    case.close()


class Recording(sqlite3.Connection):
    """A connection that remembers what it was told to do."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.statements: list[str] = []

    def execute(self, sql: str, /, *parameters: Any) -> sqlite3.Cursor:
        self.statements.append(sql)
        return super().execute(sql, *parameters)


@pytest.mark.parametrize("step", STEPS, ids=lambda s: f"v{s.VERSION}")
def test_a_released_step_is_frozen(step: migrations.Step) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=Recording)
    migrate(connection, step.VERSION - 1)
    connection.statements.clear()
    step.apply(connection)
    statements = list(connection.statements)
    connection.close()
    told = "\n".join(" ".join(s.split()) for s in statements)
    assert statements
    assert hashlib.sha256(told.encode()).hexdigest() == FROZEN[step.VERSION]


def test_steps_are_numbered_without_gaps_and_none_is_forgotten(repository: Path, cases: Path) -> None:
    assert [s.VERSION for s in STEPS] == list(range(1, CURRENT + 1))
    found = sorted(p.stem for p in (repository / "evidence_desk" / "store" / "migrations").glob("m*.py"))
    listed = [str(getattr(s, "__name__", "")).rpartition(".")[2] for s in STEPS]
    assert found == listed
    assert all(re.fullmatch(rf"m{n:04d}_\w+", name) for n, name in enumerate(listed, 1))
    assert all(step.WHY.endswith(".") for step in STEPS)
    assert sorted(p.name for p in cases.glob("v*.sql")) == [f"v{n}.sql" for n in range(1, CURRENT)]


def test_columns_and_fields_agree(case: Case) -> None:
    connection = sqlite3.connect(case.paths.database)
    for kind in KINDS:
        columns = tuple(row[1] for row in connection.execute(f"PRAGMA table_info({kind.table})"))
        assert set(columns) == set(kind.columns()), kind.name
    connection.close()

"""Opening a case: one writer, many readers, places that cannot be written, files of another version, faults shown."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from evidence_desk.domain.errors import CaseError, CaseInUse, CaseReadOnly, NewerVersion, Refused
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.store.backup import spared
from evidence_desk.store.migrations import CURRENT

TakeIn = Callable[[Case, str, bytes], str]


def _ask(folder: Path) -> None:
    case = Case.open(folder, "Reviewer A", log=False)
    case.bus.run(c.add_question("What follows?", "The original"))
    case.close()


def test_a_closed_case_is_one_database_file(case: Case) -> None:
    assert (case.folder / "case.db-wal").exists()
    case.close()
    names = sorted(p.name for p in case.folder.iterdir() if p.is_file())
    assert names == ["case.db", "case.lock"]
    assert (case.folder / "case.lock").read_bytes() == b""


def test_a_second_writer_is_refused_and_told_who_holds_the_case(case: Case) -> None:
    with pytest.raises(CaseInUse, match=r"Reviewer A on .*, process") as caught:
        Case.open(case.folder, "Reviewer B")
    assert f"process {os.getpid()}" in caught.value.holder
    assert "since 2026-05-04T10:00:00" in caught.value.holder


def test_a_second_window_opens_to_read_and_sees_what_the_first_writes(case: Case) -> None:
    second = Case.open(case.folder, "Reviewer B", fall_back=True)
    assert second.read_only
    assert "Reviewer A" in second.holder
    assert "open for writing elsewhere" in second.read_only_reason
    case.bus.run(c.add_question("What follows?", "The original"))
    assert [q.number for q in second.queries.questions()] == ["QN-001"]
    with pytest.raises(CaseReadOnly):
        second.bus.run(c.add_question("And then?", "The original"))
    second.close()


def test_another_process_holds_the_case_too(case: Case, repository: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from evidence_desk.services.case import Case\n"
        "try:\n    Case.open(Path(sys.argv[1]), 'Reviewer B')\n"
        "except Exception as error:\n    print(type(error).__name__, error)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, case.folder], cwd=repository, capture_output=True, text=True, check=True
    ).stdout
    assert told.startswith("CaseInUse The case is open for writing: Reviewer A on ")


def test_a_lock_file_that_nobody_holds_is_ignored(case: Case) -> None:
    case.close()
    (case.folder / "case.lock").write_text('{"actor": "Gone", "host": "x", "pid": 1, "since": "y"}')
    again = Case.open(case.folder, "Reviewer A")
    assert not again.read_only
    again.close()


def test_a_case_of_a_newer_version_is_refused_unchanged(case: Case) -> None:
    case.close()
    database = case.folder / "case.db"
    with sqlite3.connect(database) as connection:
        connection.execute(f"PRAGMA user_version = {CURRENT + 1}")
    connection.close()
    before = database.read_bytes()
    for write in (True, False):
        with pytest.raises(NewerVersion, match=f"case version {CURRENT + 1}, this desk knows {CURRENT}"):
            Case.open(case.folder, "Reviewer A", write=write)
    assert database.read_bytes() == before
    assert not list(case.paths.backups.iterdir())


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "is not a case of the desk"),
        (b"no database at all" * 100, "cannot be read"),
        (None, "holds no case.db"),
    ],
    ids=["empty", "text", "missing"],
)
def test_a_file_that_is_no_case_is_refused(case: Case, content: bytes | None, line: str, write: bool) -> None:
    case.close()
    database = case.folder / "case.db"
    database.unlink()
    if content is not None:
        database.write_bytes(content)
    with pytest.raises(CaseError, match=line):
        Case.open(case.folder, "Reviewer A", write=write)
    assert (database.read_bytes() if database.exists() else None) == content


@pytest.mark.parametrize("write", [True, False])
def test_a_damaged_database_is_told_in_one_line(case: Case, write: bool) -> None:
    for n in range(60):
        case.bus.run(c.add_source(title=f"Source {n}", text="x" * 3000))
    case.close()
    database = case.folder / "case.db"
    content = bytearray(database.read_bytes())
    content[20_000:120_000] = b"\xa5" * 100_000
    database.write_bytes(content)
    with pytest.raises(CaseError, match=r"cannot be read .*There is no backup of it") as caught:
        Case.open(case.folder, "Reviewer A", write=write)
    assert "\n" not in str(caught.value)


def test_each_opening_keeps_the_records_as_they_were_and_a_damaged_file_names_them(case: Case) -> None:
    case.bus.run(c.add_source(title="Before"))
    case.close()
    opened = Case.open(case.folder, "Reviewer A")
    assert opened.notices == ()
    opened.bus.run(c.add_source(title="After"))
    (backup,) = opened.paths.backups.iterdir()
    opened.close()
    Case.open(case.folder, "Reviewer A", log=False).close()
    assert list(case.paths.backups.iterdir()) == [backup], "the command line makes none"
    database = case.folder / "case.db"
    database.write_bytes(b"\xa5" * 50_000)
    with pytest.raises(CaseError, match=backup.name):
        Case.open(case.folder, "Reviewer A")
    shutil.copyfile(backup, database)
    again = Case.open(case.folder, "Reviewer A")
    assert [s.title for s in again.queries.sources()] == ["Before"]
    assert list(again.paths.backups.iterdir()) == [backup], "the same state is not kept twice"
    again.close()


def test_no_room_for_a_backup_is_told_and_the_case_opens(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    case.bus.run(c.add_source(title="Before"))
    case.close()
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    opened = Case.open(case.folder, "Reviewer A")
    said = [n for n in opened.notices if n.startswith("No backup of the case file was made")]
    assert len(said) == 1
    assert "67,108,864 have to stay free" in said[0], "else the figures look as if there were room"
    assert not list(opened.paths.backups.iterdir())
    opened.close()


def test_backups_are_thinned_by_day_and_by_size() -> None:
    names = [f"case-202605{day:02d}T10{minute:02d}00Z-event-{minute}.db" for day in range(1, 15) for minute in (1, 2)]
    small = spared([(Path(name), 1000) for name in names])
    days = [f"case-202605{day:02d}T100200Z-event-2.db" for day in range(7, 12)]
    assert [file.name for file in small] == [*days, *names[-5:]]
    large = spared([(Path(name), 600 << 20) for name in names])
    assert [file.name for file in large] == names[-2:]


def test_a_foreign_database_is_not_touched(case: Case, tmp_path: Path) -> None:
    case.close()
    database = case.folder / "case.db"
    database.unlink()
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE things (name TEXT)")
    connection.close()
    before = database.read_bytes()
    with pytest.raises(CaseError, match="is not a case of the desk"):
        Case.open(case.folder, "Reviewer A")
    assert database.read_bytes() == before


@pytest.mark.parametrize("actor", ["", "   "])
def test_nobody_cannot_write(case: Case, actor: str) -> None:
    case.close()
    with pytest.raises(Refused, match="Nobody is named as acting"):
        Case.open(case.folder, actor)
    with pytest.raises(Refused, match="Nobody is named as acting"):
        Case.create(case.folder.parent / "other", "Other", actor)


def test_an_existing_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "yard.edcase").mkdir()
    (tmp_path / "yard.edcase" / "notes.txt").write_text("mine")
    with pytest.raises(Refused, match="exists already"):
        Case.create(tmp_path / "yard", "Yard", "Reviewer A")
    assert [p.name for p in (tmp_path / "yard.edcase").iterdir()] == ["notes.txt"]


def test_a_case_folder_can_move_and_be_opened_anywhere(case: Case, take_in: TakeIn, tmp_path: Path) -> None:
    take_in(case, "clip.mp4", b"bytes")
    case.close()
    moved = tmp_path / "елсе where" / "інша назва.edcase"
    moved.parent.mkdir()
    shutil.move(case.folder, moved)
    again = Case.open(moved, "Reviewer A")
    assert again.notices == ()
    assert again.paths.exhibit_file(again.queries.exhibit("EX-001")).read_bytes() == b"bytes"
    again.close()


@pytest.mark.parametrize("write", [True, False])
def test_missing_and_changed_vault_files_are_shown_at_open(case: Case, take_in: TakeIn, write: bool) -> None:
    for name in ("one.mp4", "two.mp4", "three.mp4"):
        take_in(case, name, name.encode() * 10)
    first, second, _ = (case.paths.exhibit_file(e) for e in case.queries.exhibits())
    case.close()
    first.unlink()
    second.chmod(0o644)
    second.write_bytes(b"other")
    again = Case.open(case.folder, "Reviewer A", write=write)
    assert len(again.notices) == 2
    assert "EX-001 (one.mp4) is missing" in again.notices[0]
    assert "EX-002 (two.mp4) has changed" in again.notices[1]
    again.close()


def test_backups_keep_the_newest(case: Case) -> None:
    for n in range(13):
        case.bus.run(c.add_question(f"Question {n}?", "A record"))
        case.store.back_up("test", f"2026-05-04T10:00:{n:02d}.000000Z")
    kept = sorted(p.name for p in case.paths.backups.iterdir())
    assert len(kept) == 5, "of one day"
    assert kept[-1] == "case-20260504T100012Z-test.db"
    with sqlite3.connect(case.paths.backups / kept[-1]) as connection:
        assert connection.execute("SELECT count(*) FROM questions").fetchone() == (13,)
    connection.close()


# ------------------------------------------------------------------------------------------------ read-only places


@pytest.fixture
def read_only_view(case: Case) -> Iterator[Callable[[], Path]]:
    """Return a function that shows the case folder, as it is then, on a place that really cannot be written."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a read-only place needs root on Linux")
    view = case.folder.parent / "view.edcase"
    view.mkdir()
    shown: list[Path] = []

    def show() -> Path:
        for arguments in (["--bind", str(case.folder), str(view)], ["-o", "remount,bind,ro", str(view)]):
            if subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode:
                pytest.skip("mounting is not allowed here")
            shown.append(view)
        return view

    yield show
    if shown:
        subprocess.run(["umount", "-l", view], check=True)


def test_a_clean_case_opens_to_read_on_read_only_media(case: Case, read_only_view: Callable[[], Path]) -> None:
    case.bus.run(c.add_question("What follows?", "The original"))
    case.close()
    view = read_only_view()
    with pytest.raises(Refused, match="cannot be written"):
        Case.open(view, "Reviewer A")
    for opened in (Case.open(view, "", write=False), Case.open(view, "Reviewer A", fall_back=True)):
        assert opened.read_only
        assert opened.read_only_reason
        assert [q.number for q in opened.queries.questions()] == ["QN-001"]
        opened.close()


def test_a_case_that_was_not_closed_opens_whole_on_read_only_media(
    case: Case, read_only_view: Callable[[], Path]
) -> None:
    case.bus.run(c.add_question("What follows?", "The original"))
    assert (case.folder / "case.db-wal").stat().st_size > 0
    broken_off = case.folder.parent / "broken-off"
    shutil.copytree(case.folder, broken_off)
    case.close()
    shutil.copy(broken_off / "case.db", case.folder / "case.db")
    shutil.copy(broken_off / "case.db-wal", case.folder / "case.db-wal")
    view = read_only_view()
    before = {p.name: p.read_bytes() for p in view.iterdir() if p.is_file()}
    opened = Case.open(view, "", write=False)
    assert [q.number for q in opened.queries.questions()] == ["QN-001"]
    assert "private copy" in opened.read_only_reason
    private = opened.store._temporary
    assert private is not None
    assert private.is_dir()
    opened.close()
    assert not private.exists()
    assert {p.name: p.read_bytes() for p in view.iterdir() if p.is_file()} == before


def test_a_case_that_a_reader_held_while_it_was_closed_opens_on_read_only_media(
    case: Case, read_only_view: Callable[[], Path]
) -> None:
    case.bus.run(c.add_question("What follows?", "The original"))
    reader = Case.open(case.folder, "", write=False)
    assert len(reader.queries.questions()) == 1
    case.close()
    reader.close()
    for name in ("case.db-wal", "case.db-shm"):
        (case.folder / name).unlink(missing_ok=True)
    assert (case.folder / "case.db").read_bytes()[18:20] == b"\x02\x02", "its header still asks for a log"
    opened = Case.open(read_only_view(), "", write=False)
    assert [q.number for q in opened.queries.questions()] == ["QN-001"]
    opened.close()


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("name", ["case.lock", "exhibits", "exhibits/ab", "staging/x.part", "exports/head.part"])
def test_a_stranger_s_case_cannot_lead_the_desk_out_of_its_folder(
    case: Case, tmp_path: Path, name: str, write: bool
) -> None:
    case.close()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "diary.txt").write_text("mine")
    (mine / "diary.txt").chmod(0o600)
    link = case.folder / name
    if link.is_dir():
        shutil.rmtree(link)
    link.unlink(missing_ok=True)
    try:
        link.symlink_to(mine if name.startswith("exhibits") else mine / "diary.txt")
    except OSError:
        pytest.skip("this user may not make links")
    with pytest.raises(CaseError, match="holds a link"):
        Case.open(case.folder, "Reviewer A", write=write)
    assert [p.name for p in mine.iterdir()] == ["diary.txt"]
    assert (mine / "diary.txt").read_text() == "mine"
    assert (mine / "diary.txt").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER act AFTER INSERT ON events BEGIN UPDATE sources SET note = 'x'; END",
        "DROP TRIGGER events_no_update",
        "CREATE VIEW seen AS SELECT * FROM sources",
    ],
)
def test_a_case_whose_triggers_are_not_ours_is_not_written_but_can_be_read(case: Case, statement: str) -> None:
    case.close()
    connection = sqlite3.connect(case.folder / "case.db")
    connection.execute(statement)
    connection.close()
    with pytest.raises(CaseError, match="its triggers are not those of the desk"):
        Case.open(case.folder, "Reviewer A")
    reading = Case.open(case.folder, "", write=False)
    assert reading.queries.sheet().title == "Yard"
    reading.close()


def test_a_reader_of_a_clean_case_leaves_no_file_behind(case: Case) -> None:
    case.close()
    before = sorted(p.name for p in case.folder.iterdir())
    Case.open(case.folder, "", write=False).close()
    assert sorted(p.name for p in case.folder.iterdir()) == before

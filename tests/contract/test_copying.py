"""A copy of a case: consistent while the case is open and being written, checked, and never half there."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from evidence_desk.domain.errors import Cancelled, Refused
from evidence_desk.jobs import CallbackContext, NullContext
from evidence_desk.services import commands as c
from evidence_desk.services import copying, intake
from evidence_desk.services.case import Case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """A case with two exhibits that lie in the vault."""
    made = Case.create(tmp_path / "справа 1", "A case", "Reviewer A")
    for name, size in (("кліп.mp4", 300_000), ("مقطع 😀.bin", 70_000)):
        file = tmp_path / name
        file.write_bytes(bytes(range(256)) * (size // 256) + name.encode())
        received = intake.receive(made.paths, file, made.known_hashes(), NullContext())
        made.bus.run(c.add_exhibit(received))
    return made


def test_a_copy_of_an_open_case_holds_everything_and_opens(case: Case, tmp_path: Path) -> None:
    copied = copying.save_copy(case.folder, tmp_path / "copy", NullContext())
    head = case.queries.head()
    assert head is not None
    assert (copied.exhibits, copied.head) == (2, head.hash)
    case.bus.run(c.add_question("What day?", "An earlier upload"))
    with_copy = Case.open(copied.folder, "Reviewer B")
    try:
        assert [e.number for e in with_copy.queries.exhibits()] == ["EX-001", "EX-002"]
        assert with_copy.queries.questions() == ()
        assert with_copy.notices == ()
        for exhibit in with_copy.queries.exhibits():
            assert with_copy.paths.exhibit_file(exhibit).stat().st_mode & 0o222 == 0
    finally:
        with_copy.close()
        case.close()


def test_copies_made_while_another_thread_reads_and_the_desk_writes_are_each_whole(case: Case, tmp_path: Path) -> None:
    results: list[copying.Copied] = []

    def copy_three() -> None:
        results.extend(copying.save_copy(case.folder, tmp_path / f"copy{i}", NullContext()) for i in range(3))

    thread = threading.Thread(target=copy_three)
    thread.start()
    written = 0
    while thread.is_alive() and written < 400:
        case.bus.run(c.add_question(f"Question {written}", "An answer"))
        written += 1
    thread.join()
    case.close()
    assert len(results) == 3
    assert written > 0


def test_an_existing_name_is_refused_and_a_stopped_copy_leaves_nothing(case: Case, tmp_path: Path) -> None:
    (tmp_path / "taken.edcase").mkdir()
    with pytest.raises(Refused, match="exists already"):
        copying.save_copy(case.folder, tmp_path / "taken", NullContext())
    ctx = CallbackContext()
    ctx.stop()
    with pytest.raises(Cancelled):
        copying.save_copy(case.folder, tmp_path / "stopped", ctx)
    assert sorted(p.name for p in tmp_path.glob("stopped*")) == []
    case.close()


def test_a_changed_exhibit_is_not_copied_as_if_it_were_whole(case: Case, tmp_path: Path) -> None:
    file = case.paths.exhibit_file(case.queries.exhibit("EX-001"))
    file.chmod(0o644)
    file.write_bytes(b"x" * file.stat().st_size)
    with pytest.raises(Refused, match="not the file that was taken in"):
        copying.save_copy(case.folder, tmp_path / "copy", NullContext())
    assert not (tmp_path / "copy.edcase").exists()
    case.close()

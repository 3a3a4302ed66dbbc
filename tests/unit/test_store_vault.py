"""Intake into the vault: one streaming pass, both hashes, and nothing half made whatever goes wrong."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from evidence_desk.domain.errors import Cancelled, CaseError, DiskFull, Duplicate, NotFound, Refused
from evidence_desk.jobs import CallbackContext, NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case
from evidence_desk.services.verify import verify_case
from evidence_desk.store import vault

TakeIn = Callable[[Case, str, bytes], str]
NAMES = (
    "a clip with spaces.mp4",
    "відео з подвір’я.MP4",
    "مقطع من الساحة.mov",
    "🙂 clip 🎥.webm",
    "no suffix",
    ".mp4",
    "x.tar.gz~",
)


class Usage(NamedTuple):
    """What shutil.disk_usage returns."""

    total: int
    used: int
    free: int


def _left(case: Case) -> list[str]:
    """Return every file in vault and staging."""
    places = (case.paths.vault, case.paths.staging)
    return [p.name for place in places for p in place.rglob("*") if p.is_file()]


def test_both_hashes_of_the_one_pass_are_those_of_the_bytes(case: Case, tmp_path: Path) -> None:
    content = random.Random(4).randbytes((3 << 20) + 17)
    file = tmp_path / "clip.mp4"
    file.write_bytes(content)
    received = intake.receive(case.paths, file, {}, NullContext())
    assert received.sha256 == hashlib.sha256(content).hexdigest()
    assert received.sha512 == hashlib.sha512(content).hexdigest()
    assert received.size == len(content)
    stored = case.paths.stored(received.vault_path)
    assert received.vault_path == f"exhibits/{received.sha256[:2]}/{received.sha256}.mp4"
    assert stored.read_bytes() == content
    assert stored.stat().st_mode & 0o777 == 0o444
    assert file.read_bytes() == content


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_any_name_is_kept_under_its_hash_with_its_name_in_the_record(
    case: Case, take_in: TakeIn, name: str
) -> None:
    number = take_in(case, name, name.encode())
    exhibit = case.queries.exhibit(number)
    assert (exhibit.received_name, exhibit.title) == (name, name)
    assert case.paths.exhibit_file(exhibit).read_bytes() == name.encode()
    assert case.paths.exhibit_file(exhibit).name.isascii()


def test_a_name_that_is_no_text_is_kept_in_a_readable_form(case: Case, tmp_path: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("this file system has no such names")
    file = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.mp4")
    Path(file).write_bytes(b"bytes")
    received = intake.receive(case.paths, Path(file), {}, NullContext())
    number = case.bus.run(c.add_exhibit(received)).numbers[0]
    assert case.queries.exhibit(number).received_name == "caf\\xe9.mp4"


def test_progress_runs_to_the_end_over_copy_and_reading_back(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"x" * (5 << 20))
    seen: list[tuple[int, int, str]] = []
    intake.receive(case.paths, file, {}, CallbackContext(lambda *told: seen.append(told)))
    assert seen[-1][0] == seen[-1][1] == 2 * (5 << 20)
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert {note for _, _, note in seen} == {"copy", "read back"}


@pytest.mark.parametrize("at", [1, 3, 5, 8])
def test_a_stop_leaves_nothing(case: Case, tmp_path: Path, at: int) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"x" * (4 << 20))
    reports = 0

    def stop_then(done: int, total: int, note: str) -> None:
        nonlocal reports
        reports += 1
        if reports == at:
            context.stop()

    context = CallbackContext(stop_then)
    with pytest.raises(Cancelled):
        intake.receive(case.paths, file, {}, context)
    assert reports == at
    assert _left(case) == []


def test_too_little_room_is_said_before_anything_is_copied(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"x" * 2000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 1000, 1000))
    copied: list[int] = []
    with pytest.raises(DiskFull, match="2,000 bytes and 1,000 are free"):
        intake.receive(case.paths, file, {}, CallbackContext(lambda done, total, note: copied.append(done)))
    assert copied == []
    assert _left(case) == []


@pytest.mark.parametrize("how", ["longer", "other bytes", "shorter"])
def test_a_file_that_changes_while_it_is_read_is_refused(case: Case, tmp_path: Path, how: str) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"x" * (3 << 20))

    def change(done: int, total: int, note: str) -> None:
        if done != 1 << 20:
            return
        with file.open("r+b") as open_file:
            if how == "longer":
                open_file.seek(0, os.SEEK_END)
                open_file.write(b"more")
            elif how == "shorter":
                open_file.truncate(2 << 20)
            else:
                open_file.write(b"other")
        os.utime(file, ns=(1, 1))

    with pytest.raises(Refused, match=r"changed while it was read\. Nothing was taken in"):
        intake.receive(case.paths, file, {}, CallbackContext(change))
    assert _left(case) == []


def test_a_copy_that_does_not_read_back_is_refused(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"x" * (2 << 20))

    def spoil(done: int, total: int, note: str) -> None:
        if note == "copy" and done == 2 << 20:
            part = next(case.paths.staging.glob("*.part"))
            with part.open("r+b") as copy:
                copy.write(b"spoiled")

    with pytest.raises(Refused, match="does not read back as written"):
        intake.receive(case.paths, file, {}, CallbackContext(spoil))
    assert _left(case) == []


def test_the_same_bytes_are_recognised_under_another_name(case: Case, take_in: TakeIn) -> None:
    take_in(case, "first.mp4", b"the same bytes")
    before = _left(case)
    with pytest.raises(Duplicate, match="same bytes as EX-001") as caught:
        take_in(case, "second.mov", b"the same bytes")
    assert caught.value.number == "EX-001"
    assert _left(case) == before


def test_the_same_bytes_may_be_taken_in_again_after_a_withdrawal(case: Case, take_in: TakeIn) -> None:
    first = take_in(case, "first.mp4", b"the same bytes")
    case.bus.run(c.withdraw(first, "Taken in by mistake"))
    second = take_in(case, "first.mp4", b"the same bytes")
    assert (first, second) == ("EX-001", "EX-002")
    assert len(_left(case)) == 1


def test_a_spoiled_vault_file_is_not_taken_for_the_bytes_that_come_in_again(case: Case, take_in: TakeIn) -> None:
    first = take_in(case, "first.mp4", b"the same bytes")
    stored = case.paths.exhibit_file(case.queries.exhibit(first))
    stored.chmod(0o644)
    stored.write_bytes(b"the SAME bytes")
    case.bus.run(c.withdraw(first, "Its file was spoiled"))
    second = take_in(case, "first.mp4", b"the same bytes")
    assert case.paths.exhibit_file(case.queries.exhibit(second)).read_bytes() == b"the same bytes"


@pytest.mark.parametrize(
    ("make", "error", "line"),
    [
        (lambda p: p.mkdir(), Refused, "is a folder"),
        (lambda p: p.touch(), Refused, "is empty"),
        (lambda p: None, NotFound, "was not found"),
        (os.mkfifo, Refused, "no regular file"),
    ],
    ids=["folder", "empty", "missing", "pipe"],
)
def test_what_is_no_file_with_bytes_is_refused(
    case: Case, tmp_path: Path, make: Callable[[Path], None], error: type[Exception], line: str
) -> None:
    place = tmp_path / "thing.mp4"
    make(place)
    with pytest.raises(error, match=line):
        intake.receive(case.paths, place, {}, NullContext())
    assert _left(case) == []


def test_an_unreadable_file_is_refused(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"bytes")
    file.chmod(0)
    if os.access(file, os.R_OK):  # the administrator may read everything
        real = Path.open

        def refuse(path: Path, *given: Any, **named: Any) -> Any:
            if path == file:
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *given, **named)

        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Refused, match=r"could not be read or copied \(Permission denied\)"):
        intake.receive(case.paths, file, {}, NullContext())
    assert _left(case) == []


def test_a_vault_file_without_a_row_goes_back_to_staging_and_is_logged(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"bytes")
    received = intake.receive(case.paths, file, {}, NullContext())
    (case.paths.staging / "half.part").write_bytes(b"half")
    (case.paths.staging / "half.from").write_text("другой файл.mp4", encoding="utf-8")
    (case.paths.staging / "whole.from").write_text("clip.mp4", encoding="utf-8")
    case.close()
    again = Case.open(case.folder, "Reviewer A")
    assert not again.paths.stored(received.vault_path).exists()
    (kept,) = again.paths.staging.iterdir()
    assert kept.read_bytes() == b"bytes"
    assert again.notices[0].startswith("другой файл.mp4 was on its way in when the desk stopped; it was not taken in.")
    assert "had no exhibit" in again.notices[1]
    assert [e.action for e in again.queries.events()][-2:] == ["vault.set-aside", "case.opened"]
    again.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB of its own."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root on Linux")
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", place], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_disk_that_really_fills_up_during_the_copy_leaves_nothing(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case.create(small_disk / "yard", "Yard", "Reviewer A")
    file = tmp_path / "clip.mp4"
    file.write_bytes(random.Random(1).randbytes(8 << 20))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, 10**12))
    with pytest.raises(DiskFull, match="nothing was left half made"):
        intake.receive(case.paths, file, {}, NullContext())
    assert _left(case) == []
    assert case.queries.exhibits() == ()
    case.close()


def test_a_disk_that_is_full_at_the_commit_keeps_what_was_there_and_nothing_of_the_change(
    small_disk: Path, idle_worker: MediaWorker
) -> None:
    case = Case.create(small_disk / "yard", "Yard", "Reviewer A")
    kept = case.bus.run(c.add_question("Before?", "A record")).numbers[0]
    before = case.queries.events()
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space left"):
        _fill(ballast)
    with pytest.raises(DiskFull, match="The last change was not kept"):
        _write_on(case)
    assert case.queries.get(kept).in_force
    written = case.queries.events()
    assert written[: len(before)] == before
    ballast.unlink()
    number = case.bus.run(c.add_question("After?", "A record")).numbers[0]
    case.close()
    report = verify_case(case.folder, idle_worker)
    assert report.same, report.lines()
    again = Case.open(case.folder, "Reviewer A")
    assert again.queries.get(number).in_force
    again.close()


def test_a_case_that_finds_no_room_is_not_half_made(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space left"):
        _fill(ballast)
    for room in (0, 40_000, 90_000):
        with ballast.open("r+b") as file:
            file.truncate(ballast.stat().st_size - room)
        with pytest.raises((DiskFull, Refused)):
            Case.create(small_disk / "yard", "Yard", "Reviewer A")
        assert [p.name for p in small_disk.iterdir()] == ["ballast"]
    ballast.unlink()
    Case.create(small_disk / "yard", "Yard", "Reviewer A").close()


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as ballast:
        while True:
            ballast.write(b"\0" * 4096)


def _write_on(case: Case) -> None:
    for n in range(2000):
        case.bus.run(c.add_source(title=f"Long {n}", text="x" * 100_000))


def test_every_stored_place_stays_inside_the_folder(case: Case) -> None:
    for relative in ("../case.db", "/etc/passwd", "exhibits/../../x"):
        with pytest.raises(CaseError, match="leaves the case folder"):
            case.paths.stored(relative)
    assert vault.strays(case.paths, set()) == ()

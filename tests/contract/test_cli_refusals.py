"""Bad input on the command line: the right exit status, one clear line on stderr, no traceback, nothing written."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from evidence_desk.cli import main
from evidence_desk.services.case import Case
from tests.contract.clips import Clip, make_clip

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def acting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVIDENCE_DESK_ACTOR", "Reviewer A")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a worked case and files of every unhelpful sort."""
    place = tmp_path_factory.mktemp("made")
    make_clip(place / "clip.mp4", Clip(frames=12))
    (place / "post.txt").write_text("Three men here. Three men inside.", encoding="utf-8")
    (place / "empty.mp4").touch()
    (place / "latin.txt").write_bytes(b"caf\xe9")
    (place / "zeros.txt").write_bytes(b"a\0b")
    (place / "folder").mkdir()
    case = str(place / "yard.edcase")
    for line in (
        ["new", case, "--title", "Yard"],
        ["add", case, str(place / "clip.mp4")],
        ["source", case, "add", "--title", "Post", "--text", str(place / "post.txt")],
        ["claim", case, "add", "--source", "SR-001", "--quote", "here"],
        ["claim", case, "split", "CL-001", "--text", "They were here", "--type", "where"],
        ["observe", case, "EX-001", "--frames", "2..5", "--term", "figure", "--box", "1,1,4,4"],
    ):
        assert main(["--as", "Reviewer A", *line]) == 0
    return place


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy for one test, as working folder."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _state(place: Path) -> dict[str, str]:
    """Return every file with its hash; of a case file what it says, since opening it to write touches its header.

    Left out: the lock, which every opening touches, and what can be made again.
    """
    files = (p for p in sorted(place.rglob("*")) if p.is_file() and p.name != "case.lock" and "derived" not in p.parts)
    return {str(p.relative_to(place)): hashlib.sha256(_content(p)).hexdigest() for p in files}


def _content(file: Path) -> bytes:
    if file.name != "case.db":
        return file.read_bytes()
    connection = sqlite3.connect(file)
    told = "\n".join(connection.iterdump())
    connection.close()
    return told.encode()


REFUSED = [
    ("new yard.edcase --title T", "exists already"),
    ("new other --title=", "needs a title"),
    ("new other --title T --codebook none", "none"),
    ("add nowhere clip.mp4", "nowhere is no case folder"),
    ("add folder clip.mp4", "folder"),
    ("add clip.mp4 clip.mp4", "is no case folder"),
    ("add yard missing.mp4", "missing.mp4 was not found"),
    ("add yard folder", "folder is a folder"),
    ("add yard empty.mp4", "empty.mp4 is empty"),
    ("add yard clip.mp4", "holds the same bytes as EX-001"),
    ("list nowhere exhibits", "no case folder"),
    ("source yard add --title=", "needs a title"),
    ("source yard add --title T --text missing.txt", "missing.txt was not found"),
    ("source yard add --title T --text folder", "folder is a folder"),
    ("source yard add --title T --text latin.txt", "latin.txt is not UTF-8 text (byte 3)"),
    ("source yard add --title T --text zeros.txt", "zeros.txt holds zero bytes"),
    ("source yard add --title T --reliability X", "X is no reliability"),
    ("source yard edit SR-009 --title T", "SR-009"),
    ("source yard edit CL-001 --title T", "CL-001 is no source"),
    ("source yard edit SR-001 --title Post", "Nothing differs"),
    ("source yard edit SR-001 --title Other --revision 7", "revision 1, not 7"),
    ("source yard withdraw SR-001 --reason R", "SR-001 carries CL-001"),
    ("claim yard add --source SR-001 --quote nowhere", "was not found in the text"),
    ("claim yard add --source SR-001 --quote Three", "stands more than once"),
    ("claim yard add --source SR-001 --quote Three --at 3", "does not stand at character 3"),
    ("claim yard add --source SR-009 --quote Three", "no record SR-009"),
    ("claim yard split CL-009 --text T --type when", "no record CL-009"),
    ("claim yard split CL-001 --text T --type sometimes", "sometimes is no type"),
    ("claim yard withdraw CL-001.1 --reason R", "CL-001.1 is no claim"),
    ("claim yard withdraw CL-001 --reason=", "needs a reason"),
    ("claim yard restore CL-001", "is not withdrawn"),
    ("observe yard EX-009 --frames 1 --term figure", "EX-009"),
    ("observe yard OB-001 --frames 1 --term figure", "OB-001"),
    ("observe yard EX-001 --frames 12 --term figure", "EX-001 has no frame 12: its 12 frames are counted from 0 to 11"),
    ("observe yard EX-001 --frames 3..99 --term figure", "no frame 99"),
    ("observe yard EX-001 --term figure", "names its frames"),
    ("observe yard EX-001 --frames 1 --term ghost", "no term ghost"),
    ("observe yard EX-001 --frames 1 --term figure --count 3,2,1", "Best cannot be below min"),
    ("observe yard EX-001 --frames 1 --term figure --certainty sure", "sure is no certainty"),
    ("observe yard EX-001 --frames 1 --term figure --legibility fine", "fine is no legibility"),
    ("observe yard EX-001 --frames 1 --term figure --box 90,60,20,20", "leaves the picture"),
    ("observe yard EX-001 --frames 1 --term figure --box 1,1,0,4", "height above 0"),
    ("observe yard EX-001 --frames 1 --term kneels --attr bogus=1", "bogus is no attribute of kneels. It has: on-whom"),
    ("observation yard edit OB-001 --attr bogus=1", "bogus is no attribute"),
    ("observation yard edit OB-001 --frames 5..50", "no frame 50"),
    ("observation yard edit OB-001 --frames 4..5", "RG-001 is drawn on frame 2"),
    ("region yard add OB-001 --frame 9 --box 1,1,4,4", "Frame 9 is not among"),
    ("region yard add OB-009 --frame 9 --box 1,1,4,4", "OB-009"),
    ("region yard add CL-001 --frame 9 --box 1,1,4,4", "CL-001 is no observation"),
    ("link yard OB-001 CL-001.1 --relation proves --because W", "proves is no relation"),
    ("link yard OB-001 CL-001.1 --relation supports --because=", "needs its because"),
    ("link yard OB-001 CL-001.9 --relation supports --because W", "no record CL-001.9"),
    ("link yard OB-009 CL-001 --relation supports --because W", "no record OB-009"),
    ("link yard withdraw LK-001 --reason R", "LK-001"),
    ("question yard add --text= --would-answer W", "needs its text"),
    ("question yard add --text T --would-answer W --bears-on CL-9", "CL-9"),
    ("acquisition yard edit EX-009 --note N", "EX-009"),
    ("case yard edit --title=", "needs a title"),
    ("verify nowhere", "nowhere was not found"),
    ("verify folder", "is no package and no case"),
    ("verify clip.mp4", "clip.mp4"),
    ("export nowhere --format pdf -o out.pdf", "no case folder"),
    ("export yard --format pdf -o missing/out.pdf", "missing"),
    ("export yard --format pdf -o post.txt", "exists already"),
    ("export yard --format package -o folder", "exists already"),
    ("probe missing.mp4", "missing.mp4"),
    ("probe folder", "folder"),
    ("probe empty.mp4", "empty.mp4"),
    ("probe post.txt", "post.txt"),
    ("frames missing.mp4", "missing.mp4"),
    ("frames yard:EX-009", "EX-009"),
    ("frames nowhere:EX-001", "nowhere"),
    ("frames clip.mp4 --at 12", "12"),
    ("still clip.mp4 --frame 99 -o out.png", "99"),
    ("still yard:EX-001 --frame 99 -o out.png", "99"),
    ("still clip.mp4 --frame 0 -o clip.mp4", "is no PNG"),
    ("still clip.mp4 --frame 0 -o missing/out.png", "missing"),
]
USAGE = [
    ("", ""),
    ("fly", "No such command 'fly'"),
    ("new", "Missing argument 'CASE'"),
    ("new yard", "Missing option '--title'"),
    ("add yard", "Missing argument 'FILE...'"),
    ("list yard", "Missing argument 'KIND'"),
    ("list yard ghosts", "ghosts cannot be listed"),
    ("list yard exhibits more", "unexpected extra argument"),
    ("claim yard", "Missing command"),
    ("claim yard fly", "No such command 'fly'"),
    ("claim yard add --source SR-001", "Missing option '--quote'"),
    ("claim yard add --source SR-001 --quote here --at -1", "-1"),
    ("observe yard EX-001 --frames 1", "Missing option '--term'"),
    ("observe yard EX-001 --frames 5..2 --term figure", "'5..2' runs backwards"),
    ("observe yard EX-001 --frames -1 --term figure", "-1"),
    ("observe yard EX-001 --frames 1e3 --term figure", "1e3"),
    ("observe yard EX-001 --frames 99999999999999999999 --term figure", "A[..B]"),
    ("observe yard EX-001 --frames 1 --term figure --count 1,2", "MIN,BEST,MAX"),
    ("observe yard EX-001 --frames 1 --term figure --box 1,2,3", "X,Y,W,H"),
    ("observe yard EX-001 --frames 1 --term figure --box 1.03,2,3,4", "X,Y,W,H"),
    ("observe yard EX-001 --frames 1 --term figure --attr colour", "NAME=VALUE"),
    ("observe yard EX-001 --sound 1..0.5 --term figure", "START..END"),
    ("observe yard EX-001 --box 1,1,4,4 --term figure", "name it with --frames"),
    ("observation yard edit OB-001", "nothing is given to change"),
    ("observation yard edit", "Missing argument 'NO'"),
    ("acquisition yard edit --note N", "Missing argument 'NO'"),
    ("case yard edit", "nothing is given to change"),
    ("observation yard edit OB-001 --set first_hash=x", "first_hash is no field of observation that can be set"),
    ("observation yard edit OB-001 --set count_min=few", "count_min is a whole number"),
    ("observation yard edit OB-001 --set attributes=[1]", "attributes is set as a JSON object"),
    ("case yard edit --set people={}", "people is set as a JSON array of objects"),
    ("exhibit yard edit EX-001 --set sha256=x", "sha256 is no field of exhibit that can be set"),
    ("export yard --format docx -o out.docx", "docx is no format"),
    ("verify", "Missing argument"),
    ("verify yard --head 6d0a", "a whole hash of 64 hexadecimal digits"),
    ("frames clip.mp4 --at x", "x"),
    ("still clip.mp4 -o out.png", "Missing option '--frame'"),
]


def _said(capsys: Capture, arguments: list[str]) -> tuple[int, str]:
    capsys.readouterr()
    status = main(arguments)
    said = capsys.readouterr()
    assert said.out == "", "stdout is the data's alone"
    assert "Traceback" not in said.err
    return status, said.err


@pytest.mark.parametrize(("line", "words"), REFUSED, ids=[line for line, _ in REFUSED])
def test_what_is_refused_ends_with_1_one_line_and_nothing_written(
    capsys: Capture, place: Path, line: str, words: str
) -> None:
    before = _state(place)
    status, told = _said(capsys, line.split())
    assert status == 1
    assert len(told.splitlines()) == 1, told
    assert words in told
    assert "This should not happen" not in told
    assert _state(place) == before


@pytest.mark.parametrize(("line", "words"), USAGE, ids=[line or "nothing" for line, _ in USAGE])
def test_wrong_usage_ends_with_2_and_one_line(capsys: Capture, place: Path, line: str, words: str) -> None:
    before = _state(place)
    status, told = _said(capsys, line.split())
    assert status == 2
    assert words in told
    if line:
        assert len(told.splitlines()) == 1, told
        assert "--help" in told
    assert _state(place) == before


WRITES = [
    "new other --title T",
    "add yard post.txt",
    "source yard add --title T",
    "claim yard add --source SR-001 --quote inside",
    "claim yard split CL-001 --text T --type when",
    "observe yard EX-001 --frames 1 --term figure",
    "observation yard edit OB-001 --certainty low",
    "observation yard withdraw OB-001 --reason R",
    "link yard OB-001 CL-001.1 --relation supports --because W",
    "question yard add --text T --would-answer W",
    "region yard add OB-001 --frame 3 --box 1,1,4,4",
    "case yard edit --scope S",
]


@pytest.mark.parametrize("line", WRITES)
@pytest.mark.parametrize("actor", [None, "  "], ids=["unset", "blank"])
def test_nobody_cannot_write(
    capsys: Capture, place: Path, monkeypatch: pytest.MonkeyPatch, line: str, actor: str | None
) -> None:
    if actor is None:
        monkeypatch.delenv("EVIDENCE_DESK_ACTOR")
    else:
        monkeypatch.setenv("EVIDENCE_DESK_ACTOR", actor)
    before = _state(place)
    status, told = _said(capsys, line.split())
    assert (status, len(told.splitlines())) == (1, 1)
    assert "Nobody is named as acting" in told
    assert "--as NAME" in told
    assert _state(place) == before


@pytest.mark.parametrize("line", WRITES[1:])
def test_a_case_in_use_is_refused_naming_the_holder(capsys: Capture, place: Path, line: str) -> None:
    held = Case.open(place / "yard.edcase", "Reviewer B")
    try:
        events = held.store.events()
        status, told = _said(capsys, line.split())
        assert (status, len(told.splitlines())) == (1, 1)
        assert f"open for writing: Reviewer B on {os.uname().nodename}, process {os.getpid()}" in told
        assert held.store.events() == events
    finally:
        held.close()


def test_a_case_in_use_can_be_read_verified_and_exported(capsys: Capture, place: Path) -> None:
    held = Case.open(place / "yard.edcase", "Reviewer B")
    try:
        for line in ("list yard claims", "verify yard", "frames yard:EX-001", "export yard --format json -o out.json"):
            assert main(line.split()) == 0, line
        assert "not entered in the case's log: open for writing elsewhere: Reviewer B" in capsys.readouterr().err
    finally:
        held.close()


def test_an_export_without_an_actor_is_made_and_not_entered(
    capsys: Capture, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EVIDENCE_DESK_ACTOR")
    before = _state(place)
    assert main(["export", "yard", "--format", "csv", "-o", "out.csv"]) == 0
    assert "not entered in the case's log: nobody is named as acting" in capsys.readouterr().err
    after = _state(place)
    assert set(after) - set(before) == {"out.csv"}
    assert {name: after[name] for name in before} == before


def test_a_spoiled_case_file_is_told_in_one_line(capsys: Capture, place: Path) -> None:
    (place / "yard.edcase" / "case.db").write_bytes(b"spoiled" * 999)
    for line in ("list yard claims", "add yard post.txt", "verify yard"):
        status, told = _said(capsys, line.split())
        assert (status, len(told.splitlines())) == (1, 1)
        assert "cannot be read" in told


def test_text_that_is_no_text_is_refused(capsys: Capture, place: Path) -> None:
    status, told = _said(capsys, ["question", "yard", "add", "--text", "caf\udce9", "--would-answer", "W"])
    assert (status, len(told.splitlines())) == (1, 1)
    assert "no text" in told


def test_a_bug_becomes_one_line_and_debug_shows_where(
    capsys: Capture, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(Case, "open", fail)
    status, told = _said(capsys, ["list", "yard", "claims"])
    assert (status, len(told.splitlines())) == (1, 1)
    assert "This should not happen (KeyError: 'a bug')" in told
    assert "--debug" in told
    assert main(["list", "yard", "claims", "--debug"]) == 1
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert told.splitlines()[-1].startswith("This should not happen")


def test_debug_shows_where_a_refusal_came_from(capsys: Capture, place: Path) -> None:
    assert main(["--debug", "list", "nowhere", "claims"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(5, "Input/output error", "clip.mp4"), MemoryError()])
def test_what_stops_a_command_is_one_line(
    capsys: Capture, place: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Case, "open", fail)
    status, told = _said(capsys, ["list", "yard", "claims"])
    assert (status, len(told.strip().splitlines())) == (1, 1)


# ------------------------------------------------------------------------------------- as a process of its own


def _run(place: Path, repository: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(repository), **variables}
    command = [sys.executable, "-P", "-m", "evidence_desk", *arguments]
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, check=False, timeout=60)


def test_a_plain_locale_still_speaks_utf8(place: Path, repository: Path) -> None:
    plain = {"LC_ALL": "C", "LANG": "", "PYTHONIOENCODING": "ascii"}
    done = _run(place, repository, "source", "yard", "add", "--title", "Пост 🙂", "--json", **plain)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["title"] == "Пост 🙂"


def test_a_reader_that_leaves_early_gets_no_traceback(place: Path, repository: Path) -> None:
    command = [sys.executable, "-P", "-m", "evidence_desk", "list", "yard", "events", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as out:
        done = subprocess.run(
            command, cwd=place, env=environment, stdout=out, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert done.returncode == 1
    assert done.stderr == b""


def test_a_library_of_the_same_name_in_the_working_folder_is_not_loaded(place: Path, repository: Path) -> None:
    for name in ("click.py", "av.py", "json.py", "sqlite3.py"):
        (place / name).write_text("raise SystemExit('loaded from the working folder')")
    done = _run(place, repository, "list", "yard", "claims")
    assert (done.returncode, done.stderr) == (0, b"")
    assert _run(place, repository, "frames", "yard:EX-001", "--at", "3").returncode == 0

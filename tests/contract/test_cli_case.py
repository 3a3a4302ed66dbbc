"""The command line on a case: what each command prints and keeps, and that a person's script can rely on it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.cli import main
from evidence_desk.cli.list_command import LISTINGS, NOT_YET
from evidence_desk.cli.root import COMMANDS, commands
from tests.contract.clips import Clip, make_clip

Capture = pytest.CaptureFixture[str]
POST = "Three men raised their hands. Then three men were led away.\nТроє підняли руки. رفع ثلاثة رجال أيديهم 🙂\n"
KINDS = ("exhibits", "observations", "claims", "sources", "links", "suggestions", "assessments", "questions", "events")


@pytest.fixture(autouse=True)
def acting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reviewer A acts, unless a test says otherwise."""
    monkeypatch.setenv("EVIDENCE_DESK_ACTOR", "Reviewer A")


def call(*arguments: object) -> None:
    """Run a command that must succeed."""
    assert main([str(a) for a in arguments]) == 0, arguments


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case that was worked by commands alone, the clip and the text it was made from."""
    place = tmp_path_factory.mktemp("вхід case")
    clip = make_clip(place / "кліп a 🎥.mp4", Clip(frames=30, gop=10, bframes=2))
    (place / "post.txt").write_text(POST, encoding="utf-8")
    case = place / "yard.edcase"
    who = ("--as", "Reviewer A")
    call("new", place / "yard", "--title", "Подвір’я 🙂", *who)
    call("add", case, clip, "--source-url", "https://example.org/1", "--collected-by", "A", "--note", "ملاحظة", *who)
    call("source", case, "add", "--title", "Post", "--text", place / "post.txt", "--reliability", "D", *who)
    call("claim", case, "add", "--source", "SR-001", "--quote", "raised their hands", "--claimant", "Person B", *who)
    call("claim", case, "add", "--source", "SR-001", "--quote", "ثلاثة رجال أيديهم 🙂", *who)
    call("claim", case, "split", "CL-001", "--text", "Hands were raised", "--type", "what-happened", *who)
    call("claim", case, "split", "CL-001", "--text", "They were three", "--type", "how-many", *who)
    boxes = ("--box", "10,12,20.5,30", "--box", "1,1,4,4")
    about = ("--count", "2,3,3", "--attr", "on-whom=жовтий", "--note", "Figures raise both arms")
    call("observe", case, "EX-001", "--frames", "4..9", "--term", "arms-raised", *boxes, *about, *who)
    call("observe", case, "EX-001", "--frames", "12", "--term", "Text or sign", "--certainty", "low", *who)
    call("link", case, "OB-001", "CL-001.1", "--relation", "supports", "--because", "Both arms are up", *who)
    call("question", case, "add", "--text", "What follows?", "--would-answer", "The original", *who)
    return place


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy of the worked case for one test."""
    shutil.copytree(made / "yard.edcase", tmp_path / "yard.edcase")
    return tmp_path / "yard.edcase"


def data(capsys: Capture, *arguments: object) -> Any:
    """Run a command with --json and return what it printed; nothing else may be on stdout."""
    capsys.readouterr()
    call(*arguments, "--json")
    return json.loads(capsys.readouterr().out)


def printed(capsys: Capture, *arguments: object) -> str:
    """Run a command and return what it printed."""
    capsys.readouterr()
    call(*arguments)
    return capsys.readouterr().out


# ---------------------------------------------------------------------------------------------------------------- new


def test_new_prints_the_folder_and_adds_the_suffix(capsys: Capture, tmp_path: Path) -> None:
    assert printed(capsys, "new", tmp_path / "a case", "--title", "T") == f"{tmp_path / 'a case.edcase'}\n"
    sheet = data(capsys, "new", tmp_path / "b.edcase", "--title", "Yard", "--number", "7/26", "--scope", "Frames")
    assert (sheet["number"], sheet["title"], sheet["case_number"], sheet["scope"]) == (
        "CS-001",
        "Yard",
        "7/26",
        "Frames",
    )
    assert sheet["case"] == str(tmp_path / "b.edcase")
    assert sheet["created_by"] == "Reviewer A"
    assert sorted(p.name for p in (tmp_path / "b.edcase").iterdir() if p.is_dir()) == [
        "backups", "derived", "exhibits", "exports", "staging",
    ]  # fmt: skip


def test_the_actor_of_the_line_goes_before_that_of_the_environment(capsys: Capture, tmp_path: Path) -> None:
    for number, arguments in enumerate((["--as", "Reviewer B", "new"], ["new", "--as", "Reviewer B"])):
        place = tmp_path / str(number)
        call(*arguments, place, "--title", "T")
        assert [e["actor"] for e in data(capsys, "list", place, "events")] == ["Reviewer B", "Reviewer B"]


# ---------------------------------------------------------------------------------------------------------------- add


def test_add_keeps_the_file_and_what_decoding_found(made: Path, case: Path, capsys: Capture) -> None:
    (exhibit,) = data(capsys, "list", case, "exhibits")
    clip = next(made.glob("*.mp4"))
    assert exhibit["sha256"] == hashlib.sha256(clip.read_bytes()).hexdigest()
    assert (exhibit["received_name"], exhibit["kind"], exhibit["condition"]) == (clip.name, "video", "ok")
    assert (exhibit["frames"], exhibit["width"], exhibit["height"]) == (30, 96, 64)
    assert exhibit["length"] == "00:00:01.200"
    assert exhibit["acquisition"]["source_url"] == "https://example.org/1"
    assert exhibit["acquisition"]["note"] == "ملاحظة"
    frames = data(capsys, "frames", clip, "--hash")["frames"]
    digest = hashlib.sha256(b"".join(bytes.fromhex(f["hash"]) for f in frames)).hexdigest()
    assert exhibit["frames_digest"] == digest
    assert (case / exhibit["vault_path"]).stat().st_mode & 0o222 == 0


def test_add_takes_several_and_prints_a_number_each(capsys: Capture, case: Path, tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.pdf").write_bytes(b"%%PDF %d" % n)
    assert printed(capsys, "add", case, *sorted(tmp_path.glob("*.pdf"))) == "EX-002\nEX-003\nEX-004\n"
    (tmp_path / "more.txt").write_bytes(b"one")
    one = data(capsys, "add", case, tmp_path / "more.txt")
    assert (one["number"], one["kind"], one["revision"]) == ("EX-005", "document", 2)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(name.encode())
    both = data(capsys, "add", case, tmp_path / "a.txt", tmp_path / "b.txt", "--title", "Pages")
    assert [(x["number"], x["title"]) for x in both] == [("EX-006", "Pages"), ("EX-007", "Pages")]


def test_a_file_that_is_no_video_is_kept_marked_and_warned_of(capsys: Capture, case: Path, tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("not a video")
    call("add", case, tmp_path / "text.mp4")
    said = capsys.readouterr()
    assert said.out == "EX-002\n"
    assert len(said.err.splitlines()) == 1
    assert "EX-002 (text.mp4) is kept and marked unreadable" in said.err
    assert data(capsys, "list", case, "exhibits")[1]["condition"] == "unreadable"


def test_a_cut_video_is_kept_and_its_frames_counted(made: Path, case: Path, capsys: Capture, tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "whole.mkv", Clip(frames=60)).read_bytes()
    (tmp_path / "cut.mkv").write_bytes(whole[: len(whole) * 2 // 3])
    call("add", case, tmp_path / "cut.mkv")
    exhibit = data(capsys, "list", case, "exhibits")[1]
    assert exhibit["condition"] in ("ok", "damaged")
    assert 0 < exhibit["frames"] < 60


def test_what_can_be_taken_in_is_taken_in_beside_what_cannot(capsys: Capture, case: Path, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("good")
    (tmp_path / "empty.mp4").touch()
    files = [tmp_path / "missing.mp4", tmp_path / "good.txt", tmp_path / "empty.mp4", tmp_path]
    capsys.readouterr()
    assert main(["add", str(case), *map(str, files)]) == 1
    said = capsys.readouterr()
    assert said.out == "EX-002\n"
    lines = said.err.splitlines()
    assert [word in line for word, line in zip(("found", "empty", "folder"), lines[:3], strict=True)] == [True] * 3
    assert lines[3] == "1 of 4 files were taken in, 3 refused."
    assert len(data(capsys, "list", case, "exhibits")) == 2


def test_a_duplicate_names_the_exhibit_it_repeats(made: Path, capsys: Capture, case: Path) -> None:
    capsys.readouterr()
    assert main(["add", str(case), str(next(made.glob("*.mp4")))]) == 1
    assert "same bytes as EX-001" in capsys.readouterr().err


# --------------------------------------------------------------------------------------------------------------- list


def test_every_kind_of_the_stable_face_can_be_listed(capsys: Capture, case: Path) -> None:
    found = {kind: data(capsys, "list", case, kind) for kind in KINDS}
    counts = {kind: len(values) for kind, values in found.items()}
    assert counts.pop("events") > 15
    assert counts == {
        "exhibits": 1, "observations": 2, "claims": 2, "sources": 1, "links": 1, "suggestions": 0, "assessments": 0,
        "questions": 1,
    }  # fmt: skip
    for kind in set(KINDS) - {"events", *NOT_YET}:
        assert all({"uid", "number", "revision"} <= set(record) for record in found[kind])


def test_what_cannot_exist_yet_is_an_empty_array_and_a_line_says_why(capsys: Capture, case: Path) -> None:
    for kind in NOT_YET:
        capsys.readouterr()
        assert main(["list", str(case), kind, "--json"]) == 0
        said = capsys.readouterr()
        assert json.loads(said.out) == []
        assert said.err == f"This version makes no {kind}, so a case cannot hold any.\n"
        assert main(["list", str(case), kind]) == 0
        assert capsys.readouterr().out == ""


@pytest.mark.parametrize("kind", LISTINGS)
def test_tables_are_aligned_and_hold_a_line_for_each_record(capsys: Capture, case: Path, kind: str) -> None:
    count = len(data(capsys, "list", case, kind))
    lines = printed(capsys, "list", case, kind).splitlines()
    assert len(lines) == (count + 1 if count else 0)
    if not count:
        return
    assert len(lines[0].split()) >= 4
    assert lines[0].isupper()


def test_withdrawn_records_are_listed_only_when_asked_for(capsys: Capture, case: Path) -> None:
    call("question", case, "withdraw", "QN-001", "--reason", "Answered")
    assert data(capsys, "list", case, "questions") == []
    (record,) = data(capsys, "list", case, "questions", "--withdrawn")
    assert (record["withdrawn"], record["revision"]) == ("Answered", 2)
    assert "QN-001 (withdrawn)" in printed(capsys, "list", case, "questions", "--withdrawn")
    capsys.readouterr()
    assert main(["list", str(case), "questions"]) == 0
    assert capsys.readouterr().err == "The case has no questions.\n"


def test_events_are_chained_and_listing_adds_none(capsys: Capture, case: Path) -> None:
    events = data(capsys, "list", case, "events")
    assert [e["seq"] for e in events] == list(range(1, len(events) + 1))
    assert [e["prev"] for e in events[1:]] == [e["hash"] for e in events[:-1]]
    assert data(capsys, "list", case, "events") == events


def test_names_cannot_move_the_cursor_or_turn_the_line(capsys: Capture, case: Path, tmp_path: Path) -> None:
    name = "a\x1b[31m\u202egnp.txt"
    (tmp_path / name).write_text("text")
    call("add", case, tmp_path / name)
    shown = printed(capsys, "list", case, "exhibits")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "a\\u001b[31m\\u202egnp.txt" in shown
    assert data(capsys, "list", case, "exhibits")[1]["received_name"] == name


# ------------------------------------------------------------------------------------------------------------ records


def test_an_observation_carries_the_identity_of_its_frames(made: Path, capsys: Capture, case: Path) -> None:
    frames = data(capsys, "frames", next(made.glob("*.mp4")), "--hash")["frames"]
    first, second = data(capsys, "list", case, "observations")
    assert (first["first_frame"], first["last_frame"]) == (4, 9)
    assert (first["first_hash"], first["last_hash"]) == (frames[4]["hash"], frames[9]["hash"])
    assert (first["first_pts"], first["last_pts"]) == (frames[4]["pts"], frames[9]["pts"])
    assert first["attributes"] == {"on-whom": "жовтий"}
    assert (first["count_min"], first["count_best"], first["count_max"]) == (2, 3, 3)
    assert [r["points"] for r in first["regions"]] == [[160, 192, 328, 480], [16, 16, 64, 64]]
    assert {r["frame_hash"] for r in first["regions"]} == {frames[4]["hash"]}
    assert (second["first_frame"], second["last_frame"], second["term"]) == (12, 12, "text-or-sign")
    assert second["statement"] == "", "what nobody said is not put into their mouth"


def test_words_that_mean_something_are_kept_and_pointed_at(capsys: Capture, case: Path) -> None:
    line = ("observe", case, "EX-001", "--frames", 3, "--term", "note", "--note", "A soldier surrenders")
    call(*line)
    said = capsys.readouterr()
    assert said.out == "OB-003\n"
    assert [part in said.err for part in ('"soldier"', '"figure"', '"surrenders"', '"raise both arms"')] == [True] * 4
    assert len(said.err.splitlines()) == 2
    record = data(capsys, *line, "--keep-word-reason", "Read from a sign")
    assert (record["statement"], record["guard_reason"]) == ("A soldier surrenders", "Read from a sign")


def test_a_quotation_keeps_its_place_in_any_script(capsys: Capture, case: Path) -> None:
    first, second = data(capsys, "list", case, "claims")
    assert (first["start"], first["end"], first["claimant"]) == (10, 28, "Person B")
    assert POST[second["start"] : second["end"]] == second["quote"] == "ثلاثة رجال أيديهم 🙂"
    assert [p["number"] for p in first["propositions"]] == ["CL-001.1", "CL-001.2"]
    record = data(capsys, "claim", case, "add", "--source", "SR-001", "--quote", "hree men", "--at", 36)
    assert record["start"] == 36 == POST.rindex("hree men")


@pytest.mark.parametrize(
    ("arguments", "field", "value"),
    [
        (("source", "edit", "SR-001", "--publisher", "Канал"), "publisher", "Канал"),
        (("source", "edit", "SR-001", "--set", "reliability=B"), "reliability", "B"),
        (("claim", "edit", "CL-001", "--translation", "підняли руки"), "translation", "підняли руки"),
        (("proposition", "edit", "CL-001.2", "--testable", "from the media alone"), "testable", "from the media alone"),
        (("observation", "edit", "OB-001", "--note", "Arms are raised"), "statement", "Arms are raised"),
        (("observation", "edit", "OB-001", "--frames", "3..8"), "last_frame", 8),
        (("observation", "edit", "OB-001", "--count", "0,1,2"), "count_max", 2),
        (("observation", "edit", "OB-001", "--set", "count_best=2"), "count_best", 2),
        (("observation", "edit", "OB-001", "--attr", "arms=left"), "attributes", {"on-whom": "жовтий", "arms": "left"}),
        (("observation", "edit", "OB-001", "--set", "attributes={}"), "attributes", {}),
        (("observation", "edit", "OB-001", "--term", "Kneels"), "term", "kneels"),
        (("region", "edit", "RG-001", "--box", "1,2,3,4"), "points", [16, 32, 48, 64]),
        (("region", "edit", "RG-001", "--label", "arm"), "label", "arm"),
        (("link", "edit", "LK-001", "--relation", "fits"), "relation", "fits"),
        (("question", "edit", "QN-001", "--bears-on", "CL-001"), "bears_on", "CL-001"),
        (("exhibit", "edit", "EX-001", "--description", "A yard"), "description", "A yard"),
        (("exhibit", "edit", "EX-001", "--distressing", "yes"), "distressing", True),
        (("exhibit", "edit", "EX-001", "--set", "distressing=Yes"), "distressing", True),
        (
            ("exhibit", "edit", "EX-001", "--distressing-spans", "5, 1..2"),
            "distressing_spans",
            [{"first": 1, "last": 2}, {"first": 5, "last": 5}],
        ),
        (("acquisition", "edit", "AQ-001", "--method", "downloader"), "method", "downloader"),
        (("acquisition", "edit", "EX-001", "--method", "archive"), "method", "archive"),
        (("case", "edit", "--scope", "Frames 0 to 9"), "scope", "Frames 0 to 9"),
        (("case", "edit", "CS-001", "--set", 'people=[{"name": "A"}]'), "people", [{"name": "A"}]),
    ],
)
def test_edits_print_the_record_as_it_is_now(
    capsys: Capture, case: Path, arguments: tuple[str, ...], field: str, value: object
) -> None:
    record, rest = arguments[0], arguments[1:]
    if record == "link":
        (before,) = data(capsys, "list", case, "links")
        assert before["relation"] == "supports"
    edited = data(capsys, record, case, *rest)
    assert edited[field] == value
    assert edited["revision"] >= 2
    assert edited["changed_by"] == "Reviewer A"


@pytest.mark.parametrize(("record", "number"), [
    ("exhibit", "EX-001"), ("source", "SR-001"), ("claim", "CL-002"), ("proposition", "CL-001.1"),
    ("observation", "OB-001"), ("region", "RG-001"), ("link", "LK-001"), ("question", "QN-001"),
])  # fmt: skip
def test_records_are_withdrawn_with_a_reason_and_restored(
    capsys: Capture, case: Path, record: str, number: str
) -> None:
    if record in ("exhibit", "source"):
        for kind in ("observation", "claim"):
            for place in ("001", "002"):
                call(kind, case, "withdraw", f"{'OB' if kind == 'observation' else 'CL'}-{place}", "--reason", "First")
    withdrawn = data(capsys, record, case, "withdraw", number, "--reason", "Entered twice")
    assert (withdrawn["number"], withdrawn["withdrawn"]) == (number, "Entered twice")
    assert printed(capsys, record, case, "restore", number) == f"{number}\n"


def test_a_region_is_added_on_a_frame_of_its_observation(capsys: Capture, case: Path) -> None:
    record = data(capsys, "region", case, "add", "OB-001", "--frame", 7, "--box", "0,0,96,64", "--label", "all")
    assert (record["number"], record["frame"], record["points"]) == ("RG-003", 7, [0, 0, 1536, 1024])


def test_what_cannot_be_assessed_is_kept_with_its_reason(capsys: Capture, case: Path) -> None:
    asked = ("--frames", 5, "--term", "note", "--presence", "cannot be assessed", "--presence-reason", "occluded")
    record = data(capsys, "observe", case, "EX-001", *asked)
    assert (record["presence"], record["presence_reason"]) == ("cannot be assessed", "occluded")
    looked = ("--frames", 5, "--term", "kneels", "--presence", "looked for, not seen")
    assert data(capsys, "observe", case, "EX-001", *looked)["statement"] == "", "nobody said anything"
    assert main(["list", str(case), "observations"]) == 0
    listed = capsys.readouterr().out
    assert "kneels, looked for, not seen" in listed
    assert "note, cannot be assessed: occluded" in listed


def test_a_sound_can_be_observed_where_there_is_no_picture(capsys: Capture, case: Path, tmp_path: Path) -> None:
    import wave

    with wave.open(str(tmp_path / "tone.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(range(256)) * 60)
    assert data(capsys, "add", case, tmp_path / "tone.wav")["kind"] == "sound"
    record = data(capsys, "observe", case, "EX-002", "--sound", "0.25..0.5", "--term", "impulsive-sound")
    assert (record["sound_start"], record["sound_end"], record["sound_time_base"]) == (250, 500, "1/1000")
    assert (record["first_frame"], record["basis"]) == (None, "heard")


def test_a_frame_table_that_was_altered_is_not_believed(made: Path, capsys: Capture, case: Path) -> None:
    from evidence_desk.domain.frames import FrameTable
    from evidence_desk.media import frame_store

    (place,) = case.glob("derived/*/*.edft")
    table = frame_store.load(place)
    frame_store.save(FrameTable(table.facts, table.frames, table.packets, bytes(len(table.hashes))), place)
    record = data(capsys, "observe", case, "EX-001", "--frames", 5, "--term", "note")
    frames = data(capsys, "frames", next(made.glob("*.mp4")), "--hash")["frames"]
    assert record["first_hash"] == frames[5]["hash"]


def test_a_stream_of_text_can_come_from_stdin(capsys: Capture, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\ufeffЯк є\r\n".encode()), encoding="utf-8"))
    assert data(capsys, "source", case, "add", "--title", "Read out", "--text", "-")["text"] == "Як є\n"


# ------------------------------------------------------------------------------------------------- verify, still, help


def test_verify_says_same_and_counts(capsys: Capture, case: Path) -> None:
    lines = printed(capsys, "verify", case).splitlines()
    assert lines[0] == "same"
    assert any("30 frames decoded anew" in line for line in lines)
    report = data(capsys, "verify", case.with_suffix(""))
    assert report["same"] is True
    assert {c["state"] for c in report["checks"]} == {"same", "not checked"}


def test_verify_names_what_differs_and_ends_with_1(capsys: Capture, case: Path) -> None:
    (file,) = (p for p in (case / "exhibits").rglob("*.mp4"))
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    capsys.readouterr()
    assert main(["verify", str(case)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "differs"
    assert any("EX-001 file" in line and "its SHA-256 is not" in line for line in lines)
    assert main(["verify", str(case), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["same"] is False


def test_verify_holds_the_log_against_a_head(capsys: Capture, case: Path) -> None:
    head = data(capsys, "list", case, "events")[-1]["hash"]
    assert "holds 1 recorded head" in printed(capsys, "verify", case, "--head", head)
    assert main(["verify", str(case), "--head", "0" * 64]) == 1


def test_a_still_of_an_exhibit_is_reached_through_its_case(capsys: Capture, case: Path, tmp_path: Path) -> None:
    told = data(capsys, "still", f"{case}:EX-001", "--frame", 4, "-o", tmp_path / "frame.png")
    first = data(capsys, "list", case, "observations")[0]
    assert told["hash"] == first["first_hash"]
    assert (tmp_path / "frame.png").read_bytes().startswith(b"\x89PNG")
    without_suffix = f"{case.with_suffix('')}:EX-001"
    assert data(capsys, "frames", without_suffix, "--at", 4, "--hash")["frames"][0]["hash"] == first["first_hash"]


def _all_commands() -> list[tuple[str, ...]]:
    import click

    found: list[tuple[str, ...]] = []
    context = click.Context(commands)
    for name in COMMANDS:
        command = commands.get_command(context, name)
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, "CASE", sub) for sub in command.list_commands(context)]
    return found


@pytest.mark.parametrize("words", _all_commands(), ids=" ".join)
def test_every_command_has_help_with_an_example(capsys: Capture, words: tuple[str, ...]) -> None:
    told = printed(capsys, *words, "--help")
    assert told.startswith("Usage: evidence-desk")
    assert "evidence-desk " in told.split("\n", 1)[1], "an example is missing"
    assert "--json" in told or "COMMAND" in told


def test_the_first_help_shows_a_whole_job_and_every_command(capsys: Capture) -> None:
    told = printed(capsys, "--help")
    assert all(f"  {name}" in told for name in COMMANDS)
    assert "evidence-desk verify yard" in told
    assert printed(capsys, "--version").strip().count(".") == 2

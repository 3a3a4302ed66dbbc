"""What a person at a terminal sees: tables that fit, progress that goes away, lines that stay lines."""

from __future__ import annotations

import io
import os
import sys

import pytest

from evidence_desk.cli import printing
from evidence_desk.cli.messages import one_line
from evidence_desk.cli.progress import Progress
from evidence_desk.cli.running import run
from evidence_desk.domain.errors import Refused

Capture = pytest.CaptureFixture[str]
ROWS = [["EX-001", "短い 🙂", "a" * 90], ["EX-002", "é́x", "ثلاثة رجال"]]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the progress line believes in."""
    now = [100.0]
    monkeypatch.setattr("evidence_desk.cli.progress.time.monotonic", lambda: now[0])
    return now


def test_a_pipe_gets_every_letter_in_aligned_columns(capsys: Capture) -> None:
    printing.print_table(("number", "title", "text"), ROWS)
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.index("TEXT") == 17
    assert first == "EX-001  短い 🙂  " + "a" * 90
    assert second == "EX-002  é́x       ثلاثة رجال"


def test_a_terminal_gets_lines_that_fit_with_the_widest_column_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((50, 20)))
    printing.print_table(("number", "title", "text"), ROWS)
    lines = screen.getvalue().splitlines()
    assert max(printing._width(line) for line in lines) == 50
    assert lines[1].endswith("a…")
    assert lines[2].endswith("ثلاثة رجال")


def test_a_terminal_that_is_far_too_narrow_still_shows_every_column(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((10, 20)))
    printing.print_table(("number", "text"), [["EX-001", "a" * 90]])
    assert screen.getvalue().splitlines()[1] == "EX-001  " + "a" * 11 + "…"


def test_progress_is_drawn_at_most_ten_times_a_second_and_taken_away(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with Progress("clip.mp4") as shown:
        assert not shown.cancelled
        for step in range(100):
            clock[0] += 0.01
            shown.progress(step, 100, "copy")
        shown.progress(0, 0, "unknown")
    drawn = screen.getvalue().split("\r")
    assert drawn[0] == ""
    assert 9 <= len([d for d in drawn if "copy" in d]) <= 11
    assert "clip.mp4 " in drawn[1]
    assert any("50%" in d for d in drawn)
    assert drawn[-2].strip() == "", "the line is blank again"
    assert drawn[-1] == ""
    assert "\n" not in screen.getvalue()


def test_nobody_watching_sees_no_progress(capsys: Capture, clock: list[float]) -> None:
    with Progress("clip.mp4") as shown:
        clock[0] += 1
        shown.progress(1, 2, "copy")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo\ttab\r\u2028end", "one two tab  end"),
        ("\x1b[2J\x07\x00", "\\u001b[2J\\u0007\\u0000"),
        ("\u202egpj.exe\u2066", "\\u202egpj.exe\\u2066"),
        ("Троє чоловіків ثلاثة 🙂", "Троє чоловіків ثلاثة 🙂"),
    ],
)
def test_a_line_stays_a_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("The codebook cannot be used: the key m is taken.. Nothing was changed.", None),
        ("It cannot be played: what is it?. The case is safe.", "It cannot be played: what is it? The case is safe."),
        ("Nothing is at “Where?”. Name another place.", "Nothing is at “Where?” Name another place."),
        ("There is no case in .. and none in ./a..b.", "There is no case in .. and none in ./a..b."),
        ("It was read to … and no further.", "It was read to … and no further."),
    ],
)
def test_a_sentence_ends_once(line: str, shown: str | None) -> None:
    assert str(Refused(line)) == (shown or line.replace("..", "."))


@pytest.mark.parametrize("arguments", [["observe", "--frame"], ["lst"], ["list", "yard", "nothing"]])
def test_wrong_usage_ends_its_sentences_once(arguments: list[str], capsys: Capture) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert not any(twice in said for twice in ("?.", "'?.", "..", ".:"))

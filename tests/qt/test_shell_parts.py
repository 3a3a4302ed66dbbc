"""The common parts: choices, counts, meters, panels, fields, dialogs and the questions asked with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QRadioButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from evidence_desk import wiring
from evidence_desk.domain.errors import NotFound, WorkerLost
from evidence_desk.jobs import JobContext
from evidence_desk.media.protections import PROTECTIONS, Protections
from evidence_desk.services.verify import Check, Report
from evidence_desk.ui.dialogs.about import AboutDialog
from evidence_desk.ui.dialogs.guide import GuideDialog
from evidence_desk.ui.dialogs.question import LineDialog, QuestionDialog
from evidence_desk.ui.dialogs.report import ReportDialog
from evidence_desk.ui.dialogs.withdraw import WithdrawDialog
from evidence_desk.ui.job_runner import JobRunner
from evidence_desk.ui.prompter import Prompter
from evidence_desk.ui.theme import current_theme, lane_height
from evidence_desk.ui.widgets import basic
from evidence_desk.ui.widgets.choice import ChoiceButton

WORDS = (("clear", "Clear"), ("probable", "Probable"), ("doubtful", "Doubtful"))


def _shown(qtbot: Any, part: QWidget) -> QWidget:
    qtbot.addWidget(part)
    with qtbot.waitActive(part):
        part.show()
        part.activateWindow()
    return part


def test_a_choice_reads_as_radio_buttons_and_moves_by_arrows(qtbot: Any, theme: None) -> None:
    choice = basic.Choice("Legibility", WORDS)
    _shown(qtbot, choice)
    told: list[str] = []
    choice.chosen.connect(told.append)
    assert choice.value() == ""
    buttons = choice.findChildren(ChoiceButton)
    assert all(isinstance(button, QRadioButton) for button in buttons)
    assert buttons[0].accessibleName() == "Legibility: Clear"
    choice.set_value("clear")
    choice.focus_first()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Right)
    assert choice.value() == "probable"
    qtbot.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert told == ["probable", "doubtful"]
    choice.set_value("")
    assert choice.value() == ""
    assert told == ["probable", "doubtful"]
    assert not choice.grab().isNull()


@pytest.mark.parametrize(
    ("texts", "value", "problem"),
    [
        (("", "", ""), None, ""),
        (("3", "3", "4"), (3, 3, 4), ""),
        (("4", "3", "5"), None, "Best cannot be below min."),
        (("1", "3", "2"), None, "Max cannot be below best."),
        (("3", "", "2"), None, "Max cannot be below min."),
        (("3", "", ""), None, "Fill all three, or leave all three empty."),
    ],
)
def test_counts(qtbot: Any, theme: None, texts: tuple[str, ...], value: object, problem: str) -> None:
    counts = basic.CountFields()
    _shown(qtbot, counts)
    fields = counts.findChildren(QLineEdit)
    assert [field.accessibleName() for field in fields] == ["Count min", "Count best", "Count max"]
    for field, text in zip(fields, texts, strict=True):
        qtbot.keyClicks(field, text)
    assert (counts.value(), counts.problem()) == (value, problem)
    # Half filled is no mistake while a person types.
    assert fields[0].property("wrong") == ("true" if problem and "three" not in problem else "false") or not any(texts)
    counts.set_value((1, 2, 3))
    assert counts.value() == (1, 2, 3)
    counts.set_text_only(True)
    assert fields[0].isReadOnly()


def test_the_completeness_is_said_in_words(qtbot: Any, theme: None) -> None:
    meter = basic.CompletenessMeter()
    _shown(qtbot, meter)
    meter.set_value(5, ("page source", "hash at collection"))
    assert meter.accessibleName() == "Acquisition, 5 of 8 items recorded, missing page source, hash at collection"
    assert not meter.grab().isNull()


def test_a_row_names_its_field_and_says_what_is_wrong(qtbot: Any, theme: None) -> None:
    field = QLineEdit()
    row = basic.FormRow("Title", field, "Neutral words")
    _shown(qtbot, row)
    assert field.accessibleName() == "Title"
    assert row.note.text() == "Neutral words"
    row.set_problem("A title is needed.")
    assert (row.note.text(), field.property("wrong")) == ("A title is needed.", "true")
    row.set_help("Short")
    assert (row.note.text(), field.property("wrong")) == ("Short", "false")
    basic.show_as_text(field, True)
    assert field.isReadOnly()


def test_a_panel_header_shortens_its_count_and_not_its_title(qtbot: Any, theme: None) -> None:
    header = basic.PanelHeader("Observations", "10 of 14", "OB-004", [basic.icon_button("more", "More")])
    _shown(qtbot, header)
    header.set_title("Exhibits")
    header.set_count("3")
    header.set_number("")
    assert header.height() == current_theme().bar("panel_header")
    assert not header.grab().isNull()


def test_text_is_shortened_and_whole_in_the_tooltip(qtbot: Any, theme: None) -> None:
    shown = basic.ElidedLabel("a rather long name of a file.mp4")
    _shown(qtbot, shown)
    shown.resize(60, 20)
    assert "…" in shown.text()
    assert shown.toolTip() == shown.accessibleName() == shown.text_whole() == "a rather long name of a file.mp4"
    shown.setElideMode(Qt.TextElideMode.ElideMiddle)
    shown.resize(600, 20)
    assert (shown.text(), shown.toolTip()) == ("a rather long name of a file.mp4", "")


def test_an_empty_state_tells_which_button(qtbot: Any, theme: None) -> None:
    buttons = (basic.primary_button("Observe", "M"), basic.plain_button("Show terms"))
    empty = basic.EmptyState("observation", "No observations yet", "Step to a frame.", buttons)
    _shown(qtbot, empty)
    with qtbot.waitSignal(empty.activated) as caught:
        buttons[1].click()
    assert caught.args == [1]


def test_a_fold_names_its_count(qtbot: Any, theme: None) -> None:
    fold = basic.FoldHeader("Claims", "claim", "4")
    _shown(qtbot, fold)
    assert fold.accessibleName() == "Claims, 4"
    fold.set_count("5")
    fold.setFocus()
    assert fold.accessibleName() == "Claims, 5"
    assert not fold.grab().isNull()


def test_escape_clears_a_filter_before_it_does_anything_else(qtbot: Any, theme: None) -> None:
    line = basic.FilterField("Filter", "Filter observations")
    _shown(qtbot, line)
    qtbot.keyClicks(line, "arm")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == ""
    assert not line.grab().isNull()


def test_small_parts_paint(qtbot: Any, theme: None) -> None:
    place = QWidget()
    column = QVBoxLayout(place)
    link, chip, badge = basic.link_button("Show"), basic.Chip("Seen", on=True), basic.Badge("VFR", tip="Variable rate")
    for part in (link, chip, badge, basic.KeyCap("M"), basic.hairline(vertical=True), basic.section_label("Links")):
        column.addWidget(part)
    _shown(qtbot, place)
    assert badge.accessibleName() == "VFR: Variable rate"
    chip.setEnabled(False)
    chip.set_keys("F")
    assert not place.grab().isNull()
    wide = basic.Elastic(QTextEdit(), 300)
    _shown(qtbot, wide)
    wide.resize(900, 100)
    assert wide.findChildren(QTextEdit)[0].width() == 300


def test_tokens_by_name() -> None:
    assert lane_height("observation") > lane_height("observation", short=True) > 0
    assert current_theme().width("inspector") < current_theme().width("inspector", "max")
    assert current_theme().with_alpha("accent.line", 0.5).alpha() == 128
    assert current_theme().category_color("posture") != current_theme().category_color("unknown")
    with pytest.raises(NotFound):
        current_theme().__class__("pink")


# ---- dialogs


def test_a_record_is_not_withdrawn_without_a_reason(qtbot: Any, theme: None) -> None:
    dialog = WithdrawDialog("OB-004", "OB-004 Arms raised", ("2 links go with it.",))
    _shown(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "reason is needed" in dialog.problem.text()
    qtbot.keyClicks(dialog._line, "seen twice")
    qtbot.keyClick(dialog._line, Qt.Key.Key_Return)
    assert (dialog.result(), dialog.reason) == (QDialog.DialogCode.Accepted, "seen twice")


def test_a_question_offers_its_answers(qtbot: Any, theme: None) -> None:
    dialog = QuestionDialog("Two jobs run", "Stop them?", ("Stop", "Wait"), "Stay")
    _shown(qtbot, dialog)
    second = next(b for b in dialog.findChildren(basic.DeskButton) if b.text() == "Wait")
    second.click()
    assert (dialog.result(), dialog.chosen) == (QDialog.DialogCode.Accepted, 1)


def test_a_line_is_needed_where_it_is_needed(qtbot: Any, theme: None) -> None:
    dialog = LineDialog("Rename", "Title", "Keep", "", True)
    _shown(qtbot, dialog)
    dialog.try_accept()
    assert dialog.problem.text() == "Title is needed."
    assert LineDialog("Rename", "Title", "Keep", "", False).check() == ""


def test_the_versions_can_be_copied(qtbot: Any, theme: None) -> None:
    dialog = AboutDialog()
    _shown(qtbot, dialog)
    dialog._copy()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Evidence Desk ")
    assert "PySide6-Essentials" in text
    assert dict(wiring.versions())["av"] != "not installed"


def test_what_holds_the_media_processes_is_said_in_words(qtbot: Any, theme: None) -> None:
    decoder = Protections(
        "decoder", ("process", "files", "writing", "network", "limits"), (("programs", "no seccomp"),)
    )
    player = Protections("player", ("process", "network"), (("files", "the kernel has no Landlock"),))
    runner = JobRunner()
    dialog = AboutDialog(runner, lambda _ctx: (decoder, player))
    _shown(qtbot, dialog)

    def words() -> list[str]:
        return [shown.text() for shown in dialog.findChildren(QLabel) if shown.isVisible()]

    qtbot.waitUntil(lambda: "Not on, because: no seccomp" in words())
    assert "No file but the one it was given" in words()
    assert words().count("on") == 7
    assert words().count("not on") == 2 * len(PROTECTIONS) - 7
    assert "Not on, because: the kernel has no Landlock" in words()
    dialog._copy()
    assert "Decoder: process, files" in QGuiApplication.clipboard().text()
    runner.close()


def test_a_process_that_does_not_answer_is_said(qtbot: Any, theme: None) -> None:
    def ask(_ctx: JobContext) -> tuple[Protections, ...]:
        raise WorkerLost("It stopped.")

    runner = JobRunner()
    dialog = AboutDialog(runner, ask)
    _shown(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog._waiting.text() == "It stopped.")
    runner.close()


def test_the_guide_begins_at_its_beginning(qtbot: Any, theme: None) -> None:
    dialog = GuideDialog()
    _shown(qtbot, dialog)
    page = dialog.findChildren(QTextEdit)[0]
    assert page.toPlainText().startswith("Evidence Desk: a short guide")
    assert page.verticalScrollBar().value() == 0


@pytest.mark.parametrize(("state", "title"), [("same", "Same"), ("differs", "1 differs")])
def test_a_report_names_what_differs_first(qtbot: Any, theme: None, state: str, title: str) -> None:
    checks = (Check("event chain", "same", "412 events"), Check("EX-001 file", state, "SHA-256"))
    dialog = ReportDialog(Report("one.edcase", checks, 412, "ab" * 32, frames_checked=24))
    _shown(qtbot, dialog)
    assert dialog.windowTitle() == title
    dialog._copy()
    assert QGuiApplication.clipboard().text().splitlines()[0] == state


def _when_modal(act: Callable[[Any], None]) -> None:
    def wait() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, wait)
        else:
            act(dialog)

    QTimer.singleShot(0, wait)


def test_the_prompter_asks_and_brings_the_answer(qtbot: Any, theme: None) -> None:
    window = QWidget()
    _shown(qtbot, window)
    prompter = Prompter()
    prompter.attach(window)
    _when_modal(lambda dialog: dialog.try_accept())
    assert prompter.confirm("Close", "A job runs.", "Stop and close")
    _when_modal(lambda dialog: dialog.reject())
    assert not prompter.confirm("Close", "A job runs.", "Stop and close")

    def fill(dialog: LineDialog) -> None:
        dialog.line.setText(" Post ")
        dialog.try_accept()

    _when_modal(fill)
    assert prompter.ask_line("Rename", "Title", "Keep") == "Post"


def test_the_prompter_chooses_paths(qtbot: Any, theme: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prompter = Prompter()
    one = str(tmp_path / "one.mp4")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([one], ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (one, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert prompter.open_files("Add") == (Path(one),)
    assert prompter.open_file("Open") == Path(one)
    assert prompter.open_folder("Open") == tmp_path
    assert prompter.save_file("Save", tmp_path / "x") is None

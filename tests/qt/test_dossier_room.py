"""The Dossier room: sections, draft, checks, export; the PDF itself is drawn by a double here."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMarginsF, Qt, QUrl
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QLabel, QMainWindow

from evidence_desk.domain.controlled_values import RELATIONS
from evidence_desk.domain.dossier import SECTIONS
from evidence_desk.domain.errors import DiskFull, EvidenceDeskError
from evidence_desk.jobs import JobContext
from evidence_desk.services import commands as c
from evidence_desk.services import exporting
from evidence_desk.services.queries import Queries
from evidence_desk.ui.models.claim_tree import RECORD_ROLE
from evidence_desk.ui.models.dossier_checks import CheckRow, dossier_checks
from evidence_desk.ui.panels.export_panel import CheckLine
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.dossier import DossierRoom, last_export, section_pages
from tests.qt.rooms import CONTROL, Stage, focus, press, stage
from tests.qt.sample_records import fill, observe

Render = Callable[..., exporting.Written]


def pdf(target: Path, pages: int) -> None:
    """Write a PDF of so many pages."""
    writer = QPdfWriter(str(target))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(10, 10, 10, 10))
    painter = QPainter(writer)
    for page in range(pages):
        if page:
            writer.newPage()
        painter.drawText(200, 400, f"Page {page + 1}")
    painter.end()


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path, exporting.ExportOptions]]:
    """Every render asked for; each writes a PDF of three pages."""
    asked: list[tuple[str, Path, exporting.ExportOptions]] = []

    def render(
        folder: Path, worker: object, form: str, target: Path, options: exporting.ExportOptions, ctx: JobContext
    ) -> exporting.Written:
        ctx.progress(1, 2, "pages")
        asked.append((form, target, options))
        pdf(target, 3)
        return exporting.Written(form, target, hashlib.sha256(target.read_bytes()).hexdigest(), 1, "0" * 64)

    monkeypatch.setattr(exporting, "render", render)
    return asked


@pytest.fixture
def desk(host: QMainWindow, room_context: RoomContext, tmp_path: Path) -> Stage:
    return stage(host, room_context, tmp_path, fill)


def built(room: DossierRoom, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: room.pages.pages == 3 and room.draft.work() is None, timeout=10_000)


def test_the_draft_is_built_on_entering_and_again_after_a_change(desk: Stage, rendered: list[Any], qtbot: Any) -> None:
    room = desk.show("dossier", DossierRoom)
    built(room, qtbot)
    assert rendered[0][1].parent == desk.case.paths.derived
    assert room.pages.page == 0
    room.enter()
    assert len(rendered) == 1
    desk.case.bus.run(c.edit_sheet({"mandate": "Look at both clips"}))
    qtbot.waitUntil(lambda: len(rendered) == 2, timeout=10_000)
    built(room, qtbot)
    # The file on screen is never written over while it is shown.
    assert rendered[0][1] != rendered[1][1]


def test_what_is_covered_is_covered_in_the_draft_and_never_in_the_export(
    desk: Stage, rendered: list[Any], qtbot: Any, prompter: Any, tmp_path: Path
) -> None:
    desk.case.bus.run(c.edit("EX-001", {"distressing_spans": ({"first": 2, "last": 4},)}))
    room = desk.show("dossier", DossierRoom)
    built(room, qtbot)
    assert rendered[-1][2].covered == (("EX-001", (2, 4)),)
    desk.context.session.safe_view.uncover("EX-001", 3)
    qtbot.waitUntil(lambda: len(rendered) == 2 and room.draft.work() is None, timeout=10_000)
    assert rendered[-1][2].covered == ()
    desk.context.session.safe_view.cover("EX-001", 3)
    qtbot.waitUntil(lambda: len(rendered) == 3 and room.draft.work() is None, timeout=10_000)
    prompter.paths.append(tmp_path / "out.pdf")
    room.export()
    qtbot.waitUntil(lambda: len(rendered) == 4 and room.exporter.work() is None, timeout=10_000)
    assert rendered[-1][2].covered == ()


def test_pages_turn_by_keys(desk: Stage, rendered: list[Any], qtbot: Any) -> None:
    room = desk.show("dossier", DossierRoom)
    built(room, qtbot)
    focus(room.pages)
    press(Qt.Key.Key_PageDown)
    assert room.pages.page == 1
    press(Qt.Key.Key_End)
    assert room.pages.page == 2
    press(Qt.Key.Key_PageDown)
    assert room.pages.page == 2
    press(Qt.Key.Key_Home)
    assert room.pages.page == 0
    press(Qt.Key.Key_Equal, CONTROL)
    assert room.pages.zoom == "100"
    press(Qt.Key.Key_0, CONTROL)
    assert room.pages.zoom == "page"


def test_space_leaves_a_section_out_but_never_a_locked_one(desk: Stage, rendered: list[Any], qtbot: Any) -> None:
    room = desk.show("dossier", DossierRoom)
    built(room, qtbot)
    view = room.section_panel.view
    focus(view)
    places = {section.id: place for place, section in enumerate(SECTIONS)}
    view.setCurrentIndex(room.sections.index(places["audit"], 0))
    press(Qt.Key.Key_Space)
    for locked in ("limits", "contrary"):
        view.setCurrentIndex(room.sections.index(places[locked], 0))
        press(Qt.Key.Key_Space)
    chosen = room.sections.chosen()
    assert chosen is not None
    assert set(chosen) == {section.id for section in SECTIONS} - {"audit"}
    assert "never left out" in " ".join(label.text() for label in room.section_panel.findChildren(QLabel))
    qtbot.waitUntil(lambda: len(rendered) == 2, timeout=10_000)
    assert rendered[1][2].sections == chosen
    spoken = room.sections.index(places["limits"], 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "always prints" in spoken
    assert room.sections.index(places["audit"], 0).data(RECORD_ROLE).on is False


def test_checks_name_what_to_look_at_and_lead_there(desk: Stage, rendered: list[Any], qtbot: Any) -> None:
    observe(desk.case, "EX-001", 5, 6, "A soldier is clearly there", guard_reason="")
    checks = dossier_checks(desk.case.queries)
    looks = {check.title: check for check in checks if check.look}
    assert set(looks) == {
        "1 statement keeps a word that infers",
        "2 observations are linked to no claim",
        "2 propositions have nothing linked",
        "4 acquisitions are incomplete",
        "The case sheet has gaps",
    }
    assert "without a reason" in looks["1 statement keeps a word that infers"].detail
    assert [check.look for check in checks] == sorted((check.look for check in checks), reverse=True)
    assert checks[-1].title == "Event chain unbroken"

    room = desk.show("dossier", DossierRoom)
    asked: list[str] = []
    desk.context.session.record_asked.connect(asked.append)
    qtbot.waitUntil(lambda: not room.checking.is_at_work, timeout=10_000)
    lines = [line for line in room.export_panel.findChildren(CheckLine) if line.link is not None]
    lines[0].link.click()  # type: ignore[union-attr]
    assert asked == ["OB-005"]
    built(room, qtbot)


def test_a_broken_chain_is_a_check_that_asks_for_a_look(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    events = desk.case.queries.events()
    monkeypatch.setattr(desk.case.queries, "events", lambda **_: events[:-2] + events[-1:])
    assert "The event chain is broken" in {check.title for check in dossier_checks(desk.case.queries) if check.look}


def said(room: DossierRoom) -> str:
    return " ".join(text.text() for text in room.export_panel.findChildren(QLabel) if text.isVisibleTo(room))


def test_until_the_answer_is_there_no_check_stands_as_passed(
    desk: Stage, rendered: list[Any], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answer = threading.Event(), threading.Event()
    threads = []

    def slowly(queries: Queries) -> tuple[CheckRow, ...]:
        threads.append(threading.current_thread())
        asked.set()
        assert answer.wait(10)
        return dossier_checks(queries)

    monkeypatch.setattr("evidence_desk.ui.rooms.dossier_checking.dossier_checks", slowly)
    room = desk.show("dossier", DossierRoom)
    assert "checking" in said(room)
    assert "nothing to look at" not in said(room)
    assert asked.wait(10)
    observe(desk.case, "EX-001", 5, 6, "A soldier is clearly there", guard_reason="")
    room.checking.start()
    answer.set()
    qtbot.waitUntil(lambda: "keeps a word that infers" in said(room), timeout=10_000)
    assert "checking" not in said(room)
    assert len(threads) == 2
    assert threading.main_thread() not in threads
    room.checking.start()
    assert "checking" in said(room)
    enabled = [line.isEnabled() for line in room.export_panel.findChildren(CheckLine)]
    assert enabled
    assert not any(enabled)
    qtbot.waitUntil(lambda: not room.checking.is_at_work, timeout=10_000)
    assert all(line.isEnabled() for line in room.export_panel.findChildren(CheckLine))
    built(room, qtbot)


def test_a_case_that_cannot_be_read_is_said_in_place_of_the_checks(
    desk: Stage, rendered: list[Any], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Queries) -> tuple[CheckRow, ...]:
        raise EvidenceDeskError("The case file cannot be read.")

    monkeypatch.setattr("evidence_desk.ui.rooms.dossier_checking.dossier_checks", refused)
    room = desk.show("dossier", DossierRoom)
    qtbot.waitUntil(lambda: "The records were not checked" in said(room), timeout=10_000)
    assert "The case file cannot be read." in said(room)
    built(room, qtbot)


def test_an_export_is_told_however_much_came_after(desk: Stage) -> None:
    queries = desk.case.queries
    assert last_export(queries) == "Not exported yet"
    for name in ("first.pdf", "second.pdf"):
        desk.case.bus.log("case.exported", {"name": name})
    for n in range(420):
        desk.case.bus.log("case.opened", {"n": n})
    desk.case.bus.log("case.exported", {"name": "of a record.pdf"}, record="OB-001")
    assert last_export(queries).startswith("second.pdf exported ")


def test_export_by_keys_writes_logs_and_opens(
    desk: Stage, rendered: list[Any], prompter: Any, tmp_path: Path, qtbot: Any
) -> None:
    room = desk.show("dossier", DossierRoom)
    built(room, qtbot)
    opened: list[QUrl] = []

    def open_url(url: QUrl | str) -> bool:
        opened.append(QUrl(url))
        return True

    room.open_url = open_url
    prompter.paths.append(tmp_path / "dossier")
    press(Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: room.exporter.work() is None and (tmp_path / "dossier.pdf").exists(), timeout=10_000)
    logged = desk.case.queries.events()[-1]
    assert logged.action == "case.exported"
    assert "dossier.pdf exported" in room.status()
    press(Qt.Key.Key_Space)
    room.export_panel.open_asked.emit(tmp_path / "dossier.pdf")
    assert opened[-1].toLocalFile() == str(tmp_path / "dossier.pdf")
    room.export_panel.folder_asked.emit(tmp_path / "dossier.pdf")
    assert opened[-1].toLocalFile() == str(tmp_path)


def test_a_package_is_asked_for_with_its_options(
    desk: Stage, rendered: list[Any], prompter: Any, tmp_path: Path, qtbot: Any
) -> None:
    room = desk.show("dossier", DossierRoom)
    built(room, qtbot)
    room.export_panel.format.focus_first()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert room.export_panel.format.value() == "package"
    room.export_panel.exhibits.setChecked(False)
    room.export_panel.shape.set_value("zip")
    prompter.paths.append(tmp_path / "package")
    room.export()
    qtbot.waitUntil(lambda: room.exporter.work() is None, timeout=10_000)
    form, target, options = rendered[-1]
    assert (form, target.name, options.with_exhibits) == ("package", "package.zip", False)


def test_an_export_can_be_stopped(
    desk: Stage, monkeypatch: pytest.MonkeyPatch, prompter: Any, tmp_path: Path, qtbot: Any
) -> None:
    def slow(*arguments: Any) -> exporting.Written:
        ctx: JobContext = arguments[-1]
        while True:
            ctx.progress(1, 4, "page 1")
            time.sleep(0.005)

    monkeypatch.setattr(exporting, "render", slow)
    monkeypatch.setattr(DossierRoom, "build", lambda self: None)
    room = desk.show("dossier", DossierRoom)
    prompter.paths.append(tmp_path / "dossier.pdf")
    room.export()
    qtbot.waitUntil(lambda: room.export_panel._progress.text() == "25\u202f%, page 1", timeout=10_000)
    room.export_panel.stop_asked.emit()
    qtbot.waitUntil(lambda: room.exporter.work() is None, timeout=10_000)
    assert not (tmp_path / "dossier.pdf").exists()
    assert room.export_panel.export.isVisible()


def test_a_full_disk_is_told_in_a_banner(
    desk: Stage, monkeypatch: pytest.MonkeyPatch, prompter: Any, tmp_path: Path, qtbot: Any
) -> None:
    def full(*_: Any) -> exporting.Written:
        raise DiskFull("The disk is full. dossier.pdf was not written and nothing was left half made.")

    monkeypatch.setattr(exporting, "render", full)
    monkeypatch.setattr(DossierRoom, "build", lambda self: None)
    room = desk.show("dossier", DossierRoom)
    prompter.paths.append(tmp_path / "dossier.pdf")
    room.export()
    qtbot.waitUntil(lambda: "export" in room.export_panel.banners.shown(), timeout=10_000)
    banner = room.export_panel.banners.banner("export")
    assert banner.accessibleName() == "The export was not written."
    assert "nothing was left half made" in banner.accessibleDescription()


def test_leaving_the_file_dialog_exports_nothing(desk: Stage, rendered: list[Any], prompter: Any, qtbot: Any) -> None:
    room = desk.show("dossier", DossierRoom)
    built(room, qtbot)
    prompter.paths.append(None)
    press(Qt.Key.Key_E, CONTROL)
    assert room.exporter.work() is None
    assert len(rendered) == 1


def test_a_case_open_to_read_is_drafted_outside_the_case(
    host: QMainWindow, room_context: RoomContext, tmp_path: Path, rendered: list[Any], qtbot: Any
) -> None:
    desk = stage(host, room_context, tmp_path, fill, write=False)
    room = desk.show("dossier", DossierRoom)
    built(room, qtbot)
    assert not rendered[0][1].is_relative_to(desk.case.folder)
    place = rendered[0][1].parent
    room.release()
    assert not place.exists()


def test_relations_of_the_record_are_those_the_board_knows() -> None:
    from evidence_desk.ui.models.board import COLUMNS, ROWS

    assert set(RELATIONS) == (set(COLUMNS) | set(ROWS)) - {"missing"}


def test_the_outline_tells_how_many_pages_each_section_takes() -> None:
    marks = (("1  Summary", 3), ("2  Question and scope", 3), ("7  What is seen and heard", 10), ("no section", 12))
    assert section_pages(marks, 18) == {"summary": (3, 1), "scope": (3, 7), "seen": (10, 8)}
    assert section_pages((), 3) == {}

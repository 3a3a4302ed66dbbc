"""The window as a whole: welcome, cases with their banners, rooms, overlays, closing, sizes and themes."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout

from evidence_desk import wiring
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.services import commands
from evidence_desk.services.verify import Check, Report
from evidence_desk.settings import RecentCase, Settings, SettingsFile
from evidence_desk.ui.actions.key_guard import KeyGuard
from evidence_desk.ui.case_banners import NOTICES, READ_ONLY
from evidence_desk.ui.dialogs.new_case import NewCaseDialog, folder_name
from evidence_desk.ui.job_runner import JobState, JobView
from evidence_desk.ui.main_window import SMALLEST, MainWindow
from evidence_desk.ui.models.recent_cases import RECENT_ROLE
from evidence_desk.ui.rooms import RoomContext, RoomSpec
from evidence_desk.ui.rooms.room import Room
from evidence_desk.ui.theme import apply_theme
from evidence_desk.ui.widgets.messages import Toast
from evidence_desk.wiring import Workers
from tests.full_disk import no_room

Desk = Callable[..., MainWindow]


class PlainRoom(Room):
    """A room that only remembers what the window asked of it."""

    def __init__(self, context: RoomContext, name: str) -> None:
        super().__init__(context)
        self.name = name
        self.told: list[str] = []
        self.holding = ""
        QVBoxLayout(self).addWidget(QLabel(name))
        context.actions.bind("edit.filter", self._filter, room=name)
        if name == "claims":
            context.actions.bind("claims.source", lambda: self.told.append("new source"), room=name)
        if name == "intake":
            context.actions.bind("file.case_sheet", lambda: self.told.append("case sheet"), room=name)

    def _filter(self) -> None:
        self.told.append("filter")

    def enter(self) -> None:
        self.told.append("enter")

    def leave(self) -> None:
        self.told.append("leave")

    def escape(self) -> bool:
        self.told.append("escape")
        return True

    def take_in(self, files: Any) -> None:
        self.told += [f"take {file.name}" for file in files]

    def show_record(self, number: str) -> None:
        self.told.append(f"show {number}")

    def go_to(self, exhibit: str, frame: int) -> None:
        self.told.append(f"go {exhibit} {frame}")

    def unkept(self) -> str:
        return self.holding

    def status(self) -> str:
        return f"{self.name} counts"

    def release(self) -> None:
        assert self.session.is_open
        self.told.append("release")


def _spec(id_: str, title: str, key: str) -> RoomSpec:
    return RoomSpec(id_, title, f"room_{id_}", key, lambda context: PlainRoom(context, id_))


PLAIN = (
    _spec("intake", "Intake", "Ctrl+1"),
    _spec("review", "Review", "Ctrl+2"),
    _spec("claims", "Claims", "Ctrl+3"),
    _spec("dossier", "Dossier", "Ctrl+4"),
)


@pytest.fixture
def desk(
    qtbot: Any, theme: None, prompter: Any, settings_file: SettingsFile, workers: Workers, tmp_path: Path
) -> Iterator[Desk]:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "places"))
    guard = KeyGuard()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(guard)
    made: list[MainWindow] = []

    def make(width: int = 1280, height: int = 720) -> MainWindow:
        window = MainWindow(settings_file, workers, prompter, PLAIN)
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        qtbot.addWidget(window)
        made.append(window)
        return window

    yield make
    for window in made:
        window.runner.cancel_all()
        window.close()
    app.removeEventFilter(guard)


def _open(window: MainWindow, place: Path) -> None:
    """Open what lies at a place and wait until it is open, or was refused."""
    window.open_path(place)
    _settled(window)


def _settled(window: MainWindow) -> None:
    deadline = time.monotonic() + 20
    while window.flow.opening.place is not None or not window.rooms.is_settled:
        assert time.monotonic() < deadline, "the case did not open"
        QApplication.processEvents()


def _case(tmp_path: Path, name: str = "Kestrel") -> Path:
    case = wiring.create_case(tmp_path / name, f"Exercise {name}", "Reviewer A")
    folder = case.folder
    case.close()
    return folder


def _room(window: MainWindow, id_: str) -> PlainRoom:
    room = window.rooms.room(id_)
    assert isinstance(room, PlainRoom)
    return room


# ---- welcome


def test_the_welcome_page_begins_at_new_case(desk: Desk, qtbot: Any) -> None:
    window = desk()
    assert not window.rooms_bar.isVisible()
    assert window.welcome.rows[0].accessibleName() == "New case"
    window.activateWindow()
    window.welcome.take_focus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.welcome.rows[0])
    assert "offline" in window.status.saved.text()


def test_a_new_case_is_made_and_opened(desk: Desk, prompter: Any, tmp_path: Path) -> None:
    window = desk()

    def fill(dialog: NewCaseDialog) -> bool:
        assert dialog.check() == "A title is needed; it names the folder too."
        dialog._title.setText("Yard: north/east?")
        dialog._number.setText("14-B")
        assert dialog.check() == ""
        return True

    prompter.dialogs = [fill]
    window.registry.trigger("file.new")
    _settled(window)
    case = window.session.case
    assert case.folder == tmp_path / "Yard- north-east.edcase"
    assert case.queries.sheet().case_number == "14-B"
    assert case.actor == "Reviewer A, first reviewer"
    assert window.rooms.current == "intake"
    assert window.settings.value.recent[0].title == "Yard: north/east?"
    assert window.windowTitle().startswith("Yard: north/east?")


def test_the_name_is_asked_once(desk: Desk, prompter: Any, settings_file: SettingsFile, tmp_path: Path) -> None:
    settings_file.put(Settings(folder=str(tmp_path)))
    window = desk()

    def fill(dialog: NewCaseDialog) -> bool:
        dialog._title.setText("One")
        assert "name is needed" in dialog.check()
        dialog._actor.setText("Reviewer B")
        return dialog.check() == ""

    prompter.dialogs = [fill]
    window.registry.trigger("file.new")
    assert settings_file.value.actor == "Reviewer B"
    assert window.top_bar.actor.text() == "Reviewer B"


@pytest.mark.parametrize(
    ("title", "name"),
    [("Двор, 20 ноября", "Двор, 20 ноября.edcase"), ("a/b:c", "a-b-c.edcase"), ("  ..", ""), ("مثال", "مثال.edcase")],
)
def test_folder_names(title: str, name: str) -> None:
    assert folder_name(title) == name


def test_recent_cases_open_and_missing_ones_can_be_located(desk: Desk, prompter: Any, tmp_path: Path) -> None:
    folder = _case(tmp_path)
    window = desk()
    gone = str(tmp_path / "gone.edcase")
    window.settings.change(recent=(RecentCase(gone, "Exercise Plover", "2026-11-02T10:00:00Z"),))
    window.welcome.show_cases(window.settings.value.recent)
    row = window.welcome.model.index(0, 0).data(RECENT_ROLE)
    assert (row.found, row.note) == (False, "Locate…")
    prompter.paths = [folder]
    window.welcome.list.activated.emit(window.welcome.model.index(0, 0))
    _settled(window)
    assert window.session.is_open
    assert [case.path for case in window.settings.value.recent] == [str(folder)]


def test_two_cases_of_one_name_are_told_apart_by_their_folders(desk: Desk, tmp_path: Path) -> None:
    window = desk()
    deep = "/srv/" + "a long way down/" * 12
    places = [f"{deep}Справа № 1/Kestrel.edcase", f"{deep}قضية/ملف/Kestrel.edcase", f"{Path.home()}/a b/Kestrel.edcase"]
    window.welcome.show_cases([RecentCase(place, "Kestrel", "2026-11-02T10:00:00Z") for place in (*places, "/x", "/y")])
    model = window.welcome.model
    indexes = [model.index(row, 0) for row in range(3)]
    spoken = [str(index.data(Qt.ItemDataRole.AccessibleTextRole)) for index in indexes]
    assert all(place in words for place, words in zip(places, spoken, strict=True))
    tips = [str(index.data(Qt.ItemDataRole.ToolTipRole)).replace("\u200e", "") for index in indexes]
    assert tips == places
    shown = [index.data(RECENT_ROLE).place for index in indexes]
    assert shown[2].replace("\u200e", "") == "~/a b/Kestrel.edcase"
    assert "قضية\u200e/\u200eملف" in shown[1], "two right-to-left parts follow each other as in the path"
    window.resize(1280, 900)
    rows = [window.welcome.list.visualRect(index) for index in indexes]
    assert window.welcome.list.viewport().rect().contains(rows[2]), "a higher window has room for all three"
    pictures = []
    for index in indexes[:2]:
        rect = window.welcome.list.visualRect(index).adjusted(0, 2, 0, 0)
        pictures.append(window.welcome.list.viewport().grab(rect).toImage())
    assert pictures[0] != pictures[1], "the cut in the middle leaves the end of the path, where they differ"


def test_the_filter_narrows_and_says_when_nothing_matches(desk: Desk) -> None:
    window = desk()
    window.welcome.show_cases([RecentCase("/a", "Kestrel"), RecentCase("/b", "Heron")])
    window.welcome.filter.setText("her")
    assert window.welcome.model.rowCount() == 1
    window.welcome.filter.setText("zzz")
    assert "Nothing matches" in window.welcome._none.text()


def test_a_dropped_video_offers_a_case_around_it(desk: Desk, prompter: Any, tmp_path: Path) -> None:
    clip = tmp_path / "clip one.mp4"
    clip.write_bytes(b"x")
    window = desk()
    prompter.choices = [0]
    prompter.dialogs = [lambda dialog: dialog.title == "clip one" and dialog.check() == ""]
    window.take_drop([clip])
    _settled(window)
    assert window.session.is_open
    assert _room(window, "intake").told[-1] == "take clip one.mp4"


def test_dropped_files_go_into_the_open_case(desk: Desk, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"x")
    window.take_drop([clip])
    assert window.rooms.current == "intake"
    assert "take clip.mp4" in _room(window, "intake").told


def test_what_is_no_case_is_refused_calmly(desk: Desk, tmp_path: Path) -> None:
    window = desk()
    _open(window, tmp_path)
    assert window.banners.shown() == ("failed",)
    assert "is no case folder" in window.banners.banner("failed").accessibleName()
    assert not window.session.is_open


# ---- an open case


def test_a_case_held_elsewhere_opens_to_read_and_names_the_holder(desk: Desk, qtbot: Any, tmp_path: Path) -> None:
    folder = _case(tmp_path)
    holder = wiring.open_case(folder, "Reviewer B")
    window = desk()
    _open(window, folder)
    banner = window.banners.banner(READ_ONLY)
    assert "Reviewer B" in banner.accessibleDescription()
    assert not window.session.writable
    assert not window.registry.action("file.add").isEnabled()
    assert "read" in window.status.saved.text()
    holder.close()
    banner.buttons[0].click()
    _settled(window)
    qtbot.waitUntil(lambda: window.session.writable)
    assert READ_ONLY not in window.banners.shown()


def test_without_a_name_a_case_opens_to_read_until_one_is_given(
    desk: Desk, prompter: Any, settings_file: SettingsFile, tmp_path: Path
) -> None:
    folder = _case(tmp_path)
    settings_file.put(Settings(folder=str(tmp_path)))
    window = desk()

    def name(dialog: Any) -> bool:
        assert dialog.check()
        dialog._name.setText("Reviewer C")
        return bool(dialog.check() == "")

    prompter.dialogs = [lambda dialog: False, name]
    _open(window, folder)
    assert window.session.case.read_only
    assert "Nobody is named" in window.banners.banner(READ_ONLY).accessibleDescription()
    window.banners.banner(READ_ONLY).buttons[0].click()
    _settled(window)
    assert (window.session.writable, window.session.case.actor) == (True, "Reviewer C")


def test_a_missing_exhibit_is_told_at_open(desk: Desk, tmp_path: Path) -> None:
    case = wiring.create_case(tmp_path / "one", "One", "Reviewer A")
    clip = tmp_path / "clip.bin"
    clip.write_bytes(b"not a video" * 100)
    from evidence_desk.jobs import NullContext
    from evidence_desk.services import intake

    received = intake.receive(case.paths, clip, {}, NullContext())
    case.bus.run(commands.add_exhibit(received))
    exhibit = case.queries.exhibits()[0]
    case.close()
    file = case.folder / exhibit.vault_path
    file = file if file.exists() else case.paths.exhibit_file(exhibit)
    file.parent.chmod(0o755)
    file.unlink()
    window = desk()
    _open(window, case.folder)
    assert "EX-001" in window.banners.banner(NOTICES).accessibleDescription()


@pytest.mark.parametrize("scale", [100, 200])
def test_what_is_said_covers_no_part_of_a_room(desk: Desk, tmp_path: Path, scale: int) -> None:
    window = desk()
    apply_theme("dark", scale)
    try:
        _open(window, _case(tmp_path))
        window.session.noticed.emit("OB-018 kept: Note, frame 0", True)
        window.session.noticed.emit("OB-019 kept: Arms raised, frames 1 024 to 1 096", True)
        QApplication.processEvents()
        shown = sorted(
            (toast for toast in window.findChildren(Toast) if toast.isVisible()), key=lambda t: t.text.text_whole()
        )
        assert len(shown) == (2 if scale == 100 else 1)
        for toast in shown:
            place = QRect(toast.mapTo(window, QPoint()), toast.size())
            status = window.status
            assert QRect(status.mapTo(window, QPoint()), status.size()).contains(place)
            for part in (status.saved, status.keys):
                assert not toast.geometry().intersects(part.geometry())
        assert shown[-1].text.text() == shown[-1].text.text_whole()
        undo = shown[-1].undo
        assert undo is not None
        assert shown[-1].rect().contains(undo.geometry())
        if scale == 100:
            assert not shown[0].geometry().intersects(shown[1].geometry())
        window.status.show_job(JobView(1, "Waveform of EX-002", JobState.RUNNING, 62, 100, "", 8))
        QApplication.processEvents()
        assert shown[-1].text.text() == shown[-1].text.text_whole(), "also beside a job"
        assert not shown[-1].geometry().intersects(window.status.saved.geometry())
    finally:
        apply_theme("dark", 100)


def test_undo_is_named_in_the_menu_and_done_by_the_toast(desk: Desk, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    assert not window.registry.action("edit.undo").isEnabled()
    window.session.run(commands.add_source(title="Post"), "SR-001 kept")
    assert "SR-001" in window.registry.action("edit.undo").text()
    assert window.toasts.texts() == ("SR-001 kept",)
    window.toasts.undo_asked.emit()
    assert window.session.case.queries.sources() == ()
    assert window.registry.action("edit.redo").isEnabled()
    assert window.status.saved.text().startswith("Saved ")


def test_a_message_offers_undo_only_while_its_change_is_the_last(desk: Desk, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    window.session.run(commands.add_source(title="Post"), "SR-001 added")
    (toast,) = [t for t in window.findChildren(Toast) if t.text.text_whole() == "SR-001 added"]
    assert toast.undo is not None
    assert not toast.undo.isHidden()
    window.session.run(commands.edit("SR-001", {"title": "Another"}))
    assert toast.undo.isHidden(), "it would take back the other change"


def test_rooms_are_built_once_and_dropped_at_close(desk: Desk, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    window.registry.trigger("room.claims")
    claims = _room(window, "claims")
    window.registry.trigger("room.review")
    _settled(window)
    assert claims.told == ["enter", "leave"]
    assert window.status.counts.text_whole() == "review counts"
    assert window.registry.trigger("edit.filter")
    assert _room(window, "review").told == ["enter", "filter"]
    assert window.flow.close_case()
    assert claims.told[-1] == "release"
    assert not window.registry.action("room.claims").isEnabled()
    assert not window.rooms_bar.isVisible()


def test_records_and_frames_are_shown_in_their_rooms(desk: Desk, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    window.session.run(commands.add_source(title="Post"))
    window.session.show_record("SR-001")
    assert window.rooms.current == "claims"
    assert _room(window, "claims").told[-1] == "show SR-001"
    window.session.go_to("EX-001", 12)
    assert window.rooms.current == "review"
    assert _room(window, "review").told[-1] == "go EX-001 12"
    window.session.show_record("SR-009")
    refused = window.refusals.banners
    assert "SR-009" in refused.banner("refused").accessibleName()
    assert window.banners.shown() == (), "what was refused moves nothing"
    window.level_up()
    assert refused.shown() == ()
    assert _room(window, "review").told[-1] == "go EX-001 12", "Esc closed it and did nothing more"
    window.session.show_record("SR-009")
    window.session.run(commands.add_source(title="Second post"))
    assert refused.shown() == (), "it means nothing any more after the next step"


def test_a_copy_is_made_as_a_job(desk: Desk, qtbot: Any, prompter: Any, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    prompter.paths = [tmp_path / "copy.edcase"]
    with qtbot.waitSignal(window.runner.finished, timeout=10_000):
        window.registry.trigger("file.save_copy")
    assert wiring.is_case(tmp_path / "copy.edcase")
    assert "Copy saved and checked" in window.toasts.texts()[0]


def test_the_sample_is_built_once_and_opened(
    desk: Desk, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evidence_desk.training.demo import Demo

    folder, release, built = _case(tmp_path), threading.Event(), []

    def build(ctx: Any) -> Demo:
        built.append(1)
        release.wait(5)
        return Demo(folder, tmp_path / "d.pdf", tmp_path / "package")

    monkeypatch.setattr(wiring, "build_sample", build)
    window = desk()
    window.registry.trigger("file.sample")
    window.registry.trigger("file.sample")
    assert window.welcome.sample.text() == "Building the sample…"
    release.set()
    qtbot.waitUntil(lambda: window.session.is_open)
    assert built == [1]
    assert window.welcome.sample.text() == "Start the sample"


def test_a_sample_that_fails_says_why(desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(ctx: Any) -> None:
        raise EvidenceDeskError("The disk is full. Nothing was kept. Make room.")

    monkeypatch.setattr(wiring, "build_sample", build)
    window = desk()
    window.registry.trigger("file.sample")
    qtbot.waitUntil(lambda: window.banners.shown() == ("failed",))
    assert window.welcome.sample.text() == "Start the sample"


def test_verifying_is_told_logged_and_remembered(
    desk: Desk, qtbot: Any, prompter: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = Report("one", (Check("event chain", "same"),), 4, "ab" * 32)
    monkeypatch.setattr(wiring, "verify_case", lambda folder, worker, ctx: report)
    window = desk()
    _open(window, _case(tmp_path))
    prompter.dialogs = [lambda dialog: dialog.windowTitle() == "Same"]
    with qtbot.waitSignal(window.runner.finished):
        window.registry.trigger("tools.verify")
    assert window.session.case.queries.events()[-1].action == "case.verified"
    assert window.settings.value.recent[0].checked_at
    assert window.banners.shown() == ()


def test_what_a_check_found_to_differ_stands_in_every_room_until_it_is_the_same(
    desk: Desk, qtbot: Any, prompter: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(Check("EX-001 file", "differs", "another SHA-256"),), (Check("EX-001 file", "same"),)]
    reports = [Report("one", checks, 4, "ab" * 32) for checks in found]
    monkeypatch.setattr(wiring, "verify_case", lambda folder, worker, ctx: reports.pop(0))
    window = desk()
    _open(window, _case(tmp_path))
    prompter.dialogs = [lambda dialog: dialog.windowTitle() == "1 differs", lambda dialog: True]
    for shown in (("differences",), ()):
        with qtbot.waitSignal(window.runner.finished):
            window.registry.trigger("tools.verify")
        window.registry.trigger("room.claims")
        assert window.banners.shown() == shown


def test_a_package_is_checked(
    desk: Desk, qtbot: Any, prompter: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[Path] = []
    report = Report("one", (Check("manifest", "differs", "data/case.json"),), 4, "ab" * 32)

    def check(path: Path, worker: object, ctx: object) -> Report:
        checked.append(path)
        return report

    monkeypatch.setattr(wiring, "verify_package", check)
    package = tmp_path / "package"
    package.mkdir()
    (package / "bagit.txt").write_text("BagIt-Version: 1.0", encoding="utf-8")
    window = desk()
    prompter.paths = [package / "bagit.txt"]
    prompter.dialogs = [lambda dialog: dialog.windowTitle() == "1 differs"]
    with qtbot.waitSignal(window.runner.finished):
        window.registry.trigger("file.check_package")
    assert checked == [package]


def test_a_case_that_can_only_be_read_is_worked_on_as_a_copy(
    desk: Desk, qtbot: Any, prompter: Any, tmp_path: Path
) -> None:
    folder = _case(tmp_path)
    holder = wiring.open_case(folder, "Reviewer B")
    window = desk()
    _open(window, folder)
    prompter.paths = [tmp_path / "mine.edcase"]
    window.banners.banner(READ_ONLY).buttons[1].click()
    qtbot.waitUntil(lambda: window.session.writable, timeout=10_000)
    assert window.session.case.folder == tmp_path / "mine.edcase"
    holder.close()


def test_actions_of_another_room_go_there_first(desk: Desk, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    assert window.rooms.current == "intake"
    window.registry.trigger("claims.source")
    assert window.rooms.current == "claims"
    assert _room(window, "claims").told[-1] == "new source", "also where the room had to be built first"
    window.registry.trigger("file.case_sheet")
    assert window.rooms.current == "intake"
    assert _room(window, "intake").told[-1] == "case sheet", "one form, kept field by field, and no dialog"
    window.registry.trigger("file.export")
    assert window.rooms.current == "dossier"


def test_files_wait_for_the_room_that_is_being_built(desk: Desk, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    window.show_room("dossier")
    window.rooms.take_in([tmp_path / "clip.mp4"])
    assert _room(window, "dossier").told[-1] == "take clip.mp4"
    assert "take clip.mp4" not in _room(window, "intake").told


def test_the_guide_and_the_versions_are_in_the_menu(desk: Desk, prompter: Any) -> None:
    window = desk()
    prompter.dialogs = [lambda dialog: False, lambda dialog: False]
    window.registry.trigger("help.guide")
    window.registry.trigger("help.about")
    assert prompter.asked == ["Guide", "About Evidence Desk"]


# ---- closing


def _busy(window: MainWindow) -> threading.Event:
    begun = threading.Event()

    def work(ctx: Any) -> None:
        begun.set()
        while True:
            ctx.progress(1, 10)
            threading.Event().wait(0.005)

    window.runner.start("Index EX-001", work, window)
    assert begun.wait(5)
    return begun


def test_closing_with_a_running_job_asks_once(desk: Desk, prompter: Any, tmp_path: Path, qtbot: Any) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    _busy(window)
    prompter.choices = [None, 0]
    assert not window.close()
    assert window.session.is_open
    assert "Index EX-001" in prompter.asked[-1]
    assert window.close()
    qtbot.waitUntil(lambda: not window.session.is_open)
    assert len(prompter.asked) == 2


def test_closing_asks_about_a_form_that_is_not_kept(desk: Desk, prompter: Any, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    _room(window, "intake").holding = "the acquisition of EX-001"
    prompter.choices = [None, 0]
    assert not window.flow.close_case()
    assert "the acquisition of EX-001" in prompter.asked[-1]
    assert window.flow.close_case()


def test_background_work_is_stopped_without_asking(desk: Desk, prompter: Any, qtbot: Any) -> None:
    window = desk()
    stopped = threading.Event()

    def work(ctx: Any) -> None:
        try:
            while True:
                ctx.progress(1, 10)
                threading.Event().wait(0.005)
        finally:
            stopped.set()

    window.runner.start("Small pictures", work, window, background=True)
    assert window.close()
    assert stopped.wait(2)
    assert prompter.asked == []


def test_the_newest_job_is_shown_and_can_be_cancelled(desk: Desk, qtbot: Any) -> None:
    window = desk()
    _busy(window)
    title, bar, share, cancel = window.status._job_parts
    qtbot.waitUntil(lambda: share.text().startswith("10"))
    assert (title.text(), bar.value()) == ("Index EX-001", 100)
    assert window.rooms_bar.jobs.text().startswith("1 job")
    window.jobs.open()
    assert "Index EX-001" in window.jobs._rows[1].accessibleName()
    window.jobs.leave()
    cancel.click()
    qtbot.waitUntil(lambda: not title.isVisible())
    assert window.runner.active() == ()


def test_a_screen_reader_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: said.append(event.message()) if isinstance(event, QAccessibleAnnouncementEvent) else None,
    )
    assert QAccessible.isActive()
    window = desk()
    window.session.noticed.emit("OB-004 kept", True)
    window.flow.show_failure(EvidenceDeskError("The disk is full. Nothing was written."))
    assert said == ["OB-004 kept", "The disk is full. Nothing was written."]


# ---- overlays


def test_the_palette_finds_and_runs(desk: Desk, qtbot: Any, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    window.session.run(commands.add_source(title="Statement of the council"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_.isVisible()
    line = window.palette_.line
    qtbot.keyClicks(line, "council")
    entry = window.palette_.list.currentIndex().data(RECENT_ROLE)
    assert entry.id == "SR-001"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert not window.palette_.isVisible()
    assert _room(window, "claims").told[-1] == "show SR-001"
    window.palette_.open()
    qtbot.keyClicks(line, "> dossier")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    _settled(window)
    assert window.rooms.current == "dossier"


def test_the_palette_goes_to_a_frame(desk: Desk, qtbot: Any, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    window.session.select_exhibit("EX-001")
    window.palette_.open()
    qtbot.keyClicks(window.palette_.line, "#812")
    qtbot.keyClick(window.palette_.line, Qt.Key.Key_Return)
    assert _room(window, "review").told[-1] == "go EX-001 812"


def test_escape_leaves_one_level_at_a_time(desk: Desk, qtbot: Any, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.sheet.open()
    qtbot.keyClicks(window.sheet.filter, "frame")
    assert 5 < window.sheet.shown < len(window.registry.specs) // 3
    qtbot.keyClick(window.sheet.filter, Qt.Key.Key_Escape)
    assert not window.sheet.isVisible()
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert _room(window, "intake").told[-1] == "escape"


def test_the_focus_stays_in_an_overlay_and_comes_back(desk: Desk, qtbot: Any) -> None:
    window = desk()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.welcome.take_focus()
    before = QApplication.focusWidget()
    window.sheet.open()
    for _ in range(7):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert window.sheet.panel.isAncestorOf(focus)
    window.sheet.leave()
    assert QApplication.focusWidget() is before


# ---- looks


@pytest.mark.parametrize(("name", "scale"), [*itertools.product(["dark", "light"], [100, 200])])
def test_the_window_stands_at_every_size(desk: Desk, qtlog: Any, tmp_path: Path, name: str, scale: int) -> None:
    window = desk(*SMALLEST)
    window.appearance.set_theme(name)
    window.appearance.set_scale(scale)
    for width, height in (SMALLEST, (1280, 720), (3840, 2160)):
        window.resize(width, height)
        assert not window.grab().isNull()
        assert (window.width(), window.height()) == (width, height)
    _open(window, _case(tmp_path))
    window.resize(*SMALLEST)
    window.grab()
    assert window.width() == SMALLEST[0]
    window.palette_.open()
    window.grab()
    window.palette_.leave()
    window.sheet.open()
    window.grab()
    apply_theme("dark", 100)
    assert not [record.message for record in qtlog.records if "propagateSizeHints" not in record.message]


def test_theme_and_text_size_are_kept(desk: Desk, settings_file: SettingsFile) -> None:
    window = desk()
    window.registry.trigger("view.light")
    window.registry.trigger("view.text_larger")
    kept = SettingsFile(settings_file.path).value
    assert (kept.theme, kept.text_scale) == ("light", 125)
    window.registry.trigger("view.text_usual")
    window.registry.trigger("view.light")


def test_the_place_of_the_window_is_kept(desk: Desk) -> None:
    window = desk(1300, 700)
    window.close()
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "evidence-desk", "window")
    assert settings.contains("window/geometry")


def test_a_failure_of_the_program_is_told_once(desk: Desk, prompter: Any, caplog: pytest.LogCaptureFixture) -> None:
    from evidence_desk.ui.crash import CrashHook

    window = desk()
    hook = CrashHook(window.show_crash)
    shown: list[QDialog] = []

    def look(dialog: QDialog) -> bool:
        shown.append(dialog)
        return False

    prompter.dialogs = [look]
    try:
        raise ZeroDivisionError("oh")
    except ZeroDivisionError as error:
        for _ in range(2):
            hook.take(type(error), error, error.__traceback__)
    assert len(shown) == 1
    assert "The case is safe" in shown[0].accessibleDescription()
    assert "ZeroDivisionError" in caplog.text


def test_a_full_disk_is_told_until_a_step_is_kept_again(desk: Desk, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    session = window.session
    long = "They left at noon. " * 2000
    with no_room(session.case):
        assert session.run(commands.add_source(title="Statement", text=long)) is None
        assert "database or disk is full" in window.banners.banner("failed").accessibleName()
        assert session.run(commands.add_source(title="Statement", text=long)) is None
    window.toasts.clear()
    assert session.run(commands.add_source(title="Statement", text=long)) is not None
    assert "failed" not in window.banners.shown()
    assert window.toasts.texts() == ("The case file can be written again. Kept: SR-001",)


def test_a_step_that_is_kept_leaves_another_failure_alone(desk: Desk, tmp_path: Path) -> None:
    window = desk()
    _open(window, _case(tmp_path))
    session = window.session
    with no_room(session.case):
        session.run(commands.add_source(title="Statement", text="They left at noon. " * 2000))
    window.flow.show_failure(EvidenceDeskError("The clip could not be read. Its records are safe."))
    session.run(commands.add_source(title="Statement", text="They left."))
    assert window.banners.banner("failed").accessibleName() == "The clip could not be read."


def test_a_failure_shows_what_happened_then_what_to_do(desk: Desk) -> None:
    window = desk()
    window.flow.show_failure(EvidenceDeskError("The disk is full. Nothing was written. Make room and try again."))
    banner = window.banners.banner("failed")
    assert banner.accessibleName() == "The disk is full."
    assert "Make room" in banner.accessibleDescription()
    banner.take_away()
    assert window.banners.shown() == ()
    assert not window.banners.isVisible()


def test_starting_loads_no_decoder() -> None:
    code = (
        "import sys; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication\n"
        "import evidence_desk.app as app\n"
        "QTimer.singleShot\n"
        "import evidence_desk.ui.main_window as m\n"
        "shown = m.MainWindow.show\n"
        "def show(self):\n    shown(self); QTimer.singleShot(0, QApplication.quit)\n"
        "m.MainWindow.show = show\n"
        "status = app.run([])\n"
        "loaded = {'av', 'cv2', 'vlc', 'reportlab', 'numpy'} & set(sys.modules)\n"
        "print(status, sorted(loaded))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "0 []", done.stderr

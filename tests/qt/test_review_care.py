"""Safe view and coverage in Review: what is covered, how it is seen, and what counts as looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from evidence_desk.domain.coverage import Coverage, heard_streams, spans_of
from evidence_desk.media.player import SoundFound
from evidence_desk.media.seen_as import SeenAs
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.ui.live_play import LivePlay
from evidence_desk.ui.models.exhibits import THUMBNAIL_ROLE
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review import ReviewRoom
from evidence_desk.ui.rooms.review_care import LET_GO_MS
from evidence_desk.ui.rooms.review_coverage import looked_at
from evidence_desk.ui.safe_view import covered
from tests.qt.review_case import make_review_case
from tests.qt.rooms import press


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_review_case(tmp_path_factory.mktemp("care"))


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Iterator[Case]:
    opened = Case.open(made, "Reviewer A")
    opened.store.coverage._connection.execute("DELETE FROM coverage")
    for exhibit in opened.queries.exhibits():
        if exhibit.distressing or exhibit.distressing_spans:
            opened.bus.run(c.edit(exhibit.number, {"distressing": False, "distressing_spans": ()}))
    yield opened
    opened.close()


@pytest.fixture
def room(qtbot: Any, host: QMainWindow, room_context: RoomContext, case: Case) -> Iterator[ReviewRoom]:
    room_context.session.open(case)
    made = ReviewRoom(room_context)
    host.setCentralWidget(made)
    room_context.actions.set_room("review")
    host.show()
    host.activateWindow()
    made.enter()
    wait_exact(qtbot, made, 0)
    yield made
    made.release()


def wait_exact(qtbot: Any, room: ReviewRoom, n: int) -> None:
    viewer = room.centre.viewer
    qtbot.waitUntil(lambda: viewer.is_exact and viewer.shown is not None and viewer.shown.n == n, timeout=20000)
    viewer.repaint()


def edit(room: ReviewRoom, **values: Any) -> None:
    assert room.session.run(c.edit("EX-001", values)) is not None
    QApplication.processEvents()


def spread(image: QImage) -> int:
    """Return how far the grey of a picture goes from its darkest to its lightest pixel."""
    greys = [image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())]
    return max(greys) - min(greys)


def is_covered(room: ReviewRoom) -> bool:
    return room.centre.viewer.is_covered


def on_screen(room: ReviewRoom) -> QImage:
    return room.centre.viewer._item.pixmap().toImage()


def test_a_cover_is_grey_and_keeps_no_shape(qapp: QApplication) -> None:
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    for x in range(640):
        for y in range(360):
            image.setPixel(x, y, 0xFFFF0000 if (x // 4 + y // 4) % 2 else 0xFF0000FF)
    cover = covered(image)
    color = cover.pixelColor(100, 100)
    assert color.red() == color.green() == color.blue()
    assert spread(cover.scaled(40, 22)) < 40, "stripes of four pixels are gone"
    assert covered(QImage()).isNull()
    assert not covered(image.copy(0, 0, 1, 1)).isNull()


def test_each_painted_frame_counts_once_and_what_is_left_is_found(qtbot: Any, room: ReviewRoom, case: Case) -> None:
    for n in (1, 2, 3):
        press(Qt.Key.Key_Right)
        wait_exact(qtbot, room, n)
    room.clip.go(59)
    wait_exact(qtbot, room, 59)
    found = room.coverage.here
    assert spans_of(found.stepped) == ((0, 3), (59, 59))
    assert found.figures == (5, 0, 55)
    qtbot.waitUntil(lambda: room.centre.looked_at.text_whole() == looked_at(found), timeout=3000)
    assert looked_at(found) == "Looked at: stepped 8\u202f%, played 0\u202f%, not yet 92\u202f%"
    assert "not looked at 55 of 60 frames" in str(
        room.navigator.exhibits.data(room.navigator.exhibits.index(0), Qt.ItemDataRole.AccessibleTextRole)
    )
    press(Qt.Key.Key_U, Qt.KeyboardModifier.ShiftModifier)
    wait_exact(qtbot, room, 4)
    room.coverage.write()
    rows = case.store.coverage.read("EX-001")
    assert {(row.how, row.speed, row.actor) for row in rows} == {("stepped", "", "Reviewer A")}
    assert round(room.centre.viewer._zoom() * 100) in {row.zoom for row in rows}


def test_a_hidden_picture_counts_for_nothing(qtbot: Any, room: ReviewRoom) -> None:
    before = room.coverage.here.stepped
    room.centre.viewer.hide()
    room.clip.go(20)
    qtbot.waitUntil(lambda: room.clip.state == "exact" and room.clip.n == 20, timeout=20000)
    QTest.qWait(60)
    assert room.coverage.here.stepped == before
    room.centre.viewer.show()
    room.centre.viewer.repaint()
    assert spans_of(room.coverage.here.stepped)[-1] == (20, 20)


def test_play_counts_the_pictures_it_painted_with_their_speed(qtbot: Any, room: ReviewRoom, case: Case) -> None:
    press(Qt.Key.Key_L)
    qtbot.waitUntil(lambda: room.clip.n >= 12, timeout=20000)
    press(Qt.Key.Key_K)
    qtbot.waitUntil(lambda: room.centre.viewer.is_exact, timeout=20000)
    found = room.coverage.here
    assert found.played_only.bit_count() >= 4
    assert found.heard == 0, "there is no sound here"
    room.coverage.write()
    assert {s.speed for s in case.store.coverage.read("EX-001") if s.how == "played"} == {"1"}


def test_sound_counts_as_heard_where_it_has_a_way_out(qtbot: Any, room: ReviewRoom, monkeypatch: Any) -> None:
    shown = room.centre.viewer.shown
    assert shown is not None
    monkeypatch.setattr(LivePlay, "playing", True)
    sound, note = room.clip.sound, room.coverage._painted
    note(replace(shown, n=5), 100)
    assert room.coverage.here.heard == 0, "whether it can be heard is not known yet"
    sound.found(SoundFound(1, works=True, stream=1))
    for n in (6, 8):
        note(replace(shown, n=n), 100)
    sound.hush(True)
    note(replace(shown, n=9), 100)
    sound.hush(False)
    note(replace(shown, n=20), 100)
    assert spans_of(room.coverage.here.heard) == ((6, 8), (20, 20))
    assert spans_of(room.coverage.here.played_only) == ((5, 6), (8, 9), (20, 20))
    sound.choose(2)
    note(replace(shown, n=30), 100)
    assert not room.coverage.here.heard >> 30 & 1, "of which stream it is comes first"
    sound.found(SoundFound(2, works=True, stream=2))
    note(replace(shown, n=31), 100)
    assert heard_streams(room.context.session.case.coverage.stretches("EX-001"), 100) == {1: 4, 2: 1}


def test_under_the_cover_of_a_whole_exhibit_nothing_is_heard_either(room: ReviewRoom, case: Case) -> None:
    case.bus.run(c.edit("EX-001", {"distressing": True}))
    room.clip.sound.set_muted(False)
    room.clip.go(3)
    assert is_covered(room)
    assert room.clip.sound.silent
    assert room.clip.sound.why_silent == "Marked as distressing: no sound under the cover"


def test_what_was_made_out_under_the_cover_says_so(qtbot: Any, room: ReviewRoom, case: Case) -> None:
    case.bus.run(c.edit("EX-001", {"distressing_spans": ({"first": 10, "last": 14},)}))
    for n, under in ((12, True), (20, False)):
        room.clip.go(n)
        wait_exact(qtbot, room, n)
        room.actions_.trigger("observe.now")
        seen = SeenAs.from_json(case.queries.observations()[-1].seen_as)
        assert seen is not None
        assert seen.covered is under


def test_a_marked_part_is_covered_everywhere_until_it_is_lifted(qtbot: Any, room: ReviewRoom, case: Case) -> None:
    room.clip.go(10)
    wait_exact(qtbot, room, 10)
    plain, seen = on_screen(room), room.coverage.here.stepped
    press(Qt.Key.Key_I)
    room.clip.go(14)
    wait_exact(qtbot, room, 14)
    press(Qt.Key.Key_O)
    room.session.noticed.connect(lambda text, _: said.append(text))
    said: list[str] = []
    room.actions_.trigger("observe.distressing")
    assert case.queries.exhibit("EX-001").distressing_spans == ({"first": 10, "last": 14},)
    assert said == ["Marked as distressing: 10 to 14"]
    viewer = room.centre.viewer
    assert is_covered(room)
    assert on_screen(room) != plain
    assert viewer.badge.title == "Covered picture"
    assert viewer.accessibleName() == "Covered picture, EX-001, frame 14 of 60"
    assert room.clip.sound.silent
    assert not room.clip.sound.muted
    room.clip.go(12)
    wait_exact(qtbot, room, 12)
    assert not room.coverage.here.stepped >> 12 & 1, "a covered frame was not looked at"
    room.clip.go(15)
    wait_exact(qtbot, room, 15)
    assert (is_covered(room), room.clip.sound.silent, viewer.badge.title) == (False, False, "")

    room.clip.go(10)
    wait_exact(qtbot, room, 10)
    head = case.queries.head()
    assert room.actions_.trigger("view.uncover")
    assert on_screen(room) == plain
    viewer.repaint()
    assert case.queries.head() == head, "lifting a cover is no event"
    found = room.coverage.here
    assert (found.uncovered, seen >> 10 & 1) == (1, 1)
    room.coverage.write()
    assert [s.first for s in case.store.coverage.read("EX-001") if s.lifted and s.how == "stepped"] == [10]
    assert room.actions_.trigger("view.uncover")
    assert is_covered(room)
    room.session.undo()
    assert (is_covered(room), case.queries.exhibit("EX-001").distressing_spans) == (False, ())


def test_v_shows_what_is_covered_only_while_it_is_held(qtbot: Any, room: ReviewRoom) -> None:
    edit(room, distressing=True)
    viewer = room.centre.viewer
    assert is_covered(room)
    QTest.keyPress(viewer, Qt.Key.Key_V)
    assert not is_covered(room)
    assert room.session.safe_view.covers("EX-001", 0, small=True), "small pictures stay covered"
    repeated = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_V, Qt.KeyboardModifier.NoModifier, "v", True)
    QApplication.sendEvent(viewer, repeated)
    assert not is_covered(room), "a key that repeats is still held"
    press(Qt.Key.Key_Right)
    wait_exact(qtbot, room, 1)
    assert not is_covered(room), "steps may be made meanwhile"
    QTest.keyRelease(viewer, Qt.Key.Key_V)
    QTest.keyPress(viewer, Qt.Key.Key_V)
    QTest.qWait(2 * LET_GO_MS)
    assert not is_covered(room), "a repeating key may come as let go and pressed again"
    QTest.keyRelease(viewer, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: is_covered(room), timeout=2000)
    QTest.keyPress(viewer, Qt.Key.Key_V)
    QApplication.sendEvent(viewer, QEvent(QEvent.Type.WindowDeactivate))
    assert is_covered(room), "nothing stays open behind another window"
    QTest.keyRelease(viewer, Qt.Key.Key_V)
    assert room.coverage.here.uncovered == 2


def test_small_pictures_and_previews_are_covered_too(
    qtbot: Any, room: ReviewRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    thumbnails = room.thumbnails
    qtbot.waitUntil(lambda: thumbnails.picture("EX-001") is not None, timeout=20000)
    plain = thumbnails.picture("EX-001")
    strip: dict[int, QImage] = {}
    monkeypatch.setattr(room.centre.timeline, "set_thumbnail", strip.__setitem__)
    assert plain is not None
    room.centre._feed._give(5, 4, plain)
    assert strip == {5: plain}
    edit(room, distressing=True)
    cover = thumbnails.picture("EX-001")
    assert cover not in (None, plain)
    row = room.navigator.exhibits.index(0).data(THUMBNAIL_ROLE)
    assert isinstance(row, QPixmap)
    assert row.toImage() != plain
    assert strip[5] != plain
    viewer = room.centre.viewer
    viewer._asked = ("EX-001", 30, "")
    geometry = viewer.picture_geometry
    assert geometry is not None
    viewer.show_preview(plain, 29, geometry)
    assert on_screen(room) != plain.convertToFormat(on_screen(room).format())
    color = on_screen(room).pixelColor(3, 3)
    assert color.red() == color.green() == color.blue()
    edit(room, distressing=False)
    assert thumbnails.picture("EX-001") == plain
    assert strip[5] == plain
    edit(room, distressing_spans=({"first": 4, "last": 4},))
    assert strip[5] != plain, "the picture in its place shows a frame of the part"
    assert thumbnails.picture("EX-001") != plain


def test_a_break_is_proposed_after_minutes_on_what_is_marked(room: ReviewRoom) -> None:
    said: list[str] = []
    room.session.noticed.connect(lambda text, _: said.append(text))
    reminder = room.care.reminder
    room.context.settings.change(break_minutes=10)
    edit(room, distressing=True)
    for _ in range(700):
        reminder.tick()
    assert (reminder.seconds, said) == (0, []), "a cover is not looked at"
    room.actions_.trigger("view.uncover")
    said.clear()
    for _ in range(599):
        reminder.tick()
    assert said == []
    reminder.tick()
    assert said == ["You have looked at what is marked as distressing for 10 minutes. A break now helps."]
    room.context.settings.change(break_minutes=0)
    for _ in range(1300):
        reminder.tick()
    assert len(said) == 1


def test_a_frame_of_thousands_is_less_than_a_percent_and_all_but_one_more_than_ninety_nine() -> None:
    few, most = looked_at(Coverage(1025, stepped=1)), looked_at(Coverage(1025, stepped=(1 << 1024) - 1))
    assert few == "Looked at: stepped <1\u202f%, played 0\u202f%, not yet >99\u202f%"
    assert most == "Looked at: stepped >99\u202f%, played 0\u202f%, not yet <1\u202f%"

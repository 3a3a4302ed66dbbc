"""Comparing in Review under keys: two exhibits and two frames, all ways, shared moments, gaps, stepping together."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QMainWindow

from evidence_desk.media.seen_as import Beside, SeenAs
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review import ReviewRoom
from evidence_desk.ui.widgets.compare_paint import difference
from evidence_desk.ui.widgets.compare_view import BLINK, BLINK_MS, DIFFERENCE, SIDE, WIPE
from evidence_desk.ui.widgets.gap_bands import Bands, GapBands
from evidence_desk.wiring import Workers
from tests.qt.players import NoPlayer
from tests.qt.review_case import make_review_case


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_review_case(tmp_path_factory.mktemp("compare"))


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers(make_player=NoPlayer)
    yield made
    made.close()


class Hands:
    """The room while two pictures are compared."""

    def __init__(self, qtbot: Any, room: ReviewRoom, case: Case, context: RoomContext) -> None:
        self.bot, self.room, self.case, self.context = qtbot, room, case, context
        self.desk, self.panel = room.compare.desk, room.compare.panel

    def do(self, *actions: str) -> None:
        for id_ in actions:
            assert self.context.actions.trigger(id_), id_
            self.settled()

    def settled(self) -> None:
        self.bot.waitUntil(self._settled, timeout=8000)

    def _settled(self) -> bool:
        viewer, clip, desk = self.room.centre.viewer, self.room.clip, self.desk
        if viewer.shown is None or viewer.shown.n != clip.n or not viewer.is_exact:
            return False
        if not desk.on:
            return True
        first, other = desk.shown
        if desk.pair is None or first is None or first.n != clip.n:
            return False
        return desk.place != "shown" or (other is not None and other.n == desk.n)

    def in_step(self) -> bool:
        return self.desk.together

    @property
    def frames(self) -> tuple[int, int]:
        return self.room.clip.n, self.desk.n


@pytest.fixture
def hands(qtbot: Any, host: QMainWindow, room_context: RoomContext, examined: Path, tmp_path: Path) -> Iterator[Hands]:
    folder = tmp_path / examined.name
    shutil.copytree(examined, folder)
    case = Case.open(folder, "Reviewer A")
    room_context.session.open(case)
    room = ReviewRoom(room_context)
    host.setCentralWidget(room)
    host.resize(1440, 900)
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    room_context.session.go_to_asked.connect(room.go_to)
    room_context.actions.room_is_built("review")
    room_context.actions.set_room("review")
    room.enter()
    made = Hands(qtbot, room, case, room_context)
    qtbot.waitUntil(lambda: room.clip.clip is not None, timeout=8000)
    made.settled()
    yield made
    room.release()


def test_two_exhibits_stand_beside_one_another_and_each_is_stepped_alone(hands: Hands) -> None:
    hands.do("view.compare")
    assert hands.panel.view.isVisible()
    assert not hands.room.centre.viewer.isVisible()
    assert hands.panel.other.currentData() == "EX-002"
    hands.do("go.next_frame", "go.next_frame", "go.next_other")
    assert hands.frames == (2, 1)
    a, b = hands.panel.view.sides
    assert a.caption.startswith("A  EX-001  frame 2  ")
    assert b.caption.startswith("B  EX-002  frame 1  ")
    assert a.caption.endswith("exact")
    assert b.caption.endswith("exact")
    assert "Comparison, side by side" in hands.panel.view.accessibleName()
    assert hands.room.escape()
    assert hands.room.centre.viewer.isVisible()
    assert not hands.context.actions.trigger("view.compare_wipe")
    _zoom_is_shared(hands)
    _ways_follow_one_another(hands)


def _zoom_is_shared(hands: Hands) -> None:
    hands.do("view.compare")
    view, viewer = hands.panel.view, hands.room.centre.viewer
    before = viewer.zoom_text()
    hands.do("view.zoom_in", "view.zoom_in")
    assert view.zoom == pytest.approx(1.25**2)
    assert viewer.zoom_text() == before
    at = view.pane(0).center() + QPointF(40, 20)
    place = view.place(0)
    share = (at.x() - place.x()) / place.width()
    view.zoom_by(2.0, at)
    after = view.place(0)
    assert (at.x() - after.x()) / after.width() == pytest.approx(share)
    left = view.place(0).x()
    hands.do("view.pan_right")
    assert view.place(0).x() == pytest.approx(left - view.pane(0).width() / 8)
    assert view.place(1).center().x() < view.pane(1).center().x()
    hands.do("view.zoom_one")
    assert view.place(0).width() == pytest.approx(view.sides[0].size.width())
    hands.do("view.zoom_fit")
    assert view.zoom == 1.0
    hands.do("view.compare", "view.zoom_in")
    assert view.zoom == 1.0
    assert viewer.zoom_text() != before


def _ways_follow_one_another(hands: Hands) -> None:
    hands.do("view.compare")
    seen = [hands.panel.view.mode]
    for _ in range(3):
        hands.do("view.compare_next")
        seen.append(hands.panel.view.mode)
        assert hands.panel.view.grab().width() > 100
    assert seen == [SIDE, WIPE, DIFFERENCE, BLINK]
    assert 1000 / BLINK_MS <= 3
    assert hands.panel.view._timer.interval() == BLINK_MS
    flips: list[str] = []
    hands.panel.view.flipped.connect(flips.append)
    hands.panel.view._timer.start(50)
    hands.bot.wait(300)
    assert 2 <= len(flips) <= 6
    hands.do("view.compare_flip")
    count = len(flips)
    hands.bot.wait(200)
    assert len(flips) == count


def test_a_kept_frame_stays_beside_those_that_are_stepped_to(hands: Hands) -> None:
    hands.do("go.next_ten", "view.compare_keep")
    assert hands.frames == (10, 10)
    assert "same picture" in hands.panel.words.text_whole()
    hands.do("go.next_frame")
    assert hands.frames == (11, 10)
    assert "same picture" not in hands.panel.words.text_whole()
    assert not hands.context.actions.trigger("observe.shared_moment")
    hands.do("view.compare_swap")
    assert hands.frames == (10, 11)


def test_an_observation_made_while_comparing_says_what_stood_beside(hands: Hands) -> None:
    hands.do("go.next_ten", "view.compare_keep", "go.next_frame", "view.compare_difference", "observe.now")
    seen = SeenAs.from_json(hands.case.queries.observations()[-1].seen_as)
    assert seen is not None
    assert seen.beside == Beside("EX-001", 10, "difference")
    assert seen.words() == "original pixels, as difference from EX-001 frame 10"


def test_both_clean_stills_are_saved_and_a_sheet_of_both(hands: Hands, prompter: Any, tmp_path: Path) -> None:
    hands.do("go.next_ten", "view.compare_keep", "go.next_frame")
    prompter.paths.append(tmp_path / "both.png")
    hands.do("observe.still_pair")
    hands.bot.waitUntil(lambda: hands.case.queries.events(limit=1)[0].action == "still.exported", timeout=8000)
    after = hands.case.queries.events(limit=1)[0].after
    assert after is not None
    assert (after["frame"], after["beside"]["frame"], after["beside_name"]) == (11, 10, "both.png")
    names = after["name"], after["beside"]["name"], after["beside_name"]
    with (
        Image.open(tmp_path / names[0]) as first,
        Image.open(tmp_path / names[1]) as other,
        Image.open(tmp_path / names[2]) as sheet,
    ):
        assert (first.text["Frame"], other.text["Frame"]) == ("11", "10")  # type: ignore[attr-defined]
        assert sheet.text["To be cited"].startswith("no")  # type: ignore[attr-defined]
        left = (sheet.width - (first.width + 6 + other.width)) // 2
        for picture, at in ((first, left), (other, left + first.width + 6)):
            part = sheet.convert("RGB").crop((at, 0, at + picture.width, picture.height))
            assert part.tobytes() == picture.convert("RGB").tobytes(), "each pixel as it is"


def test_a_shared_moment_is_kept_bound_and_both_step_together_by_time(hands: Hands) -> None:
    hands.do("view.compare")
    hands.room.clip.go(5)
    hands.do("go.next_other", "go.next_other", "observe.shared_moment")
    (record,) = hands.case.queries.syncs()
    assert (record.exhibit_a, record.exhibit_b) == ("EX-001", "EX-002")
    pair = hands.desk.pair
    assert pair is not None
    moment = record.moments[0]
    assert (moment["a_frame"], moment["b_frame"]) == (5, 2)
    assert moment["a_hash"] == pair.first.table.hash_of(5)
    assert moment["b_hash"] == pair.other.table.hash_of(2)
    assert hands.in_step()
    hands.do("go.next_ten")
    assert hands.frames == (15, 12)
    hands.do("go.first")
    assert hands.desk.place == "before"
    assert hands.panel.view.sides[1].missing
    assert "EX-002 has no frame here: it begins 00:00:00.120 later" in hands.panel.view.sides[1].note
    hands.do("go.last")
    assert hands.desk.place == "after"
    hands.do("go.prev_moment")
    assert hands.frames == (5, 2)
    hands.do("go.next_other")
    assert not hands.in_step()
    hands.do("go.next_frame")
    assert hands.frames == (6, 3)


def test_a_second_moment_shows_its_residual_and_is_named_and_taken_away(hands: Hands) -> None:
    hands.do("view.compare", "observe.shared_moment")
    hands.room.clip.go(10)
    hands.settled()
    hands.do("go.next_other", "observe.shared_moment")
    found = hands.desk.synced
    assert found is not None
    assert [(m.a.n, m.b.n) for m in found.fit.moments] == [(0, 0), (10, 11)]
    # Seen from frame 0 there is no bound before: the second moment alone holds the offset within its steps.
    assert found.fit.largest == Fraction(20, 1000)
    assert "largest residual 20.0 ms" in hands.panel.figures.text_whole()
    assert hands.panel.moments.isVisible()
    line = hands.panel.moments._lines[1].what
    line.setText("flash")
    line.editingFinished.emit()
    assert hands.case.queries.syncs()[0].moments[1]["what"] == "flash"
    hands.panel.moments._lines[0].remove.click()
    assert len(hands.case.queries.syncs()[0].moments) == 1
    hands.context.session.undo()
    assert len(hands.case.queries.syncs()[0].moments) == 2
    assert len(hands.panel.moments._rows) == 2


def test_a_moment_marked_where_the_first_one_put_both_does_not_count(hands: Hands) -> None:
    hands.do("view.compare", "observe.shared_moment", "go.next_ten", "observe.shared_moment")
    led = hands.case.queries.syncs()[0].moments[1]
    assert led["led"]
    found = hands.desk.synced
    assert found is not None
    assert not found.fit.checked
    assert "not counted" in hands.panel.moments._rows[1].residual
    assert "does not count" in hands.panel.words.text_whole()
    hands.do("go.next_other", "go.prev_other", "observe.shared_moment")
    assert "led" not in hands.case.queries.syncs()[0].moments[2]


def test_offset_and_bounds_are_told_whole_before_the_words_of_a_button(hands: Hands) -> None:
    hands.do("view.compare", "observe.shared_moment")
    panel = hands.panel
    for width in (900, 760):
        panel.window().resize(width, 800)
        QApplication.processEvents()
        assert panel._mark.isHidden() is not panel._mark_short.isHidden()
        if panel._mark_short.isHidden():
            assert panel.words.text() == panel.words.text_whole()
            assert panel.figures.text() == panel.figures.text_whole()
    assert panel._mark.isHidden(), "so narrow that the words of the button give way"


def test_seen_from_the_other_exhibit_the_moments_are_the_same(hands: Hands) -> None:
    hands.do("view.compare")
    hands.room.clip.go(5)
    hands.do("go.next_other", "observe.shared_moment", "view.compare_swap")
    hands.bot.waitUntil(lambda: hands.context.session.exhibit == "EX-002" and hands._settled(), timeout=8000)
    assert hands.frames == (1, 5)
    assert hands.in_step()
    hands.room.clip.go(3)
    hands.settled()
    assert hands.frames == (3, 7)
    hands.do("observe.shared_moment")
    moments = hands.case.queries.syncs()[0].moments
    assert [(m["a_frame"], m["b_frame"]) for m in moments] == [(5, 1), (7, 3)]


def test_lined_up_by_hand_both_step_together_without_a_record(hands: Hands) -> None:
    hands.do("view.compare", "go.next_other", "go.next_other", "view.compare_together", "go.next_frame")
    assert hands.frames == (1, 3)
    hands.do("go.next_other", "go.next_frame")
    assert hands.frames == (2, 5)
    assert hands.case.queries.syncs() == ()
    assert "lined up by hand" in hands.panel.words.text_whole()
    hands.do("view.compare")
    _case_clocks_line_both_up(hands)


def _case_clocks_line_both_up(hands: Hands) -> None:
    for exhibit, frame, at in (("EX-001", 0, "2026-05-04T16:41:07Z"), ("EX-002", 3, "2026-05-04T16:41:07.2Z")):
        hands.case.bus.run(
            c.edit(
                exhibit, {"clock_frame": frame, "clock_time": at, "clock_uncertainty_ms": 250, "clock_basis": "sign"}
            )
        )
    hands.room.clip.open(None)
    hands.room.clip.open(hands.case.queries.exhibit("EX-001"), 5)
    hands.bot.waitUntil(lambda: hands.room.clip.clip is not None, timeout=8000)
    hands.do("view.compare")
    # EX-002 begins 0.08 s after EX-001: frame 5 of the one (0.2 s) lies with frame 3 of the other (0.12 s).
    assert hands.frames == (5, 3)
    assert "lined up by the case clocks, give or take 00:00:00.500" in hands.panel.words.text_whole()
    hands.do("go.next_frame")
    assert hands.frames == (6, 4)
    hands.do("go.next_other")
    assert "lined up by hand" in hands.panel.words.text_whole()


def test_the_difference_is_exact_and_black_where_both_are_the_same() -> None:
    a, b = (QImage(4, 2, QImage.Format.Format_RGB32) for _ in range(2))
    a.fill(QColor(100, 20, 200))
    b.fill(QColor(97, 25, 200))
    b.setPixelColor(3, 1, QColor(100, 20, 200))
    found = difference(a, b)
    assert found.pixelColor(0, 0) == QColor(3, 5, 0)
    assert found.pixelColor(3, 1) == QColor(0, 0, 0)
    assert difference(a, b, 16).pixelColor(0, 0) == QColor(48, 80, 0)
    assert difference(a, b.scaled(2, 1)).size() == a.size()


def test_the_bands_say_where_there_is_no_frame_and_take_a_click_as_a_time(qtbot: Any) -> None:
    bands = GapBands()
    qtbot.addWidget(bands)
    bands.resize(564, 44)
    second = ((Fraction(2), Fraction(4)), (Fraction(5), Fraction(8)))
    bands.set_bands(Bands("EX-001", "EX-002", (Fraction(0), Fraction(10)), ((Fraction(0), Fraction(10)),), second))
    bands.show()
    assert "EX-002 has frames 00:00:02.000 to 00:00:04.000, 00:00:05.000 to 00:00:08.000" in bands.accessibleName()
    sought: list[Fraction] = []
    bands.seek.connect(sought.append)
    middle = round(bands.x_of(Fraction(6)))
    qtbot.mouseClick(bands, Qt.MouseButton.LeftButton, pos=QPoint(middle, 10))
    assert sought[0] == pytest.approx(6, abs=0.05)
    drawn = bands.grab().toImage()
    lower = 4 + 18 + 7
    with_frames, without = (drawn.pixelColor(round(bands.x_of(Fraction(t))), lower) for t in (3, 9))
    assert with_frames != without


def test_both_pictures_count_as_looked_at_where_they_stand_whole_and_uncovered(hands: Hands) -> None:
    hands.case.bus.run(c.edit("EX-002", {"distressing": True}))
    hands.do("view.compare", "go.next_frame", "go.next_other")
    hands.panel.view.repaint()

    def seen(exhibit: str) -> list[int]:
        spans = hands.case.coverage.of(exhibit, hands.case.queries.exhibit(exhibit).frames or 0).spans
        return [n for span in spans for n in range(span.first, span.last + 1)]

    assert seen("EX-001") == [0, 1]
    assert seen("EX-002") == []
    a, b = hands.panel.view.sides
    first, other = hands.desk.shown
    assert first is not None
    assert other is not None
    assert a.image is first.image
    assert b.image is not None
    assert b.image != other.image
    assert "covered picture" in b.caption
    assert "covered picture" in hands.panel.view.accessibleName()
    hands.context.session.safe_view.uncover("EX-002", 1)
    assert hands.panel.view.sides[1].image is other.image
    hands.do("view.compare_wipe", "go.next_other")
    hands.panel.view.repaint()
    assert 2 not in seen("EX-002")
    hands.do("view.compare_side")
    hands.panel.view.repaint()
    assert 2 in seen("EX-002")


def test_no_moment_is_marked_before_the_frames_are_counted_and_then_it_is(hands: Hands) -> None:
    counted = hands.case.queries.exhibit("EX-002")
    hands.case.bus.run(c.edit("EX-002", {"provisional": True, "frames_digest": "", "decoder": ""}))
    hands.do("view.compare")
    pair = hands.desk.pair
    assert pair is not None
    assert pair.other.provisional
    assert "provisional number" in hands.panel.view.sides[1].caption
    told: list[str] = []
    hands.context.session.noticed.connect(lambda text, _: told.append(text))
    hands.do("observe.shared_moment")
    assert told == ["The frames of one exhibit are not counted yet. Mark the moment when they are."]
    values = {"provisional": False, "frames_digest": counted.frames_digest, "decoder": counted.decoder}
    hands.case.bus.run(c.edit("EX-002", values))
    hands.settled()
    hands.do("observe.shared_moment")
    assert len(hands.case.queries.syncs()) == 1

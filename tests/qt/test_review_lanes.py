"""Observations under the hand on the timeline: edges by mouse and key, split, merge, lanes locked and by observer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from evidence_desk.services import commands as c
from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - fixtures
from tests.qt.test_review_resume import opened_again

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def observe(hands: Hands, first: int, last: int, term: str = "arms-raised") -> str:  # noqa: F811 - the fixture
    clip = hands.room.clip.clip
    assert clip is not None
    command = c.add_observation("EX-001", term, clip.ref(first), clip.ref(last))
    outcome = hands.room.session.run(command)
    assert outcome is not None
    assert hands.room.observe.select(outcome.numbers[0])
    return outcome.numbers[0]


def spans(hands: Hands) -> list[tuple[int | None, int | None]]:  # noqa: F811
    return [(o.first_frame, o.last_frame) for o in hands.observations()]


def drag(
    hands: Hands,  # noqa: F811
    number: str,
    grip: str,
    to: int,
    modifier: Any = Qt.KeyboardModifier.NoModifier,
    let_go: Callable[[], object] = lambda: None,
) -> None:
    """Take a bar at its left edge, right edge or middle, and let it go over the middle of frame `to`."""
    timeline = hands.room.centre.timeline
    bar = next(b for b in timeline.bars() if b.number == number)
    rect = timeline.rect_of(bar)
    x = {"first": rect.left() + 1, "last": rect.right() - 1, "whole": rect.center().x()}[grip]
    start = QPoint(round(x), round(rect.center().y()))
    clock, scale = hands.room.clip.clip.clock, timeline.scale  # type: ignore[union-attr]
    middle = float(clock.at(to)) + 0.02
    end = QPoint(round(timeline.width() - scale.width + scale.x(middle)), start.y())  # type: ignore[union-attr]
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, modifier, start)
    for step in (start + (end - start) / 2, end):
        place = QPointF(step)
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, timeline.mapToGlobal(place), Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton, modifier,
        )  # fmt: skip
        QApplication.sendEvent(timeline, event)
    let_go()
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, modifier, end)


def test_edges_and_the_whole_are_dragged_by_frame_and_taken_back(hands: Hands) -> None:  # noqa: F811
    number = observe(hands, 10, 20)
    drag(hands, number, "last", 28, ALT)
    assert spans(hands) == [(10, 28)]
    hands.settled()
    assert hands.n == 28
    drag(hands, number, "first", 4, ALT)
    assert spans(hands) == [(4, 28)]
    drag(hands, number, "whole", 22, ALT)
    assert spans(hands) == [(10, 34)]
    hands.room.session.undo()
    assert spans(hands) == [(4, 28)]


def test_of_two_that_meet_the_one_under_the_hand_is_taken(hands: Hands) -> None:  # noqa: F811
    observe(hands, 25, 29, "kneels")
    number = observe(hands, 5, 10)
    drag(hands, number, "last", 24)
    assert (5, 24) in spans(hands)
    drag(hands, number, "last", 20, ALT)
    assert (5, 20) in spans(hands)


def test_esc_lets_go_of_what_is_held(hands: Hands) -> None:  # noqa: F811
    number = observe(hands, 10, 20)
    hands.room.centre.viewer.setFocus()
    drag(
        hands,
        number,
        "last",
        28,
        ALT,
        let_go=lambda: QTest.keyClick(hands.room.window().windowHandle(), Key.Key_Escape),
    )
    assert spans(hands) == [(10, 20)]
    assert QWidget.keyboardGrabber() is None


def test_edges_move_by_key_and_rest_as_one_step(hands: Hands, qtbot: Any) -> None:  # noqa: F811
    observe(hands, 10, 20)
    revision = hands.observations()[0].revision
    hands.room.centre.viewer.setFocus()
    for _ in range(3):
        hands.press(Key.Key_Period, ALT)
    assert hands.n == 23
    qtbot.waitUntil(lambda: spans(hands) == [(10, 23)], timeout=3000)
    assert hands.observations()[0].revision == revision + 1
    hands.context.actions.action("observe.first_later").trigger()
    hands.context.actions.action("observe.span_earlier").trigger()
    qtbot.waitUntil(lambda: spans(hands) == [(10, 22)], timeout=3000)


def test_split_and_merge_by_key(hands: Hands) -> None:  # noqa: F811
    number = observe(hands, 10, 20)
    hands.room.clip.go(15)
    hands.settled()
    hands.context.actions.action("observe.cut_here").trigger()
    assert spans(hands) == [(10, 14), (15, 20)]
    hands.room.observe.select(number)
    hands.context.actions.action("observe.merge").trigger()
    assert spans(hands) == [(10, 20)]


def test_begin_and_end_at_this_frame(hands: Hands) -> None:  # noqa: F811
    observe(hands, 10, 20)
    hands.room.clip.go(30)
    hands.settled()
    hands.context.actions.action("observe.last_here").trigger()
    assert spans(hands) == [(10, 30)]
    hands.context.actions.action("observe.first_here").trigger()
    assert spans(hands) == [(30, 30)]


def test_a_locked_lane_holds_its_marks(hands: Hands) -> None:  # noqa: F811
    said: list[str] = []
    hands.room.session.noticed.connect(lambda text, _: said.append(text))
    number = observe(hands, 10, 20)
    hands.context.actions.action("view.lane_lock").trigger()
    drag(hands, number, "last", 28, ALT)
    hands.context.actions.action("observe.last_later").trigger()
    assert spans(hands) == [(10, 20)]
    assert any("is locked" in text for text in said)


def test_lanes_from_the_menu_and_by_observer(hands: Hands) -> None:  # noqa: F811
    timeline = hands.room.centre.timeline
    observe(hands, 10, 20)
    before = timeline.minimumHeight()
    menu = hands.room.lanes.menu.menu()
    entry = next(a for a in menu.actions() if a.text() == "Posture")
    assert entry.isChecked()
    entry.trigger()
    assert timeline.bars() == ()
    assert timeline.minimumHeight() < before
    assert isinstance(menu, QMenu)
    hands.context.actions.action("view.lanes_all").trigger()
    hands.context.actions.action("view.lanes_by").trigger()
    assert [timeline.lane_title(la) for la in timeline.lanes if la.kind == "observation"] == ["Reviewer A"]


def test_when_the_field_that_narrows_goes_the_keyboard_is_the_timelines(hands: Hands) -> None:  # noqa: F811
    actions, field = hands.context.actions, hands.room.lanes.menu.field

    def all_lanes() -> None:
        actions.action("view.lanes_all").trigger()

    def enter() -> None:
        QTest.keyClick(field, Key.Key_Return)

    for leave in (all_lanes, enter):
        actions.action("view.lane_words").trigger()
        assert field.hasFocus()
        leave()
        assert field.isHidden()
        assert hands.room.centre.timeline.hasFocus()


def test_a_small_picture_of_the_frame_under_the_pointer(hands: Hands, qtbot: Any) -> None:  # noqa: F811
    timeline = hands.room.centre.timeline
    ruler = next(r for r in timeline.rows if r.kind == "ruler")
    QTest.mouseMove(timeline, QPoint(500, ruler.top + 5))
    assert timeline._show_hover(QPointF(500, ruler.top + 5))
    hover = timeline._hover
    assert hover is not None
    n = timeline._frame_at(500)
    qtbot.waitUntil(lambda: hover.has_picture and hover.words.startswith(f"Frame {n},"), timeout=5000)
    qtbot.waitUntil(lambda: "picture of" not in hover.words, timeout=5000)
    timeline._end_hover()
    assert hover.isHidden()


def test_the_lanes_stand_as_they_were_left(hands: Hands, qtbot: Any) -> None:  # noqa: F811
    timeline = hands.room.centre.timeline
    usual = timeline.minimumHeight()
    middle = QPointF(timeline.width() / 2, timeline.height() / 2)
    for half in (60, 60):
        turned = QWheelEvent(
            middle,
            timeline.mapToGlobal(middle),
            QPoint(),
            QPoint(0, half),
            Qt.MouseButton.NoButton,
            CTRL,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(timeline, turned)
    assert timeline.shelf.view.height == 125, "two half steps of a fine wheel are one"
    assert timeline.minimumHeight() > usual
    hands.press(Key.Key_Equal, ALT)
    assert timeline.shelf.view.height == 150
    timeline.set_lane_view(timeline.shelf.view.switched("hidden", "frame_timing"))
    hands.press(Key.Key_P, CTRL | SHIFT)
    again = opened_again(hands, qtbot)
    try:
        found = again.room.centre.timeline
        assert found.shelf.view.height == 150
        assert found.shelf.view.hidden == frozenset({"frame_timing"})
        assert again.context.actions.action("view.lanes_by").isChecked()
        assert all(lane.by == "observer" for lane in found.lanes if lane.kind == "observation")
    finally:
        again.room.release()


def test_the_lanes_scroll_to_where_the_keyboard_is(hands: Hands, qtbot: Any) -> None:  # noqa: F811
    timeline = hands.room.centre.timeline
    timeline.set_lane_view(timeline.shelf.view.higher(9))
    timeline.setFocus()
    qtbot.waitUntil(lambda: timeline.visibleRegion().boundingRect().height() < timeline.height(), timeout=2000)
    for _ in timeline.lanes:
        hands.press(Key.Key_Down)
    last = timeline.rows[-1]
    assert timeline.visibleRegion().boundingRect().contains(0, last.top + last.height // 2)
    for _ in timeline.lanes:
        hands.press(Key.Key_Up)
    first = next(row for row in timeline.rows if row.lane == 0)
    assert timeline.visibleRegion().boundingRect().contains(0, first.top + first.height // 2)

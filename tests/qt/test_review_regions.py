"""Regions in Review under real hands: every tool draws its shape, words are asked on the picture, key frames, life."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel

from evidence_desk.domain.records import Region
from evidence_desk.domain.regions import CONFIRMED, DRAWN, TRACKED, KeyFrame, key_frames_of
from evidence_desk.services import commands as c
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.widgets import region_paint
from evidence_desk.ui.widgets.region_shapes import Shape
from tests.qt.test_review import ALT, CTRL, SHIFT, Hands, Key, examined, hands, workers

__all__ = ["examined", "hands", "workers"]


def _region(hands: Hands) -> Region:
    return hands.case.queries.regions()[-1]


def _observed(hands: Hands, last: int) -> None:
    """Keep an observation of frames 0 to `last` and stand on frame 0, the hands on the picture."""
    hands.press(Key.Key_I)
    for _ in range(last):
        hands.press(Key.Key_Right)
    hands.press(Key.Key_O)
    hands.press(Key.Key_3)
    hands.press(Key.Key_Home)
    hands.room.centre.viewer.setFocus()


def _drag(hands: Hands, *places: QPoint, click: bool = False) -> None:
    view = hands.room.centre.viewer.viewport()
    if click:
        for place in places:
            hands.bot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
        return
    hands.bot.mousePress(view, Qt.MouseButton.LeftButton, pos=places[0])
    hands.bot.mouseMove(view, places[-1])
    hands.bot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=places[-1])


TOOLS = {
    "ellipse": (Key.Key_E, 4),
    "polygon": (Key.Key_P, 6),
    "polyline": (Key.Key_Y, 4),
    "arrow": (Key.Key_W, 4),
    "point": (Key.Key_D, 2),
}


def test_each_tool_lays_its_shape_by_keyboard(hands: Hands) -> None:
    hands.press(Key.Key_3)
    for kind, (key, count) in TOOLS.items():
        hands.press(key)
        assert hands.room.centre.viewer.tool == kind
        hands.bot.keyClick(hands.room.centre.viewer, Key.Key_Return)
        region = _region(hands)
        assert (region.shape, len(region.points)) == (kind, count)
        assert hands.room.centre.viewer.tool == "select"


def test_a_polygon_is_clicked_taken_back_and_closed_then_a_corner_is_pulled(hands: Hands) -> None:
    hands.press(Key.Key_3)
    viewer = hands.room.centre.viewer
    hands.press(Key.Key_P)
    corners = [viewer.mapFromScene(x, y) for x, y in ((10, 10), (70, 12), (90, 60), (40, 50))]
    _drag(hands, *corners, click=True)
    hands.bot.keyClick(viewer, Key.Key_Backspace)
    _drag(hands, corners[0], click=True)
    region = _region(hands)
    assert region.shape == "polygon"
    assert len(region.points) == 6
    assert abs(region.points[0] - 160) <= 8
    (shape,) = viewer.shapes
    viewer.choose_region(shape.number)
    corner = viewer.shape_places(shape)[1].toPoint()
    _drag(hands, corner, corner + QPoint(0, 40))
    pulled = _region(hands).points
    assert pulled[:2] == region.points[:2]
    assert pulled[3] > region.points[3]
    assert pulled[4:] == region.points[4:]


def test_a_callout_asks_for_words_on_the_picture_and_counts_on(hands: Hands) -> None:
    hands.press(Key.Key_3)
    viewer = hands.room.centre.viewer
    for number, words in ((1, "a door"), (2, "M box 3")):
        hands.bot.keyClick(viewer, Key.Key_D, SHIFT)
        _drag(hands, viewer.mapFromScene(20, 20), viewer.mapFromScene(60, 40))
        hands.bot.waitUntil(lambda: QApplication.focusWidget() is viewer._words)
        hands.type(words)
        hands.bot.keyClick(viewer._words, Key.Key_Return)
        assert _region(hands).label == f"{number} {words}"
        assert _region(hands).shape == "callout"
    assert len(hands.observations()) == 1
    hands.bot.keyClick(viewer, Key.Key_T, SHIFT)
    _drag(hands, viewer.mapFromScene(30, 30), click=True)
    hands.type("given up")
    hands.bot.keyClick(viewer._words, Key.Key_Escape)
    assert len(hands.case.queries.regions()) == 2
    assert viewer.hasFocus()


def test_key_frames_are_set_and_interpolated_and_moving_a_region_in_between_makes_one(hands: Hands) -> None:
    _observed(hands, 8)
    viewer = hands.room.centre.viewer
    hands.press(Key.Key_B)
    hands.bot.keyClick(viewer, Key.Key_Return)
    x = _region(hands).points[0]
    for _ in range(8):
        hands.press(Key.Key_Period)
    hands.press(Key.Key_K, SHIFT)
    hands.bot.waitUntil(lambda: len(key_frames_of(_region(hands))) == 2)
    viewer.choose_region(_region(hands).number)
    for _ in range(8):
        hands.bot.keyClick(viewer, Key.Key_Right, ALT)
    hands.bot.waitUntil(lambda: key_frames_of(_region(hands))[-1].points[0] == x + 128, timeout=3000)
    assert [(k.frame, k.points[0] - x) for k in key_frames_of(_region(hands))] == [(0, 0), (8, 128)]
    for _ in range(4):
        hands.press(Key.Key_Comma)
    (shape,) = viewer.shapes
    assert shape.points[0] == x + 64
    assert shape.is_between
    assert not shape.solid
    assert "between key frames" in shape.label
    assert "between key frames" in viewer.accessibleDescription()
    hands.bot.keyClick(viewer, Key.Key_Left, ALT)
    hands.bot.waitUntil(lambda: [k.frame for k in key_frames_of(_region(hands))] == [0, 4, 8], timeout=3000)
    hands.press(Key.Key_K, CTRL | SHIFT)
    hands.bot.waitUntil(lambda: [k.frame for k in key_frames_of(_region(hands))] == [0, 8])
    hands.press(Key.Key_Y, CTRL | ALT)
    assert _region(hands).life == "frame"
    hands.press(Key.Key_Y, CTRL | ALT)
    assert _region(hands).life == "span"
    assert hands.room.region_bar.isVisible() or not viewer.chosen_region


def test_a_region_leaves_the_picture_and_comes_back_with_a_gap_in_view_and_timeline(hands: Hands) -> None:
    _observed(hands, 8)
    viewer = hands.room.centre.viewer
    hands.press(Key.Key_B)
    hands.bot.keyClick(viewer, Key.Key_Return)
    for _ in range(3):
        hands.press(Key.Key_Right)
    hands.press(Key.Key_K, ALT)
    hands.bot.waitUntil(lambda: [k.outside for k in key_frames_of(_region(hands))] == [False, True])
    for _ in range(4):
        hands.press(Key.Key_Right)
    (shape,) = viewer.shapes
    assert (shape.how, shape.editable) == ("absent", False)
    assert "not in the picture from frame 3" in shape.label
    assert hands.room.region_bar.isVisible()
    hands.press(Key.Key_K, SHIFT)
    hands.bot.waitUntil(lambda: [k.frame for k in key_frames_of(_region(hands))] == [0, 3, 7])
    assert viewer.shapes[0].how == "key"
    bars = [bar for lane in hands.room.centre.timeline.lanes for bar in lane.bars if bar.ticks]
    assert [(bar.ticks, bar.runs) for bar in bars] == [((0, 3, 7), ((0, 2), (7, 7)))]
    hands.press(Key.Key_Left)
    hands.press(Key.Key_K, ALT)
    hands.bot.waitUntil(lambda: [k.frame for k in key_frames_of(_region(hands))] == [0, 7])
    assert viewer.shapes[0].is_between
    assert hands.context.session.undo()
    assert [k.outside for k in key_frames_of(_region(hands))] == [False, True, False]


def test_the_bar_of_the_chosen_region_makes_room_for_the_next_shape(hands: Hands) -> None:
    hands.press(Key.Key_3)
    viewer = hands.room.centre.viewer
    hands.press(Key.Key_B)
    hands.bot.keyClick(viewer, Key.Key_Return)
    assert hands.room.region_bar.isVisible()
    hands.press(Key.Key_Y)
    assert not hands.room.region_bar.isVisible()
    hands.bot.keyClick(viewer, Key.Key_Return)
    assert viewer.chosen_region == "RG-002"
    assert hands.room.region_bar.isVisible()
    for told in (hands.room.region_bar.toolTip(), hands.room.region_bar.accessibleDescription()):
        assert "Alt+Left and Alt+Right do not go to cuts" in told
        assert "Esc" in told
    hands.room.escape()
    assert viewer.chosen_region == ""
    assert not hands.room.region_bar.isVisible()


def test_after_the_words_of_a_text_the_arrows_step_and_the_new_region_is_the_chosen_one(hands: Hands) -> None:
    _observed(hands, 6)
    viewer = hands.room.centre.viewer
    hands.press(Key.Key_E)
    hands.bot.keyClick(viewer, Key.Key_Return)
    first = _region(hands)
    hands.bot.keyClick(viewer, Key.Key_T, SHIFT)
    _drag(hands, viewer.mapFromScene(30, 30), click=True)
    hands.type("Third")
    hands.bot.keyClick(viewer._words, Key.Key_Return)
    text = _region(hands)
    assert (text.shape, text.label, viewer.chosen_region) == ("text", "Third", text.number)
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Right)
    assert hands.n == 2
    assert hands.case.queries.get(first.number) == first


def test_corners_are_moved_taken_away_and_added_by_key_and_by_hand(hands: Hands) -> None:
    hands.press(Key.Key_3)
    viewer = hands.room.centre.viewer
    hands.press(Key.Key_P)
    hands.bot.keyClick(viewer, Key.Key_Return)
    points = _region(hands).points
    hands.press(Key.Key_Home, ALT)
    hands.press(Key.Key_Home, ALT)
    hands.bot.keyClick(viewer, Key.Key_Up, ALT)
    hands.bot.waitUntil(lambda: _region(hands).points != points, timeout=3000)
    assert _region(hands).points == (*points[:3], points[3] - 16, *points[4:])
    moved = _region(hands).points
    hands.bot.keyClick(viewer, Key.Key_Up, ALT)
    assert _region(hands).points == moved
    assert hands.room.unkept() == "", "closing keeps what was moved a moment ago"
    assert _region(hands).points != moved
    hands.bot.keyClick(viewer, Key.Key_Insert)
    assert len(_region(hands).points) == 8
    hands.bot.keyClick(viewer, Key.Key_Delete)
    assert len(_region(hands).points) == 6
    hands.bot.keyClick(viewer, Key.Key_Delete)
    assert len(_region(hands).points) == 6, "a polygon keeps three corners"
    (shape,) = viewer.shapes
    places = viewer.shape_places(shape)
    middle = ((places[0] + places[1]) / 2).toPoint()
    view = viewer.viewport()
    hands.bot.mouseClick(view, Qt.MouseButton.LeftButton, CTRL, middle)
    assert len(_region(hands).points) == 8
    hands.bot.mouseClick(view, Qt.MouseButton.LeftButton, CTRL, middle)
    assert len(_region(hands).points) == 6
    assert hands.context.session.undo()
    assert len(_region(hands).points) == 8


def test_only_tracked_frames_that_were_on_screen_are_accepted(hands: Hands) -> None:
    _observed(hands, 6)
    viewer = hands.room.centre.viewer
    hands.press(Key.Key_B)
    hands.bot.keyClick(viewer, Key.Key_Return)
    region = _region(hands)
    keys = [KeyFrame(n, hands.room.clip.clip.hash_of(n), region.points, TRACKED) for n in range(1, 7)]  # type: ignore[union-attr]
    hands.context.session.run(c.keep_track(region, KeyFrame(0, "", region.points), 6, keys, lambda _: None))
    assert not hands.context.actions.action("observe.track_accept").isEnabled()
    hands.press(Key.Key_Period)
    hands.press(Key.Key_Period)
    (shape,) = viewer.shapes
    assert shape.by == TRACKED
    assert "not yet looked at" in shape.label
    hands.press(Key.Key_A, CTRL | ALT)
    marks = [k.by for k in key_frames_of(_region(hands))]
    assert marks == [DRAWN, CONFIRMED, CONFIRMED, *[TRACKED] * 4]
    (shape,) = viewer.shapes
    assert "tracked, accepted" in shape.label


def test_the_form_counts_the_frames_on_which_a_region_stands_not_the_one_on_which_it_was_lost(hands: Hands) -> None:
    _observed(hands, 6)
    hands.press(Key.Key_B)
    hands.bot.keyClick(hands.room.centre.viewer, Key.Key_Return)
    region, clip = _region(hands), hands.room.clip.clip
    assert clip is not None
    keys = [KeyFrame(n, clip.hash_of(n), region.points, TRACKED, outside=n == 4) for n in range(1, 5)]
    drawn = KeyFrame(0, clip.hash_of(0), region.points)
    hands.context.session.run(c.keep_track(region, drawn, 4, keys, lambda _: None, lost=True))
    words = [part.text() for part in hands.room.form.findChildren(QLabel)]
    assert "1 region on 4 frames" in words


def test_a_region_without_room_to_go_is_not_tracked_and_says_why(hands: Hands) -> None:
    hands.press(Key.Key_3)
    hands.press(Key.Key_B)
    hands.bot.keyClick(hands.room.centre.viewer, Key.Key_Return)
    said: list[str] = []
    hands.context.session.failed.connect(lambda error: said.append(str(error)))
    hands.press(Key.Key_R, CTRL | ALT)
    hands.bot.waitUntil(lambda: bool(said))
    assert "there is nothing to track" in said[0]


def test_the_number_of_one_that_is_counted_stands_beside_its_point(theme: None) -> None:
    places = [QPointF(40, 40)]
    counted = Shape("RG-001", "OB-001", (640, 640), 0, kind="point", words="3")
    beside = region_paint.words_room(current_theme(), places, counted)
    assert beside.left() > 40 + 9
    assert beside.contains(QPointF(beside.center().x(), 40))
    assert region_paint.words_room(current_theme(), places, replace(counted, words="")).isEmpty()

    def painted(shape: Shape) -> QImage:
        image = QImage(120, 80, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        region_paint.paint_shape(painter, current_theme(), places, shape, False)
        painter.end()
        return image.copy(beside.toAlignedRect())

    assert painted(counted) != painted(replace(counted, words="4"))
    assert painted(counted) != painted(replace(counted, words=""))

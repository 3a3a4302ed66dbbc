"""Looking closer: bounds of the zoom, squares and their grid, moving by keys, and the place that is kept."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage

from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def test_the_zoom_has_bounds_and_stays_under_the_hand(hands: Hands) -> None:  # noqa: F811
    viewer = hands.room.centre.viewer
    corner = QPointF(100, 80)
    before = viewer.mapToScene(corner.toPoint())
    for _ in range(60):
        viewer.zoom_by(1.25, corner)
    assert viewer.zoom_text() == "3200\u202f%"
    after = viewer.mapToScene(corner.toPoint())
    assert abs(after.x() - before.x()) < 1
    assert abs(after.y() - before.y()) < 1
    for _ in range(80):
        viewer.zoom_by(0.8)
    assert viewer.zoom_text() == "5.0\u202f%" or viewer.zoom_text() == "5\u202f%"
    hands.press(Key.Key_9, CTRL)
    assert viewer.zoom_text() == "100\u202f%"


def test_the_grid_is_drawn_from_800_percent_on(hands: Hands) -> None:  # noqa: F811
    viewer = hands.room.centre.viewer
    viewer.zoom_to(7.9)
    assert not viewer.grid_shown()
    viewer.zoom_to(8)
    assert viewer.grid_shown()
    with_grid: QImage = viewer.grab().toImage()
    hands.press(Key.Key_G, CTRL | ALT | SHIFT)
    assert not viewer.grid_shown()
    assert viewer.grab().toImage() != with_grid


def test_pixels_are_squares_or_smooth_as_chosen(hands: Hands) -> None:  # noqa: F811
    viewer = hands.room.centre.viewer
    viewer.set_grid(False)
    viewer.zoom_to(1.5)
    found = []
    for expected in ("auto", "squares", "smooth"):
        assert viewer.smoothing == expected
        found.append(viewer.grab().toImage())
        hands.press(Key.Key_S, CTRL | ALT | SHIFT)
    assert found[0] == found[2]
    assert found[0] != found[1]
    assert viewer.smoothing == "auto"


def test_an_enlarged_picture_is_moved_by_keys_and_stays_so_while_stepping(hands: Hands) -> None:  # noqa: F811
    viewer = hands.room.centre.viewer
    viewer.zoom_to(4)
    middle = viewer.look()
    hands.press(Key.Key_End, ALT | SHIFT)
    hands.press(Key.Key_PageDown, ALT | SHIFT)
    moved = viewer.look()
    assert (moved.x > middle.x, moved.y > middle.y, moved.zoom) == (True, True, 4.0)
    hands.press(Key.Key_Right)
    assert hands.n == 1
    assert viewer.look() == moved
    hands.room.centre.viewer.clear()
    hands.room.clip.go(0)
    hands.settled()
    again = viewer.look()
    assert (round(again.x), round(again.y), again.zoom) == (round(moved.x), round(moved.y), 4.0)

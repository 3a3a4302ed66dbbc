"""Where words run from right to left, columns change sides; time, figures and sliders still run from the left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.translate import span
from evidence_desk.ui.widgets.clocks import Clocks
from evidence_desk.ui.widgets.slider_field import SliderField
from evidence_desk.ui.widgets.transport import Transport
from evidence_desk.ui.window_bars import TopBar


@pytest.fixture
def mirrored(qapp: QApplication, theme: None) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def left(part: QWidget, place: QWidget) -> int:
    return part.mapTo(place, QPoint(0, 0)).x()


def test_time_runs_from_the_left_beside_mirrored_words(mirrored: None, room_context: RoomContext, qtbot: Any) -> None:
    transport, clocks = Transport(room_context.actions), Clocks()
    field = SliderField("White", (0, 255), 255, "")
    for part in (transport, clocks, field):
        qtbot.addWidget(part)
        part.resize(900, part.sizeHint().height())
        part.show()
    names = [button.accessibleName() for button in sorted(transport._buttons, key=lambda b: left(b, transport))]
    assert names[:7] == [
        "First frame",
        "Ten frames back",
        "Previous frame",
        "Play or pause",
        "Next frame",
        "Ten frames forward",
        "Last frame",
    ]
    assert left(clocks.frame, clocks) < left(clocks.time, clocks) < left(clocks.hash, clocks)
    assert left(field.slider, field) < left(field.name, field)
    assert field.slider.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_a_range_of_frames_is_never_turned_round(mirrored: None) -> None:
    assert span(640, 905) == "\u2066640–905\u2069"
    assert span(640, 640) == "640"


def test_every_menu_stays_in_the_bar_when_the_window_changes(mirrored: None, qtbot: Any) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    for word in ("File", "Edit", "View", "Go"):
        bar.menus.addMenu(word)
    bar.show()
    bar.show_case("Exercise Kestrel", "kestrel.edcase")
    for width in (1280, 900, 1400):
        bar.resize(width, 27)
        QApplication.processEvents()
        places = [bar.menus.actionGeometry(action) for action in bar.menus.actions()]
        assert all(place.width() > 10 and place.right() <= bar.menus.width() for place in places)
        assert places[0].left() > places[-1].left()
        title = bar._title.mapTo(bar, QPoint(0, 0)).x()
        assert bar.actor.geometry().right() < title < places[-1].left() + bar.menus.x()

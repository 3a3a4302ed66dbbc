"""Lines to type in at every size of text: why a text names no place is whole, what clears a filter lies in it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QMainWindow, QToolButton, QVBoxLayout, QWidget

from evidence_desk.domain.errors import Refused
from evidence_desk.services.playhead import FrameClock, parse_goto
from evidence_desk.ui.theme import apply_theme
from evidence_desk.ui.widgets.clocks import Clocks
from evidence_desk.ui.widgets.filter_field import FilterField
from evidence_desk.ui.widgets.place_editor import PlaceEditor


def why(text: str) -> str:
    clock = FrameClock.build([0, 1, 2], [1, 1, 1], Fraction(1))
    with pytest.raises(Refused) as caught:
        parse_goto(text, clock, 0)
    return str(caught.value)


@pytest.mark.parametrize(("scale", "width"), [(100, 1600), (100, 835), (100, 675), (150, 675), (200, 640)])
def test_a_refusal_is_whole(host: QMainWindow, qtbot: Any, scale: int, width: int) -> None:
    apply_theme("dark", scale)
    place = QWidget()
    column = QVBoxLayout(place)
    column.addStretch()
    clocks = Clocks()
    column.addWidget(clocks)
    column.addStretch()
    host.setCentralWidget(place)
    host.resize(width, 720)
    host.show()
    qtbot.waitExposed(host)
    clocks.ask()
    editor = clocks.findChild(PlaceEditor)
    assert isinstance(editor, PlaceEditor)
    assert editor.note.text() == editor.note.text_whole(), "the hint is whole"
    said = why("frame 99999999x")
    clocks.refuse(said)
    if editor.note.text_whole() == said:
        assert editor.note.text() == said, "not cut"
    else:
        assert editor.above is not None
        assert editor.above.isVisible()
        shown = editor.above.findChild(QLabel)
        assert isinstance(shown, QLabel)
        assert shown.text() == said
        need = QFontMetrics(shown.font()).boundingRect(
            QRect(0, 0, shown.width(), 9999), Qt.TextFlag.TextWordWrap.value, said
        )
        assert shown.height() >= need.height(), "every line of it"
        bottom = editor.above.mapTo(host, QPoint(0, editor.above.height())).y()
        assert bottom <= editor.line.mapTo(host, QPoint(0, 0)).y(), "the field is not covered"
    qtbot.keyClick(editor.line, Qt.Key.Key_7)
    assert editor.note.text_whole() != said
    assert editor.above is None or not editor.above.isVisible()
    clocks.refuse(said)
    clocks.leave()
    assert editor.above is None or not editor.above.isVisible()


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_the_button_that_clears_a_filter_lies_in_its_field(host: QMainWindow, qtbot: Any, scale: int) -> None:
    apply_theme("dark", scale)
    field = FilterField("Filter", "Filter observations")
    field.setText("kneels")
    host.setCentralWidget(field)
    host.show()
    qtbot.waitExposed(host)
    button = field.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    assert field.rect().contains(button.geometry())
    assert button.accessibleName() == "Clear"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert field.text() == ""


def test_what_was_pasted_by_mistake_is_not_said_back_whole() -> None:
    for text in ("x" * 4000, "9" * 5000):
        assert len(why(text)) < 160

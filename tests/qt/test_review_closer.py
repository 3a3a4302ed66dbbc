"""Magnifier, stored values and measuring, under real hands."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from evidence_desk.services import commands
from evidence_desk.ui.theme import apply_theme, current_theme
from evidence_desk.ui.widgets.magnifier import CELL, CELLS, broken
from evidence_desk.ui.widgets.measure_overlay import Line
from evidence_desk.ui.widgets.picture_geometry import PictureGeometry
from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the fixtures of the room

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def place_of(hands: Hands, x: float, y: float) -> QPoint:  # noqa: F811
    viewer = hands.room.centre.viewer
    return viewer.mapFromScene(QPointF(x, y))


def test_the_magnifier_names_the_pixel_and_its_stored_values(hands: Hands) -> None:  # noqa: F811
    viewer, magnifier = hands.room.centre.viewer, hands.room.hands.closer.magnifier
    viewer.zoom_to(4)
    hands.press(Key.Key_Q)
    assert magnifier.isVisible()
    hands.bot.mouseMove(viewer.viewport(), place_of(hands, 20.5, 12.5))
    assert magnifier.native == (20, 12)
    hands.bot.waitUntil(lambda: len(magnifier.lines()) == 4, timeout=5000)
    clip = hands.room.clip.clip
    assert clip is not None
    told = hands.context.session.worker.sample(clip.path, clip.table, 0, 20, 12).words()
    assert "{} ({})".format(*magnifier.lines()[2:]) == told
    assert told.startswith("Y ")
    hands.press(Key.Key_C, CTRL | ALT | SHIFT)
    assert QApplication.clipboard().text() == f"EX-001 frame 0 ({clip.hash_of(0)}), pixel 20, 12: {told}"
    hands.press(Key.Key_Right)
    assert len(magnifier.lines()) == 2, "the values of another frame are not shown as this one's"
    hands.press(Key.Key_Q)
    assert not magnifier.isVisible()


@pytest.mark.parametrize("scale", [1, 2])
def test_words_under_the_magnifier_break_and_are_not_cut(theme: None, scale: int) -> None:
    apply_theme("dark", scale * 100)
    now = current_theme()
    metrics = QFontMetrics(now.ui_font("caption", numbers=True))
    for width in (max(round(CELLS * CELL) - 10, now.px(190)), now.px(190) - 4):
        for text in (
            "yuv420p10le, bt2020nc (assumed), limited (assumed)",
            "Shown: R 190, G 190, B 190",
            "Y 1023, Cb 1023",
        ):
            rows = broken(text, metrics, width)
            assert " ".join(rows) == text
            assert all("," not in row.rstrip(",") or metrics.horizontalAdvance(row) <= width for row in rows), rows
    assert len(broken("yuv420p, bt601 (assumed), limited (assumed)", metrics, now.px(190) - 4)) == 2


def test_a_covered_picture_stays_covered_under_the_magnifier(hands: Hands) -> None:  # noqa: F811
    viewer, magnifier = hands.room.centre.viewer, hands.room.hands.closer.magnifier
    hands.context.session.run(commands.edit("EX-001", {"distressing": True}))
    hands.bot.waitUntil(lambda: viewer.is_covered)
    hands.press(Key.Key_Q)
    shown = viewer.shown
    assert shown is not None
    assert magnifier._image() != shown.image
    hands.bot.wait(400)
    assert len(magnifier.lines()) == 2, "no stored value is told of a covered picture"


def test_lines_are_measured_against_one_another(hands: Hands) -> None:  # noqa: F811
    viewer, measure = hands.room.centre.viewer, hands.room.hands.closer.measure
    viewer.zoom_to(4)
    hands.bot.keyClick(viewer, Key.Key_R)
    assert measure.hasFocus()
    hands.bot.mousePress(measure, Qt.MouseButton.LeftButton, pos=place_of(hands, 10, 10))
    hands.bot.mouseMove(measure, place_of(hands, 30, 10))
    measure.line = Line(QPointF(10, 10), QPointF(30, 10))
    hands.bot.mouseRelease(measure, Qt.MouseButton.LeftButton, pos=place_of(hands, 30, 10))
    assert measure.words() == "20.0 px, 0.0° from level"
    hands.bot.keyClick(measure, Key.Key_Return)
    measure.line = Line(QPointF(10, 10), QPointF(10, 0))
    hands.bot.keyClick(measure, Key.Key_Up)
    assert measure.words() == "11.0 px, 90.0° from level, 0.550 × the first line, 90.0° between both"
    hands.bot.keyClick(measure, Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == measure.words()
    assert measure.accessibleName() == f"Measuring, {measure.words()}"
    # Where a stored pixel is no square the length is told both ways.
    viewer._geometry = PictureGeometry(96, 96, sar=Fraction(16, 15))
    measure.line, measure.reference = Line(QPointF(10, 10), QPointF(42, 10)), None
    assert measure.words() == "32.0 px shown (30.1 × 0.0 as stored), 0.0° from level"
    hands.bot.keyClick(measure, Key.Key_Escape)
    assert not measure.isVisible()
    assert viewer.hasFocus()
    assert hands.n == 0, "no key of measuring moved the playhead"

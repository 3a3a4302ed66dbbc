"""The range in the sound: typed, nudged, drawn on the waveform, taken from I and O, kept in whole ticks, taken back."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from evidence_desk.domain.sound_range import SoundRange
from evidence_desk.ui.models.observation_draft import sound_of
from evidence_desk.ui.panels.sound_range_row import SoundRangeField
from tests.qt.test_review import Hands, examined, hands, workers  # noqa: F401 - the room and its fixtures

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def heard(hands: Hands) -> Hands:  # noqa: F811 - the fixture itself
    """The room with one observation of something heard at frames 10 to 19, made with I, O and its key."""
    room = hands.room
    hands.bot.waitUntil(lambda: room.centre.sound.track is not None, timeout=8000)
    room.clip.go(10)
    hands.settled()
    hands.press(Key.Key_I)
    room.clip.go(19)
    hands.settled()
    hands.press(Key.Key_O)
    hands.press(Key.Key_7)
    hands.bot.waitUntil(lambda: bool(hands.observations()), timeout=8000)
    return hands


def test_in_and_out_give_what_is_heard_its_samples(heard: Hands) -> None:
    (made,) = heard.observations()
    track = heard.room.centre.sound.track
    assert track is not None
    ticks = sound_of(made)
    assert made.basis == "heard"
    assert ticks is not None
    held = SoundRange.of(ticks)
    # Frames 10 to 19 of 40 ms each: the samples that begin in [0.4 s, 0.8 s) of the pictures' time.
    clip = heard.room.clip.clip
    assert clip is not None
    start = clip.clock.pts[0] * clip.clock.time_base if clip.clock.pts[0] is not None else Fraction(0)
    runs = track.clock.between(start + Fraction(2, 5), start + Fraction(4, 5))
    assert (held.begin, held.end) == (runs[0].start, runs[-1].end)
    assert abs(held.length - Fraction(2, 5)) <= Fraction(2, track.facts.rate)
    field = heard.room.form.fields.sound
    assert not heard.room.form.fields.rows["sound"].isHidden()
    assert field.begin.text().startswith("00:00:00.4")
    assert "does not sound" not in field.begin.accessibleDescription()
    span = heard.room.centre.timeline.sound_range.span
    assert span is not None
    assert span == pytest.approx((0.4, 0.8), abs=0.001)


def test_typed_and_nudged_it_stays_exact_and_can_be_taken_back(heard: Hands) -> None:
    room, field = heard.room, heard.room.form.fields.sound
    before = sound_of(heard.observations()[0])
    room.context.actions.action("observe.sound_range").trigger()
    assert field.begin.hasFocus()
    heard.type("0.5")
    QTest.keyClick(field.begin, Key.Key_Tab)
    field.end.setFocus()
    field.end.selectAll()
    heard.type("+0.1s")
    QTest.keyClick(field.end, Key.Key_Up)
    QTest.keyClick(field.end, Key.Key_Down, SHIFT)
    assert "samples" in field.end.accessibleDescription()
    QTest.keyClick(field.end, Key.Key_Return)
    track = room.centre.sound.track
    assert track is not None
    rate = track.facts.rate

    def kept() -> SoundRange | None:
        ticks = sound_of(heard.observations()[0])
        return SoundRange.of(ticks) if ticks is not None and ticks != before else None

    heard.bot.waitUntil(lambda: kept() is not None and kept().length > Fraction(1, 20), timeout=4000)  # type: ignore[union-attr]
    found = kept()
    assert found is not None
    places = field.places
    assert places is not None
    expected = places.moved(
        places.moved(places.read("+0.1s", end=True, other=found.begin), Fraction(1, 1000), end=True), -1, end=True
    )
    assert found.end == expected
    assert found.length.denominator <= rate
    for _ in range(4):  # begin and end may have been kept one by one
        if sound_of(heard.observations()[0]) != before:
            room.session.undo()
    assert sound_of(heard.observations()[0]) == before
    assert field.value() == before


def test_a_drag_over_the_waveform_is_the_range_and_a_click_still_goes_there(heard: Hands) -> None:
    room, timeline = heard.room, heard.room.centre.timeline
    row = next(r for r in timeline.rows if r.kind == "waveform")
    sheet = timeline._sheet()
    assert sheet is not None
    y = row.top + row.height // 2
    a, b = QPoint(round(sheet.x(1.0)), y), QPoint(round(sheet.x(1.5)), y)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, a)
    QTest.mouseMove(timeline, QPoint(a.x() + 12, y))
    QTest.mouseMove(timeline, b)
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, b)
    found = room.form.fields.sound.range()
    assert found is not None
    places = room.form.fields.sound.places
    assert places is not None
    assert float(found.begin - places.zero) == pytest.approx(1.0, abs=2 * sheet.scale.span / sheet.scale.width)
    assert float(found.end - places.zero) == pytest.approx(1.5, abs=2 * sheet.scale.span / sheet.scale.width)
    assert room.clip.n == 19, "a drag there does not move the playhead"
    said = room.form.fields.sound.begin.accessibleDescription()
    assert said.endswith("It does not sound while its frames are seen"), said
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, a)
    assert room.clip.n != 19
    assert room.form.fields.sound.range() == found


def test_where_there_is_no_sound_the_row_says_so(hands: Hands) -> None:  # noqa: F811 - the fixture
    room = hands.room
    room.context.session.select_exhibit("EX-002")
    hands.bot.waitUntil(lambda: room.clip.clip is not None and room.clip.clip.exhibit.number == "EX-002", timeout=8000)
    hands.settled()
    hands.press(Key.Key_7)
    hands.bot.waitUntil(lambda: bool(hands.observations()), timeout=8000)
    field = room.form.fields.sound
    assert field.begin.isReadOnly()
    assert field.begin.accessibleDescription() == "This file has no sound."
    assert sound_of(hands.observations()[0]) is None
    assert room.centre.timeline.sound_range.span is None


def test_the_field_tells_what_cannot_be_kept(qtbot: Any) -> None:
    field = SoundRangeField()
    qtbot.addWidget(field)
    field.load((250, 500, "1/1000"))
    assert field.value() == (250, 500, "1/1000"), "what is on record stays in its own ticks"
    assert field.texts() == ["1/4", "1/2"]
    field.set_texts("1/2", "")
    assert field.problem() == "A sound range has a begin and an end; leave both empty for none."
    assert field.value() is None
    field.set_texts("1/2", "1/4")
    assert field.problem() == "The sound cannot end before it begins."
    field.choose(None)
    assert (field.problem(), field.value()) == ("", None)

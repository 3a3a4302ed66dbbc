"""The lanes of sound: where they stand, what they draw, what they say, and that gaps stay empty."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from evidence_desk.domain.sound import SoundFacts
from evidence_desk.media.sound_track import SoundTrack, wave_level
from evidence_desk.media.sound_view import FinePart, WaveView
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui import colour_map
from evidence_desk.ui.theme import Theme, apply_theme, current_theme
from evidence_desk.ui.widgets.timeline import Timeline
from evidence_desk.ui.widgets.timeline_sound import hertz_at, share_of

RATE, HOP, BANDS = 1000, 10, 4


@pytest.fixture(autouse=True)
def _dark(qtbot: QtBot) -> Iterator[None]:
    apply_theme("dark")
    yield
    apply_theme("dark")


def sound(runs: tuple[tuple[int, int, int], ...] = ((0, 0, RATE),), samples: int = 4000) -> WaveView:
    """Four seconds: silent, loud from second 2 on; the loud half fills the upper two of four bands."""
    count = samples // HOP
    loud = [i * HOP >= samples // 2 for i in range(count)]
    parts = {"table": b""}
    for name, column in zip(("run_first", "run_pts", "run_rate"), zip(*runs, strict=True), strict=True):
        parts[name] = array("q", column).tobytes()
    for name, high in (("low", -30000), ("high", 30000)):
        parts[f"wave_0_{name}"] = array("h", [high if x else 0 for x in loud]).tobytes()
    parts["wave_0_rms"] = array("H", [0] * count).tobytes()
    parts["spectrum_0"] = b"".join(bytes((0, 0, 255, 255)) if x else bytes(BANDS) for x in loud)
    hops = {"factor": 4, "wave_hop": HOP, "wave_levels": 1, "spectrum_hop": HOP, "spectrum_levels": 1, "bands": BANDS}
    facts = SoundFacts(1, (1, 3), "pcm", "d", Fraction(1, 1000), RATE, 1, "mono", "s16", samples, 1)
    return WaveView(SoundTrack(facts, "", hops, parts))


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(928, 300)
    made.set_clip(FrameClock.build([n * 40 for n in range(100)], [40] * 100, Fraction(1, 1000)))
    return made


def lit(timeline: Timeline, kind: str) -> tuple[QImage, int, int, int]:
    """Return the picture of the timeline and where a row lies: top, bottom, left."""
    timeline.resize(928, timeline.minimumHeight())
    row = next(r for r in timeline.rows if r.kind == kind)
    return timeline.grab().toImage(), row.top, row.bottom, 128


def inked(timeline: Timeline, kind: str, x: int) -> list[int]:
    """Return the rows of a column at which something is drawn."""
    picture, top, bottom, left = lit(timeline, kind)
    ground = current_theme().color("surface.panel").rgb()
    return [y - top for y in range(top, bottom - 2) if picture.pixel(left + x, y) != ground]


def test_lanes_come_with_the_sound_and_go_with_it(timeline: Timeline) -> None:
    assert "waveform" not in [r.kind for r in timeline.rows]
    timeline.set_sound(sound())
    assert "waveform" in [r.kind for r in timeline.rows]
    assert "spectrogram" not in [r.kind for r in timeline.rows]
    timeline.show_spectrum(True)
    kinds = [r.kind for r in timeline.rows]
    assert kinds.index("spectrogram") == kinds.index("waveform") + 1
    timeline.set_clip(None)
    assert "waveform" not in [r.kind for r in timeline.rows]


def test_loud_and_silent_stretches_stand_at_their_moments(timeline: Timeline) -> None:
    timeline.set_sound(sound())
    assert len(inked(timeline, "waveform", 100)) <= 2
    assert len(inked(timeline, "waveform", 398)) <= 2
    assert len(inked(timeline, "waveform", 402)) > 15
    assert len(inked(timeline, "waveform", 700)) > 15


def test_the_stamp_of_frame_0_moves_the_sound(timeline: Timeline) -> None:
    """Sound stamped from 0, picture from 1 s: the loud part begins one second after frame 0."""
    timeline.set_sound(sound(), Fraction(1))
    assert len(inked(timeline, "waveform", 197)) <= 2
    assert len(inked(timeline, "waveform", 203)) > 15
    assert inked(timeline, "waveform", 700) == []  # the sound has ended, which is not silence


def test_a_hole_in_the_stamps_is_left_empty(timeline: Timeline) -> None:
    timeline.set_sound(sound(((0, 0, RATE), (1000, 2000, RATE)), 2000))
    assert inked(timeline, "waveform", 100)
    assert inked(timeline, "waveform", 300) == []
    assert len(inked(timeline, "waveform", 500)) > 15


def test_the_spectrogram_has_high_sounds_above(timeline: Timeline) -> None:
    timeline.set_sound(sound())
    timeline.show_spectrum(True)
    assert inked(timeline, "spectrogram", 300) == []
    rows = inked(timeline, "spectrogram", 600)
    assert min(rows) <= 2
    assert max(rows) < 50


def test_closer_peaks_replace_the_pyramid_where_they_lie(timeline: Timeline) -> None:
    timeline.set_sound(sound())
    while timeline.scale is not None and timeline.scale.span > 0.5:
        timeline.zoom(0.5, 100)
    scale = timeline.scale
    assert scale is not None
    assert len(inked(timeline, "waveform", 400)) <= 2
    count = 4000
    tall = wave_level(1, array("h", [-20000] * count).tobytes(), array("h", [20000] * count).tobytes(), b"")
    timeline.set_fine_sound(FinePart(0, tall))
    assert len(inked(timeline, "waveform", 400)) > 10


def test_places_are_told_in_words(timeline: Timeline) -> None:
    view = sound()
    timeline.set_sound(view)
    timeline.show_spectrum(True)
    rows = {r.kind: r for r in timeline.rows}
    lanes = timeline._sound
    assert lanes.label("waveform") == "Waveform 1 of 2"
    assert lanes.hint(rows["waveform"], 0, 2.5) == "Sample 2\u202f500, 00:00:02.500"
    assert lanes.hint(rows["waveform"], 0, 9.0) == "No sound, 00:00:09.000"
    top = rows["spectrogram"].top + 1.0
    assert lanes.hint(rows["spectrogram"], top, 2.5).endswith("0 dB, 00:00:02.500")


def test_a_focused_timeline_keeps_its_rows(timeline: Timeline, qtbot: QtBot) -> None:
    """The frame around a focused timeline is a frame: the playhead's colour must not fill it."""
    timeline.show()
    timeline.setFocus()
    qtbot.waitUntil(timeline.hasFocus, timeout=2000)
    picture = timeline.grab().toImage()
    accent = current_theme().color("accent.line").rgb()
    assert picture.pixel(600, 100) != accent


def test_the_scale_is_even_to_the_eye_in_both_themes() -> None:
    for name in ("dark", "light"):
        theme = Theme(name)
        light = [_lightness(colour) for colour in colour_map.colour_table(theme)]
        steps = [b - a for a, b in pairwise(light)]
        assert all(step >= -1e-3 for step in steps) or all(step <= 1e-3 for step in steps), name
        assert abs(light[-1] - light[0]) > 0.5


def test_heights_and_frequencies_belong_together() -> None:
    for hertz in (50.0, 440.0, 8000.0):
        assert hertz_at(share_of(hertz, 24000), 24000) == pytest.approx(hertz)


def _lightness(rgb: int) -> float:
    from PySide6.QtGui import QColor

    return colour_map._to_lab(QColor.fromRgb(rgb))[0]

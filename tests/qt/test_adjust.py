"""Display adjustments in the real room: keys, sliders, bypass, what an observation keeps of it, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngImageFile
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from evidence_desk.media.adjustments import NONE, Adjustments
from evidence_desk.media.pictures import AS_IS
from evidence_desk.media.seen_as import SeenAs
from evidence_desk.ui.panels.adjust_panel import AdjustPanel
from evidence_desk.ui.rooms.review_adjust import AdjustDesk
from evidence_desk.ui.widgets.picture_geometry import PictureGeometry
from evidence_desk.ui.widgets.slider_field import SliderField
from tests.qt.test_review import ALT, CTRL, SHIFT, Hands, Key, examined, hands, workers

__all__ = ["examined", "hands", "workers"]


def desk_of(hands: Hands) -> AdjustDesk:
    return hands.room.centre.adjust


def panel_of(hands: Hands) -> AdjustPanel:
    return hands.room.adjust


def on_screen(hands: Hands) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return what the picture item holds, as bytes of BGRX."""
    image = hands.room.centre.viewer._item.pixmap().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[:, :, :3].copy()


def shown_with(hands: Hands, values: Adjustments) -> None:
    """Wait until the picture on screen is the one with these adjustments."""
    viewer = hands.room.centre.viewer
    hands.bot.waitUntil(lambda: viewer.shown is not None and viewer.shown.view.adjust == values, timeout=8000)


def test_keys_open_the_panel_set_a_value_and_show_the_original_in_turn(hands: Hands) -> None:
    viewer, panel, switch = hands.room.centre.viewer, panel_of(hands), hands.room.centre.view_signs.switch
    plain, before = on_screen(hands), viewer.shown
    assert before is not None
    assert not panel.body.isVisible()
    hands.press(Key.Key_H)
    assert panel.body.isVisible()
    assert panel.fields["black"].slider.hasFocus()
    panel.fields["gamma"].slider.setFocus()
    hands.bot.keyClick(panel.fields["gamma"].slider, Key.Key_Up)
    shown_with(hands, Adjustments(gamma=101))
    panel.fields["gamma"].box.setValue(220)
    shown_with(hands, Adjustments(gamma=220))
    hands.settled()
    assert on_screen(hands).mean() > plain.mean() + 5
    assert viewer.shown is not None
    assert (viewer.shown.picture.hash, viewer.shown.n) == (before.picture.hash, before.n)
    assert viewer.is_exact
    assert switch.badge.isVisible()
    assert switch.badge.text() == "Adjusted: gamma"
    assert switch.choice.value() == "adjusted"
    viewer.setFocus()
    hands.press(Key.Key_H, SHIFT)
    shown_with(hands, NONE)
    hands.settled()
    assert np.array_equal(on_screen(hands), plain)
    assert not switch.badge.isVisible()
    assert switch.choice.value() == "original"
    assert panel.header.accessibleName() == "Adjustments, Original shown"
    hands.press(Key.Key_H, SHIFT)
    shown_with(hands, Adjustments(gamma=220))
    hands.press(Key.Key_Right)
    assert viewer.shown.view.adjust == Adjustments(gamma=220)
    hands.press(Key.Key_H, CTRL | SHIFT)
    shown_with(hands, NONE)
    assert desk_of(hands).values == NONE
    panel.fields["gamma"].slider.setFocus()
    hands.press(Key.Key_H)
    assert not panel.is_open
    assert viewer.hasFocus(), "what was under the keyboard is gone: the picture has it, not the next panel"


def test_the_switch_opens_the_panel_where_nothing_is_set(hands: Hands) -> None:
    switch = hands.room.centre.view_signs.switch
    hands.press(Key.Key_H, SHIFT)
    assert panel_of(hands).is_open
    assert switch.choice.value() == "original"
    hands.press(Key.Key_T)
    assert not panel_of(hands).is_open  # one of the two high panels at a time


def test_levels_follow_the_histogram_and_black_stays_below_white(hands: Hands) -> None:
    panel = panel_of(hands)
    hands.press(Key.Key_H)
    hands.bot.waitUntil(lambda: panel.histogram.found is not None, timeout=8000)
    found = panel.histogram.found
    assert found is not None
    low, high = found.spread()
    hands.room.centre.viewer.setFocus()
    hands.context.actions.action("view.adjust_levels").trigger()
    shown_with(hands, Adjustments(black=low, white=high))
    assert panel.histogram.accessibleName().startswith("Histogram: luma lies between")
    panel.fields["black"].box.setValue(254)
    shown_with(hands, Adjustments(black=254, white=255))
    panel.fields["white"].box.setValue(7)
    shown_with(hands, Adjustments(black=6, white=7))


def test_a_preset_of_ones_own_is_kept_in_the_settings_and_can_be_forgotten(hands: Hands) -> None:
    panel, settings = panel_of(hands), hands.context.settings
    hands.press(Key.Key_H)
    said: list[str] = []
    hands.context.session.noticed.connect(lambda text, _: said.append(text))
    panel.presets.name.setText("Night")
    panel.presets.keep()
    assert said[-1] == "Set an adjustment first."
    panel.fields["sharpen"].box.setValue(70)
    panel.fields["gamma"].box.setValue(160)
    panel.presets.keep()
    assert settings.value.adjust_presets == {"Night": {"sharpen": 70, "gamma": 160}}
    desk_of(hands).reset()
    place = panel.presets.combo.findText("Night")
    panel.presets.combo.setCurrentIndex(place)
    panel.presets.combo.activated.emit(place)
    shown_with(hands, Adjustments(sharpen=70, gamma=160))
    assert panel.presets.combo.currentText() == "Night"
    # A name that is taken: what was kept under it is not written over.
    panel.fields["gamma"].box.setValue(170)
    panel.presets.name.setText("Night")
    panel.presets.keep()
    assert "There is a preset “Night” already" in said[-1]
    assert settings.value.adjust_presets == {"Night": {"sharpen": 70, "gamma": 160}}
    panel.fields["gamma"].box.setValue(160)
    panel.presets.forget()
    assert settings.value.adjust_presets == {}
    assert said[-1] == "“Night” is forgotten."


def test_a_still_as_seen_lies_beside_the_clean_one_and_says_what_it_is(
    hands: Hands, prompter: Any, tmp_path: Path
) -> None:
    said: list[str] = []
    hands.context.session.noticed.connect(lambda text, _: said.append(text))
    hands.press(Key.Key_J, CTRL | ALT)
    assert said[-1] == "Nothing is adjusted: the still is the picture as seen."
    desk_of(hands).set_values(Adjustments(gamma=220))
    shown_with(hands, Adjustments(gamma=220))
    hands.settled()
    prompter.paths.append(tmp_path / "still.png")
    hands.press(Key.Key_J, CTRL | ALT)
    clean, seen = tmp_path / "still.png", tmp_path / "still-adjusted.png"
    hands.bot.waitUntil(lambda: hands.case.queries.events(limit=1)[0].action == "still.exported", timeout=4000)
    after = hands.case.queries.events(limit=1)[0].after
    assert after is not None
    assert (after["name"], after["adjusted_name"], after["adjusted"]) == (clean.name, seen.name, "adjusted: gamma")
    with Image.open(clean) as one, Image.open(seen) as other:
        assert isinstance(one, PngImageFile)
        assert isinstance(other, PngImageFile)
        assert "Adjusted" not in one.text
        assert "To be cited" not in one.text
        assert other.text["Adjusted"].startswith("gamma 2.20")
        assert other.text["To be cited"].startswith("no")
        assert one.text["Frame hash SHA-256"] == other.text["Frame hash SHA-256"]
        assert one.tobytes() != other.tobytes()


def test_an_observation_keeps_how_it_was_seen_and_one_click_shows_it_so(hands: Hands) -> None:
    viewer, desk = hands.room.centre.viewer, desk_of(hands)
    hands.press(Key.Key_M)
    plain = hands.observations()[-1]
    assert SeenAs.from_json(plain.seen_as) is not None
    assert "original pixels" in hands.room.form.about.seen_as.words.text()
    hands.press(Key.Key_Right)
    desk.set_values(Adjustments(gamma=180, turn=90))
    shown_with(hands, Adjustments(gamma=180, turn=90))
    hands.settled()
    viewer.zoom_to(6.0)
    hands.press(Key.Key_M)
    kept = hands.observations()[-1]
    assert kept.number != plain.number
    seen = SeenAs.from_json(kept.seen_as)
    assert seen is not None
    assert seen.view.adjust == Adjustments(gamma=180, turn=90)
    assert seen.zoom_percent == 600
    assert seen.centre is not None
    clip = hands.room.clip.clip
    assert clip is not None
    assert kept.first_hash == clip.table.hash_of(kept.first_frame or 0)
    row = hands.room.form.about.seen_as
    assert "adjusted: gamma 1.80, turned 90°; at 600 % around pixel" in row.words.text()
    desk.reset()
    viewer.fit()
    hands.press(Key.Key_Home)
    hands.room.observe.select(kept.number)
    hands.bot.mouseClick(row.restore, Qt.MouseButton.LeftButton)
    shown_with(hands, Adjustments(gamma=180, turn=90))
    hands.settled()
    assert hands.n == kept.first_frame
    assert viewer.zoom_text().startswith("600")
    now = SeenAs.from_json(desk.seen_as_now())
    assert now is not None
    assert now.view == seen.view
    assert now.centre is not None
    assert max(abs(a - b) for a, b in zip(now.centre, seen.centre, strict=True)) <= 1
    hands.room.observe.select(plain.number)
    hands.bot.mouseClick(row.restore, Qt.MouseButton.LeftButton)
    hands.bot.waitUntil(lambda: hands.room.clip.view == AS_IS, timeout=8000)
    hands.settled()
    assert viewer.zoom_text().startswith("Fit")


def test_a_turned_picture_keeps_its_regions_on_the_same_stored_pixels(hands: Hands) -> None:
    viewer = hands.room.centre.viewer
    before = viewer.picture_geometry
    assert before is not None
    corner = before.points_to_shown([16, 16])[0]
    hands.context.actions.action("view.adjust_turn").trigger()
    shown_with(hands, Adjustments(turn=90))
    hands.settled()
    after = viewer.picture_geometry
    assert after is not None
    turned = after.points_to_shown([16, 16])[0]
    assert (turned.x(), turned.y()) == (after.shown.width() - corner.y(), corner.x())
    assert on_screen(hands).shape[0] == before.shown.width()
    hands.context.actions.action("view.adjust_steady").trigger()
    shown_with(hands, Adjustments(turn=90, steady_to=0))
    steady_turn = hands.context.actions.action("view.adjust_steady_turn")
    steady_turn.trigger()
    shown_with(hands, Adjustments(turn=90, steady_to=0, steady_turn=True))
    assert (steady_turn.isChecked(), hands.context.actions.action("view.adjust_steady").isChecked()) == (True, False)
    steady_turn.trigger()
    shown_with(hands, Adjustments(turn=90))


def test_a_shape_on_a_stabilised_picture_lies_on_the_stored_pixels_it_is_drawn_on() -> None:
    still = PictureGeometry(64, 48)
    moved = PictureGeometry(64, 48, shift=(5, -3))
    assert moved == still  # zoom and place on screen are kept from frame to frame
    [place] = moved.points_to_shown([160, 160])
    assert (place.x(), place.y()) == (15, 7)
    assert moved.points_to_native([place]) == (160, 160)


def test_gamma_is_typed_with_a_point_or_a_comma(qtbot: Any) -> None:
    field = SliderField("Gamma", (10, 400), 100, hundredths=True)
    qtbot.addWidget(field)
    told: list[int] = []
    field.changed.connect(told.append)
    for typed, value in (("1.4", 140), ("0,85", 85), ("2", 200)):
        field.box.lineEdit().setText(typed)
        qtbot.keyClick(field.box, Key.Key_Return)
        assert (field.value(), field.slider.value()) == (value, value)
    assert told == [140, 85, 200]
    assert field.box.text() == "2.00"


def test_a_still_with_regions_lies_beside_the_clean_one_and_says_what_it_is(
    hands: Hands, prompter: Any, tmp_path: Path
) -> None:
    said: list[str] = []
    hands.context.session.noticed.connect(lambda text, _: said.append(text))
    hands.press(Key.Key_C, ALT | SHIFT)
    assert said[-1] == "No region stands on this frame: the still is the picture as seen."
    hands.press(Key.Key_M)
    hands.press(Key.Key_B)
    hands.press(Key.Key_Return)
    hands.bot.waitUntil(lambda: len(hands.room.centre.viewer.shapes) == 1, timeout=4000)
    prompter.paths.append(tmp_path / "still.png")
    hands.press(Key.Key_C, ALT | SHIFT)
    hands.bot.waitUntil(lambda: hands.case.queries.events(limit=1)[0].action == "still.exported", timeout=4000)
    after = hands.case.queries.events(limit=1)[0].after
    assert after is not None
    assert after["marked_name"] == "still-marked.png"
    assert after["marked"] == [hands.room.centre.viewer.shapes[0].number]
    with Image.open(tmp_path / "still.png") as one, Image.open(tmp_path / "still-marked.png") as other:
        assert isinstance(one, PngImageFile)
        assert isinstance(other, PngImageFile)
        assert "Marked" not in one.text
        assert other.text["To be cited"].startswith("no")
        assert one.text["Frame hash SHA-256"] == other.text["Frame hash SHA-256"]
        assert other.height > one.height, "the caption lies beneath, not over the picture"
        left = (other.width - one.width) // 2
        under = other.convert("RGB").crop((left, 0, left + one.width, one.height))
        assert under.tobytes() != one.convert("RGB").tobytes(), "the region is drawn"
        corner = (0, 0, 2, 2)
        assert under.crop(corner).tobytes() == one.convert("RGB").crop(corner).tobytes(), "and the rest as it was"

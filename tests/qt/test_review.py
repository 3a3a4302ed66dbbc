"""The Review room under real keys: stepping, going to a place, observing with one key, the form, boxes, links."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMainWindow, QWidget

from evidence_desk.domain.records import Observation
from evidence_desk.services.case import Case
from evidence_desk.ui.actions.key_guard import KeyGuard
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review import ReviewRoom
from evidence_desk.wiring import Workers
from tests.qt.players import NoPlayer
from tests.qt.review_case import make_review_case

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture(scope="session")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case, made once."""
    return make_review_case(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """The two processes, shared by all tests here: starting them costs more than a test does."""
    made = Workers(make_player=NoPlayer)
    yield made
    made.close()


class Hands:
    """The room with a person's hands on it."""

    def __init__(self, qtbot: Any, room: ReviewRoom, case: Case, context: RoomContext) -> None:
        self.bot, self.room, self.case, self.context = qtbot, room, case, context

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the focus is, then let the picture arrive."""
        focus = QApplication.focusWidget() or self.room
        self.bot.keyClick(focus, key, modifier)
        self.settled()

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None
        self.bot.keyClicks(focus, text)

    def settled(self) -> None:
        """Wait until the frame at the playhead is on screen, exactly, and what waited for it is done."""
        viewer, clip, in_turn = self.room.centre.viewer, self.room.clip, self.room.observe.in_turn

        def is_settled() -> bool:
            exact = viewer.shown is not None and viewer.shown.n == clip.n and viewer.is_exact
            return exact and not in_turn.is_waiting

        self.bot.waitUntil(is_settled, timeout=8000)

    @property
    def n(self) -> int:
        return self.room.clip.n

    def observations(self) -> tuple[Observation, ...]:
        return self.case.queries.observations()


@pytest.fixture
def hands(
    qtbot: Any, host: QMainWindow, room_context: RoomContext, examined: Path, tmp_path: Path, qapp: QApplication
) -> Iterator[Hands]:
    """A writable copy of the case, open in Review, the picture of frame 0 on screen."""
    folder = tmp_path / examined.name
    shutil.copytree(examined, folder)
    case = Case.open(folder, "Reviewer A")
    room_context.session.open(case)
    guard = KeyGuard(qapp)
    qapp.installEventFilter(guard)
    room = ReviewRoom(room_context)
    host.setCentralWidget(room)
    host.resize(1440, 900)
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    room_context.actions.room_is_built("review")
    room_context.actions.set_room("review")
    room.enter()
    made = Hands(qtbot, room, case, room_context)
    qtbot.waitUntil(lambda: room.clip.clip is not None, timeout=8000)
    made.settled()
    room.centre.viewer.setFocus()
    yield made
    room.release()
    qapp.removeEventFilter(guard)


def test_keys_step_exactly(hands: Hands) -> None:
    steps: list[tuple[Key, Any, int]] = [
        (Key.Key_Right, Qt.KeyboardModifier.NoModifier, 1),
        (Key.Key_Period, Qt.KeyboardModifier.NoModifier, 2),
        (Key.Key_Right, SHIFT, 12),
        (Key.Key_Left, Qt.KeyboardModifier.NoModifier, 11),
        (Key.Key_Comma, Qt.KeyboardModifier.NoModifier, 10),
        (Key.Key_Left, SHIFT, 0),
        (Key.Key_End, Qt.KeyboardModifier.NoModifier, 59),
        (Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
    ]
    clip = hands.room.clip.clip
    assert clip is not None
    for key, modifier, expected in steps:
        hands.press(key, modifier)
        shown = hands.room.centre.viewer.shown
        assert shown is not None
        assert (hands.n, shown.n, shown.picture.hash) == (expected, expected, clip.table.hash_of(expected))
        assert hands.room.centre.clocks.frame.reading.value == str(expected)
        assert hands.room.centre.clocks.hash.reading.copies == clip.table.hash_of(expected)
    assert not hands.room.centre.viewer.badge.isVisible()
    assert not hands.context.actions.action("go.prev_frame").isEnabled()


def test_go_to_a_typed_place(hands: Hands, qapp: QApplication) -> None:
    for text, expected in (("42", 42), ("+3", 45), ("0:01.000", 25), ("pts 400", None)):
        hands.bot.keyClick(hands.room.centre.viewer, Key.Key_G)
        assert hands.room.centre.clocks.asking
        hands.type(text)
        hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Return)
        if expected is not None:
            hands.settled()
            assert hands.n == expected
            assert not hands.room.centre.clocks.asking
    hands.room.centre.clocks.ask()
    hands.type("elsewhere")
    hands.bot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert hands.room.centre.clocks.asking
    assert hands.room.escape()
    assert not hands.room.centre.clocks.asking


def test_one_key_observes_this_frame(hands: Hands) -> None:
    hands.press(Key.Key_Right)
    hands.press(Key.Key_M)
    (kept,) = hands.observations()
    clip = hands.room.clip.clip
    assert clip is not None
    assert (kept.term, kept.first_frame, kept.last_frame) == ("note", 1, 1)
    assert kept.first_hash == clip.table.hash_of(1)
    assert kept.first_pts == clip.table.pts(1)
    assert hands.room.form.header.isVisible()
    assert hands.room.observe.current == kept.number
    hands.context.session.undo()
    assert hands.observations() == ()


def test_a_term_key_observes_the_marked_range(hands: Hands) -> None:
    hands.press(Key.Key_Right, SHIFT)
    hands.press(Key.Key_I)
    hands.press(Key.Key_Right, SHIFT)
    hands.press(Key.Key_O)
    hands.press(Key.Key_BracketLeft)
    assert hands.n == 10
    hands.press(Key.Key_BracketRight)
    assert hands.n == 20
    hands.press(Key.Key_3)
    (kept,) = hands.observations()
    assert (kept.term, kept.first_frame, kept.last_frame, kept.statement) == (
        "arms-raised", 10, 20, "",
    )  # fmt: skip
    hands.press(Key.Key_M, ALT)
    hands.press(Key.Key_M)
    assert [o.term for o in hands.observations()] == ["arms-raised", "arms-raised", "note"], "M keeps a note, no term"
    hands.room.observe.select("OB-001")
    fields = hands.room.form.fields
    assert fields.statement.placeholderText() == "Figures raise both arms.", "offered, and kept by nobody yet"
    fields.term_words.take.click()
    assert fields.statement.toPlainText() == "Figures raise both arms."
    assert not fields.term_words.take.isVisible()
    assert hands.observations()[1].first_frame == 20


def test_letters_are_letters_while_typing(hands: Hands) -> None:
    hands.press(Key.Key_3)
    hands.room.focus_form()
    hands.type("Mind 1 box on N")
    assert len(hands.observations()) == 1
    assert "Mind 1 box on N" in hands.room.form.fields.statement.toPlainText()
    assert hands.n == 0


def test_each_field_of_the_form_is_kept_as_one_command(hands: Hands) -> None:
    hands.press(Key.Key_3)
    fields = hands.room.form.fields
    hands.room.focus_form()
    hands.type("Two figures raise both arms.")
    fields.count.set_value((2, 2, 3))
    fields.legibility.set_value("probable")
    fields.frames.last.setText("7")
    fields.frames.edited.emit()
    assert hands.room.form.dirty
    before = len(hands.case.queries.events())
    hands.bot.keyClick(fields.statement, Key.Key_Return, CTRL)
    (kept,) = hands.observations()
    assert len(hands.case.queries.events()) == before + 4
    assert hands.case.bus.history[-4:] == tuple(
        f"Edit {field} of OB-001" for field in ("frames", "what is seen", "count", "legibility")
    )
    assert (kept.statement, kept.count_best, kept.legibility) == ("Two figures raise both arms.", 2, "probable")
    clip = hands.room.clip.clip
    assert clip is not None
    assert (kept.first_frame, kept.last_frame, kept.last_hash) == (0, 7, clip.table.hash_of(7))
    assert not hands.room.form.dirty


def test_leaving_keeps_and_an_invalid_form_stays(hands: Hands) -> None:
    hands.press(Key.Key_3)
    hands.press(Key.Key_Right)
    hands.press(Key.Key_M)
    first, second = hands.observations()
    hands.room.observe.select(first.number)
    hands.room.focus_form()
    hands.type("Changed.")
    assert hands.room.observe.select(second.number)
    assert hands.case.queries.get(first.number).statement == "Changed."  # type: ignore[attr-defined]
    hands.room.form.fields.frames.first.setText("900")
    hands.room.form.fields.frames.edited.emit()
    assert not hands.room.observe.select(first.number)
    assert hands.room.observe.current == second.number
    assert hands.room.unkept() == "", "it waits in the case file"
    assert hands.case.drafts.get(f"observation:{second.number}") is not None
    hands.room.form.fields.frames.first.setText("1")
    hands.room.form.fields.frames.edited.emit()
    assert hands.room.unkept() == ""
    assert hands.case.drafts.get(f"observation:{second.number}") is None


def test_the_guard_points_replaces_and_takes_a_reason(hands: Hands) -> None:
    hands.press(Key.Key_3)
    fields = hands.room.form.fields
    hands.room.focus_form()
    hands.type("Three figures are surrendering.")
    assert fields.guard.isVisible()
    assert "surrendering" in fields.guard.text
    hands.bot.keyClick(fields.statement, Key.Key_R, ALT)
    hands.bot.waitUntil(lambda: fields.statement.toPlainText() == "Three figures are raise both arms.")
    assert not fields.guard.isVisible()
    fields.statement.setPlainText("A soldier stands by the wall.")
    hands.room.keep()
    assert fields.guard.reason_line.isVisible()
    fields.guard.reason_line.setText("The word is printed on the jacket.")
    hands.bot.keyClick(fields.guard.reason_line, Key.Key_Return)
    hands.room.keep()
    (kept,) = hands.observations()
    assert kept.guard_reason == "The word is printed on the jacket."
    assert kept.statement == "A soldier stands by the wall."


def _stand_still(hands: Hands, viewer: Any) -> None:
    """Wait until the layout stays as it is: the sound's lane comes late and takes height from the picture."""
    seen = [(viewer.size(), viewer.mapFromScene(24, 16))]

    def same_for_a_while() -> bool:
        seen.append((viewer.size(), viewer.mapFromScene(24, 16)))
        return len(seen) > 40 and all(place == seen[-1] for place in seen[-40:])

    hands.bot.waitUntil(same_for_a_while, timeout=10000)


def test_a_box_is_drawn_moved_and_withdrawn(hands: Hands, prompter: Any) -> None:
    hands.press(Key.Key_3)
    hands.press(Key.Key_B)
    viewer = hands.room.centre.viewer
    assert viewer.tool == "box"
    geometry = viewer.picture_geometry
    assert geometry is not None
    view = viewer.viewport()
    _stand_still(hands, viewer)
    a = viewer.mapFromScene(24, 16)
    b = viewer.mapFromScene(60, 40)
    hands.bot.mousePress(view, Qt.MouseButton.LeftButton, pos=a)
    hands.bot.mouseMove(view, b)
    viewer_move(viewer, b)
    hands.bot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=b)
    (region,) = hands.case.queries.regions()
    x, y, w, h = region.points
    assert abs(x - 24 * 16) <= 16
    assert abs(y - 16 * 16) <= 16
    assert abs(w - 36 * 16) <= 24
    assert abs(h - 24 * 16) <= 24
    assert region.frame == 0
    assert viewer.tool == "select"
    viewer.setFocus()
    assert viewer.chosen_region == region.number
    hands.bot.keyClick(viewer, Key.Key_Right, ALT)
    hands.bot.keyClick(viewer, Key.Key_Down, ALT | SHIFT)
    # Kept as one step when the next key, any other, comes; the picture's own keys step it as ever.
    assert hands.case.queries.regions()[0].points == (x, y, w, h)
    assert viewer.shapes[0].points == (x + 16, y + 160, w, h)
    hands.press(Key.Key_Right)
    moved = hands.case.queries.regions()[0]
    assert (moved.points, moved.revision) == ((x + 16, y + 160, w, h), region.revision + 1)
    assert hands.n == 1
    hands.press(Key.Key_Left)
    assert hands.n == 0
    viewer.choose_region(region.number)
    prompter.lines.append("Drawn on the wrong figure.")
    hands.bot.keyClick(viewer, Key.Key_Delete)
    assert hands.case.queries.regions() == ()


def viewer_move(viewer: QWidget, place: QPoint) -> None:
    """Let queued mouse events through."""
    QApplication.processEvents()


def test_a_box_by_keyboard_on_a_new_observation(hands: Hands) -> None:
    hands.press(Key.Key_M, SHIFT)
    assert hands.room.form.is_new
    assert hands.observations() == ()
    hands.room.centre.viewer.setFocus()
    hands.press(Key.Key_B)
    hands.bot.keyClick(hands.room.centre.viewer, Key.Key_Return)
    hands.room.keep()
    (kept,) = hands.observations()
    (region,) = hands.case.queries.regions(kept.number)
    assert region.points[2:] == (24 * 16, 16 * 16)


def test_a_link_needs_its_because(hands: Hands) -> None:
    hands.press(Key.Key_3)
    hands.press(Key.Key_L, SHIFT)
    picker = hands.room.form.picker
    assert picker.isVisible()
    picker.target.set_value("CL-001.1")
    picker.because.setFocus()
    hands.bot.keyClick(picker.because, Key.Key_Return)
    assert picker.isVisible()
    assert hands.case.queries.links() == ()
    hands.type("both hands are above the head")
    hands.bot.keyClick(picker.because, Key.Key_Return)
    (link,) = hands.case.queries.links()
    assert (link.target, link.relation, link.because) == ("CL-001.1", "supports", "both hands are above the head")
    assert not picker.isVisible()
    assert hands.room.form.links.cards.cards[0].words == "hands were raised"
    row = hands.room.navigator.observations.model.rows[0]
    assert row.relations == ("supports",)


def test_keep_while_a_link_is_made_keeps_the_link(hands: Hands) -> None:
    hands.press(Key.Key_3)
    hands.press(Key.Key_L, SHIFT)
    picker = hands.room.form.picker
    picker.target.set_value("CL-001.1")
    picker.because.setFocus()
    hands.type("both hands are above the head")
    hands.press(Key.Key_Return, CTRL)
    assert [link.because for link in hands.case.queries.links()] == ["both hands are above the head"]
    assert not picker.isVisible()


def test_withdraw_asks_and_tells_the_reach(hands: Hands, prompter: Any) -> None:
    hands.press(Key.Key_3)

    def answer(dialog: Any) -> bool:
        dialog._line.setText("Entered twice.")
        return True

    prompter.dialogs.append(answer)
    hands.press(Key.Key_Delete, CTRL)
    assert hands.observations() == ()
    (gone,) = hands.case.queries.observations(withdrawn=True)
    assert gone.withdrawn == "Entered twice."
    assert hands.room.observe.current == ""


def test_play_ends_exactly_at_the_out_mark(hands: Hands) -> None:
    clip = hands.room.clip
    clip.go(5)
    clip.mark_out()
    clip.go(0)
    hands.settled()
    hands.bot.keyClick(hands.room.centre.viewer, Key.Key_Space)
    assert clip.playing
    hands.bot.waitUntil(lambda: not clip.playing, timeout=6000)
    hands.settled()
    assert hands.n == 5
    assert not hands.room.centre.viewer.badge.isVisible()


def test_observations_are_walked_and_filtered(hands: Hands) -> None:
    for frame in (30, 10, 20):
        hands.room.clip.go(frame)
        hands.settled()
        hands.press(Key.Key_3)
    hands.room.clip.go(0)
    hands.room.observe.select("")
    hands.press(Key.Key_Right, CTRL)
    assert (hands.n, hands.room.observe.current) == (10, "OB-002")
    hands.press(Key.Key_Right, CTRL)
    assert hands.n == 20
    hands.press(Key.Key_Left, CTRL)
    assert hands.n == 10
    hands.bot.keyClick(hands.room.centre.viewer, Key.Key_F, CTRL)
    hands.type("#20")
    panel = hands.room.navigator.observations
    assert [r.observation.number for r in panel.model.rows] == ["OB-003"]
    panel.clear_filter()
    assert len(panel.model.rows) == 3
    panel.list.setFocus()
    hands.bot.keyClick(panel.list, Key.Key_Down)
    hands.settled()
    assert hands.n == 20


def test_another_exhibit_is_turned_and_boxes_follow_its_native_pixels(hands: Hands) -> None:
    hands.bot.keyClick(hands.room.centre.viewer, Key.Key_Down, CTRL)
    clip = hands.room.clip
    hands.bot.waitUntil(lambda: clip.clip is not None and clip.clip.exhibit.number == "EX-002", timeout=8000)
    hands.settled()
    geometry = hands.room.centre.viewer.picture_geometry
    assert geometry is not None
    shown = hands.room.centre.viewer.shown
    assert shown is not None
    assert (shown.image.width(), shown.image.height()) == (64, 96)
    assert (geometry.shown.width(), geometry.shown.height()) == (64, 96)
    box = (16, 32, 160, 320)
    assert geometry.to_native(geometry.to_shown(box)) == box


def test_the_navigator_becomes_a_rail_in_a_small_window(hands: Hands, host: QMainWindow) -> None:
    assert hands.room.navigator.isVisible()
    host.resize(1280, 720)
    hands.bot.waitUntil(hands.room.rail.isVisible)
    assert not hands.room.navigator.isVisible()
    hands.room.open_navigator()
    assert hands.room.navigator.isVisible()
    assert hands.room.escape()
    assert not hands.room.navigator.isVisible()
    hands.room.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    hands.bot.waitUntil(lambda: hands.room.rail.geometry().right() == hands.room.rect().right())
    hands.room.open_navigator()
    assert hands.room.navigator.geometry().right() == hands.room.rail.geometry().left() - 1, "beside the rail here too"
    hands.room.escape()
    hands.room.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for field in (hands.room.centre.clocks.frame, hands.room.centre.clocks.hash):
        assert field.isVisible()
        assert field.width() >= field.minimumSizeHint().width()
    host.resize(1440, 900)
    hands.bot.waitUntil(hands.room.navigator.isVisible)


def test_every_control_has_a_name(hands: Hands) -> None:
    hands.press(Key.Key_3)
    nameless = [
        (type(w).__name__, w.objectName(), type(w.parent()).__name__)
        for w in hands.room.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() != Qt.FocusPolicy.NoFocus and not w.accessibleName() and _is_control(w)
    ]
    assert nameless == []


def _is_control(widget: QWidget) -> bool:
    kinds = (
        "QScrollArea",
        "QSplitter",
        "QAbstractScrollArea",
        "QScrollBar",
        "QComboBoxPrivateContainer",
        "QStackedWidget",
    )
    parent = widget.parent()
    if isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget:
        return False
    return type(widget).__name__ not in kinds and not widget.objectName().startswith("qt_")


def test_a_still_is_saved_and_logged(hands: Hands, prompter: Any, tmp_path: Path) -> None:
    target = tmp_path / "still.png"
    prompter.paths.append(target)
    hands.bot.keyClick(hands.room.centre.viewer, Key.Key_C)
    hands.bot.waitUntil(target.exists, timeout=8000)
    assert target.read_bytes().startswith(b"\x89PNG")
    hands.bot.waitUntil(lambda: hands.case.queries.events(limit=1)[0].action == "still.exported", timeout=4000)


def test_read_only_shows_and_never_writes(
    qtbot: Any, host: QMainWindow, room_context: RoomContext, examined: Path, tmp_path: Path
) -> None:
    folder = tmp_path / examined.name
    shutil.copytree(examined, folder)
    room_context.session.open(Case.open(folder, "Reviewer A", write=False))
    room = ReviewRoom(room_context)
    host.setCentralWidget(room)
    host.show()
    room_context.actions.room_is_built("review")
    room_context.actions.set_room("review")
    room.enter()
    qtbot.waitUntil(lambda: room.centre.viewer.is_exact, timeout=8000)
    room.centre.viewer.setFocus()
    qtbot.keyClick(room.centre.viewer, Key.Key_M)
    qtbot.keyClick(room.centre.viewer, Key.Key_Right)
    qtbot.waitUntil(lambda: room.clip.n == 1 and room.centre.viewer.is_exact, timeout=8000)
    assert room.session.case.queries.observations() == ()
    assert not room_context.actions.action("observe.now").isEnabled()
    room.release()


def test_a_handle_resizes_a_box_and_undo_takes_it_back(hands: Hands) -> None:
    hands.press(Key.Key_3)
    hands.press(Key.Key_B)
    viewer = hands.room.centre.viewer
    hands.bot.keyClick(viewer, Key.Key_Return)
    (shape,) = viewer.shapes
    viewer.choose_region(shape.number)
    rect = viewer.shape_rect(shape)
    corner = rect.bottomRight().toPoint()
    target = corner + QPoint(40, 30)
    hands.bot.mousePress(viewer.viewport(), Qt.MouseButton.LeftButton, pos=corner)
    hands.bot.mouseMove(viewer.viewport(), target)
    hands.bot.mouseRelease(viewer.viewport(), Qt.MouseButton.LeftButton, pos=target)
    (region,) = hands.case.queries.regions()
    assert region.points[:2] == shape.box[:2]
    assert region.points[2] > shape.box[2]
    assert region.points[3] > shape.box[3]
    hands.context.session.undo()
    assert hands.case.queries.regions()[0].points == shape.box


def test_what_is_typed_survives_an_undo_elsewhere(hands: Hands) -> None:
    hands.press(Key.Key_3)
    (kept,) = hands.observations()
    hands.room.form.fields.legibility.set_value("clear")
    hands.room.form.fields.edited.emit()
    assert hands.room.observe.settle()
    hands.room.focus_form()
    hands.type("Typed after.")
    hands.context.session.undo()
    assert hands.room.form.dirty
    assert hands.room.observe.settle()
    (after,) = hands.observations()
    assert after.statement == "Typed after."
    assert after.revision > kept.revision


def test_other_rooms_lead_to_a_frame_and_a_record(hands: Hands) -> None:
    hands.room.clip.go(12)
    hands.settled()
    hands.press(Key.Key_3)
    (kept,) = hands.observations()
    hands.room.go_to("EX-002", 7)
    hands.context.session.select_exhibit("EX-002")
    hands.bot.waitUntil(lambda: hands.room.clip.clip is not None and hands.room.clip.clip.exhibit.number == "EX-002")
    hands.settled()
    assert hands.n == 7
    hands.context.session.select_exhibit("EX-001")
    hands.room.show_record(kept.number)
    hands.bot.waitUntil(lambda: hands.room.clip.clip is not None and hands.room.clip.clip.exhibit.number == "EX-001")
    hands.settled()
    assert hands.n == 12
    assert hands.room.observe.current == kept.number


def test_a_link_is_withdrawn_with_a_reason(hands: Hands, prompter: Any) -> None:
    hands.press(Key.Key_3)
    hands.room.links.open_picker()
    picker = hands.room.form.picker
    picker.because.setText("hands are above the head")
    picker.accept()
    links = hands.room.form.links
    links.setCurrentIndex(links.cards.index(0))
    prompter.lines.append("Wrong claim.")
    hands.bot.keyClick(links, Key.Key_Delete)
    assert hands.case.queries.links() == ()
    assert hands.case.queries.links(withdrawn=True)[0].withdrawn == "Wrong claim."


def test_f6_walks_the_panels_and_esc_comes_back_to_the_picture(hands: Hands) -> None:
    hands.press(Key.Key_3)
    hands.room.centre.viewer.setFocus()
    hands.room.next_panel()
    assert hands.room.centre.timeline.hasFocus()
    hands.room.next_panel()
    assert hands.room.form.fields.term.hasFocus()
    hands.room.next_panel()
    assert hands.room.navigator.observations.list.hasFocus()
    assert hands.room.escape()
    assert hands.room.centre.viewer.hasFocus()
    assert not hands.room.escape()


def test_the_history_lists_every_event(hands: Hands, prompter: Any) -> None:
    hands.press(Key.Key_3)
    seen: list[str] = []

    def look(dialog: Any) -> bool:
        seen.append(dialog.accessibleDescription())
        return False

    prompter.dialogs.append(look)
    hands.press(Key.Key_H, CTRL)
    assert seen == ["1 event, kept for good."]


def test_sound_is_shown_closer_and_with_its_frequencies(hands: Hands) -> None:
    timeline, sound = hands.room.centre.timeline, hands.room.centre.sound
    hands.bot.waitUntil(lambda: sound.track is not None, timeout=8000)
    assert "waveform" in [row.kind for row in timeline.rows]
    exhibit = hands.case.queries.exhibit("EX-001")
    assert list(hands.case.paths.derived_for(exhibit.sha256).glob("sound-1-*.edso"))
    action = hands.context.actions.action("view.spectrogram")
    assert not hands.context.actions.action("view.sound_stream").isEnabled()  # there is one stream only
    assert not action.isChecked()
    hands.press(Key.Key_F, CTRL | ALT)
    assert "spectrogram" in [row.kind for row in timeline.rows]
    assert action.isChecked()
    assert hands.context.settings.value.spectrogram
    while timeline.scale is not None and timeline.scale.span > 0.3:
        timeline.zoom_in()
    view = timeline._sound.view
    assert view is not None
    hands.bot.waitUntil(lambda: view.fine is not None, timeout=8000)
    assert view.fine is not None
    assert view.fine.level.hop < view.track.wave[0].hop
    hands.press(Key.Key_F, CTRL | ALT)
    assert "spectrogram" not in [row.kind for row in timeline.rows]


def test_the_timing_panel_tells_of_the_sound(hands: Hands) -> None:
    room = hands.room
    hands.bot.waitUntil(lambda: room.centre.sound.track is not None, timeout=8000)
    room.timing.toggle()
    lines = {row.name: row.value for row in room.timing.sound_lines()}
    assert lines["Samples here"] == "0 to 1\u202f919"
    assert lines["Sound begins"] == "with the picture"
    assert lines["Gaps in sound"] == "none"
    hands.press(Key.Key_Right)
    assert {row.name: row.value for row in room.timing.sound_lines()}["Samples here"] == "1\u202f920 to 3\u202f839"
    room.timing.copy()
    assert room.centre.sound.track is not None
    assert room.centre.sound.track.facts.pcm_sha256 in QApplication.clipboard().text()
    room.timing.toggle()


def test_a_killed_process_costs_no_step_and_no_word(hands: Hands, workers: Workers) -> None:
    """The processes are ended by force under the reviewer's hands; the next step is exact, what is typed stands."""
    hands.room.observe.open_form()
    hands.room.form.fields.statement.setPlainText("Half a sentence")
    for pid in workers.pictures.pids:
        os.kill(pid, signal.SIGKILL)
    hands.room.clip.reader.forget()
    hands.room.clip.go(17)
    hands.settled()
    assert hands.n == 17
    assert hands.room.form.fields.statement.toPlainText() == "Half a sentence"
    assert hands.room.form.is_new

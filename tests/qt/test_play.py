"""Play in Review with a player that does what the test says: place, pause, loop, sound, and a player that dies."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMainWindow

from evidence_desk.domain.records import Exhibit
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.player import NativePicture
from evidence_desk.services import commands as c
from evidence_desk.services.case import Case
from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review import ReviewRoom
from evidence_desk.wiring import Workers
from tests.qt.players import ScriptedPlayer
from tests.qt.review_case import make_review_case

Key = Qt.Key


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case, made once."""
    return make_review_case(tmp_path_factory.mktemp("play"))


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Real decoders and a player that a test leads."""
    made = Workers(make_player=ScriptedPlayer)
    yield made
    made.close()


@pytest.fixture
def case(examined: Path, tmp_path: Path) -> Case:
    """A copy of the case, open for writing."""
    folder = tmp_path / examined.name
    shutil.copytree(examined, folder)
    return Case.open(folder, "Reviewer A")


@pytest.fixture
def room(qtbot: Any, host: QMainWindow, room_context: RoomContext, case: Case) -> Iterator[ReviewRoom]:
    """Review with the first clip, frame 0 on screen."""
    room_context.session.open(case)
    made = ReviewRoom(room_context)
    host.setCentralWidget(made)
    host.resize(1440, 900)
    host.show()
    qtbot.waitExposed(host)
    room_context.actions.room_is_built("review")
    room_context.actions.set_room("review")
    made.enter()
    settled(qtbot, made)
    yield made
    made.release()


def settled(bot: Any, room: ReviewRoom) -> None:
    """Wait until the frame at the playhead is on screen, exactly."""
    viewer, clip = room.centre.viewer, room.clip
    bot.waitUntil(
        lambda: (
            viewer.shown is not None
            and viewer.shown.n == clip.n
            and viewer.is_exact
            and viewer.shown.image.width() != 48
            and clip.state == "exact"
        ),
        timeout=8000,
    )


def state(room: ReviewRoom) -> str:
    """Return how the picture stands."""
    return room.clip.state


def width(room: ReviewRoom) -> int:
    """Return how wide the picture on screen came."""
    shown = room.centre.viewer.shown
    return shown.picture.width if shown is not None else 0


def told(player: ScriptedPlayer) -> tuple[Any, ...]:
    """Return what the player was told last."""
    return player.calls[-1] if player.calls else ("",)


def digest(room: ReviewRoom, n: int) -> str:
    """Return the hash of frame n."""
    assert room.clip.clip is not None
    return room.clip.clip.table.hash_of(n)


def playing(bot: Any, room: ReviewRoom, first: int = 0) -> ScriptedPlayer:
    """Press Space and let the first picture arrive."""
    bot.keyClick(room.centre.viewer, Key.Key_Space)
    player = ScriptedPlayer.made
    bot.waitUntil(lambda: any(call[0] == "play" for call in player.calls), timeout=3000)
    show(bot, room, player, first)
    return player


def show(bot: Any, room: ReviewRoom, player: ScriptedPlayer, n: int) -> None:
    """Let the player show frame n and wait until it is on screen."""
    player.show(digest(room, n))
    viewer = room.centre.viewer
    bot.waitUntil(
        lambda: viewer.shown is not None and viewer.shown.n == n == room.clip.n and viewer.shown.image.width() == 48,
        timeout=3000,
    )


def test_the_playhead_follows_the_pictures_and_pause_leaves_that_very_frame(qtbot: Any, room: ReviewRoom) -> None:
    player = playing(qtbot, room)
    for n in (1, 2, 3):
        show(qtbot, room, player, n)
    assert state(room) == "exact"
    assert width(room) == 48
    show(qtbot, room, player, 5)
    assert state(room) == "preview"  # a frame was left out
    qtbot.keyClick(room.centre.viewer, Key.Key_Space)
    assert not room.clip.playing
    assert told(player) == ("hold",)
    settled(qtbot, room)
    assert room.clip.n == 5
    assert width(room) == 96  # the still, not the picture of play
    assert state(room) == "exact"


def test_pictures_from_before_the_start_are_held_back(qtbot: Any, room: ReviewRoom) -> None:
    room.clip.go(25)
    settled(qtbot, room)
    qtbot.keyClick(room.centre.viewer, Key.Key_Space)
    player = ScriptedPlayer.made
    qtbot.waitUntil(lambda: player.calls[-1:] != [] and player.calls[-1][0] == "play", timeout=3000)
    assert player.calls[-1][1:3] == (Fraction(25 * 40, 1000), Fraction(1))
    player.show(digest(room, 0))
    qtbot.wait(60)
    assert room.clip.n == 25
    show(qtbot, room, player, 26)
    player.show(digest(room, 3), run=player.runs - 1)  # a late one of another run
    qtbot.wait(60)
    assert room.clip.n == 26


def test_a_picture_whose_hash_says_nothing_is_found_by_comparing(qtbot: Any, room: ReviewRoom, case: Case) -> None:
    clip = room.clip.clip
    assert clip is not None
    with MediaWorker() as worker:
        still = worker.picture(clip.path, clip.table, 4)
    player = playing(qtbot, room)
    player.show("")
    qtbot.waitUntil(lambda: room.clip.state == "preview", timeout=3000)
    luma = grey_of(still.bgra)
    chroma = bytes([128]) * (96 * 64 // 2)
    player.holds[player.shown] = NativePicture("yuv420p", 96, 64, "", luma + chroma)
    qtbot.keyClick(room.centre.viewer, Key.Key_Space)
    settled(qtbot, room)
    assert room.clip.n == 4


def grey_of(bgra: bytes) -> bytes:
    """Return the luma (limited range, BT.601) that was shown as these pixels, within a step or two."""
    return bytes(
        min(255, round(16 + 0.098 * bgra[i] + 0.504 * bgra[i + 1] + 0.257 * bgra[i + 2]))
        for i in range(0, len(bgra), 4)
    )


def test_the_shuttle_turns_round_and_stops(qtbot: Any, room: ReviewRoom) -> None:
    room.clip.go(30)
    settled(qtbot, room)
    viewer = room.centre.viewer
    qtbot.keyClick(viewer, Key.Key_L)
    player = ScriptedPlayer.made
    qtbot.waitUntil(lambda: player.runs > 0, timeout=3000)
    show(qtbot, room, player, 30)
    qtbot.keyClick(viewer, Key.Key_L)
    assert ("rate", Fraction(2)) in player.calls
    assert room.centre.transport.speed.text() == "2×"
    qtbot.keyClick(viewer, Key.Key_J)
    assert ("hold",) in player.calls
    assert room.clip.way == -1
    assert room.centre.transport.speed.text() == "−1×"
    qtbot.waitUntil(lambda: room.clip.n < 28, timeout=4000)
    qtbot.keyClick(viewer, Key.Key_K)
    assert not room.clip.playing
    settled(qtbot, room)
    assert room.clip.n < 28


def test_the_end_of_the_range_is_its_last_frame_and_a_loop_begins_again(qtbot: Any, room: ReviewRoom) -> None:
    clip = room.clip
    clip.go(6)
    clip.mark_out()
    clip.go(2)
    clip.mark_in()
    settled(qtbot, room)
    player = playing(qtbot, room, 2)
    show(qtbot, room, player, 6)
    player.show(digest(room, 7))
    qtbot.waitUntil(lambda: not clip.playing, timeout=3000)
    settled(qtbot, room)
    assert clip.n == 6
    room.context.actions.trigger("go.loop")
    assert clip.loop
    player = playing(qtbot, room, 2)
    show(qtbot, room, player, 6)
    player.show(digest(room, 7))
    qtbot.waitUntil(lambda: told(player) == ("seek", Fraction(80, 1000)), timeout=3000)
    show(qtbot, room, player, 2)
    assert clip.playing
    player.end()
    qtbot.waitUntil(lambda: player.calls[-1][0] == "play", timeout=3000)
    assert clip.playing


def test_a_player_that_dies_leaves_the_desk_playing_by_itself(qtbot: Any, room: ReviewRoom) -> None:
    told: list[str] = []
    room.session.noticed.connect(lambda text, _: told.append(text))
    player = playing(qtbot, room)
    show(qtbot, room, player, 3)
    player.fail("died")
    qtbot.waitUntil(lambda: room.clip.n > 5, timeout=5000)
    assert room.clip.playing
    assert told == ["The player stopped while playing a file. Nothing was changed. Play goes on without sound."]
    room.clip.pause()
    settled(qtbot, room)


def test_a_player_that_shows_nothing_from_here_gives_way(qtbot: Any, room: ReviewRoom) -> None:
    room.clip.go(20)
    settled(qtbot, room)
    qtbot.keyClick(room.centre.viewer, Key.Key_Space)
    player = ScriptedPlayer.made
    qtbot.waitUntil(lambda: told(player)[0] == "play", timeout=3000)
    player.end()
    qtbot.waitUntil(lambda: room.clip.n > 22, timeout=5000)
    assert room.clip.playing
    assert room.clip.sound.no_player == ""  # elsewhere it may well play


def test_a_player_that_fails_at_rest_does_not_begin_to_play(qtbot: Any, room: ReviewRoom) -> None:
    qtbot.waitUntil(lambda: ScriptedPlayer.made.file is not None, timeout=4000)  # made ready
    ScriptedPlayer.made.fail("refused")
    qtbot.wait(150)
    assert not room.clip.playing
    qtbot.keyClick(room.centre.viewer, Key.Key_Space)
    qtbot.waitUntil(lambda: room.clip.n > 1, timeout=5000)
    assert ScriptedPlayer.made.calls == []  # by the desk itself: the player has refused this file


def test_without_libvlc_the_status_says_what_to_install(qtbot: Any, room: ReviewRoom) -> None:
    player = playing(qtbot, room)
    player.fail("missing")
    qtbot.waitUntil(lambda: "libvlc5 vlc-plugin-base" in room.status(), timeout=3000)
    assert room.clip.playing
    assert not room.centre.transport.volume.isEnabled()


def test_mute_volume_and_speed(qtbot: Any, room: ReviewRoom, room_context: RoomContext) -> None:
    player = playing(qtbot, room)
    room_context.actions.trigger("go.mute")
    assert told(player) == ("sound", 100, True)
    assert room_context.actions.icon_name("go.mute") == "sound_off"
    room_context.actions.trigger("go.mute")
    assert player.calls[-2:] == [("hold",), ("play", Fraction(0), Fraction(1), False, 100)]
    room_context.actions.trigger("go.quieter")
    assert told(player) == ("sound", 90, False)
    assert room.centre.transport.volume.value() == 90
    room_context.actions.trigger("go.slower")
    assert told(player) == ("rate", Fraction(3, 4))
    room_context.actions.trigger("go.usual_speed")
    assert told(player) == ("rate", Fraction(1))


def test_a_distressing_exhibit_starts_muted(qtbot: Any, room: ReviewRoom, case: Case) -> None:
    (first, *_) = case.queries.exhibits()
    case.bus.run(c.edit(first.number, {"distressing": True}))
    changed = case.queries.get(first.number)
    assert isinstance(changed, Exhibit)
    room.clip.sound.begin(changed)
    assert room.clip.sound.muted
    player = playing(qtbot, room)
    (begun,) = (call for call in player.calls if call[0] == "play")
    assert begun[3] is True  # no sound at all
    assert all(call[2] is True for call in player.calls if call[0] == "sound")


def test_a_step_lets_its_own_frame_be_heard(qtbot: Any, room: ReviewRoom, room_context: RoomContext) -> None:
    qtbot.waitUntil(lambda: room.centre.sound.track is not None, timeout=8000)
    player = ScriptedPlayer.made
    qtbot.keyClick(room.centre.viewer, Key.Key_Right)
    settled(qtbot, room)
    assert not any(call[0] == "piece" for call in player.calls)
    room_context.actions.trigger("go.scrub")
    qtbot.keyClick(room.centre.viewer, Key.Key_Right)
    qtbot.waitUntil(lambda: told(player)[0] == "piece", timeout=5000)
    assert told(player)[1] == b"RIFF"
    assert told(player)[2] - 44 in (2 * 1920, 4 * 1920)  # 40 ms of 48 000 samples a second, one channel or two
    room_context.actions.trigger("go.mute")
    before = len(player.calls)
    qtbot.keyClick(room.centre.viewer, Key.Key_Right)
    settled(qtbot, room)
    qtbot.wait(100)
    assert len(player.calls) == before
    room_context.actions.trigger("go.scrub")


def test_play_stops_under_a_dialog_or_an_overlay_and_nothing_counts_there(
    qtbot: Any, room: ReviewRoom, host: QMainWindow
) -> None:
    player = playing(qtbot, room)
    show(qtbot, room, player, 1)
    dialog = QDialog(host)
    dialog.setModal(True)
    dialog.show()
    assert not room.clip.playing
    dialog.close()
    overlay = Overlay(host, "Over the picture", 300)
    room.clip.go(3)
    settled(qtbot, room)
    runs = player.runs
    room.clip.play()
    qtbot.waitUntil(lambda: player.runs > runs, timeout=3000)
    show(qtbot, room, player, 3)
    overlay.open()
    assert not room.clip.playing
    settled(qtbot, room)
    looked_at = room.coverage.here
    room.clip.go(40)
    settled(qtbot, room)
    qtbot.wait(20)
    assert room.coverage.here == looked_at, "nobody can see the picture under an overlay"
    overlay.leave()
    qtbot.waitUntil(lambda: any(s.first <= 40 <= s.last for s in room.coverage.here.spans), timeout=2000)


def test_while_k_is_held_j_and_l_step_and_held_themselves_play_slowly(qtbot: Any, room: ReviewRoom) -> None:
    room.clip.go(20)
    settled(qtbot, room)
    viewer = room.centre.viewer

    def tap(key: Key) -> None:
        qtbot.keyPress(viewer, key)
        qtbot.keyRelease(viewer, key)

    qtbot.keyPress(viewer, Key.Key_K)
    tap(Key.Key_L)
    tap(Key.Key_L)
    tap(Key.Key_J)
    assert (room.clip.n, room.clip.playing) == (21, False)
    settled(qtbot, room)
    qtbot.keyPress(viewer, Key.Key_J)
    assert room.clip.n == 20
    qtbot.waitUntil(lambda: room.clip.way == Fraction(-1, 4), timeout=2000)
    qtbot.keyRelease(viewer, Key.Key_J)
    qtbot.waitUntil(lambda: not room.clip.playing, timeout=2000)
    qtbot.keyRelease(viewer, Key.Key_K)
    qtbot.wait(120)
    assert room.clip.speed == 1, "the chosen speed is another matter"
    settled(qtbot, room)
    tap(Key.Key_J)
    assert room.clip.way == -1, "alone it shuttles, as before"
    tap(Key.Key_K)
    assert not room.clip.playing


def test_a_still_asked_for_in_play_is_of_the_frame_that_stays_on_screen(
    qtbot: Any, room: ReviewRoom, prompter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = playing(qtbot, room)
    show(qtbot, room, player, 2)
    asked: list[tuple[str, bool, str]] = []

    def save_file(title: str, proposed: Path, kinds: str = "") -> None:
        asked.append((proposed.name, room.clip.playing, state(room)))

    monkeypatch.setattr(prompter, "save_file", save_file)
    qtbot.keyClick(room.centre.viewer, Key.Key_C)
    qtbot.waitUntil(lambda: bool(asked), timeout=5000)
    assert asked == [("EX-001-frame-000002.png", False, "exact")]
    assert width(room) == 96, "the still itself is on screen"

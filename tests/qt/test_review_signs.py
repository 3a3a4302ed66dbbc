"""What stands at the picture while its frame is on its way, and when the process that opens media stops at it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMainWindow

from evidence_desk.domain.errors import WorkerLost
from evidence_desk.domain.frames import FrameTable
from evidence_desk.jobs import NullContext
from evidence_desk.media import frame_store, thumb_track
from evidence_desk.media.pictures import AS_IS, Picture, PictureView
from evidence_desk.media.thumb_track import ThumbTrack
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case
from evidence_desk.ui.frame_reader import FrameReader, Shown, Wanted
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review import ReviewRoom
from evidence_desk.wiring import Workers
from tests.made_frames import found_in, frames_of

FRAMES = 200
THUMBS = (0, 50, 100, 150)


class Source:
    """Gives grey pictures; the process "stops" at frames of `deadly`, as often as said there, and waits for `gate`."""

    def __init__(self) -> None:
        self.deadly: dict[int, int] = {}
        self.asked: list[int] = []
        self.gate = threading.Event()
        self.gate.set()

    def picture(
        self,
        path: Path,
        table: FrameTable,
        n: int,
        max_size: tuple[int, int] | None = None,
        *,
        view: PictureView = AS_IS,
    ) -> Picture:
        self.asked.append(n)
        assert self.gate.wait(10)
        if self.deadly.get(n, 0):
            self.deadly[n] -= 1
            raise WorkerLost("The process that opens media stopped while reading ab12.mp4.")
        grey = bytes([n % 256]) * (64 * 48 * 4)
        return Picture(64, 48, grey, 64, 48, 0, False, Fraction(1), n, table.pts(n), table.hash_of(n), exact=True)


def jpeg(shade: int) -> bytes:
    image = QImage(32, 24, QImage.Format.Format_RGB32)
    image.fill(shade * 0x010101)
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(kept, "JPG")  # type: ignore[call-overload]
    return bytes(kept.data().data())


@pytest.fixture
def source() -> Iterator[Source]:
    made = Source()
    yield made
    made.gate.set()


def wanted(n: int, ahead: int = 0) -> Wanted:
    return Wanted("EX-001", Path("clip"), frames_of([f"p{k}" for k in range(20)]), n, 1, ahead)


# -------------------------------------------------------------------------------------------------------- the reader


@pytest.fixture
def reader(qtbot: Any, source: Source) -> Iterator[FrameReader]:
    made = FrameReader(lambda: source)
    yield made
    source.gate.set()
    made.close()


def test_a_process_that_stops_once_costs_the_reviewer_nothing(qtbot: Any, reader: FrameReader, source: Source) -> None:
    source.deadly[7] = 1
    stops: list[tuple[str, int]] = []
    reader.stopped.connect(lambda exhibit, n: stops.append((exhibit, n)))
    with qtbot.waitSignal(reader.arrived) as arrived:
        reader.request(wanted(7))
    assert arrived.args[0].n == 7
    assert (source.asked, stops) == ([7, 7], [("EX-001", 7)])


def test_a_frame_that_stops_it_twice_is_left_to_a_person(qtbot: Any, reader: FrameReader, source: Source) -> None:
    source.deadly[7] = 3
    with qtbot.waitSignal(reader.failed) as failed:
        reader.request(wanted(7))
    assert failed.args[:2] == ["EX-001", 7]
    assert source.asked == [7, 7]
    assert reader.stopped_at("EX-001", 7)
    # Asked for again by a person it is tried once, not twice.
    with qtbot.waitSignal(reader.failed):
        reader.request(wanted(7))
    assert source.asked == [7, 7, 7]
    with qtbot.waitSignal(reader.arrived) as arrived:
        reader.request(wanted(7))
    assert arrived.args[0].n == 7


def test_a_frame_known_to_stop_it_is_not_fetched_ahead(qtbot: Any, reader: FrameReader, source: Source) -> None:
    source.deadly[7] = 9
    with qtbot.waitSignal(reader.arrived):
        reader.request(wanted(5, ahead=3))
    qtbot.waitUntil(lambda: source.asked == [5, 6, 7])
    shown: list[Shown] = []
    reader.arrived.connect(shown.append)
    reader.request(wanted(4, ahead=3))
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.wait(50)
    assert source.asked == [5, 6, 7, 4], "6 is kept, 7 is left alone"


# ---------------------------------------------------------------------------------------------------------- the room


@pytest.fixture
def room(
    qtbot: Any,
    host: QMainWindow,
    room_context: RoomContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: Source,
) -> Iterator[ReviewRoom]:
    """Review on an exhibit of 200 frames with thumbnails of four."""
    table = frames_of([f"p{n}" for n in range(FRAMES)], [40 * n for n in range(FRAMES)])
    case = Case.create(tmp_path / "Yard", "Yard", "Reviewer A")
    (tmp_path / "clip.mp4").write_bytes(b"a clip")
    received = intake.receive(case.paths, tmp_path / "clip.mp4", {}, NullContext())
    case.bus.run(c.add_exhibit(received))
    frame_store.save(table, intake.frame_table_path(case.paths, received.sha256, table.decoder))
    track = ThumbTrack(24, {n: jpeg(n) for n in THUMBS})
    thumb_track.save(track, case.paths.derived_for(received.sha256) / thumb_track.file_name(table.decoder))
    case.bus.run(c.record_findings("EX-001", found_in(table)))
    monkeypatch.setattr(Workers, "pictures", property(lambda _: source))
    monkeypatch.setattr(Workers, "jobs", property(lambda _: source))
    room_context.session.open(case)
    made = ReviewRoom(room_context)
    host.setCentralWidget(made)
    host.resize(1440, 900)
    host.show()
    qtbot.waitExposed(host)
    room_context.actions.room_is_built("review")
    room_context.actions.set_room("review")
    made.enter()
    qtbot.waitUntil(lambda: made.clip.state == "exact" and made.centre.viewer.is_exact, timeout=8000)
    yield made
    source.gate.set()
    made.release()


def test_a_small_picture_stands_in_and_is_never_taken_for_the_frame(
    qtbot: Any, room: ReviewRoom, source: Source
) -> None:
    viewer = room.centre.viewer
    source.gate.clear()
    room.clip.go(110)
    qtbot.waitUntil(lambda: viewer.previewing, timeout=2000)
    assert viewer.badge.title == "Preview"
    assert viewer.badge.accessibleName() == "Preview. A small picture of frame 100, until frame 110 is decoded"
    assert viewer.accessibleName() == "Picture, EX-001, preview of frame 110 by frame 100, not exact"
    assert not viewer.is_exact
    assert viewer.shown is None
    assert room.centre.clocks.frame.reading.heading == "Frame, loading"
    before = len(room.session.case.queries.observations())
    room.observe.when_exact(room.observe.observe_now)
    assert len(room.session.case.queries.observations()) == before, "nothing is kept of a preview"
    source.gate.set()
    qtbot.waitUntil(lambda: viewer.is_exact, timeout=8000)
    assert not viewer.previewing
    assert not viewer.badge.isVisible()
    qtbot.waitUntil(lambda: len(room.session.case.queries.observations()) == before + 1, timeout=8000)
    assert room.session.case.queries.observations()[-1].first_frame == 110


def test_marks_typed_ahead_of_the_picture_get_the_frame_they_were_typed_on(
    qtbot: Any, room: ReviewRoom, source: Source
) -> None:
    before = len(room.session.case.queries.observations())
    source.gate.clear()
    room.clip.go(110)
    assert room.clip.state not in ("exact", "provisional")
    for id_ in ("observe.term_3", "observe.term_4", "go.next_frame", "go.next_frame", "observe.term_8"):
        room.context.actions.action(id_).trigger()
    assert room.clip.n == 110, "the steps wait for the marks before them"
    source.gate.set()
    qtbot.waitUntil(lambda: len(room.session.case.queries.observations()) == before + 3, timeout=8000)
    made = room.session.case.queries.observations()[before:]
    assert [(o.term, o.first_frame) for o in made] == [("arms-raised", 110), ("kneels", 110), ("cut", 112)]


def test_facts_typed_ahead_of_the_picture_belong_to_their_mark(qtbot: Any, room: ReviewRoom, source: Source) -> None:
    before, strip = len(room.session.case.queries.observations()), room.attributes.strip

    def asked() -> bool:
        return strip.attribute is not None

    source.gate.clear()
    room.clip.go(110)
    room.context.actions.action("observe.term_5").trigger()
    assert asked(), "it asks at once, or the letters would be those of other actions"
    for key in (Qt.Key.Key_A, Qt.Key.Key_Tab, Qt.Key.Key_Q):
        qtbot.keyClick(strip, key)
    room.context.actions.action("go.next_frame").trigger()
    assert not asked()
    room.context.actions.action("observe.term_3").trigger()
    qtbot.keyClick(strip, Qt.Key.Key_R)
    assert len(room.session.case.queries.observations()) == before
    source.gate.set()

    def facts() -> list[Any]:
        made = room.session.case.queries.observations()[before:]
        return [(o.term, o.first_frame, o.attributes) for o in made]

    expected = [
        ("lies", 110, {"facing": "down", "movement": "not seen"}),
        ("arms-raised", 111, {"arms": "right"}),
    ]
    qtbot.waitUntil(lambda: facts() == expected, timeout=8000)
    assert asked(), "the last mark's facts can still be stated"


def test_a_mark_whose_frame_was_left_by_hand_is_refused_and_says_so(
    qtbot: Any, room: ReviewRoom, source: Source
) -> None:
    before = len(room.session.case.queries.observations())
    said: list[str] = []
    room.session.noticed.connect(lambda text, _: said.append(text))
    source.gate.clear()
    room.clip.go(110)
    room.context.actions.action("observe.term_3").trigger()
    room.clip.go(40)
    source.gate.set()
    qtbot.waitUntil(lambda: room.clip.state == "exact", timeout=8000)
    assert said == ["The frame was left before it was shown exactly; nothing was kept."]
    assert len(room.session.case.queries.observations()) == before
    assert room.attributes.strip.attribute is None, "and there is nothing to state facts of"


def test_a_step_keeps_the_picture_rather_than_showing_a_small_one(qtbot: Any, room: ReviewRoom, source: Source) -> None:
    room.clip.go(60)
    qtbot.waitUntil(lambda: room.centre.viewer.is_exact and room.clip.state == "exact", timeout=8000)
    room.clip.reader.forget()
    source.gate.clear()
    room.clip.step(1)
    qtbot.waitUntil(lambda: room.centre.viewer.badge.title == "Frame 61 is being decoded", timeout=2000)
    assert not room.centre.viewer.previewing


def test_going_back_to_the_frame_shown_before_takes_the_preview_away(
    qtbot: Any, room: ReviewRoom, source: Source
) -> None:
    viewer = room.centre.viewer
    source.gate.clear()
    room.clip.go(110)
    qtbot.waitUntil(lambda: viewer.previewing, timeout=2000)
    room.clip.go(0)
    qtbot.waitUntil(lambda: viewer.is_exact, timeout=2000)
    assert not viewer.previewing
    assert viewer.shown is not None
    assert viewer.shown.n == 0


def test_a_process_that_stops_is_told_with_exhibit_and_frame_and_can_be_tried_again(
    qtbot: Any, room: ReviewRoom, source: Source
) -> None:
    centre, viewer = room.centre, room.centre.viewer
    room.observe.open_form()
    room.form.fields.statement.setPlainText("Half a sentence")
    source.deadly[90] = 2
    room.clip.go(90)
    qtbot.waitUntil(lambda: room.clip.state == "failed", timeout=8000)
    assert viewer.badge.title == "Frame 90 cannot be shown"
    said = viewer.badge.accessibleName()
    assert "stopped at frame 90 of EX-001" in said
    assert "typed is safe" in said
    assert centre.signs.again.isVisible()
    assert centre.signs.stops.isVisible()
    assert "EX-001 stopped the process that opens media 2 times in this session" in centre.signs.stops.accessibleName()
    assert room.clip.n == 90
    assert room.form.fields.statement.toPlainText() == "Half a sentence"
    viewer.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: viewer.is_exact, timeout=8000)
    assert not centre.signs.again.isVisible()
    assert centre.signs.stops.isVisible(), "the mark stays for the session"
    # Another frame was never in danger.
    room.clip.go(91)
    qtbot.waitUntil(lambda: viewer.is_exact and room.clip.n == 91, timeout=8000)

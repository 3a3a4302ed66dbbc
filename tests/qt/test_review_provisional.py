"""Review under provisional numbers: they are said to be so, bind by hash, and the count is followed without a jump."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow

from evidence_desk.domain.controlled_values import PROVISIONAL
from evidence_desk.domain.frames import FrameRow, FrameTable
from evidence_desk.jobs import NullContext
from evidence_desk.media import frame_store
from evidence_desk.media.pictures import AS_IS, Picture, PictureView
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case
from evidence_desk.ui.rooms import RoomContext, review_counting
from evidence_desk.ui.rooms.review import ReviewRoom
from evidence_desk.wiring import Workers
from tests.made_frames import found_in, frames_of

FRAMES = 40


class Counted:
    """A case open in Review whose EX-001 lists one frame too few: provisional frame n is counted frame n + 1."""

    def __init__(self, case: Case, room: ReviewRoom, final: intake.Examination, bot: Any) -> None:
        self.case, self.room, self.final, self.bot = case, room, final, bot

    @property
    def table(self) -> FrameTable:
        assert self.final.table is not None
        return self.final.table

    def arrive(self) -> None:
        """The count of the frames arrives, as from a job."""
        assert self.room.session.run(c.record_findings("EX-001", self.final)) is not None
        self.bot.waitUntil(lambda: self.room.clip.clip is not None and not self.room.clip.clip.provisional)
        self.settled("exact")

    def settled(self, state: str) -> None:
        viewer, clip = self.room.centre.viewer, self.room.clip
        self.bot.waitUntil(
            lambda: viewer.shown is not None and viewer.shown.n == clip.n and clip.state == state, timeout=8000
        )

    def go(self, n: int) -> None:
        self.room.clip.go(n)
        self.settled("provisional")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(QApplication.focusWidget() or self.room, key, modifier)


class ByPacket:
    """Gives pictures as the worker does, without one: provisional frame n has the picture of counted frame n + 1."""

    def __init__(self, counted: FrameTable) -> None:
        self.counted = counted

    def true_number(self, table: FrameTable, n: int) -> int:
        return n + 1 if table.provisional else n

    def picture(
        self,
        path: Path,
        table: FrameTable,
        n: int,
        max_size: tuple[int, int] | None = None,
        *,
        view: PictureView = AS_IS,
    ) -> Picture:
        true = self.true_number(table, n)
        data = bytes([true * 5]) * (64 * 48 * 4)
        pts, found, exact = table.pts(n), self.counted.hash_of(true), not table.provisional
        return Picture(64, 48, data, 64, 48, 0, False, Fraction(1), n, pts, found, exact, provisional=table.provisional)

    def reached_at(
        self, path: Path, table: FrameTable, numbers: Sequence[int], ctx: object = None
    ) -> list[tuple[FrameRow, bool]]:
        found = [(n, self.counted.hash_of(self.true_number(table, n))) for n in numbers]
        return [(replace(table.row(n), hash=frame_hash), False) for n, frame_hash in found]


@pytest.fixture
def counted(
    qtbot: Any, host: QMainWindow, room_context: RoomContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Counted]:
    names, stamps = [f"p{n}" for n in range(FRAMES)], [40 * n for n in range(FRAMES)]
    final, listed = frames_of(names, stamps), frames_of(names[1:], stamps[1:], provisional=True)
    case = Case.create(tmp_path / "Long", "Long", "Reviewer A")
    (tmp_path / "long.mp4").write_bytes(b"a long clip")
    received = intake.receive(case.paths, tmp_path / "long.mp4", {}, NullContext())
    case.bus.run(c.add_exhibit(received))
    frame_store.save(listed, intake.outline_path(case.paths, received.sha256, listed.decoder))
    frame_store.save(final, intake.frame_table_path(case.paths, received.sha256, final.decoder))
    case.bus.run(c.record_findings("EX-001", found_in(listed)))
    source = ByPacket(final)
    monkeypatch.setattr(Workers, "pictures", property(lambda _: source))
    monkeypatch.setattr(Workers, "jobs", property(lambda _: source))
    room_context.session.open(case)
    room = ReviewRoom(room_context)
    host.setCentralWidget(room)
    host.resize(1440, 900)
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    room_context.actions.room_is_built("review")
    room_context.actions.set_room("review")
    room.enter()
    made = Counted(case, room, found_in(final), qtbot)
    qtbot.waitUntil(lambda: room.clip.clip is not None, timeout=8000)
    made.settled("provisional")
    yield made
    room.release()


def test_a_provisional_number_is_said_at_the_picture_the_clock_and_the_list(counted: Counted) -> None:
    room = counted.room
    counted.go(4)
    viewer = room.centre.viewer
    assert not viewer.is_exact
    assert viewer.badge.title == "Provisional number"
    assert "this number may change" in viewer.badge.accessibleName()
    assert viewer.accessibleName().endswith("provisional number")
    assert room.centre.signs.provisional.isVisible()
    assert room.centre.clocks.frame.reading.heading == "Frame, provisional"
    assert "not counted yet" in room.centre.clocks.frame.reading.spoken
    assert room.centre.clocks.hash.reading.copies == counted.table.hash_of(5), "the hash is that of the picture seen"
    row = room.navigator.exhibits.index(0)
    assert "provisional" in row.data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_is_observed_and_looked_at_keeps_its_picture_when_the_count_arrives(counted: Counted) -> None:
    counted.go(4)
    counted.press(Qt.Key.Key_M)
    (kept,) = counted.case.queries.observations()
    assert (kept.first_frame, kept.anchor, kept.first_hash) == (4, PROVISIONAL, counted.table.hash_of(5))
    counted.room.clip.mark_in()
    counted.go(6)
    counted.arrive()
    assert (counted.room.clip.n, counted.room.clip.head.mark_in) == (7, 5)  # type: ignore[union-attr]
    (found,) = counted.case.queries.observations()
    assert (found.first_frame, found.anchor) == (5, "")
    assert not counted.room.centre.signs.provisional.isVisible()
    assert not counted.room.centre.viewer.badge.isVisible()
    assert counted.room.form.fields.frames.first.text() == "5"


def test_a_form_that_is_being_filled_follows_the_count_and_loses_no_word(counted: Counted) -> None:
    counted.go(4)
    counted.room.observe.open_form()
    counted.room.form.fields.statement.setPlainText("An arm is raised")
    counted.room.observe.add_shape((160, 160, 320, 320))
    counted.arrive()
    form = counted.room.form
    assert form.is_new
    assert form.fields.statement.toPlainText() == "An arm is raised"
    assert (form.fields.frames.first.text(), form.fields.frames.last.text()) == ("5", "5")
    assert counted.room.observe.keep()
    (kept,) = counted.case.queries.observations()
    assert (kept.first_frame, kept.first_hash, kept.anchor) == (5, counted.table.hash_of(5), "")
    assert [(r.frame, r.anchor) for r in counted.case.queries.regions()] == [(5, "")]


def test_an_edit_that_is_not_kept_yet_stands_on_the_counted_frames(counted: Counted) -> None:
    counted.go(4)
    counted.press(Qt.Key.Key_M)
    form = counted.room.form
    form.fields.statement.setPlainText("Typed before the count")
    assert form.dirty
    counted.arrive()
    assert form.fields.statement.toPlainText() == "Typed before the count"
    assert counted.room.observe.keep()
    (kept,) = counted.case.queries.observations()
    assert (kept.first_frame, kept.statement) == (5, "Typed before the count")


def test_a_frame_named_by_number_alone_is_read_before_it_is_kept(counted: Counted) -> None:
    counted.go(4)
    counted.room.observe.open_form()
    counted.room.form.fields.frames.last.setText("9")
    counted.room.form.fields.frames.edited.emit()
    assert not counted.room.observe.keep(), "it waits for the picture"
    counted.bot.waitUntil(lambda: bool(counted.case.queries.observations()), timeout=8000)
    (kept,) = counted.case.queries.observations()
    assert (kept.first_frame, kept.last_frame) == (4, 9)
    assert (kept.first_hash, kept.last_hash) == (counted.table.hash_of(5), counted.table.hash_of(10))
    assert not counted.room.form.dirty


def test_a_count_that_arrives_while_a_frame_is_read_costs_nothing_that_was_typed(
    counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted.go(4)
    gate, reading = threading.Event(), review_counting._read

    def held(*given: Any) -> Any:
        assert gate.wait(5)
        return reading(*given)

    monkeypatch.setattr(review_counting, "_read", held)
    counted.room.observe.open_form()
    counted.room.form.fields.statement.setPlainText("Both hands")
    counted.room.form.fields.frames.last.setText("9")
    assert not counted.room.observe.keep()
    counted.arrive()
    gate.set()
    counted.bot.waitUntil(lambda: not counted.room.observe._uncounted._reading, timeout=8000)
    assert counted.case.queries.observations() == (), "nothing is kept by itself under numbers that moved"
    form = counted.room.form
    assert (form.fields.statement.toPlainText(), form.fields.frames.last.text()) == ("Both hands", "10")
    assert counted.room.observe.keep()
    (kept,) = counted.case.queries.observations()
    assert (kept.first_frame, kept.last_frame, kept.anchor) == (5, 10, "")

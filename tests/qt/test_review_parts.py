"""The parts of Review by themselves: the reader's promise, the timeline's hands, the picture's signs."""

from __future__ import annotations

import math
import threading
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

from evidence_desk.domain.codebook import Attribute, Term
from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import FrameColumns, FrameTable, PacketColumns, TableFacts
from evidence_desk.domain.records import Observation
from evidence_desk.media.pictures import AS_IS, Picture, PictureView
from evidence_desk.services.playhead import FrameClock
from evidence_desk.ui.frame_reader import FrameReader, Shown, Wanted
from evidence_desk.ui.models.observations import ObservationFilter, build_rows
from evidence_desk.ui.panels.observation_parts import AttributeField
from evidence_desk.ui.widgets.lane_making import build_lanes
from evidence_desk.ui.widgets.picture_geometry import PictureGeometry
from evidence_desk.ui.widgets.region_paint import label_room
from evidence_desk.ui.widgets.region_shapes import Shape
from evidence_desk.ui.widgets.timeline import Timeline
from evidence_desk.ui.widgets.timeline_scale import MIN_SECONDS, TimeScale, ruler_label
from evidence_desk.ui.widgets.viewer import Viewer

FRAMES = 50


def table() -> FrameTable:
    """A table of fifty frames of 40 ms."""
    columns = FrameColumns()
    for n in range(FRAMES):
        columns.pts.append(n * 40)
        columns.duration.append(40)
        columns.packet.append(n)
        columns.pict_type.append(1)
        columns.flags.append(0)
    facts = TableFacts(0, Fraction(1, 1000), "test decoder")
    return FrameTable(facts, columns, PacketColumns(), bytes(FRAMES * 32))


def picture(n: int, exact: bool = True) -> Picture:
    """A grey picture of 32 by 18."""
    grey = bytes([n * 5 % 256]) * (32 * 18 * 4)
    return Picture(
        32, 18, grey, 32, 18, 0, False, Fraction(1), n, n * 40, f"{n:064x}", exact, "" if exact else "Differs."
    )


class Source:
    """Hands out pictures; frame 13 cannot be had, and `gate` holds every answer back."""

    def __init__(self) -> None:
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
        assert self.gate.wait(5)
        if n == 13:
            raise MediaUnreadable("Frame 13 cannot be decoded. The exhibit is safe.")
        return picture(n)


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def reader(qtbot: Any, source: Source) -> Any:
    made = FrameReader(lambda: source)
    yield made
    source.gate.set()
    made.close()


def wanted(n: int, ahead: int = 0) -> Wanted:
    return Wanted("EX-001", Path("clip"), table(), n, 1, ahead)


def test_the_newest_request_wins(qtbot: Any, reader: FrameReader, source: Source) -> None:
    arrived: list[int] = []
    passed: list[int] = []
    reader.arrived.connect(lambda shown: arrived.append(shown.n))
    reader.passed.connect(lambda shown: passed.append(shown.n))
    source.gate.clear()
    reader.request(wanted(1))
    qtbot.waitUntil(lambda: source.asked == [1])
    for n in (2, 3, 4):
        reader.request(wanted(n))
    source.gate.set()
    qtbot.waitUntil(lambda: arrived == [4])
    assert source.asked == [1, 4]
    assert passed == [1]


def test_neighbours_are_fetched_ahead_and_come_at_once(qtbot: Any, reader: FrameReader, source: Source) -> None:
    with qtbot.waitSignal(reader.arrived):
        reader.request(wanted(5, ahead=3))
    qtbot.waitUntil(lambda: source.asked == [5, 6, 7, 8])
    qtbot.wait(50)
    arrived: list[Shown] = []
    reader.arrived.connect(arrived.append)
    reader.request(wanted(7))
    assert [shown.n for shown in arrived] == [7]
    assert arrived[0].image.width() == 32
    assert arrived[0].image.pixelColor(3, 3).red() == 35


def test_a_failure_is_told_with_its_frame(qtbot: Any, reader: FrameReader) -> None:
    with qtbot.waitSignal(reader.failed) as told:
        reader.request(wanted(13))
    assert told.args == ["EX-001", 13, "Frame 13 cannot be decoded. The exhibit is safe."]


@pytest.fixture
def viewer(qtbot: Any, host: QMainWindow) -> Viewer:
    made = Viewer()
    host.setCentralWidget(made)
    host.show()
    qtbot.waitExposed(host)
    return made


def shown(n: int, exact: bool = True) -> Shown:
    from PySide6.QtGui import QImage

    made = picture(n, exact)
    image = QImage(made.bgra, 32, 18, 128, QImage.Format.Format_RGB32)
    return Shown("EX-001", n, image, made)


def test_no_picture_passes_for_another(viewer: Viewer) -> None:
    def exact() -> bool:
        return viewer.is_exact

    viewer.set_picture(shown(3), FRAMES)
    assert exact()
    assert not viewer.badge.isVisible()
    assert viewer.accessibleName() == "Picture, EX-001, frame 3 of 50, exact"
    viewer.set_loading("EX-001", 4, FRAMES)
    assert not exact()
    assert "not the frame asked for" in viewer.accessibleName()
    viewer.show_waiting()
    assert viewer.badge.title == "Frame 4 is being decoded"
    viewer.set_failed("EX-001", 4, "It cannot be decoded.")
    assert viewer.badge.title == "Frame 4 cannot be shown"
    grabbed = viewer.grab().toImage()
    middle = grabbed.pixelColor(grabbed.width() // 2, grabbed.height() // 2)
    assert middle.name() == "#101010", "a failed frame leaves no older picture behind"
    viewer.set_picture(shown(5, exact=False), FRAMES)
    assert viewer.badge.title == "Not the exact frame"
    assert not exact()


def test_zoom_keeps_the_place_under_the_hand_and_squares_above_200(viewer: Viewer) -> None:
    viewer.set_picture(shown(3), FRAMES)
    assert viewer.zoom_text().startswith("Fit")
    place = QPointF(viewer.viewport().width() * 0.25, viewer.viewport().height() * 0.6)
    before = viewer.mapToScene(place.toPoint())
    wheel = QWheelEvent(
        place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewer.viewport(), wheel)
    after = viewer.mapToScene(place.toPoint())
    assert (before - after).manhattanLength() < 0.1
    assert not viewer.zoom_text().startswith("Fit")
    viewer.zoom_to(1.0)
    assert viewer.zoom_text().endswith("100\u202f%")
    assert viewer._item.transformationMode() == Qt.TransformationMode.SmoothTransformation
    viewer.zoom_to(4.0)
    assert viewer._item.transformationMode() == Qt.TransformationMode.FastTransformation


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("sar", [Fraction(1), Fraction(4, 3), Fraction(8, 9)])
def test_boxes_survive_every_orientation(rotation: int, mirrored: bool, sar: Fraction) -> None:
    geometry = PictureGeometry(720, 576, rotation, mirrored, sar)
    box = (1600, 320, 480, 960)
    assert geometry.to_native(geometry.to_shown(box)) == box
    whole = (0, 0, 720 * 16, 576 * 16)
    assert geometry.to_native(geometry.to_shown(whole)) == whole
    dx, dy = geometry.native_step(1, 0)
    assert abs(dx) + abs(dy) == 1
    rect = geometry.to_shown(box)
    moved = geometry.to_shown((box[0] + dx * 16, box[1] + dy * 16, box[2], box[3]))
    assert moved.left() > rect.left()


def test_regions_go_along_with_a_tilted_picture_and_come_back_the_same() -> None:
    a, b = math.cos(math.radians(3)) * 1.02, math.sin(math.radians(3)) * 1.02
    geometry = PictureGeometry(200, 100, 90, sar=Fraction(2), tilt=(a, b, -7.25, 4.5))
    points = (160, 320, 1600, 800, 2400, 1440)
    assert geometry.points_to_native(geometry.points_to_shown(points)) == points
    box = (320, 160, 640, 480)
    assert geometry.to_native(geometry.to_shown(box)) == box
    (middle,) = geometry.points_to_shown((640, 400))
    centre = geometry.to_shown(box).center()
    assert abs(middle.x() - centre.x()) + abs(middle.y() - centre.y()) < 1e-6
    assert geometry.native_step(1, 0) == PictureGeometry(200, 100, 90, sar=Fraction(2)).native_step(1, 0)


def test_a_label_keeps_off_the_words_of_other_shapes() -> None:
    picture, size, region = QRectF(0, 0, 300, 200), QSizeF(80, 20), QRectF(50, 60, 40, 40)
    above, below = QRectF(49, 35, 80, 20), QRectF(49, 105, 80, 20)
    assert label_room(size, region, picture, []) == above
    assert label_room(size, region, picture, [QRectF(100, 30, 30, 30)]) == below
    beside = label_room(size, region, picture, [above, below])
    assert (beside.left(), beside.center().y()) == (95, 80)
    assert label_room(size, QRectF(250, 2, 60, 40), picture, []) == QRectF(220, 47, 80, 20)
    assert label_room(size, region, picture, [picture]) == above, "where nothing is free it is as usual"


def test_a_box_never_leaves_the_picture() -> None:
    geometry = PictureGeometry(100, 50)
    assert geometry.held((-40, 790, 320, 320)) == (0, 480, 320, 320)
    assert geometry.held((0, 0, 0, 99_999)) == (0, 0, 16, 800)


def test_tab_walks_the_regions(viewer: Viewer, qtbot: Any) -> None:
    viewer.set_picture(shown(3), FRAMES)
    viewer.set_shapes([Shape(f"RG-00{i}", "OB-001", (i * 64, 16, 48, 48), 3) for i in (1, 2)])
    viewer.setFocus()
    qtbot.keyClick(viewer, Qt.Key.Key_Tab)
    assert viewer.chosen_region == "RG-001"
    assert viewer.accessibleDescription() == "Box, OB-001, key frame 3"
    qtbot.keyClick(viewer, Qt.Key.Key_Tab)
    assert viewer.chosen_region == "RG-002"
    moved: list[tuple[str, tuple[int, ...]]] = []
    viewer.region_nudged.connect(lambda number, box: moved.append((number, box)))
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(viewer, Qt.Key.Key_Left)
    assert moved == []
    qtbot.keyClick(viewer, Qt.Key.Key_Left, alt)
    for _ in range(3):
        viewer.hold_next_corner()
    assert viewer.accessibleDescription().endswith("corner 3 held")
    qtbot.keyClick(viewer, Qt.Key.Key_Right, alt)
    assert moved == [("RG-002", (112, 16, 48, 48)), ("RG-002", (128, 16, 64, 48))]


def seen(number: str, term: str, first: int, last: int, **fields: Any) -> Observation:
    return Observation(
        uid=number, number=number, exhibit="EX-001", term=term, first_frame=first, last_frame=last, **fields
    )


TERMS = {
    "arms-raised": Term("arms-raised", "posture", "Arms raised", ""),
    "kneels": Term("kneels", "posture", "Kneels", ""),
    "cut": Term("cut", "continuity", "Cut", ""),
}
SEEN = (
    seen("OB-001", "arms-raised", 5, 20),
    seen("OB-002", "kneels", 20, 30),
    seen("OB-003", "kneels", 10, 12, presence="looked for, not seen"),
    seen("OB-004", "cut", 25, 25),
)


@pytest.fixture
def timeline(qtbot: Any, host: QMainWindow) -> Timeline:
    made = Timeline()
    host.setCentralWidget(made)
    host.resize(900, 300)
    host.show()
    qtbot.waitExposed(host)
    clock = FrameClock.of(table())
    made.set_clip(clock, 16 / 9)
    made.set_lanes(build_lanes(SEEN, TERMS, clock))
    return made


def test_lanes_follow_the_codebook_and_pack_what_overlaps() -> None:
    lanes = build_lanes(SEEN, TERMS, FrameClock.of(table()))
    assert [lane.category for lane in lanes] == ["posture", "continuity"]
    rows = {bar.number: bar.row for bar in lanes[0].bars}
    assert rows == {"OB-001": 0, "OB-002": 0, "OB-003": 1}
    assert lanes[1].bars[0].is_point
    assert next(b for b in lanes[0].bars if b.number == "OB-003").negative


def test_the_timeline_by_keyboard(timeline: Timeline, qtbot: Any) -> None:
    picked: list[str] = []
    sought: list[int] = []
    timeline.picked.connect(picked.append)
    timeline.seek.connect(sought.append)
    timeline.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert (picked, sought) == (["OB-003"], [10])
    qtbot.keyClick(timeline, Qt.Key.Key_Down)
    assert timeline.accessibleDescription() == "Continuity lane, Cut, frame 25, 1 of 1"
    qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert picked[-1] == "OB-004"
    assert timeline.grab().toImage().width() > 0


def test_a_click_seeks_and_picks(timeline: Timeline, qtbot: Any) -> None:
    picked: list[str] = []
    sought: list[int] = []
    timeline.picked.connect(picked.append)
    timeline.seek.connect(sought.append)
    bar = next(b for b in timeline.bars() if b.number == "OB-001")
    place = timeline.rect_of(bar).center().toPoint()
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=place)
    assert picked == ["OB-001"]
    assert 5 <= sought[-1] <= 20


def test_wheel_zooms_at_the_pointer_and_pans(timeline: Timeline) -> None:
    scale = timeline.scale
    assert scale is not None
    assert scale.is_whole
    x = 128 + 300.0
    under = scale.seconds(300)

    def wheel(delta: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        event = QWheelEvent(
            QPointF(x, 20), QPointF(x, 20), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, modifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(timeline, event)

    for _ in range(4):
        wheel(120)
    near = timeline.scale
    assert near is not None
    assert near.span < scale.span / 2
    assert abs(near.seconds(300) - under) < 0.01
    wheel(-120, Qt.KeyboardModifier.ShiftModifier)
    panned = timeline.scale
    assert panned is not None
    assert panned.start > near.start
    assert panned.span == near.span
    timeline.set_frame(49)
    following = timeline.scale
    assert following is not None
    assert following.start <= 49 * 0.04 <= following.end
    timeline.show_whole()
    assert timeline.scale is not None
    assert timeline.scale.is_whole


def test_a_screen_reader_walks_the_bars(timeline: Timeline) -> None:
    interface = QAccessible.queryAccessibleInterface(timeline)
    assert interface.text(QAccessible.Text.Name) == "Timeline, frame 0 of 50"
    assert interface.childCount() == 4
    names = [interface.child(i).text(QAccessible.Text.Name) for i in range(4)]
    assert names[0] == "Posture lane, Arms raised, frames 5 to 20, 1 of 3"
    assert "looked for, not seen" in names[1]
    assert interface.child(0).role() == QAccessible.Role.ListItem
    assert interface.indexOfChild(interface.child(2)) == 2


def test_scale_never_leaves_the_clip() -> None:
    scale = TimeScale.whole(100.0, 1000.0)
    for factor, x in ((0.001, 0.0), (0.5, 1000.0), (100.0, 500.0), (0.9, -50.0)):
        scale = scale.zoomed(factor, x)
        assert scale.start >= 0
        assert scale.end <= 100.0 + 1e-9
        assert MIN_SECONDS <= scale.span <= 100.0
    assert [ruler_label(s, step) for s, step in ((0, 5), (65, 1), (3725, 60), (1.25, 0.05), (7.5, 0.5))] == [
        "00:00", "01:05", "1:02:05", "00:01.25", "00:07.5",
    ]  # fmt: skip


def test_the_filter_narrows_by_word_term_frame_basis_and_link() -> None:
    rows = build_rows(SEEN, TERMS, ())

    def numbers(**wanted_: Any) -> list[str]:
        return [r.observation.number for r in rows if ObservationFilter(**wanted_).takes(r)]

    assert numbers(text="kneels") == ["OB-003", "OB-002"]
    assert numbers(text="#25") == ["OB-002", "OB-004"]
    assert numbers(text="arms 12") == ["OB-001"]
    assert numbers(heard=True) == []
    assert numbers(no_link=True, text="cut") == ["OB-004"]
    assert numbers(exhibit="EX-002") == []
    assert rows[1].label == "Kneels, not seen"


def test_a_fact_of_one_line_holds_no_break_that_nobody_sees(qtbot: Any) -> None:
    field = AttributeField(Attribute("colour", "Colour"))
    qtbot.addWidget(field)
    QApplication.clipboard().setText("yellow\nand blue")
    line = field.focusProxy()
    assert isinstance(line, QLineEdit)
    line.paste()
    assert field.value() == line.text() == "yellow and blue"

"""The middle of Review: the picture, the transport with its clocks, the timeline."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.services.playhead import Playhead, parse_goto
from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.panels.case_clock_strip import CaseClockStrip
from evidence_desk.ui.panels.picture_signs import PictureSigns
from evidence_desk.ui.panels.sound_feed import SoundFeed
from evidence_desk.ui.panels.timeline_feed import TimelineFeed, picture_aspect
from evidence_desk.ui.panels.tool_strip import ToolStrip
from evidence_desk.ui.panels.view_signs import ViewSigns
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_adjust import AdjustDesk
from evidence_desk.ui.rooms.review_clip import LOADING, PREVIEW, Clip, ClipDesk
from evidence_desk.ui.rooms.review_places import SETTLED
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import primary_button
from evidence_desk.ui.widgets.clocks import Clocks
from evidence_desk.ui.widgets.key_caps import follow_keys
from evidence_desk.ui.widgets.labels import Badge, ElidedLabel
from evidence_desk.ui.widgets.pages import Pages
from evidence_desk.ui.widgets.panel import EmptyState, PanelHeader
from evidence_desk.ui.widgets.timeline import Timeline
from evidence_desk.ui.widgets.transport import Transport
from evidence_desk.ui.widgets.viewer import Viewer
from evidence_desk.ui.widgets.zoom_button import ZoomButton

_PICTURE = 130
"""A low window gives the picture at least so much more than its smallest size, before the lanes."""
WAIT_SHOWN_MS = 150
"""A picture that takes longer than this is announced; a sign that flashed at every step would only disturb."""


class ReviewCentre(QWidget):
    """Shows what the clip desk holds; what is drawn or picked is taken from `viewer` and `timeline`."""

    def __init__(self, context: RoomContext, desk: ClipDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._desk = context, desk
        self.viewer = Viewer()
        self.adjust = AdjustDesk(desk, self.viewer, self)
        self.strip = ToolStrip(context.actions)
        self.transport = Transport(context.actions)
        self.clocks = Clocks()
        self.case_clock = CaseClockStrip()
        self.timeline = Timeline()
        self._feed = TimelineFeed(context, desk, self.timeline, self)
        self.sound = SoundFeed(context, desk, self.timeline, self)
        self.kept_heights: list[int] = []

    # ------------------------------------------------------------------------------------------------------- layout

    def build_up(self) -> Iterator[None]:
        """Put the parts where they stay and join them; stops in between, for the window's turn."""
        self.header = PanelHeader("")
        self._vfr = Badge(tr("VFR"), tip=tr("Frames differ in duration; places are counted by frame, not by a rate"))
        self._zoom = ZoomButton(self.viewer)
        self.header.add(self._vfr)
        self.signs = PictureSigns(self._context, self._desk, self.viewer, self.header)
        self.view_signs = ViewSigns(self._desk, self.adjust, self.header, self)
        self.header.add(self._zoom)
        picture = QWidget()
        row = QHBoxLayout(picture)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.strip)
        row.addWidget(self.viewer, 1)
        self._add = follow_keys(self._context.actions, "file.add", primary_button(tr("Add files…")))
        self._add.clicked.connect(self._context.actions.action("file.add").trigger)
        self._empty = EmptyState("exhibit_video", "", " ", (self._add,))
        self.pages = Pages()
        self.pages.addWidget(picture)
        self.pages.addWidget(self._empty)
        upper = QWidget()
        # Head, pages and clocks go into a window of their own where the picture is taken out, and come back here.
        self.column = column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.pages, 1)
        bar = QFrame()
        bar.setObjectName("panel")
        self.lines = lines = QVBoxLayout(bar)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.transport)
        lines.addWidget(self.clocks)
        lines.addWidget(self.case_clock)
        column.addWidget(bar)
        yield
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(upper)
        self.split.addWidget(self._timeline_part())
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_SHOWN_MS)
        self._wait.timeout.connect(self.viewer.show_waiting)
        self._connect()
        self._show_clip()

    def _timeline_part(self) -> QWidget:
        part = QFrame()
        part.setObjectName("panel")
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        actions = self._context.actions
        buttons = [actions.tool_button(f"view.{n}") for n in ("timeline_out", "timeline_in", "timeline_all", "lanes")]
        self.lanes_button = buttons[-1]
        self.looked_at = ElidedLabel("", "note")
        self._timeline_header = PanelHeader(tr("Timeline"), actions=[self.looked_at, *buttons])
        self._timeline_header.give_room(self.looked_at, 2)
        column.addWidget(self._timeline_header)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._scroll.setWidget(self.timeline)
        column.addWidget(self._scroll, 1)
        return part

    def _connect(self) -> None:
        desk = self._desk
        desk.opened.connect(self._show_clip)
        desk.moved.connect(self._moved)
        desk.marked.connect(self._marked)
        desk.played.connect(self.transport.show_playing)
        desk.state_changed.connect(self._state_changed)
        desk.showing.connect(self._arrived)
        desk.reader.passed.connect(self._passed)
        desk.reader.failed.connect(self._failed)
        self.viewer.tool_changed.connect(self.strip.show_tool)
        desk.speed_changed.connect(self.transport.show_speed)
        desk.sound.changed.connect(self._show_sound)
        self.transport.speed_chosen.connect(desk.set_speed)
        self.transport.volume_chosen.connect(desk.sound.set_volume)
        self.clocks.typed.connect(self._go_typed)
        self.timeline.seek.connect(desk.go)
        self.sound.sound_shown.connect(self.fit_timeline)

    def add_page(self, page: QWidget) -> None:
        """Let a page stand where the picture is, when it is asked for."""
        self.pages.addWidget(page)

    def show_page(self, page: QWidget | None) -> None:
        """Show a page in place of the picture, None for the picture; without a clip the reason stays."""
        if self._desk.clip is not None:
            self.pages.setCurrentIndex(0 if page is None else self.pages.indexOf(page))

    def set_short(self, short: bool) -> None:
        """Use low lanes, as in a low window."""
        self.timeline.set_short(short)
        self.fit_timeline()

    def fit_timeline(self) -> None:
        """Give the timeline the height a person chose, or what its lanes need: at most half; the picture keeps its."""
        wanted = self.timeline.minimumHeight() + self._timeline_header.height() + 2
        total, out = self.split.height(), not self.isAncestorOf(self.pages)
        most = total - self.column.minimumSize().height() - (0 if out else current_theme().px(_PICTURE))
        usual = min(wanted, most, total if out else total // 2)
        lower = self.kept_heights[1] if self.kept_heights and not out else usual
        if total > 0:
            self.split.setSizes([total - lower, lower])

    def add_lane_tools(self, field: QWidget) -> None:
        """Put the field that narrows the lanes into the head of the timeline."""
        self._timeline_header.add(field)

    def tell_lanes(self, text: str) -> None:
        """Say how many lanes hold observations."""
        self._timeline_header.set_count(text)

    # --------------------------------------------------------------------------------------------------------- clip

    def _show_clip(self) -> None:
        clip = self._desk.clip
        if clip is None:
            title, text = self._desk.why_none
            self.header.set_number("")
            self.header.set_title(tr("Picture"))
            self.header.set_count("")
            self._empty.title.setText(title)
            self._empty.text.setText(text)
            self._add.setVisible(not self._context.session.exhibit and self._context.session.writable)
            self.pages.setCurrentWidget(self._empty)
            self._vfr.hide()
            self._zoom.hide()
            self.viewer.clear()
            self.timeline.set_clip(None)
            self.clocks.show_nothing()
            self.transport.show_playhead(None)
            self.tell_lanes("")
            return
        exhibit = clip.exhibit
        self.pages.setCurrentIndex(0)
        self.header.set_number(exhibit.number)
        self.header.set_title(exhibit.title)
        self.header.set_count(facts_line(clip))
        self._vfr.setVisible(exhibit.variable_rate)
        self._zoom.show()
        self.viewer.clear()
        self.timeline.set_clip(clip.clock, picture_aspect(clip))
        self._feed.begin()
        self.sound.begin(clip)
        self.strip.show_tool(self.viewer.tool)
        self.fit_timeline()

    def _moved(self, head: Playhead) -> None:
        clip = self._desk.clip
        if clip is None:
            return
        self.timeline.set_frame(head.n)
        self._show_clocks()
        if not self._desk.playing:
            self.viewer.set_loading(clip.exhibit.number, head.n, head.count)
            self._wait.start()

    def _show_clocks(self) -> None:
        clip = self._desk.clip
        if clip is not None:
            self.clocks.show_frame(self._desk.n, clip.clock, clip.hash_of(self._desk.n), self._desk.state)

    def _state_changed(self, state: str) -> None:
        self.viewer.set_reduced(state == PREVIEW)
        if state != LOADING:
            self._wait.stop()
        self._show_clocks()

    def _marked(self, head: Playhead) -> None:
        self.timeline.set_marks(head.mark_in, head.mark_out)
        self.transport.show_playhead(head)

    def _arrived(self, shown: Shown) -> None:
        clip = self._desk.clip
        if clip is not None and shown.exhibit == clip.exhibit.number and shown.n == self._desk.n:
            self.viewer.set_picture(shown, len(clip.clock))

    def _passed(self, shown: Shown) -> None:
        """Show a late picture under the sign that names the awaited one, so that a held key is not blind."""
        clip = self._desk.clip
        if clip is None or shown.exhibit != clip.exhibit.number or self._desk.state in SETTLED:
            return
        self.viewer.set_picture(shown, len(clip.clock))
        self.viewer.set_loading(clip.exhibit.number, self._desk.n, len(clip.clock))
        self.viewer.show_waiting()

    def _failed(self, exhibit: str, n: int, message: str) -> None:
        clip = self._desk.clip
        if clip is not None and exhibit == clip.exhibit.number and n == self._desk.n:
            self.signs.show_failed(exhibit, n, message)

    def _show_sound(self) -> None:
        self.transport.show_sound(self._desk.sound.volume, self._desk.sound.muted, self._desk.sound.why_silent)

    def _go_typed(self, text: str) -> None:
        clip = self._desk.clip
        if clip is None:
            return
        try:
            n = parse_goto(text, clip.clock, self._desk.n)
        except EvidenceDeskError as error:
            self.clocks.refuse(str(error))
            return
        self.clocks.leave()
        self.viewer.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.go(n)

    def sizeHint(self) -> QSize:
        """Take what room there is."""
        return QSize(900, 700)

    @property
    def zoom_button(self) -> QPushButton:
        """Return the zoom field."""
        return self._zoom


def facts_line(clip: Clip) -> str:
    """Return the facts beside the title: size as shown, codec, time base."""
    exhibit, facts = clip.exhibit, clip.exhibit.facts or {}
    parts = [f"{exhibit.width} × {exhibit.height}"] if exhibit.width and exhibit.height else []
    codec = next((s.get("codec") for s in facts.get("streams", ()) if s.get("index") == clip.table.stream), "")
    if codec:
        parts.append(str(codec))
    parts.append(tr("time base {base}", base=str(clip.table.time_base)))
    if exhibit.rotation:
        parts.append(tr("turned {degrees}°", degrees=exhibit.rotation))
    return "  ".join(parts)

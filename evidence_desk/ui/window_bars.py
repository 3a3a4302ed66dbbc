"""The bars round the rooms: menus with case and actor, the rooms, and the status line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QMenuBar, QProgressBar, QSizePolicy, QWidget

from evidence_desk import __version__
from evidence_desk.domain.time import parse_utc
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.job_runner import JobRunner, JobState, JobView
from evidence_desk.ui.rooms import RoomSpec
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import percent, tr
from evidence_desk.ui.widgets.announce import announce
from evidence_desk.ui.widgets.buttons import DeskButton, link_button
from evidence_desk.ui.widgets.key_caps import follow_keys
from evidence_desk.ui.widgets.labels import ElidedLabel, IconLabel, KeyCap, label
from evidence_desk.ui.widgets.tab_order import walk_in_order


class TopBar(QFrame):
    """Menus at the left, the case in the middle of the window, who is working at the right.

    Signals: `actor_asked()` when the name is pressed.
    """

    actor_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.menus = QMenuBar()
        # A menu bar at the top of the screen would leave the case's title without a place.
        self.menus.setNativeMenuBar(False)
        # It takes all the room there is: its size hint knows no window whose words run from right to left.
        self.menus.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 1)
        row.addWidget(self.menus, 1)
        self.actor = DeskButton("", "ghost", "actor", size="tiny")
        self.actor.clicked.connect(self.actor_asked)
        row.addWidget(self.actor)
        # Not in the layout: it stands in the middle of the window, not of the room that is left.
        self._middle = QWidget(self)
        middle = QHBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(8)
        self._title = ElidedLabel("", "section")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._folder = label("", "label")
        middle.addWidget(self._title)
        middle.addWidget(self._folder)
        self._middle.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._resize()
        keeper().changed.connect(self._resize)

    def show_case(self, title: str, folder: str = "") -> None:
        """Name the case; without a case the program."""
        self._title.setText(title or tr("Evidence Desk"))
        self._folder.setText(folder)
        self._folder.setVisible(bool(folder))
        self._centre()

    def show_actor(self, name: str, role: str = "") -> None:
        """Name who is working."""
        self.actor.setText(name or tr("Who is working…"))
        self.actor.setToolTip(tr("Working as {name}, {role}", name=name, role=role) if role else self.actor.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the title in the middle."""
        super().resizeEvent(event)
        self._centre()

    def _centre(self) -> None:
        middle = self.width() // 2
        menus = QRect()
        for action in self.menus.actions():
            menus = menus.united(self.menus.actionGeometry(action))
        beside = (menus.translated(self.menus.pos()), self.actor.geometry())
        room = 2 * min(middle - r.right() if r.center().x() < middle else r.left() - middle for r in beside) - 16
        self._folder.setVisible(bool(self._folder.text()))
        if self._middle.sizeHint().width() > room:
            self._folder.hide()
        hint = self._middle.sizeHint().width()
        width = min(hint, max(room, 0)) if room > 0 else 0
        left = (self.width() - width) // 2
        self._middle.setGeometry(left, 0, width, self.height())
        self._middle.setVisible(width >= min(hint, 60))

    def _resize(self) -> None:
        self.setFixedHeight(current_theme().bar("menu") + 1)
        self._centre()


class RoomsBar(QFrame):
    """The rooms at the left; search and jobs at the right.

    Signals: `room_asked(str id)`, `search_asked()`, `jobs_asked()`.
    """

    room_asked = Signal(str)
    search_asked = Signal()
    jobs_asked = Signal()

    def __init__(self, rooms: Sequence[RoomSpec], registry: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roomsBar")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, DeskButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 8, 0)
        row.setSpacing(2)
        for place, room in enumerate(rooms, start=1):
            button = DeskButton(tr(room.title), "room", room.icon)
            button.setCheckable(True)
            name = tr("{title} room, {place} of {count}", title=tr(room.title), place=place, count=len(rooms))
            button.setAccessibleName(name)
            button.setProperty("room", room.id)
            self._buttons[room.id] = button
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.search = DeskButton(tr("Search the case or run a command"), "search", "search")
        follow_keys(registry, "tools.palette", self.search)
        self.search.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.search.clicked.connect(self.search_asked)
        row.addWidget(self.search)
        self.jobs = DeskButton(tr("No jobs"), "ghost", "jobs")
        self.jobs.clicked.connect(self.jobs_asked)
        row.addWidget(self.jobs)
        self._group.buttonClicked.connect(self._ask)
        self._registry = registry
        self._show_keys()
        registry.keys_changed.connect(self._show_keys)
        self._resize()
        keeper().changed.connect(self._resize)

    def add(self, widget: QWidget) -> None:
        """Put a part left of the jobs."""
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.indexOf(self.jobs), widget)
            walk_in_order((self.search, widget, self.jobs))

    def _show_keys(self) -> None:
        self.jobs.setToolTip(self._registry.action("view.jobs").toolTip())
        for id_, button in self._buttons.items():
            button.setToolTip(self._registry.action(f"room.{id_}").toolTip())

    def show_room(self, id_: str) -> None:
        """Mark the shown room."""
        button = self._buttons.get(id_)
        if button is not None:
            button.setChecked(True)

    def show_jobs(self, jobs: Sequence[JobView]) -> None:
        """Tell how many jobs run and how far they are together."""
        if not jobs:
            self.jobs.setText(tr("No jobs"))
            return
        shares = [(job.done, job.total) for job in jobs if job.total > 0]
        done = sum(100 * part // whole for part, whole in shares) // len(shares) if shares else 0
        count = tr("1 job") if len(jobs) == 1 else tr("{count} jobs", count=len(jobs))
        self.jobs.setText(f"{count}, {percent(done, 100)}" if shares else count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from room to room."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focus = self.focusWidget()
        if step is None or not isinstance(focus, DeskButton) or focus not in buttons:
            super().keyPressEvent(event)
            return
        target = buttons[(buttons.index(focus) + step) % len(buttons)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A shorter word in the search box where room is short."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit the search box too where the words of another part grew."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        theme = current_theme()
        parts = self.findChildren(DeskButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
        others = sum(part.sizeHint().width() + 2 for part in parts if part is not self.search)
        room = self.width() - others - 24
        whole, short = tr("Search the case or run a command"), tr("Search or run")
        if room >= theme.px(300) and self.width() >= theme.px(1340):
            text, width = whole, theme.px(300)
        elif room >= theme.px(200):
            text, width = short, theme.px(200)
        else:
            text, width = "", theme.px(44) + self.search.cap_room
        self.search.setText(text)
        self.search.setAccessibleName(whole)
        self.search.setFixedWidth(width)

    def _ask(self) -> None:
        sender = self._group.checkedButton()
        if sender is not None:
            self.room_asked.emit(str(sender.property("room")))

    def _resize(self) -> None:
        self.setFixedHeight(current_theme().bar("rooms"))
        self._fit()


_LEAST_SAID = 320
"""Of the status line for what was done, in pixels at 100 % text."""


class StatusLine(QFrame):
    """What is saved, the newest job, the counts of the room, the codebook, and the way to the keys.

    Signals: `cancel_asked(int job)`, `shortcuts_asked()`.
    """

    cancel_asked = Signal(int)
    shortcuts_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._job = 0
        self._said: tuple[int, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 6, 0)
        row.setSpacing(7)
        self._tick = IconLabel("done", "text.tertiary", 13)
        self.saved = label("", "caption")
        row.addWidget(self._tick)
        row.addWidget(self.saved)
        self._job_parts = self._make_job(row)
        row.addStretch(1)
        self.counts = ElidedLabel("", "caption")
        self.counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.counts, 20)
        self.codebook = label("", "caption")
        row.addSpacing(6)
        row.addWidget(self.codebook)
        row.addSpacing(6)
        self.keys = KeyCap("?")
        row.addWidget(self.keys)
        keys = DeskButton(tr("Shortcuts"), "ghost", size="tiny")
        keys.clicked.connect(self.shortcuts_asked)
        row.addWidget(keys)
        self.show_closed()
        self.show_job(None)
        self._resize()
        keeper().changed.connect(self._resize)

    def show_saved(self, utc: str) -> None:
        """Tell when the case was last saved, by this computer's clock."""
        local = parse_utc(utc).astimezone() if utc else None
        today = local is not None and local.date() == datetime.now(local.tzinfo).date()
        when = local.strftime("%H:%M:%S" if today else "%d %b %Y, %H:%M") if local is not None else ""
        self.saved.setText(tr("Saved {time}", time=when) if when else tr("Nothing to save yet"))
        if local is not None:
            moment = local.astimezone(UTC).strftime("%d %b %Y, %H:%M:%S UTC")
            self.saved.setToolTip(tr("Last change kept {moment}", moment=moment))
        self._tick.set_icon("done", "text.tertiary")
        self._tick.show()

    def show_read_only(self) -> None:
        """Tell that nothing can be saved."""
        self.saved.setText(tr("Open to read"))
        self._tick.set_icon("read_only", "text.tertiary")
        self._tick.show()

    def show_closed(self) -> None:
        """Without a case: which program this is, and what it does not do."""
        self._tick.hide()
        self.saved.setToolTip("")
        words = tr("Works offline. Nothing leaves this computer.")
        self.saved.setText(tr("Evidence Desk {version}", version=__version__) + f"    {words}")
        self.counts.setText("")
        self.codebook.setText("")

    def show_job(self, job: JobView | None) -> None:
        """Show the newest job, None for none."""
        title, bar, share, cancel = self._job_parts
        for part in self._job_parts:
            part.setVisible(job is not None)
        if job is None:
            if self._said:
                announce(self, tr("No jobs"))
            self._said = ()
            return
        # Start, each quarter and the end are said; more would talk over the work.
        said = (job.id, 4 * job.done // job.total if job.total > 0 else 0)
        if said != self._said:
            self._said = said
            announce(self, job_sentence(job))
        self._job = job.id
        title.setText(job.title)
        bar.setRange(0, 1000 if job.total > 0 else 0)
        bar.setValue(1000 * job.done // job.total if job.total > 0 else 0)
        bar.setAccessibleName(job_sentence(job))
        share.setText(job_share(job))
        cancel.setAccessibleName(tr("Cancel {title}", title=job.title))

    def said_room(self) -> QRect:
        """Return the part in which what was done is said: beside what is saved and the newest job.

        The counts and the codebook give way to it meanwhile, in little room the job too, which the bar above tells
        of; what is saved and the way to the keys never do.
        """
        right = self.keys.geometry().left() - 8
        shown = [part.geometry().right() for part in self._job_parts if not part.isHidden()]
        saved = self.saved.geometry().right()
        left = max([saved, *shown]) + 14
        if right - left < current_theme().px(_LEAST_SAID):
            left = saved + 14
        return QRect(left, 1, right - left, self.height() - 2)

    def _make_job(self, row: QHBoxLayout) -> tuple[QLabel, QProgressBar, QLabel, DeskButton]:
        title, share = label("", "caption"), label("", "caption")
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setFixedWidth(86)
        cancel = link_button(tr("Cancel"))
        cancel.setProperty("extent", "tiny")
        cancel.clicked.connect(self._cancel)
        row.addSpacing(8)
        for part in (title, bar, share, cancel):
            row.addWidget(part)
        return title, bar, share, cancel

    def _cancel(self) -> None:
        self.cancel_asked.emit(self._job)

    def _resize(self) -> None:
        self.setFixedHeight(current_theme().bar("status"))


def newest(runner: JobRunner) -> JobView | None:
    """Return the job that the status line shows: the newest that runs, else the newest that waits."""
    active = runner.active()
    running = [job for job in active if job.state == JobState.RUNNING]
    shown = running or active
    return shown[-1] if shown else None


def job_share(job: JobView) -> str:
    """Return how far a job is: `62 %, 0:08 left`."""
    if job.state == JobState.QUEUED:
        return tr("Queued")
    if job.total <= 0:
        return job.note or tr("Begun")
    share = percent(job.done, job.total)
    if job.left_s is None:
        return share
    minutes, seconds = divmod(round(job.left_s), 60)
    return tr("{share}, {left} left", share=share, left=f"{minutes}:{seconds:02d}")


def job_sentence(job: JobView) -> str:
    """Return what a screen reader says of a job: `Index EX-005, 62 %, 0:08 left`."""
    return f"{job.title}, {job_share(job)}"

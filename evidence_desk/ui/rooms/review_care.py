"""Care for the viewer in Review: covers, the key that shows what is covered, marks on spans, silence under a cover."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from evidence_desk.domain.distress import Span, joined, marked_spans, stored_spans, without
from evidence_desk.services import commands
from evidence_desk.ui.app_filters import unwatch, watch
from evidence_desk.ui.break_reminder import BreakReminder
from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.in_sight import in_sight
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.translate import number, plural, tr
from evidence_desk.ui.widgets.covered_picture import CoveredPicture

SHOW, UNCOVER, MARK = "view.show_covered", "view.uncover", "observe.distressing"
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


_LEFT = frozenset((QEvent.Type.WindowDeactivate, QEvent.Type.ApplicationDeactivate))
_HELD_OR_LEFT = _LEFT | {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease}
LET_GO_MS = 80
"""A key that repeats is told as let go and pressed again; only what stays let go for so long was let go."""


class HeldKey(QObject):
    """Waits until the key is let go that began something, or the window is left; other keys may be used meanwhile."""

    def __init__(self, parent: QObject, ended: Callable[[], None]) -> None:
        super().__init__(parent)
        self._ended = ended
        self._since: set[int] = set()
        self._on, self._let_go = False, 0
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(LET_GO_MS)
        self._wait.timeout.connect(self.end)

    def begin(self) -> None:
        """The key is down."""
        if not self._on:
            self._on, self._since, self._let_go = True, set(), 0
            watch(self, _HELD_OR_LEFT)

    def end(self) -> None:
        """Wait no more."""
        self._wait.stop()
        if self._on:
            self._on = False
            unwatch(self)
            self._ended()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch keys go down and up; nothing is taken."""
        kind = event.type()
        if kind in _LEFT:
            self.end()
        elif isinstance(event, QKeyEvent) and kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            self._pressed(event)
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyRelease:
            self._released(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> None:
        if self._wait.isActive() and event.key() == self._let_go:
            self._wait.stop()
        elif not event.isAutoRepeat() and event.key() != self._let_go:
            self._since.add(event.key())

    def _released(self, event: QKeyEvent) -> None:
        key = event.key()
        if not event.isAutoRepeat() and key not in _MODIFIERS and key not in self._since:
            self._let_go = key
            self._wait.start()


class CareDesk(QObject):
    """Covers the picture of the room and binds what uncovers it."""

    def __init__(self, context: RoomContext, picture: CoveredPicture, desk: ClipDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._picture, self._desk = context, picture, desk
        self._safe = context.session.safe_view
        self._key = HeldKey(self, self._let_go)
        picture.set_cover(self._safe.covers, self.words)
        self._safe.changed.connect(self._changed)
        desk.moved.connect(self._hush)
        desk.opened.connect(self._hush)
        bind = context.actions.bind
        bind(SHOW, self._show_while_held, self._is_marked_here, room="review")
        bind(UNCOVER, self._uncover, self._is_marked_here, room="review")
        bind(MARK, self.mark, room="review")
        desk.moved.connect(self._refresh)
        self.reminder = BreakReminder(picture, self._looks_at_marked, lambda: context.settings.value.break_minutes)
        self.reminder.due.connect(self._propose_break)
        picture.painted.connect(self._painted)

    def words(self) -> str:
        """Tell how a covered picture can be seen."""
        keys = self._context.actions.keys_text
        return tr(
            "Marked as distressing. Hold {key} to see it; {uncover} uncovers this part.",
            key=keys(SHOW),
            uncover=keys(UNCOVER),
        )

    # ------------------------------------------------------------------------------------------------------ uncovering

    def _here(self) -> tuple[str, int]:
        clip = self._desk.clip
        return (clip.exhibit.number, self._desk.n) if clip is not None else ("", 0)

    def _is_marked_here(self) -> bool:
        return self._safe.marked(*self._here())

    def _show_while_held(self) -> None:
        if not self._safe.held:
            self._safe.hold(True, *self._here())
            self._key.begin()

    def _let_go(self) -> None:
        self._safe.hold(False)

    def _uncover(self) -> None:
        here = self._here()
        session = self._context.session
        if self._safe.uncover(*here):
            session.noticed.emit(tr("Uncovered until the case is closed; this counts in coverage"), False)
        elif self._safe.cover(*here):
            session.noticed.emit(tr("Covered again"), False)

    def _changed(self) -> None:
        self._picture.refresh_cover()
        self._hush()
        self._refresh()

    def _hush(self, _: object = None) -> None:
        """Let nothing be heard under a cover; where an exhibit as a whole is marked it stays muted after that too."""
        self._desk.sound.hush(self._desk.clip is not None and self._safe.covers(*self._here()))

    def _refresh(self, _: object = None) -> None:
        for id_ in (SHOW, UNCOVER):
            self._context.actions.refresh_action(id_)

    # ----------------------------------------------------------------------------------------------------------- break

    def _painted(self, shown: Shown, _: int) -> None:
        if self._safe.marked(shown.exhibit, shown.n):
            self.reminder.watch()

    def _looks_at_marked(self) -> bool:
        return in_sight(self._picture) and self._is_marked_here() and not self._picture.is_covered

    def _propose_break(self, minutes: int) -> None:
        text = plural(
            minutes,
            "You have looked at what is marked as distressing for {count} minute. A break now helps.",
            "You have looked at what is marked as distressing for {count} minutes. A break now helps.",
        )
        self._context.session.noticed.emit(text, False)

    # --------------------------------------------------------------------------------------------------------- marking

    def mark(self) -> None:
        """Mark the range from in to out as distressing; where it is marked already, or none is set, take a mark off."""
        session, clip, head = self._context.session, self._desk.clip, self._desk.head
        if clip is None or head is None:
            return
        exhibit = session.case.queries.exhibit(clip.exhibit.number)
        if exhibit.distressing:
            session.noticed.emit(tr("The whole exhibit is marked as distressing; Intake takes that back."), False)
            return
        if exhibit.provisional:
            session.noticed.emit(tr("The frames are not counted yet; a part can be marked once they are."), False)
            return
        spans = marked_spans(exhibit)
        here = next((s for s in spans if s[0] <= head.n <= s[1]), None)
        if head.mark_in is not None and head.mark_out is not None:
            chosen: Span | None = (head.mark_in, head.mark_out)
        else:
            chosen = here
        if chosen is None:
            session.noticed.emit(tr("Set in and out around the part first."), False)
            return
        inside = any(first <= chosen[0] and chosen[1] <= last for first, last in spans)
        kept = without(spans, chosen) if inside else joined([*spans, chosen])
        ends = {"first": number(chosen[0]), "last": number(chosen[1])}
        off = tr("Mark taken off frames {first} to {last}", **ends)
        text = off if inside else tr("Marked as distressing: {first} to {last}", **ends)
        change = {"distressing_spans": stored_spans(kept, exhibit.frames)}
        session.run(commands.edit(exhibit.number, change), text)

"""Comparing in Review: moments that two exhibits share are marked, named, taken away; then both step together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.sync import SHOWN
from evidence_desk.domain.time import FrameRef
from evidence_desk.services import commands
from evidence_desk.services.sync import sync_between
from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import EXACT, ClipDesk
from evidence_desk.ui.rooms.review_compare_pair import ComparePair
from evidence_desk.ui.translate import number, tr


class CompareDesk(ComparePair):
    """What stands beside the playhead, and what ties both. Signals: those of the pair."""

    def __init__(
        self, context: RoomContext, desk: ClipDesk, shown: Callable[[], Shown | None], parent: QObject
    ) -> None:
        super().__init__(context, desk, shown, parent)
        context.session.changed.connect(self._records_changed)

    @property
    def markable(self) -> bool:
        """Tell whether both frames on screen can be kept as a shared moment."""
        return self.on and self.pair is not None and not self.pair.one_clip and self._context.session.writable

    def mark(self) -> None:
        """Keep that both frames on screen are the first to show one moment; from then on both are stepped together."""
        refs = self._exact_refs()
        if refs is None or self.pair is None:
            return
        session = self._context.session
        a, b = (c.exhibit.number for c in (self.pair.first, self.pair.other))
        record = sync_between(self._syncs(), a, b)
        if record is None:
            command = commands.add_sync(a, b, [commands.shared_moment(*refs)])
        else:
            there = refs if record.exhibit_a == a else refs[::-1]
            command = commands.add_moment(record.number, commands.shared_moment(*there, led=self.together))
        text = tr("Shared moment kept: frames {n} and {m}", n=number(refs[0].n), m=number(refs[1].n))
        if record is not None and self.together:
            text = tr(
                "Frames {n} and {m} kept, not counted: earlier moments put them there. Step {other} alone to check.",
                n=number(refs[0].n),
                m=number(refs[1].n),
                other=b,
            )
        if session.run(command, text) is not None:
            self.set_together(True)

    def _exact_refs(self) -> tuple[FrameRef, FrameRef] | None:
        """Return the identity of both frames; None, and say why, unless both stand on screen exactly."""
        shown, say = self.shown[1], self._context.session.noticed.emit
        if self.pair is None or not self.markable:
            say(tr("A moment is shared by two exhibits. Choose another exhibit beside this one."), False)
        elif self.pair.first.provisional or self.pair.other.provisional:
            say(tr("The frames of one exhibit are not counted yet. Mark the moment when they are."), False)
        elif self._desk.state != EXACT or self._desk.playing:
            say(tr("The picture at the playhead is not exact yet. Mark the moment when it is."), False)
        elif self.place != SHOWN or shown is None or shown.n != self.n or not shown.picture.exact:
            say(tr("The other picture is not exact, or there is none here. Mark the moment when it is."), False)
        else:
            return self.pair.first.ref(self._desk.n), self.pair.other.ref(self.n)
        return None

    def name_moment(self, place: int, what: str) -> None:
        """Say what a moment is."""
        if self.synced is not None:
            self._context.session.run(commands.name_moment(self.synced.record.number, place, what))

    def remove_moment(self, place: int) -> None:
        """Take a moment away; the last one withdraws the synchronisation, with a reason."""
        if self.synced is None:
            return
        record, session = self.synced.record, self._context.session
        if len(record.moments) > 1:
            session.run(commands.remove_moment(record.number, place), tr("Shared moment taken away"))
            return
        title = tr("Withdraw {number}", number=record.number)
        reason = self._context.prompter.ask_line(title, tr("Reason"), tr("Withdraw"))
        if reason:
            session.run(commands.withdraw(record.number, reason), tr("{number} withdrawn", number=record.number))

    def _records_changed(self, changes: Changes) -> None:
        if not self.on:
            return
        if changes.touches(Area.EXHIBITS) and self._counted_meanwhile():
            # Its numbers may be others now: what was kept under the provisional ones is of no use.
            self.reader.forget()
            self.choose(self.wanted)
            return
        if not changes.touches(Area.SYNCS):
            return
        had = self.synced is not None
        self._read_sync()
        if had and self.synced is None:
            self.together = False
        self.synced_anew.emit()
        self._follow()

    def _counted_meanwhile(self) -> bool:
        if self.pair is None or self.pair.one_clip or not self.pair.other.provisional:
            return False
        return any(e.number == self.wanted and not e.provisional for e in self.candidates())

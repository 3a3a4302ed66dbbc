"""What was typed in another room and is no record yet: told in one line when the case opens, until it was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from evidence_desk.domain.errors import NotFound
from evidence_desk.store.drafts import StoredDraft
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.room_stack import RoomStack
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import listed, plural, tr
from evidence_desk.ui.widgets.messages import Banner, Banners, Choice

KEY = "drafts"
_BOOK, _SHEET = "codebook", "sheet"
_RECORD, _ACQUISITION, _NEW = "record:", "acquisition:", "new:"
_MOST_NAMES, _MOST_BUTTONS = 3, 2


class DraftsElsewhere(QObject):
    """Looks once, when a case is opened to write. A room that was shown since, or the editor, is not named any more."""

    def __init__(self, session: Session, rooms: RoomStack, registry: ActionRegistry, banners: Banners) -> None:
        super().__init__(rooms)
        self._session, self._rooms, self._registry, self._banners = session, rooms, registry, banners
        self._waiting: dict[str, list[StoredDraft]] = {}
        """What waits, by room; the editor of the codebook counts as one."""
        self._told = False
        session.case_opened.connect(self._look)
        session.case_closing.connect(self._forget)
        rooms.shown.connect(self._seen)
        registry.action("tools.codebook").triggered.connect(self._book_seen)

    def _look(self) -> None:
        self._waiting, self._told = {}, False
        if not self._session.writable:
            return
        drafts = sorted(self._session.case.drafts.of(""), key=lambda draft: draft.at, reverse=True)
        for place in ("claims", "intake", _BOOK):
            # What is only begun comes by itself once its room is shown, so it goes before what is typed for a record.
            mine = sorted((d for d in drafts if self._place(d) == place), key=lambda d: not d.key.startswith(_NEW))
            if mine and (place == _BOOK or place in self._rooms.ids):
                self._waiting[place] = mine

    def _place(self, draft: StoredDraft) -> str:
        """Return where a draft waits, "" for Review, whose form offers it, and for what has no form any more."""
        kind = _kind_begun(draft)
        if kind:
            return "" if kind == "observation" or draft.body.get("left") is True else "claims"
        if draft.key.startswith(_RECORD):
            return "claims" if self._in_force(draft.key.removeprefix(_RECORD)) else ""
        if draft.key.startswith(_ACQUISITION):
            return "intake" if self._in_force(draft.key.removeprefix(_ACQUISITION)) else ""
        return {_SHEET: "intake", _BOOK: _BOOK}.get(draft.key, "")

    def _in_force(self, number_: str) -> bool:
        try:
            return self._session.case.queries.get(number_).in_force
        except NotFound:  # a case may come from a stranger
            return False

    def _forget(self) -> None:
        self._waiting = {}

    def _seen(self, room: str) -> None:
        self._waiting.pop(room, None)
        self._tell()

    def _book_seen(self) -> None:
        self._seen(_BOOK)

    def _tell(self) -> None:
        closed = self._told and KEY not in self._banners.shown()
        if closed or not self._waiting:
            self._waiting.clear()
            self._banners.take_away(KEY)
            return
        places = "; ".join(
            tr("{place}: {what}", place=self._title(place), what=_names(drafts))
            for place, drafts in self._waiting.items()
        )
        choices = [self._way_to(place) for place in tuple(self._waiting)[:_MOST_BUTTONS]]
        title = tr("Typed earlier and not kept yet – {places}", places=places)
        self._banners.show_banner(KEY, Banner("info", title, choices=choices))
        self._told = True

    def _title(self, place: str) -> str:
        return tr("Codebook") if place == _BOOK else self._rooms.title(place)

    def _way_to(self, place: str) -> Choice:
        id_ = "tools.codebook" if place == _BOOK else f"room.{place}"
        # Not closed by itself: the place that is gone to is not named any more, others still are.
        return Choice(
            tr("Go to {place}", place=self._title(place)),
            partial(self._go, place),
            closes=False,
            keys=self._registry.keys_text(id_),
        )

    def _go(self, place: str) -> None:
        newest = self._waiting[place][0].key
        if place == _BOOK:
            self._registry.trigger("tools.codebook")
        elif newest.startswith(_RECORD):
            self._session.show_record(newest.removeprefix(_RECORD))
        elif newest == _SHEET:
            self._registry.trigger("file.case_sheet")
        else:
            if newest.startswith(_ACQUISITION):
                self._session.select_exhibit(newest.removeprefix(_ACQUISITION))
            self._rooms.show(place)


def _kind_begun(draft: StoredDraft) -> str:
    """Return which kind of record a draft is to become, "" where it belongs to one that is there."""
    return draft.key.removeprefix(_NEW).partition(":")[0] if draft.key.startswith(_NEW) else ""


def _names(drafts: Sequence[StoredDraft]) -> str:
    names = [_name(draft) for draft in drafts]
    left = len(names) - _MOST_NAMES
    return listed(names if left <= 0 else [*names[:_MOST_NAMES], plural(left, "{count} more", "{count} more")])


def _name(draft: StoredDraft) -> str:
    kind = _kind_begun(draft)
    if kind:
        return tr("a new {kind}", kind=tr(kind))
    if draft.key.startswith(_RECORD):
        return draft.key.removeprefix(_RECORD)
    if draft.key.startswith(_ACQUISITION):
        return tr("the acquisition of {number}", number=draft.key.removeprefix(_ACQUISITION))
    return tr("the case sheet") if draft.key == _SHEET else tr("changes to its terms")

"""Attributes by keys: after a one-key mark the strip asks for what the term offers; each choice is kept at once.

It asks at once also where the mark still waits for its frame: what is typed then is kept once the mark is.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt

from evidence_desk.services import commands
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_observe import ObserveDesk
from evidence_desk.ui.session import Session
from evidence_desk.ui.widgets.attribute_strip import AttributeStrip
from evidence_desk.ui.widgets.viewer import Viewer


class AttributeHands(QObject):
    """Joins the strip to the observation that was just made; stepping on leaves it."""

    def __init__(self, session: Session, clip: ClipDesk, observe: ObserveDesk, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._session, self._observe, self._viewer = session, observe, viewer
        self._number = ""
        self._awaited: list[str] = []
        self.strip = AttributeStrip(viewer)
        self.strip.stated.connect(self._keep)
        self.strip.left.connect(self._back)
        clip.moved.connect(self._moved)
        observe.marked.connect(self._ask)
        observe.awaited.connect(self._await)
        observe.attempted.connect(self._attempted)
        observe.in_turn.put_off.connect(self.strip.leave)
        observe.in_turn.refused.connect(self._forget)
        observe.selected.connect(self._selected)

    def _ask(self, number: str) -> None:
        record = self._observe.observation(number)
        term = self._observe.terms.get(record.term) if record is not None else None
        if record is None or term is None:
            return
        self._number = number
        if self._awaited and self._awaited[0] == term.id:
            self._awaited.pop(0)  # it was asked for when the key was pressed
        else:
            self.strip.ask(term.attributes, {str(k): str(v) for k, v in (record.attributes or {}).items()})

    def _await(self, wanted: str) -> None:
        """Ask for what the term of a mark offers that waits for its frame."""
        self._awaited.append(wanted)
        self.strip.ask(self._observe.terms[wanted].attributes, {})

    def _attempted(self, wanted: str) -> None:
        """A mark that came to nothing has no facts either."""
        if self._awaited and self._awaited[0] == wanted:
            self._forget()

    def _forget(self) -> None:
        self._awaited.clear()
        self.strip.leave()

    def _keep(self, attribute: str, value: str) -> None:
        self._observe.in_turn.then(partial(self._keep_now, attribute, value))

    def _keep_now(self, attribute: str, value: str) -> None:
        # What the form holds goes first: it makes another revision of the record.
        record = self._observe.observation(self._number) if self._observe.settle() else None
        if record is None:
            return
        held = {**(record.attributes or {}), attribute: value}
        stated = {name: word for name, word in held.items() if word} or None
        self._session.run(commands.edit(record.number, {"attributes": stated}, record.revision))

    def _moved(self, *_: object) -> None:
        if self.strip.attribute is not None and not self._awaited:
            self.strip.leave()

    def _selected(self, number: str) -> None:
        if not self._awaited and number != self._number and self.strip.attribute is not None:
            self.strip.leave()

    def _back(self) -> None:
        self._viewer.setFocus(Qt.FocusReason.OtherFocusReason)

"""What the bulk bar of the records table asks for is done: at once where it is little, else by and by."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from evidence_desk.services.bus import Command, ManyEdits
from evidence_desk.ui.long_step import MANY
from evidence_desk.ui.panels.bulk_bar import BulkBar
from evidence_desk.ui.session import Session


class RecordsSetting(QObject):
    """`is_known` tells whether the table shows what is kept, `to_rows` gives it the keyboard: Ctrl+Z takes back there.

    What was done is said once the rows are those that were set: the table tells by `rows_known`.
    """

    def __init__(self, session: Session, bulk: BulkBar, is_known: Callable[[], bool], to_rows: Callable[[], None]):
        super().__init__(bulk)
        self._session, self._bulk, self._is_known, self._to_rows = session, bulk, is_known, to_rows
        self._said = self._asked = ""
        bulk.set_asked.connect(self._set)
        bulk.undo_asked.connect(self._undo)
        bulk.cancel_asked.connect(session.long_step.cancel)
        session.long_step.went_on.connect(bulk.say_progress)
        session.long_step.ended.connect(self._ended)

    def rows_known(self) -> None:
        """Say what was done, if anything was."""
        if self._said:
            self._bulk.say_done(self._said)
            self._said = ""

    def _set(self, command: Command, done: str) -> None:
        if isinstance(command, ManyEdits) and command.edits > MANY:
            self._asked = done if self._session.run_by_and_by(command, done) else ""
            self._to_rows()
            return
        self._said = done
        if self._session.run(command, done) is None:
            self._said = ""
            return
        self._to_rows()

    def _ended(self, kept: bool) -> None:
        """A step of many is kept, or was left."""
        self._bulk.say_ended()
        if kept:
            self._said = self._asked
            if self._is_known():
                self.rows_known()
        self._asked = ""

    def _undo(self) -> None:
        self._session.undo()
        self._bulk.say_done("")
        self._to_rows()

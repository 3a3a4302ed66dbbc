"""The only door for writes: one command, one transaction, its events, its inverse, and the word to those who listen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from evidence_desk.domain.changes import Changes
from evidence_desk.domain.errors import EvidenceDeskError, Refused, StaleRevision
from evidence_desk.domain.records import Record
from evidence_desk.store.case_store import CaseStore
from evidence_desk.store.rehearsal import Overtaken
from evidence_desk.store.writer import CaseWriter

_log = logging.getLogger(__name__)
HISTORY = 500
"""How many steps can be undone; the log keeps all of them."""


class Command(Protocol):
    """A change that knows how to apply itself and what its opposite is."""

    @property
    def label(self) -> str:
        """What a person would call it, for the undo entry."""
        ...

    def apply(self, writer: CaseWriter) -> Command:
        """Write through `writer` and return the inverse; raises Refused, NotFound, StaleRevision."""
        ...


@runtime_checkable
class ManyEdits(Command, Protocol):
    """A command that can be worked out in pieces."""

    @property
    def edits(self) -> int:
        """Return how many edits it is; 0 where it is anything else too, and must be applied at once."""
        ...

    def in_pieces(self, writer: CaseWriter) -> Generator[int, None, Command]:
        """Apply it and return the inverse, as `apply` does; yields how many are done."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished command touched: areas, and record numbers in the order they were written."""

    changes: Changes
    numbers: tuple[str, ...]


class _Lasting:
    """The inverse of what is logged but is no step of a person: a count of frames cannot be wished away."""

    label = ""

    def apply(self, _: CaseWriter) -> Command:
        """Refuse."""
        raise Refused("What was found by decoding is not taken back. Nothing was changed.")


LASTING: Command = _Lasting()
"""What a command returns that undo leaves alone: the steps before it can be taken back as before."""

Listener = Callable[[Changes], None]


class CommandBus:
    """Runs commands on one case and keeps their inverses for this window's undo and redo."""

    def __init__(self, store: CaseStore, actor: str, clock: Callable[[], str]) -> None:
        self._store = store
        self._actor = actor
        self._clock = clock
        self._undo: list[tuple[str, Command]] = []
        self._redo: list[tuple[str, Command]] = []
        self._listeners: list[Listener] = []
        self.last_saved = ""
        self.as_kept: dict[str, Record] = {}
        """The records that a step of many edits left, while those who listen are told of it."""

    def run(self, command: Command) -> Outcome:
        """Apply a command and log it; on any error nothing is written and the undo list is as it was."""
        outcome, inverse = self._apply(command, "do")
        if inverse is not LASTING:
            self._undo.append((_named(command.label, outcome), inverse))
            del self._undo[:-HISTORY]
            self._redo.clear()
        self._tell(outcome.changes)
        return outcome

    def run_by_and_by(self, command: ManyEdits) -> Generator[int, None, Outcome]:
        """Work a step of many edits out in pieces and keep it at the end, as `run` does; yields how many are done,
        all of them once before they are written.

        Until the end nothing is written, so letting it go leaves the case as it is. Where another step is kept
        meanwhile it is worked out anew. Raises as `run` does.
        """
        outcome, inverse = yield from self._worked_out(command, "do")
        self._undo.append((_named(command.label, outcome), inverse))
        del self._undo[:-HISTORY]
        self._redo.clear()
        self._tell(outcome.changes)
        return outcome

    def step_by_and_by(self, *, undoing: bool) -> Generator[int, None, Outcome]:
        """Take the last step back, or do it again, in pieces: it must be one that `many_edits` names."""
        source, target, cause = (self._undo, self._redo, "undo") if undoing else (self._redo, self._undo, "redo")
        step = source[-1]
        label, command = step
        assert isinstance(command, ManyEdits)
        try:
            outcome, inverse = yield from self._worked_out(command, cause, lambda: bool(source) and source[-1] is step)
        except Refused as error:
            if source and source[-1] is step:
                source.pop()
            raise Refused(f"{label} cannot be taken back or done again: {error}") from error
        source.pop()
        target.append((label, inverse))
        self._tell(outcome.changes)
        return outcome

    def many_edits(self, *, undoing: bool) -> int:
        """Return how many edits the step is that would be taken back or done again, 0 where it is anything else."""
        steps = self._undo if undoing else self._redo
        command = steps[-1][1] if steps else None
        return command.edits if isinstance(command, ManyEdits) else 0

    def undo(self) -> Outcome | None:
        """Take back the last step by a new, logged command; None where there is none. A stale step is dropped."""
        return self._step(self._undo, self._redo, "undo")

    def redo(self) -> Outcome | None:
        """Do again what was taken back last; None where there is none."""
        return self._step(self._redo, self._undo, "redo")

    @property
    def undo_label(self) -> str:
        """What undo would take back, or ""."""
        return self._undo[-1][0] if self._undo else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again, or ""."""
        return self._redo[-1][0] if self._redo else ""

    @property
    def history(self) -> tuple[str, ...]:
        """The steps that can be undone, oldest first."""
        return tuple(label for label, _ in self._undo)

    @property
    def undone(self) -> tuple[str, ...]:
        """The steps that can be done again, the one to be done first last."""
        return tuple(label for label, _ in self._redo)

    def log(self, action: str, details: Mapping[str, Any], record: str = "") -> None:
        """Chain an event that changes no record: opened, exported, verified."""
        with self._store.writing(self._actor, self._clock(), "do") as writer:
            writer.note(action, record, details)
            changes = writer.changes
        self._tell(changes)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every commit; returns the function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _step(self, source: list[tuple[str, Command]], target: list[tuple[str, Command]], cause: str) -> Outcome | None:
        if not source:
            return None
        label, command = source.pop()
        try:
            outcome, inverse = self._apply(command, cause)
        except Refused as error:
            raise Refused(f"{label} cannot be taken back or done again: {error}") from error
        except BaseException:
            # A full disk or a lost lock says nothing about the step: it can be tried again.
            source.append((label, command))
            raise
        target.append((label, inverse))
        self._tell(outcome.changes)
        return outcome

    def _apply(self, command: Command, cause: str) -> tuple[Outcome, Command]:
        at = self._clock()
        with self._store.writing(self._actor, at, cause) as writer:
            inverse = command.apply(writer)
            outcome = Outcome(writer.changes, tuple(writer.numbers))
        self.last_saved = at
        return outcome, inverse

    def _worked_out(
        self, command: ManyEdits, cause: str, stands: Callable[[], bool] = lambda: True
    ) -> Generator[int, None, tuple[Outcome, Command]]:
        while True:
            step = self._store.rehearsing(self._actor, self._clock(), cause)
            try:
                inverse = yield from command.in_pieces(step)
            except EvidenceDeskError:
                if step.is_overtaken:  # it read some of before and some of after
                    continue
                raise
            yield command.edits
            if not stands():
                raise StaleRevision("Another step was kept meanwhile. Nothing was changed.")
            try:
                self._store.keep(step)
            except Overtaken:
                continue
            self.last_saved, self.as_kept = step.at, step.records
            return Outcome(step.changes, tuple(step.numbers)), inverse

    def _tell(self, changes: Changes) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except Exception:  # noqa: BLE001 - the boundary to code that is not ours to know
                # The change is committed: a view that fails is a bug to report, not a failed command.
                _log.exception("a listener failed")
        self.as_kept = {}


def _named(label: str, outcome: Outcome) -> str:
    number = outcome.numbers[0] if outcome.numbers else ""
    return label if number in label.split() else f"{label} {number}"

"""One field of several observations at once: choose the field and the value; it is kept as one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from evidence_desk.domain import guard
from evidence_desk.domain.codebook import Term
from evidence_desk.domain.records import Observation
from evidence_desk.services import commands
from evidence_desk.services.bus import Command
from evidence_desk.ui.by_and_by import ByAndBy
from evidence_desk.ui.models.bulk_fields import BulkField, bulk_fields
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.pieces import parts
from evidence_desk.ui.translate import number, plural, tr
from evidence_desk.ui.widgets.buttons import ghost_button, plain_button
from evidence_desk.ui.widgets.labels import ElidedLabel, label

_NONE_CHOSEN = "?"
"""What stands first in the list of values: a click too many sets nothing."""


class BulkBar(QWidget):
    """Signals: `set_asked(Command, str done)` the one step that sets the field in all chosen observations that differ,
    and what is said of it; `undo_asked()` from the line that says it was done; `cancel_asked()` while it is done."""

    set_asked = Signal(object, str)
    undo_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._terms: dict[str, Term] = {}
        self._chosen: Sequence[Observation] = ()
        self._one_of_each: Sequence[Observation] = ()
        self._fields: dict[str, BulkField] = {}
        self._differing: list[tuple[Observation, Mapping[str, Any]]] = []
        self._busy = self._done = ""
        self._done_for: set[tuple[str, int]] | None = None
        self._reckoning = ByAndBy(self)
        self.field = WordCombo(())
        self.field.setAccessibleName(tr("Field to set"))
        self.value = WordCombo(())
        self.value.setAccessibleName(tr("Value to set"))
        self.value.setMinimumContentsLength(24)  # that a reason can be told from another
        self.typed = QLineEdit()
        self.typed.setAccessibleName(tr("Words to set"))
        self.set = plain_button(tr("Set"))
        self.undo = ghost_button(tr("Undo"), "Ctrl Z")
        self.cancel = ghost_button(tr("Cancel"))
        self.cancel.setToolTip(tr("Leave it: nothing is changed"))
        self.cancel.hide()
        self.note = ElidedLabel("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 10)
        row.setSpacing(8)
        row.addWidget(label(tr("For all that are chosen:"), "label"))
        for part in (self.field, self.value):
            row.addWidget(part)
        row.addWidget(self.typed, 1)
        row.addWidget(self.set)
        row.addWidget(self.note, 1)
        row.addWidget(self.undo)
        row.addWidget(self.cancel)
        self.field.activated.connect(self._offer)
        self.value.activated.connect(self._decided)
        self.typed.textEdited.connect(self._decided)
        self.set.clicked.connect(self._ask)
        self.undo.clicked.connect(self.undo_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        self._offer_fields()

    def set_terms(self, terms: Sequence[Term]) -> None:
        """Know the terms of the codebook: to choose from, and for the facts that they ask for."""
        if self._terms != {term.id: term for term in terms}:
            self._terms = {term.id: term for term in terms}
            self._offer_fields()

    def show_chosen(self, observations: Sequence[Observation], one_of_each: Sequence[Observation]) -> None:
        """Take the observations in force that are chosen, and one of them of each term."""
        self._chosen, self._one_of_each = observations, one_of_each
        self._offer_fields()

    @property
    def chosen_count(self) -> int:
        """Return for how many observations it stands."""
        return len(self._chosen)

    def say_progress(self, done: int, count: int) -> None:
        """Say how much is worked out of what is being set or taken back: it can be cancelled, and not asked again."""
        part = tr("{done} of {count} worked out, nothing is written yet", done=number(done), count=number(count))
        self._busy = part if done < count else tr("{count} are being written as one step…", count=number(count))
        self.note.setText(self._busy)
        self.undo.hide()
        self.set.setEnabled(False)
        self.cancel.show()
        if done == count:
            self.note.repaint()  # what comes now leaves the window no turn to do it

    def say_ended(self) -> None:
        """Say again what is chosen."""
        self._busy = ""
        self.cancel.hide()
        self._say()

    def say_done(self, done: str) -> None:
        """Say that it was done, here where it was asked for, until something else is chosen."""
        self._done, self._done_for = done, None
        self.typed.clear()  # or the same words would be put behind once more
        self._say()

    def command(self) -> Command | None:
        """Return the step that sets the field, None where nothing would differ."""
        differing = self._differing
        if not differing:
            return None
        # The history names the first record of a step behind its label.
        name = self._fields[self.field.value()].label.lower()
        many = tr("Set {field} of {count} observations, first", field=name, count=len(differing))
        text = many if len(differing) > 1 else tr("Set {field} of", field=name)
        return commands.batch(text, [commands.edit(seen.number, values, seen.revision) for seen, values in differing])

    @property
    def _now(self) -> str | None:
        """Return the value that is decided on, None for none."""
        field = self._fields[self.field.value()]
        if field.offered is None:
            return self.typed.text().strip() or None
        return None if self.value.value() == _NONE_CHOSEN else self.value.value()

    def _offer_fields(self) -> None:
        """Offer what these observations have in common; field and value stay while they are among it."""
        found = {field.id: field for field in bulk_fields(self._one_of_each, self._terms)}
        before = self._fields.get(self.field.value())
        if [(f.id, f.label, f.offered) for f in found.values()] != [
            (f.id, f.label, f.offered) for f in self._fields.values()
        ]:
            kept = self.field.value() if self.field.value() in found else next(iter(found))
            self._fields = found
            self.field.clear()
            for field in found.values():
                self.field.addItem(field.label, field.id)
            self.field.set_value(kept)
            if before is None or before.id != kept or before.offered != found[kept].offered:
                self._offer()
                return
        self._say()

    def _offer(self) -> None:
        field = self._fields[self.field.value()]
        self.value.clear()
        for value, words in ((_NONE_CHOSEN, tr("Choose…")), *(field.offered or ())):
            self.value.addItem(words, value)
        self.value.setVisible(field.offered is not None)
        self.typed.setVisible(field.offered is None)
        self.typed.clear()
        self._decided()

    def _decided(self) -> None:
        self._done = ""
        self._say()

    def _say(self) -> None:
        """Say what is chosen and how much of it differs: of many thousand that takes a moment."""
        if not self._reckoning.start(self._reckon()):
            self.note.setText(tr("reading…"))
            self.set.setEnabled(False)

    def _reckon(self) -> Iterator[None]:
        value, change = self._now, self._fields[self.field.value()].change
        differing: list[tuple[Observation, Mapping[str, Any]]] = []
        states: set[tuple[str, int]] = set()
        for some in parts(self._chosen):
            if value is not None:
                differing += [(seen, values) for seen in some if (values := change(seen, value))]
            if self._done:
                states.update((seen.number, seen.revision) for seen in some)
            yield
        if self._done_for is None:
            self._done_for = states
        self._differing = differing
        # Another choice, or an undo, is another state: while the table is read again that is so for a moment.
        self._tell(self._done if states == self._done_for else "")

    def _tell(self, done: str) -> None:
        differing = len(self._differing)
        chosen = plural(len(self._chosen), "{count} observation chosen", "{count} observations chosen")
        more = tr(", nothing differs") if self._chosen and self._now is not None and not differing else ""
        self.note.setText(self._busy or done or self._guarded() or chosen + more)
        self.undo.setVisible(bool(done) and not self._busy)
        self.set.setEnabled(differing > 0 and not self._busy)
        self.set.setAccessibleName(tr("Set it in {count} observations", count=differing))

    def _guarded(self) -> str:
        """Return what the wording guard says of typed words; it points and never blocks."""
        hit = next(iter(guard.check(self.typed.text())), None) if not self.typed.isHidden() else None
        if hit is None:
            return ""
        return tr("“{word}” {why}; say what is seen instead.", word=hit.word, why=tr(hit.why))

    def _ask(self) -> None:
        command, count = self.command(), len(self._differing)
        if command is not None:
            done = plural(count, "{count} observation set", "{count} observations set")
            self.set_asked.emit(command, f"{self.field.currentText()}: {done}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter behind typed words sets them."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.set.isEnabled() and self.typed.hasFocus():
            self._ask()
        else:
            super().keyPressEvent(event)

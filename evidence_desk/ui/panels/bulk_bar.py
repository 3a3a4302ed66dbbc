"""One field of several observations at once: choose the field and the value; it is kept as one step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidence_desk.domain.controlled_values import BASES, CERTAINTIES, LEGIBILITIES
from evidence_desk.domain.records import Observation
from evidence_desk.services import commands
from evidence_desk.services.bus import Command
from evidence_desk.ui.panels.observation_parts import words_of
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.translate import plural, tr
from evidence_desk.ui.widgets.buttons import plain_button
from evidence_desk.ui.widgets.labels import ElidedLabel, label

_NONE_CHOSEN = "?"
"""What stands first in the list of values: a click too many sets nothing."""


class BulkBar(QWidget):
    """Signals: `set_asked(Command, str done)` the one step that sets the field in all chosen observations that differ,
    and what is said of it."""

    set_asked = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._terms: tuple[tuple[str, str], ...] = ()
        self._chosen: tuple[Observation, ...] = ()
        self.field = WordCombo(
            (
                ("certainty", tr("Certainty")),
                ("legibility", tr("Legibility")),
                ("basis", tr("Basis")),
                ("term", tr("Term")),
            )
        )
        self.field.setAccessibleName(tr("Field to set"))
        self.value = WordCombo(())
        self.value.setAccessibleName(tr("Value to set"))
        self.set = plain_button(tr("Set"))
        self.note = ElidedLabel("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 10)
        row.setSpacing(8)
        row.addWidget(label(tr("For all that are chosen:"), "label"))
        row.addWidget(self.field)
        row.addWidget(self.value)
        row.addWidget(self.set)
        row.addWidget(self.note, 1)
        self.field.activated.connect(self._offer)
        self.value.activated.connect(self._say)
        self.set.clicked.connect(self._ask)
        self._offer()

    def set_terms(self, terms: Sequence[tuple[str, str]]) -> None:
        """Offer these (id, label) where the field is the term."""
        self._terms = tuple(terms)
        if self.field.value() == "term":
            self._offer()

    def show_chosen(self, observations: Sequence[Observation]) -> None:
        """Take the observations that are chosen; withdrawn ones are left as they are."""
        self._chosen = tuple(seen for seen in observations if seen.in_force)
        self._say()

    def command(self) -> Command | None:
        """Return the step that sets the field, None where nothing would differ."""
        name, value = self.field.value(), self.value.value()
        differing = self._differing()
        if not differing:
            return None
        # The history names the first record of a step behind its label.
        many = tr("Set {field} of {count} observations, first", field=tr(name), count=len(differing))
        text = many if len(differing) > 1 else tr("Set {field} of", field=tr(name))
        edits = [commands.edit(seen.number, {name: value}, seen.revision) for seen in differing]
        return commands.batch(text, edits)

    def _differing(self) -> tuple[Observation, ...]:
        name, value = self.field.value(), self.value.value()
        if value == _NONE_CHOSEN:
            return ()
        return tuple(seen for seen in self._chosen if getattr(seen, name) != value)

    def _offer(self) -> None:
        not_stated = (("", tr("Not stated")),)
        offered = {
            "certainty": (*not_stated, *words_of(CERTAINTIES)),
            "legibility": (*not_stated, *words_of(LEGIBILITIES)),
            "basis": words_of(BASES),
            "term": self._terms,
        }[self.field.value()]
        self.value.clear()
        for value, words in ((_NONE_CHOSEN, tr("Choose…")), *offered):
            self.value.addItem(words, value)
        self._say()

    def _say(self) -> None:
        differing, decided = len(self._differing()), self.value.value() != _NONE_CHOSEN
        chosen = plural(len(self._chosen), "{count} observation chosen", "{count} observations chosen")
        self.note.setText(chosen + (tr(", nothing differs") if self._chosen and decided and not differing else ""))
        self.set.setEnabled(differing > 0)
        self.set.setAccessibleName(tr("Set it in {count} observations", count=differing))

    def _ask(self) -> None:
        command, count = self.command(), len(self._differing())
        if command is not None:
            done = plural(count, "{count} observation set", "{count} observations set")
            self.set_asked.emit(command, f"{self.field.currentText()}: {done}")

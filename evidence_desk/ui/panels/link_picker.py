"""The form that ties an observation, exhibit or source to a claim: record, relation, because."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from evidence_desk.domain.controlled_values import RELATIONS
from evidence_desk.ui.models.candidates import Candidate, CandidateModel
from evidence_desk.ui.models.claim_tree import NUMBER_ROLE
from evidence_desk.ui.panels.claim_rows import CandidateDelegate
from evidence_desk.ui.panels.record_fields import TextField
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import ghost_button, primary_button
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.filter_field import FilterField
from evidence_desk.ui.widgets.forms import mark_wrong
from evidence_desk.ui.widgets.labels import label
from evidence_desk.ui.widgets.panel import PanelFooter, PanelHeader

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ASIDE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class LinkPicker(QWidget):
    """A link is kept only with its because. Signals: `keep_asked()`, `left()`, `edited()`."""

    keep_asked = Signal()
    left = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.target = ""
        self.header = PanelHeader(tr("Link"))
        self._lead = label("", "label", wrap=True)
        self.relation = Choice(
            tr("Relation"), [(relation, current_theme().relation(relation).word) for relation in RELATIONS]
        )
        self.relation.chosen.connect(self._explain)
        self._meaning = label("", "caption", wrap=True)
        self.wanted = FilterField(tr("Filter observations, exhibits and sources"), tr("Filter records"))
        self._model = CandidateModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(CandidateDelegate(self.list))
        self.list.setAccessibleName(tr("Records that can be linked"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.because = TextField(3)
        self.because.setAccessibleName(tr("Because"))
        self.because.setPlaceholderText(tr("Why it bears on it, in one sentence"))
        self._problem = label("", "danger", wrap=True)
        self._problem.hide()
        self.wanted.textChanged.connect(self._narrow)
        self.wanted.installEventFilter(self)
        self.because.textChanged.connect(self._mend)
        self.because.textChanged.connect(self.edited)
        self.relation.chosen.connect(self.edited)
        self._build()

    def offer(self, target: str, words: str, relation: str, found: Sequence[Candidate]) -> None:
        """Begin a link to `target` with a relation preset."""
        self.target = target
        self.header.set_number(target)
        self._lead.setText(words)
        self.relation.set_value(relation)
        self._explain(relation)
        self.wanted.clear()
        self.because.clear()
        self._model.show(found)
        self._say("")
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0, 0))

    def choose(self, number: str) -> None:
        """Make a record the one that is linked."""
        row = self._model.row_of(number)
        if row >= 0:
            self.list.setCurrentIndex(self._model.index(row, 0))

    def origin(self) -> str:
        """Number of the chosen record, "" for none."""
        index: QModelIndex = self.list.currentIndex()
        return str(index.data(NUMBER_ROLE)) if index.isValid() else ""

    def state(self) -> dict[str, str]:
        """Return what is chosen and typed."""
        reason = self.because.toPlainText().strip()
        return {"origin": self.origin(), "relation": self.relation.value(), "because": reason}

    def put(self, state: Mapping[str, object]) -> None:
        """Show what was chosen and typed before."""
        self.choose(str(state.get("origin", "")))
        self.relation.set_value(str(state.get("relation", "")))
        self._explain(self.relation.value())
        self.because.setPlainText(str(state.get("because", "")))

    def check(self) -> bool:
        """Tell whether the link can be kept; say what is missing and go there where not."""
        reason = self.because.toPlainText().strip()
        if not self.origin():
            self._say(tr("Choose the record that bears on it."))
            # A list that the filter emptied would take the keyboard and show nothing of it.
            (self.list if self._model.rowCount() else self.wanted).setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.relation.value():
            self._say(tr("Choose how it bears on it."))
            self.relation.focus_first()
        elif not reason:
            self._say(tr("A link needs its because: one sentence that says why."))
            mark_wrong(self.because, True)
            self.because.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._say("")
            return True
        return False

    def focus_first(self) -> None:
        """Put the focus on the filter."""
        self.wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the filter up and down choose in the list, as in the command palette; Enter goes on to the reason."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._model.rowCount():
            row = min(max(self.list.currentIndex().row() + step, 0), self._model.rowCount() - 1)
            self.list.setCurrentIndex(self._model.index(row, 0))
            return True
        if event.key() in _ENTER and not event.modifiers() & _ASIDE and self.origin():
            self.because.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        body = QVBoxLayout()
        body.setContentsMargins(12, 10, 12, 8)
        body.setSpacing(6)
        body.addWidget(self._lead)
        body.addWidget(self.wanted)
        column.addLayout(body)
        column.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 10)
        foot.setSpacing(6)
        foot.addWidget(label(tr("Relation"), "label"))
        foot.addWidget(self.relation)
        foot.addWidget(self._meaning)
        because = label(tr("Because"), "label")
        because.setBuddy(self.because)
        foot.addWidget(because)
        foot.addWidget(self.because)
        foot.addWidget(self._problem)
        column.addLayout(foot)
        keep = primary_button(tr("Keep"), "Ctrl Enter")
        keep.clicked.connect(self.keep_asked)
        leave = ghost_button(tr("Leave"), "Esc")
        leave.clicked.connect(self.left)
        column.addWidget(PanelFooter((keep, leave)))

    def _narrow(self, wanted: str) -> None:
        kept = self.origin()
        self._model.narrow(wanted)
        self.choose(kept)
        if not self.origin() and self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0, 0))

    def _explain(self, relation: str) -> None:
        self._meaning.setText(_meanings().get(relation, ""))

    def _mend(self) -> None:
        mark_wrong(self.because, False)
        self._say("")

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))


def _meanings() -> dict[str, str]:
    return {
        "supports": tr("Makes it more likely to be so."),
        "contradicts": tr("Speaks against it."),
        "fits": tr("Agrees, and agrees with others too."),
        "context": tr("Background, no weight."),
        "unclear": tr("Could go either way; say why."),
    }

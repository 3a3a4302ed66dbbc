"""When what stands in a form is kept: a text once it is left or after one idle second, a choice at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from evidence_desk.domain.time import parse_utc
from evidence_desk.store.drafts import StoredDraft
from evidence_desk.ui.actions.key_guard import is_typing
from evidence_desk.ui.models.moments import moment_text
from evidence_desk.ui.translate import tr

IDLE_MS = 1000
AGAIN_MS = 5000


class FieldKeeping(QObject):
    """Watches the fields of a form, those that come later too.

    It never asks while an input method composes, since what is half composed is no text yet. In a field whose own steps
    are all taken back, undo and redo go on with the steps of the case. Signals: `due()` keep what can be kept.
    """

    due = Signal()

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._field: QWidget | None = None
        self._composing = False
        self._waiting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    @property
    def waiting(self) -> bool:
        """Tell whether something was edited since the last `due`."""
        return self._waiting

    def edited(self) -> None:
        """A person edited something: text waits for its idle second, a choice does not."""
        self._waiting = True
        if self._timer.isActive() and not self._timer.interval():
            return  # another field was just left, and it is kept now
        self._timer.start(IDLE_MS if self._typing() else 0)

    def try_again(self) -> None:
        """What was edited could not be written at all, as on a full disk: it is due once more after a while."""
        self._waiting = True
        self._timer.start(AGAIN_MS)

    def settled(self) -> None:
        """What was edited is kept, put aside or taken back by other means."""
        self._waiting = False
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what an input method composes, and lend undo to the case where the field has nothing to take back."""
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
            if self._composing and self._waiting:
                self._timer.start(IDLE_MS)
        elif (
            event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _exhausted(watched, event)
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _typing(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self._form.isAncestorOf(focus) and is_typing(focus)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._form):  # a dialog that is going moves the focus a last time
            return
        if self._field is not None and isValid(self._field):
            self._field.removeEventFilter(self)
        self._field, self._composing = None, False
        if now is not None and is_typing(now) and self._form.isAncestorOf(now):
            self._field = now
            now.installEventFilter(self)
        if self._waiting and (old is None or not isValid(old) or self._form.isAncestorOf(old)):
            # Once the focus has come to rest: who keeps looks at where it is.
            self._timer.start(0)

    def _tell(self) -> None:
        if self._composing:
            self._timer.start(IDLE_MS)
            return
        self._waiting = False
        self.due.emit()


def _exhausted(field: QObject, event: QKeyEvent) -> bool:
    """Tell whether a key asks a field to undo or redo what it has no step for."""
    undo, redo = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
    if isinstance(field, QLineEdit):
        return (undo and not field.isUndoAvailable()) or (redo and not field.isRedoAvailable())
    if isinstance(field, QPlainTextEdit | QTextEdit):
        text = field.document()
        return (undo and not text.isUndoAvailable()) or (redo and not text.isRedoAvailable())
    return False


def kept_words(utc: str) -> str:
    """Return `Kept 14:03:22` by this computer's clock, as the status line tells it; "" without a moment."""
    return tr("Kept {time}", time=parse_utc(utc).astimezone().strftime("%H:%M:%S")) if utc else ""


def aside_words(draft: StoredDraft) -> str:
    """Return `Put aside 14:03:22`: not on record, and not lost either."""
    return tr("Put aside {time}", time=parse_utc(draft.at).astimezone().strftime("%H:%M:%S"))


def begun_words(draft: StoredDraft) -> str:
    """Return when a draft was begun, and by whom."""
    return tr("Begun on {moment} by {actor} and not kept yet.", moment=moment_text(draft.began_at), actor=draft.actor)


def step_of(field: str) -> str:
    """Return what the history calls a step that changes one field; the record's number follows."""
    return tr("Edit {field} of", field=field[:1].lower() + field[1:])

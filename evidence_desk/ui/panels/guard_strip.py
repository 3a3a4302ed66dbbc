"""The wording guard under the statement: it points at a word, says why, and offers the seen form. It never blocks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from evidence_desk.domain import guard
from evidence_desk.domain.guard import GuardHit
from evidence_desk.ui.panels.record_fields import TextField
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import DeskButton, ghost_button, plain_button
from evidence_desk.ui.widgets.labels import IconLabel
from evidence_desk.ui.widgets.wrapped_text import WrappedText


class GuardHighlighter(QSyntaxHighlighter):
    """Draws a wavy amber line under the words that the guard points at."""

    def highlightBlock(self, text: str) -> None:
        """Mark one paragraph."""
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(current_theme().color("status.warn"))
        for hit in guard.check(text):
            # Qt counts UTF-16 units, the guard counts characters.
            start = len(text[: hit.start].encode("utf-16-le")) // 2
            length = len(text[hit.start : hit.end].encode("utf-16-le")) // 2
            self.setFormat(start, length, wave)


class StatementField(TextField):
    """The statement. Signals: `keep_asked()` on Ctrl+Enter, `left()` on Esc, `entered(bool)` the focus came or went."""

    keep_asked = Signal()
    left = Signal()
    entered = Signal(bool)

    def __init__(self) -> None:
        super().__init__(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._highlighter = GuardHighlighter(self.document())
        keeper().changed.connect(self._highlighter.rehighlight)
        # The lines are known only once the text has been laid out in the width there is.
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._grow)
        self.textChanged.connect(self._settle.start)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that words are being typed."""
        super().focusInEvent(event)
        self.entered.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that no words are typed any more."""
        super().focusOutEvent(event)
        self.entered.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow with the lines that another width makes."""
        super().resizeEvent(event)
        self._settle.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps, Esc leaves; Enter makes a new line."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Says(QWidget):
    """The sentence of the strip, with the words themselves in bold."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._bold: tuple[tuple[int, int], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str, *strong: str) -> None:
        """Show a sentence in which the given parts are bold."""
        self._text = text
        places = ((text.find(part), len(part)) for part in strong if part)
        self._bold = tuple((start, length) for start, length in places if start >= 0)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """Return the sentence."""
        return self._text

    def _wrapped(self, width: int) -> WrappedText:
        return WrappedText(self._text, current_theme().ui_font("small"), width, self._bold)

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the lines need."""
        return round(self._wrapped(width).height) + 1

    def sizeHint(self) -> QSize:
        """Return the size at a usual width."""
        return QSize(200, self.heightForWidth(max(self.width(), 180)))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the lines."""
        color: QColor = current_theme().color("text.primary")
        painter = QPainter(self)
        self._wrapped(self.width()).draw(painter, 0, 0, color)
        painter.end()


class GuardStrip(QFrame):
    """Signals: `replace_asked(GuardHit)`; `reasoned(str)` a reason for keeping the word was given."""

    replace_asked = Signal(object)
    reasoned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guard")
        self._hits: tuple[GuardHit, ...] = ()
        self._reason = ""
        self._quiet = False
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 7, 9, 7)
        row.setSpacing(9)
        row.addWidget(IconLabel("warn", "status.warn", 15), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(6)
        row.addLayout(column, 1)
        self._says = _Says()
        column.addWidget(self._says)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        self.replace_button: DeskButton = plain_button(tr("Replace"), "Alt R")
        self.replace_button.setShortcut("Alt+R")
        self.replace_button.setProperty("extent", "small")
        self.replace_button.clicked.connect(self.replace)
        self.keep_button: DeskButton = ghost_button(tr("Keep, with reason"))
        self.keep_button.setProperty("extent", "small")
        self.keep_button.clicked.connect(self.ask_reason)
        buttons.addWidget(self.replace_button)
        buttons.addWidget(self.keep_button)
        buttons.addStretch()
        column.addLayout(buttons)
        self.reason_line = QLineEdit()
        self.reason_line.setAccessibleName(tr("Reason for keeping the word"))
        self.reason_line.setPlaceholderText(tr("Why the word stays, or keep again without"))
        self.reason_line.returnPressed.connect(self._give)
        self.reason_line.editingFinished.connect(self._give)
        self.reason_line.hide()
        column.addWidget(self.reason_line)
        self.hide()

    def look_at(self, text: str, reason: str) -> None:
        """Point at the first word of the text; a reason on record quietens the strip."""
        before, self._hits, self._reason = self._hits, guard.check(text), reason
        self.setVisible(bool(self._hits) and not self._quiet)
        if not self._hits:
            self.reason_line.hide()
            return
        hit = self._hits[0]
        word = f"“{hit.word}”"
        if reason:
            self._says.say(tr("{word} is kept: {reason}", word=word, reason=reason), word)
        elif hit.seen_form and not hit.replaceable:
            why, seen = tr(hit.why), hit.seen_form
            self._says.say(
                tr("{word} {why}. Say what is seen or heard, as: {seen}", word=word, why=why, seen=seen), word
            )
        elif hit.seen_form:
            seen = f"“{hit.seen_form}”"
            self._says.say(tr("{word} {why}. Seen form: {seen}", word=word, why=tr(hit.why), seen=seen), word, seen)
        else:
            self._says.say(tr("{word} {why}. Say what is seen instead.", word=word, why=tr(hit.why)), word)
        self.replace_button.setVisible(hit.replaceable and not reason)
        self.keep_button.setText(tr("Change the reason") if reason else tr("Keep, with reason"))
        if not before or before[0].word != hit.word:
            self.setAccessibleName(self._says.text)

    def set_quiet(self, quiet: bool) -> None:
        """Stay away, as in a case that is open to read: nothing can be reworded there."""
        self._quiet = quiet
        self.setVisible(bool(self._hits) and not quiet)

    @property
    def open_question(self) -> bool:
        """Tell whether a word is pointed at and no reason is on record."""
        return bool(self._hits) and not self._reason

    @property
    def text(self) -> str:
        """Return the sentence that is shown."""
        return self._says.text if self._hits else ""

    @property
    def word(self) -> str:
        """Return the word that is pointed at, in quotation marks, "" for none."""
        return f"“{self._hits[0].word}”" if self._hits else ""

    def reset(self) -> None:
        """Forget a reason that was begun for another statement."""
        self.reason_line.hide()
        self.reason_line.clear()

    def show_half(self, reason: str) -> None:
        """Show a reason that was begun and not given yet."""
        self.reason_line.setText(reason)
        self.reason_line.show()

    def replace(self) -> None:
        """Ask for the first word to be changed to its seen form."""
        if self._hits and self._hits[0].replaceable and not self._reason:
            self.replace_asked.emit(self._hits[0])

    def ask_reason(self) -> None:
        """Open the line for the reason."""
        self.reason_line.setText(self._reason)
        self.reason_line.show()
        self.reason_line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        text = self.reason_line.text().strip()
        if self.reason_line.isHidden() or text == self._reason:
            return
        self.reasoned.emit(text)
        self.reason_line.setVisible(not text)

"""The stored text of a source: read only, claims marked in it, a selected passage becomes a claim with its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextEdit, QVBoxLayout, QWidget

from evidence_desk.domain.controlled_values import RELIABILITY_WORDS
from evidence_desk.domain.records import Claim, Source
from evidence_desk.ui.models.text_places import TextPlaces
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import number, plural, tr
from evidence_desk.ui.widgets.buttons import DeskButton, primary_button
from evidence_desk.ui.widgets.labels import label
from evidence_desk.ui.widgets.panel import Elastic

_LINE_HEIGHT = 128


class SourceText(QTextEdit):
    """The text itself; Tab leaves it, the keys move a caret that can select."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setProperty("shown", "text")
        self.setAcceptRichText(False)
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self.document().setDocumentMargin(16)


class SourceReader(QWidget):
    """Signals: `claim_asked(int start, str quote)` a passage is to become a claim; `claim_chosen(str number)` the caret
    entered a marked claim."""

    claim_asked = Signal(int, str)
    claim_chosen = Signal(str)

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writable = writable
        self._source: Source | None = None
        self._claims: tuple[Claim, ...] = ()
        self._marked = ""
        self._places = TextPlaces("")
        self.text = SourceText()
        self.text.selectionChanged.connect(self._selected)
        self.text.cursorPositionChanged.connect(self._moved)
        self._number = label("", "id")
        self._caption = label("", "label", wrap=True)
        self._title: QLabel = label("", "lead", wrap=True)
        self._hint = label("", "note", wrap=True)
        self.make: DeskButton = primary_button(tr("New claim from the selection"), "Ctrl Alt C", "claim")
        self.make.clicked.connect(self.ask)
        self._build()
        keeper().changed.connect(self._dress)
        self._dress()

    @property
    def source(self) -> str:
        """Number of the source shown, "" for none."""
        return self._source.number if self._source else ""

    def show_source(self, source: Source, claims: Sequence[Claim]) -> None:
        """Show a source with its claims marked; the place in the text is kept where it is the same source."""
        again = self._source is not None and self._source.number == source.number and self._source.text == source.text
        self._source, self._claims = source, tuple(c for c in claims if c.source == source.number and c.in_force)
        self._number.setText(source.number)
        self._title.setText(source.title)
        self._caption.setText(_caption(source, len(self._claims)))
        self.text.setAccessibleName(tr("Text of {number}, {title}", number=source.number, title=source.title))
        if not again:
            self._places = TextPlaces(source.text)
            self._marked = ""
            self.text.setPlainText(self._places.shown)
            self._open_lines()
        self._mark()
        self._selected()

    def show_claim(self, claim: Claim) -> None:
        """Scroll to a claim and mark it as the one at hand."""
        self._marked = claim.number
        cursor = self.text.textCursor()
        cursor.setPosition(self._places.position(claim.start))
        self.text.blockSignals(True)
        self.text.setTextCursor(cursor)
        self.text.blockSignals(False)
        self.text.ensureCursorVisible()
        self._mark()

    def selection(self) -> tuple[int, str] | None:
        """Return place and words of the selected passage without white space around it, None for none."""
        cursor = self.text.textCursor()
        if not cursor.hasSelection():
            return None
        start = self._places.offset(cursor.selectionStart())
        end = self._places.end_offset(cursor.selectionEnd())
        start, end = self._places.trimmed(start, end)
        return (start, self._places.text[start:end]) if start < end else None

    def ask(self) -> None:
        """Ask for a claim from the selected passage; without one, say how to select."""
        found = self.selection()
        if found is None:
            self._hint.setText(
                tr("Nothing is selected. Select a passage with the mouse, or with Shift and the arrows.")
            )
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.claim_asked.emit(*found)

    def clear_selection(self) -> None:
        """Select nothing, the caret stays."""
        cursor = self.text.textCursor()
        cursor.clearSelection()
        self.text.setTextCursor(cursor)

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self._number)
        line.addStretch()
        head.addLayout(line)
        head.addWidget(self._title)
        head.addWidget(self._caption)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.setSpacing(12)
        if self._writable:
            foot.addWidget(self.make)
        foot.addWidget(self._hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Elastic(self.text, 860), 1)
        column.addLayout(foot)

    def _open_lines(self) -> None:
        """Set the lines a little apart: this is text to read, not to scan."""
        shape = QTextBlockFormat()
        shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(shape)

    def _selected(self) -> None:
        found = self.selection()
        if found is None:
            self._hint.setText(tr("Select a passage to quote it word for word.") if self._writable else "")
        else:
            count = len(found[1])
            self._hint.setText(
                tr("{count} characters from character {start}", count=number(count), start=number(found[0]))
            )

    def _moved(self) -> None:
        cursor = self.text.textCursor()
        if cursor.hasSelection() or not self.text.hasFocus():
            return
        at = self._places.offset(cursor.position())
        inside = next((c.number for c in self._claims if c.start <= at < c.end), "")
        if inside and inside != self._marked:
            self._marked = inside
            self._mark()
            self.claim_chosen.emit(inside)

    def _mark(self) -> None:
        theme = current_theme()
        marks = []
        for claim in self._claims:
            mark = QTextEdit.ExtraSelection()
            shape = QTextCharFormat()
            at_hand = claim.number == self._marked
            shape.setBackground(theme.color("surface.selected" if at_hand else "surface.hover"))
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            shape.setUnderlineColor(theme.color("accent.line" if at_hand else "text.tertiary"))
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(self._places.position(claim.start))
            cursor.setPosition(self._places.position(claim.end), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, shape
            marks.append(mark)
        self.text.setExtraSelections(marks)

    def _dress(self) -> None:
        self.text.setFont(current_theme().ui_font("lead"))
        self._mark()


def _caption(source: Source, claims: int) -> str:
    grade = source.reliability
    parts = (
        source.kind,
        source.publisher,
        source.author,
        source.dated,
        tr("reliability {grade}, {words}", grade=grade, words=RELIABILITY_WORDS[grade]) if grade else "",
        plural(claims, "{count} claim", "{count} claims"),
    )
    return ", ".join(dict.fromkeys(part for part in parts if part))

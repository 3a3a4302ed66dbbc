"""Where in the sound something is heard: begin and end, typed, nudged or drawn, exact to the sample."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.sound_range import SoundRange, Ticks
from evidence_desk.domain.time import clock as clock_text
from evidence_desk.services.sound_places import SoundPlaces
from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import icon_button
from evidence_desk.ui.widgets.forms import show_as_text
from evidence_desk.ui.widgets.labels import label

_MILLISECOND = Fraction(1, 1000)
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class SoundRangeField(QWidget):
    """Holds exact moments; what stands in the two fields is only how they are written.

    Signals: `edited()` by a person; `shown(SoundRange or None)` the range is another; `play_asked()`; `frames_asked()`
    for the sound of the observation's frames.
    """

    edited = Signal()
    shown = Signal(object)
    play_asked = Signal()
    frames_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: SoundPlaces | None = None
        self._why = ""
        self._loaded: Ticks | None = None
        self._held: list[Fraction | None] = [None, None]
        self._problem = ""
        self._beside = ""
        self._only_text = False
        self.begin, self.end = QLineEdit(), QLineEdit()
        self.hear = icon_button("play", tr("Hear the range, again and again"), tr("Hear the range (Shift+Space)"))
        self.of_frames = icon_button(
            "exhibit_video", tr("Sound of the frames"), tr("The sound of the observation's frames (Ctrl+Alt+I)")
        )
        self.clear = icon_button("close", tr("No sound range"))
        self._note = label("", "caption", wrap=True)
        self._build()
        self._tell()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        ends = (
            (self.begin, tr("Sound begins"), tr("begins"), (self.hear,)),
            (self.end, tr("Sound ends"), tr("ends"), (self.of_frames, self.clear)),
        )
        for field, name, word, buttons in ends:
            field.setAccessibleName(name)
            field.setPlaceholderText(word)
            field.setToolTip(tr("A time, or a sample as #576000. Up and Down: 1 ms; with Shift: one sample"))
            field.textEdited.connect(self._typed)
            field.editingFinished.connect(self._write)
            field.installEventFilter(self)
            row = QHBoxLayout()
            row.setSpacing(4)
            row.addWidget(field)
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
            column.addLayout(row)
        column.addWidget(self._note)
        for before, after in pairwise((self.begin, self.end, self.hear, self.of_frames, self.clear)):
            QWidget.setTabOrder(before, after)
        self.setFocusProxy(self.begin)
        self.hear.clicked.connect(self.play_asked)
        self.of_frames.clicked.connect(self.frames_asked)
        self.clear.clicked.connect(lambda: self.choose(None))
        keeper().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        for field in (self.begin, self.end):
            field.setFixedWidth(field.fontMetrics().horizontalAdvance("00:00:00.000") + current_theme().px(18))

    # ------------------------------------------------------------------------------------------------------ content

    def set_sound(self, places: SoundPlaces | None, why: str = "") -> None:
        """Take the sound that the range lies in; None where there is none here, and why."""
        self._places, self._why = places, why
        self._write()

    def say_beside(self, words: str) -> None:
        """Say how the range stands to something else of the observation, "" for nothing that has to be said."""
        if words != self._beside:
            self._beside = words
            self._write_note()

    @property
    def places(self) -> SoundPlaces | None:
        """Return the sound that the range lies in, None where it is not at hand."""
        return self._places

    def load(self, ticks: Ticks | None) -> None:
        """Show what is on record; nothing counts as edited."""
        self._loaded = ticks
        found = SoundRange.of(ticks) if ticks is not None else None
        self._held = [None, None] if found is None else [found.begin, found.end]
        self._problem = ""
        self._write()

    def value(self) -> Ticks | None:
        """Return the range in whole ticks, that on record unchanged where it is the same; None for none."""
        found = self.range()
        if found is None:
            return None
        if self._loaded is not None and SoundRange.of(self._loaded) == found:
            return self._loaded
        return found.ticks(self._places.rate if self._places is not None else 1)

    def range(self) -> SoundRange | None:
        """Return the range, None while an end of it is missing."""
        begin, end = self._held
        return SoundRange(begin, end) if begin is not None and end is not None and begin <= end else None

    def choose(self, found: SoundRange | None, *, by_hand: bool = True) -> None:
        """Show another range, as one drawn on the waveform; `by_hand` counts as edited."""
        self._held = [None, None] if found is None else [found.begin, found.end]
        self._problem = ""
        self._write()
        if by_hand:
            self.edited.emit()

    def problem(self) -> str:
        """Return one sentence on what cannot be kept, "" for nothing."""
        begin, end = self._held
        if self._problem:
            return self._problem
        if (begin is None) != (end is None):
            return tr("A sound range has a begin and an end; leave both empty for none.")
        if begin is not None and end is not None and end < begin:
            return tr("The sound cannot end before it begins.")
        return ""

    def texts(self) -> list[str]:
        """Return both ends, exact where they are understood, as typed where not."""
        fields = (self.begin, self.end)
        return [
            field.text() if self._problem or at is None else str(at)
            for field, at in zip(fields, self._held, strict=True)
        ]

    def set_texts(self, begin: str, end: str) -> None:
        """Lay in what `texts` gave."""
        for i, (field, text) in enumerate(((self.begin, begin), (self.end, end))):
            try:
                self._held[i] = Fraction(text) if text else None
            except (ValueError, ZeroDivisionError):
                self._held[i] = None
                field.setText(text)
                self._problem = tr("“{text}” names no place in the sound.", text=text)
        if not self._problem:
            self._write()

    def set_text_only(self, text: bool) -> None:
        """Read as text, or as fields."""
        self._only_text = text
        for field in (self.begin, self.end):
            show_as_text(field, text)
        self._tell()

    # ----------------------------------------------------------------------------------------------------- by hand

    def _typed(self) -> None:
        self._problem = ""
        for i, field in enumerate((self.begin, self.end)):
            if field.text() == self._text_of(self._held[i]):
                continue
            self._held[i] = None
            if field.text().strip() and self._places is not None:
                try:
                    self._held[i] = self._places.read(field.text(), end=i == 1, other=self._held[1 - i])
                except EvidenceDeskError as error:
                    self._problem = str(error)
        self._tell()
        self.edited.emit()

    def _write(self) -> None:
        """Write both ends as they are understood."""
        if not self._problem:
            for field, at in zip((self.begin, self.end), self._held, strict=True):
                if field.text() != self._text_of(at):
                    field.setText(self._text_of(at))
        self._tell()

    def _text_of(self, at: Fraction | None) -> str:
        if at is None:
            return ""
        return self._places.shown(at) if self._places is not None else clock_text(at)

    def _tell(self) -> None:
        found, places = self.range(), self._places
        self._write_note()
        writable = places is not None and not self._only_text
        for field in (self.begin, self.end):
            field.setReadOnly(not writable)
        self.hear.setEnabled(places is not None and found is not None)
        self.of_frames.setVisible(writable)
        self.clear.setVisible(writable and self._held != [None, None])
        self.shown.emit(found)

    def _write_note(self) -> None:
        found, places = self.range(), self._places
        if self.problem():
            words = self.problem()
        elif places is None:
            words = self._why
        elif found is None:
            words = "" if self._only_text else tr("Not stated. Drag over the waveform, or type.")
        else:
            words = ". ".join(part for part in (places.words(found), self._beside) if part)
        self._note.setText(words)
        self._note.setVisible(bool(words))
        for field in (self.begin, self.end):
            field.setAccessibleDescription(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the end that has the keyboard by a millisecond, with Shift by a sample."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            way = _STEPS.get(Qt.Key(event.key()), 0)
            plain = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            if way and not plain:
                fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._nudge(1 if watched is self.end else 0, way if fine else way * _MILLISECOND)
                return True
        return False

    def _nudge(self, which: int, by: Fraction | int) -> None:
        at = self._held[which]
        if at is None or self._places is None or self._only_text:
            return
        self._problem = ""
        self._held[which] = self._places.moved(at, by, end=which == 1)
        self._write()
        self.edited.emit()

"""Safe view: what a person marked as distressing stays covered until it is asked for, one by one.

Covered is blurred and grey, wherever a picture of it is painted; whoever paints asks `SafeView.covers` first.
Uncovering is no event of the log: it counts in coverage alone, since it says what was looked at and not what was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.distress import Span, marked_spans
from evidence_desk.ui.translate import tr

if TYPE_CHECKING:
    from evidence_desk.domain.records import Exhibit
    from evidence_desk.ui.session import Session

_GRAINS = 14
"""How many patches of grey are left along the longer side: light and dark stay, shapes do not."""
_SOFT = 640
"""The patches are melted into each other up to this size; a painter enlarges the rest."""

Lifted = tuple[str, Span | None]


class SafeView(QObject):
    """Knows what is covered now.

    Signals: `changed()` something is covered or uncovered now; `lifted(str exhibit, int frame)` a person uncovered it.
    """

    changed = Signal()
    lifted = Signal(str, int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._exhibits: dict[str, tuple[bool, tuple[Span, ...]]] = {}
        self._lifted: set[Lifted] = set()
        self._held = False
        session.case_opened.connect(self._opened)
        session.case_closed.connect(self._closed)
        session.changed.connect(self._case_changed)

    # ------------------------------------------------------------------------------------------------- what is covered

    def marked(self, exhibit: str, n: int) -> bool:
        """Tell whether a frame is marked as distressing, covered now or not."""
        whole, spans = self._exhibits.get(exhibit, (False, ()))
        return whole or any(first <= n <= last for first, last in spans)

    def covers(self, exhibit: str, n: int, *, small: bool = False) -> bool:
        """Tell whether frame n must not be shown as it is; small pictures stay covered while a key is held."""
        if self._held and not small:
            return False
        marks = self._marks_at(exhibit, n)
        return bool(marks) and not self._lifted.issuperset(marks)

    def covers_any(self, exhibit: str) -> bool:
        """Tell whether anything of an exhibit is covered, whatever key is held."""
        return any(number == exhibit for number, _ in self.covers_now())

    def covers_now(self) -> tuple[Lifted, ...]:
        """Return every mark that covers something: the exhibit, and the span or None for the whole."""
        found = [
            (exhibit, span)
            for exhibit, (whole, spans) in sorted(self._exhibits.items())
            for span in ((None,) if whole else spans)
        ]
        return tuple(mark for mark in found if mark not in self._lifted)

    def picture(self, exhibit: str, n: int, image: QImage) -> QImage:
        """Return a small picture of frame n as it may be shown: the picture itself, or its cover."""
        return covered(image) if self.covers(exhibit, n, small=True) else image

    @property
    def count_marked(self) -> int:
        """Return how many exhibits are marked as distressing, as a whole or in part."""
        return sum(bool(whole or spans) for whole, spans in self._exhibits.values())

    @property
    def count_covered(self) -> int:
        """Return in how many exhibits something is covered."""
        return sum(self.covers_any(exhibit) for exhibit in self._exhibits)

    @property
    def held(self) -> bool:
        """Tell whether the key that shows what is covered is held."""
        return self._held

    def _marks_at(self, exhibit: str, n: int) -> set[Lifted]:
        whole, spans = self._exhibits.get(exhibit, (False, ()))
        if whole:
            return {(exhibit, None)}
        return {(exhibit, span) for span in spans if span[0] <= n <= span[1]}

    # ------------------------------------------------------------------------------------------------------- uncovering

    def hold(self, held: bool, exhibit: str = "", n: int = 0) -> None:
        """Show what is covered while a key is held; frame n of an exhibit is what is looked at."""
        if held == self._held:
            return
        if held and self.covers(exhibit, n):
            self.lifted.emit(exhibit, n)
        self._held = held
        self.changed.emit()

    def uncover(self, exhibit: str, n: int) -> bool:
        """Uncover the mark that covers frame n until the case is closed; tell whether there was one."""
        marks = self._marks_at(exhibit, n) - self._lifted
        if not marks:
            return False
        self._lifted |= marks
        self.lifted.emit(exhibit, n)
        self.changed.emit()
        return True

    def cover(self, exhibit: str, n: int) -> bool:
        """Cover again what was uncovered at frame n; tell whether there was anything."""
        marks = self._marks_at(exhibit, n) & self._lifted
        if marks:
            self._lifted -= marks
            self.changed.emit()
        return bool(marks)

    # ------------------------------------------------------------------------------------------------------- the case

    def _opened(self) -> None:
        self._lifted.clear()
        self._held = False
        self._read()

    def _closed(self) -> None:
        self._lifted.clear()
        self._exhibits = {}
        self._held = False
        self.changed.emit()

    def _case_changed(self, changes: Changes) -> None:
        if changes.touches(Area.EXHIBITS) and self._session.is_open:
            self._read()

    def _read(self) -> None:
        found = {e.number: _marks(e) for e in self._session.case.queries.exhibits(withdrawn=True)}
        if found != self._exhibits:
            self._exhibits = found
            self.changed.emit()


def _marks(exhibit: Exhibit) -> tuple[bool, tuple[Span, ...]]:
    return exhibit.distressing, marked_spans(exhibit)


def covered(image: QImage) -> QImage:
    """Return the cover of a picture: a few grey patches of it, melted into each other. The size may be smaller."""
    if image.isNull():
        return image
    smooth, keep = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.KeepAspectRatio
    # Thinned out first: averaging all pixels of a large picture would take longer than the picture is on screen.
    few = image.scaled(QSize(160, 160), keep) if max(image.width(), image.height()) > 160 else image
    grains = few.scaled(QSize(_GRAINS, _GRAINS), keep, smooth).convertToFormat(QImage.Format.Format_Grayscale8)
    side = min(_SOFT, max(image.width(), image.height()))
    soft = image.size().scaled(QSize(side, side), keep).expandedTo(QSize(1, 1))
    return grains.scaled(soft, Qt.AspectRatioMode.IgnoreAspectRatio, smooth).convertToFormat(QImage.Format.Format_RGB32)


def covered_words() -> str:
    """Return what a screen reader says in place of a covered picture."""
    return tr("covered picture")

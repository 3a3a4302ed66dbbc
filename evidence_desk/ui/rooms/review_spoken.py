"""What a screen reader says of a step: the frame that stands there now, and the observations that begin or end at it.

Nothing is said while a key is held or play runs: a voice that lags behind the picture would name the wrong frame.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer

from evidence_desk.ui.models.observations import ObservationRow
from evidence_desk.ui.rooms.review_clip import ClipDesk
from evidence_desk.ui.rooms.review_observe import ObserveDesk
from evidence_desk.ui.rooms.review_places import EXACT, FAILED, SETTLED
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.announce import announce
from evidence_desk.ui.widgets.viewer import Viewer

QUIET_MS = 250
"""How long the playhead stands before its frame is said: longer than a held key takes to repeat."""


class SpokenSteps(QObject):
    """Tells of each place the reviewer comes to rest at, once."""

    def __init__(self, clip: ClipDesk, observe: ObserveDesk, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._clip, self._observe, self._viewer = clip, observe, viewer
        self._said: tuple[str, int, str] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(QUIET_MS)
        self._rest.timeout.connect(self._say)
        clip.moved.connect(self._moved)
        clip.state_changed.connect(self._moved)
        clip.opened.connect(self._moved)

    def _moved(self, _: object = None) -> None:
        if self._clip.playing:
            self._rest.stop()
        else:
            self._rest.start()

    def _say(self) -> None:
        clip, state = self._clip.clip, self._clip.state
        if clip is None or self._clip.playing or state not in (*SETTLED, FAILED):
            return
        here = (clip.exhibit.number, self._clip.n, state)
        if here != self._said:
            self._said = here
            announce(self._viewer, spoken_step(self._clip.n, state, self._here()))

    def _here(self) -> tuple[ObservationRow, ...]:
        return self._observe.kept_rows.at_edges(self._clip.clip.exhibit.number, self._clip.n) if self._clip.clip else ()


def spoken_step(n: int, state: str, rows: Iterable[ObservationRow]) -> str:
    """Return the sentence for frame n; a frame that is not shown as it was counted is said to be so."""
    parts = [tr("Frame {n}", n=number(n))]
    if state == FAILED:
        parts.append(tr("cannot be shown"))
    elif state != EXACT:
        parts.append(tr("provisional number"))
    for row in rows:
        record = row.observation
        begins, ends = record.first_frame == n, record.last_frame == n
        if begins and ends:
            parts.append(tr("{number} {term} is here", number=record.number, term=row.label))
        elif begins:
            parts.append(tr("{number} {term} begins", number=record.number, term=row.label))
        elif ends:
            parts.append(tr("{number} {term} ends", number=record.number, term=row.label))
    return ", ".join(parts)

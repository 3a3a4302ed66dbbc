"""Coverage of an open case: what is on screen is added up, written every little while, and told as figures.

Nothing here is a record or an event. A kill loses what came after the last `flush`, at most the pause between two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from evidence_desk.domain.coverage import HEARD, PLAYED, STEPPED, UNCOVERED, Coverage, Looked, coverage_of, full
from evidence_desk.domain.errors import CaseError
from evidence_desk.domain.records import Exhibit
from evidence_desk.domain.time import parse_utc, utc_now_text
from evidence_desk.store.coverage import CoverageRows

REACH = 512
"""Frames: a place further off than this from a stretch begins another one."""
LONGEST = 8192
LOOKED_AT = "Looked at"
"""What the line of a dossier is called that says who looked at an exhibit."""
IDLE_S = 30
"""After so long without a new picture a stretch is over: nobody need have been looking."""

Way = tuple[str, str]
"""Exhibit and how: two exhibits that are compared are looked at in turn."""


class CoverageLog:
    """Takes note of what is on screen in the open case, and says what was."""

    def __init__(self, rows: CoverageRows, actor: Callable[[], str], clock: Callable[[], str] = utc_now_text) -> None:
        self._rows, self._actor, self._clock = rows, actor, clock
        self._open: dict[Way, tuple[int, Looked]] = {}
        self._ended: list[tuple[int, Looked]] = []
        self._dirty: set[Way] = set()
        self._known: dict[str, Coverage] = {}
        self.problem = ""

    def saw(self, exhibit: str, n: int, *, speed: str = "", zoom: int | None = None, lifted: bool = False) -> None:
        """Frame n was painted exactly: at rest, or in play at a speed."""
        self._note(Looked(exhibit, "", PLAYED if speed else STEPPED, n, n, 1, speed, zoom, lifted))

    def heard(
        self, exhibit: str, first: int, last: int, *, speed: str, stream: int | None = None, lifted: bool = False
    ) -> None:
        """The sound of frames `first` to `last` was heard; `stream` is its absolute index where it is known."""
        self._note(Looked(exhibit, "", HEARD, first, last, full(last - first + 1), speed, None, lifted, stream))

    def uncovered(self, exhibit: str, n: int) -> None:
        """A cover was lifted at frame n."""
        self._end((exhibit, UNCOVERED))
        self._note(Looked(exhibit, "", UNCOVERED, n, n, 1, lifted=True))

    def begin_anew(self, exhibit: str) -> None:
        """Let what is on screen of an exhibit from now on stand in a stretch of its own: something to see has come."""
        for way in [way for way in self._open if way[0] == exhibit]:
            self._end(way)

    def of(self, exhibit: str, count: int) -> Coverage:
        """Return what was on screen of an exhibit of `count` frames, by whomever."""
        known = self._known.get(exhibit)
        if known is None or known.count != count:
            self.flush()
            known = self._known[exhibit] = coverage_of(self._rows.read(exhibit), count)
        return known

    def by_actor(self, exhibit: str, count: int) -> dict[str, Coverage]:
        """Return the same for each person who looked, in the order in which they first did."""
        self.flush()
        found: dict[str, list[Looked]] = {}
        for stretch in self._rows.read(exhibit):
            found.setdefault(stretch.actor, []).append(stretch)
        return {actor: coverage_of(stretches, count) for actor, stretches in found.items()}

    def stretches(self, exhibit: str = "") -> tuple[Looked, ...]:
        """Return the stretches of an exhibit, or all."""
        self.flush()
        return self._rows.read(exhibit)

    def flush(self) -> None:
        """Write what was noted since; where that fails `problem` says why, and it is tried again the next time."""
        waiting = [*self._ended, *(self._open[way] for way in sorted(self._dirty) if way in self._open)]
        if not waiting or not self._rows.writable:
            return
        try:
            ids = self._rows.write(waiting)
        except CaseError as error:
            self.problem = str(error)
            return
        self.problem = ""
        for id_, (_, stretch) in zip(ids[len(self._ended) :], waiting[len(self._ended) :], strict=True):
            self._open[stretch.exhibit, stretch.how] = (id_, stretch)
        self._ended, self._dirty = [], set()

    def _note(self, piece: Looked) -> None:
        if not self._rows.writable:
            return
        now = self._clock()
        piece = replace(piece, actor=self._actor(), began_at=now, ended_at=now)
        way = piece.exhibit, piece.how
        id_, grown = self._open.get(way, (0, piece))
        if _key(grown) != _key(piece) or not _near(grown, piece):
            self._end(way)
            id_, grown = 0, piece
        first = min(grown.first, piece.first)
        bits = (grown.bits << (grown.first - first)) | (piece.bits << (piece.first - first))
        self._open[way] = (
            id_,
            replace(grown, first=first, last=max(grown.last, piece.last), bits=bits, ended_at=now),
        )
        self._dirty.add(way)
        self._add_up(piece)

    def _add_up(self, piece: Looked) -> None:
        known = self._known.get(piece.exhibit)
        if known is None:
            return
        more = coverage_of((piece,), known.count)
        self._known[piece.exhibit] = Coverage(
            known.count,
            known.stepped | more.stepped,
            known.played | more.played,
            known.heard | more.heard,
            known.uncovered + more.uncovered,
        )

    def _end(self, way: Way) -> None:
        entry = self._open.pop(way, None)
        if entry is not None and way in self._dirty:
            self._ended.append(entry)
            self._dirty.discard(way)


def looked_at(log: CoverageLog, exhibit: Exhibit) -> tuple[tuple[str, str], ...]:
    """Return a line for each person who looked at an exhibit, for print; none where nobody's looking was noted."""
    count = 0 if exhibit.provisional else exhibit.frames or 0
    return tuple(
        (LOOKED_AT, f"{actor}: {found.words()}. Noted by the desk while on screen, beside the log")
        for actor, found in log.by_actor(exhibit.number, count).items()
        if found.stepped or found.played
    )


def _key(stretch: Looked) -> tuple[str, str, str, str, int | None, bool, int | None]:
    return stretch.exhibit, stretch.actor, stretch.how, stretch.speed, stretch.zoom, stretch.lifted, stretch.stream


def _near(stretch: Looked, piece: Looked) -> bool:
    if piece.last < stretch.first - REACH or piece.first > stretch.last + REACH:
        return False
    if max(stretch.last, piece.last) - min(stretch.first, piece.first) >= LONGEST:
        return False
    return (parse_utc(piece.began_at) - parse_utc(stretch.ended_at)).total_seconds() <= IDLE_S

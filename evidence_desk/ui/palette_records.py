"""The records that the palette finds: their lines are read piece by piece, and again only where one has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_desk.domain.records import Claim, Exhibit, Observation, Proposition, Question, Record, Source
from evidence_desk.ui.palette_entries import Entry
from evidence_desk.ui.pieces import Pieces, parts
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import number, tr

if TYPE_CHECKING:
    from evidence_desk.services.queries import Queries

_Held = tuple[tuple[Record, ...], ...]
_TAKEN = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """What the palette says of a record; `searched` are its words folded, a space before each."""

    record: Record
    title: str
    detail: str
    icon: str
    searched: str


@dataclass(frozen=True, slots=True)
class _Show:
    session: Session
    number: str

    def __call__(self) -> None:
        self.session.show_record(self.number)


class PaletteRecords:
    """The records in force that have a place of their own, observations first."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._held: _Held = ()
        self._terms: dict[str, tuple[str, str]] = {}
        self._lines: list[Line] = []
        self._known: dict[str, Line] = {}

    def forget(self) -> None:
        """Forget the records: the case goes."""
        self._held, self._lines, self._known = (), [], {}

    def are_many(self, at_once: int) -> bool:
        """Tell whether there are more than so many."""
        return sum(len(records) for records in self._now()) > at_once

    @property
    def is_read(self) -> bool:
        """Tell whether nothing has changed since the lines were read."""
        now = self._now()
        return len(now) == len(self._held) and all(a is b for a, b in zip(now, self._held, strict=True))

    def read(self) -> Pieces[None]:
        """Read the lines of the records that came or changed."""
        now = self._now()
        terms = _terms_of(self._session.case.queries) if now else {}
        if self.is_read and terms == self._terms:
            return
        known = self._known if terms == self._terms else {}
        lines: list[Line] = []
        fresh: dict[str, Line] = {}
        for records in now:
            for part in parts(records):
                for record in part:
                    line = known.get(record.number)
                    if line is None or line.record is not record:
                        line = _line_of(record, terms)
                    fresh[record.number] = line
                    lines.append(line)
                yield
        self._held, self._terms, self._lines, self._known = now, terms, lines, fresh

    def found(self, text: str, holding: Callable[[str], Iterator[str]], limit: int) -> Pieces[tuple[Entry, ...]]:
        """Return at most `limit` records: whose line has the words, those first in which one begins so, and then those
        that have the words in another field, as `holding` tells."""
        words = text.casefold().split()
        if not words:
            return self._entries(self._lines[:limit])
        shown = yield from self._of_line(words, limit)
        if len(shown) < limit:
            shown += yield from self._holding(holding(text), {line.record.number for line in shown})
        return self._entries(shown[:limit])

    def _of_line(self, words: list[str], limit: int) -> Pieces[list[Line]]:
        begun: list[Line] = []
        others: list[Line] = []
        for part in parts(self._lines):
            for line in part:
                if all(word in line.searched for word in words):
                    (begun if f" {words[0]}" in line.searched else others).append(line)
            if len(begun) >= limit:
                break
            yield
        return [*begun, *others][:limit]

    def _holding(self, numbers: Iterator[str], there: set[str]) -> Pieces[list[Line]]:
        wanted, shown = set[str](), list[Line]()
        for place, found in enumerate(numbers):
            wanted.add(found)
            if place % _TAKEN == _TAKEN - 1:
                yield
        wanted -= there
        for part in parts(self._lines):
            shown += [line for line in part if line.record.number in wanted]
            yield
        return shown

    def _entries(self, lines: Iterable[Line]) -> tuple[Entry, ...]:
        return tuple(self._entry(line) for line in lines)

    def _entry(self, line: Line) -> Entry:
        wanted = line.record.number
        show = _Show(self._session, wanted)
        title = f"{wanted} {line.title}"
        return Entry(wanted, tr("Records in this case"), title, line.detail, line.icon, (), show, show)

    def _now(self) -> _Held:
        if not self._session.is_open:
            return ()
        q = self._session.case.queries
        return q.observations(), q.exhibits(), q.claims(), q.propositions(), q.sources(), q.questions()


def _terms_of(queries: Queries) -> dict[str, tuple[str, str]]:
    return {term.id: (term.label, term.icon or term.category) for term in queries.terms()}


def _line_of(record: Record, terms: dict[str, tuple[str, str]]) -> Line:
    title, detail, icon = _words_of(record, terms)
    searched = " ".join(f"{record.number} {title} {detail}".casefold().split())
    return Line(record, title, detail, icon, f" {searched}")


def _words_of(record: Record, terms: dict[str, tuple[str, str]]) -> tuple[str, str, str]:  # noqa: PLR0911 - one a kind
    match record:
        case Observation():
            label, icon = terms.get(record.term, (record.term, "observation"))
            return label, _frames(record), icon
        case Exhibit():
            return record.title or record.received_name, record.kind, "exhibit_video"
        case Claim():
            return f"“{record.quote}”", record.source, "claim"
        case Proposition():
            return record.text, record.type, "claim"
        case Source():
            return record.title, record.publisher, "source"
        case Question():
            return record.text, tr("not known"), "question"
    return "", "", ""


def _frames(observation: Observation) -> str:
    if observation.first_frame is None:
        return observation.exhibit
    first, last = number(observation.first_frame), number(observation.last_frame or observation.first_frame)
    if first == last:
        return tr("{exhibit}, frame {first}", exhibit=observation.exhibit, first=first)
    return tr("{exhibit}, frames {first} to {last}", exhibit=observation.exhibit, first=first, last=last)

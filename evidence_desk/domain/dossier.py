"""The frozen dossier: everything the PDF prints, already resolved from the case, so that printing asks nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from evidence_desk.domain.codebook import Term
from evidence_desk.domain.counts import StatedCount
from evidence_desk.domain.records import (
    Acquisition,
    CaseSheet,
    Claim,
    Exhibit,
    Observation,
    Proposition,
    Question,
    Source,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the dossier: `id` for options, `number` as printed, and whether it can be left out."""

    id: str
    number: str
    title: str
    stand: str
    locked: bool = False


SECTIONS: tuple[Section, ...] = (
    Section("summary", "1", "Summary", "What the records hold, what they do not, and where each line leads."),
    Section("scope", "2", "Question and scope", "Who asked what, what was examined, and what was not asked."),
    Section("words", "3", "Words and scales", "The grades, relations and words used, and nothing beyond them."),
    Section(
        "claims", "4", "What the parties say", "Verbatim, with place and date; split into parts that can be tested."
    ),
    Section(
        "exhibits", "5", "Exhibits", "Every file taken in. The hash was taken at intake; earlier handling is as stated."
    ),
    Section("sheets", "6", "Exhibit sheets", "What each file is, how it came, who held it, what its clocks say."),
    Section("seen", "7", "What is seen and heard", "Observations only: no causes, no names, no intent."),
    Section(
        "boards", "8", "Claim boards", "For each proposition: what supports it, speaks against it, fits, is missing."
    ),
    Section("counts", "9", "Counts", "Numbers stated and seen on one scale; none is averaged, none is added."),
    Section("chronology", "11", "Chronology", "What is known of when, as stated by the record named."),
    Section("methods", "12", "Methods: shows, does not show", "The techniques used here and the versions they ran in."),
    Section("limits", "13", "Limits, and what is not known", "Open questions and the limits of the material.", True),
    Section("contrary", "14", "Contrary material", "Everything that speaks against a statement, in one place.", True),
    Section("review", "15", "Review and sign-off", "Who looked again, and what they decided."),
    Section("redactions", "16", "Redactions", "What was covered or left out of this edition."),
    Section("audit", "17", "Audit excerpt", "The events of the log that bear on this dossier."),
    Section("frames", "A", "Frame sheet", "Every frame this dossier rests on, as decoded."),
)
"""All sections in order; 10 (explanations side by side) joins with hypotheses."""


LINES = ("solid", "dash-dot", "dashed", "dotted")
"""How the line of a mark tells in what way it came to be on its frame."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A region on a displayed picture, as fractions (0 to 1) of its width and height from the top left.

    x, y, width and height are of the rectangle around it; `spots` are the points of a shape that is no box or ellipse.
    `line` is one of LINES: solid where a person drew it on this frame or it lasts unmoved, dash-dot where a person
    accepted what was tracked, dashed between two key frames, dotted where tracking was not looked at. `label` is what a
    person wrote, `how` says in words how it came to be there; the latter is never shortened.
    """

    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction
    label: str
    kind: str = "box"
    spots: tuple[tuple[Fraction, Fraction], ...] = ()
    line: str = "solid"
    how: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """A part of a frame around one of its marks (`mark` counts them from 0), enlarged by whole native pixels."""

    mark: int
    png: bytes = field(repr=False)
    width: int
    height: int
    words: str


@dataclass(frozen=True, slots=True)
class Plate:
    """One cited frame: its identity and its picture (PNG bytes, turned for display, whole frame).

    `seen_as` says what else was done for display, "" for the clean picture.
    """

    exhibit: str
    n: int
    total: int
    time: str
    pts: int | None
    time_base: str
    frame_hash: str
    decoder: str
    png: bytes = field(repr=False)
    width: int
    height: int
    marks: tuple[Mark, ...] = ()
    scale: str = ""
    note: str = ""
    details: tuple[Detail, ...] = ()
    seen_as: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation with its term, the times of its frames (or of its sound range), and its plates.

    `bounds` says between which frames and times what is seen began and ended, "" for a sound. `sound` is its range in
    the sound in seconds after frame 0, None where it names none.
    `seen_as` says how the picture was shown when it was made, "" where that was not kept; `as_seen` is that picture
    where it was adjusted.
    """

    observation: Observation
    term: Term
    first_time: str
    last_time: str
    start: Fraction
    end: Fraction
    attributes: tuple[tuple[str, str], ...] = ()
    plates: tuple[Plate, ...] = ()
    bounds: str = ""
    seen_as: str = ""
    as_seen: Plate | None = None
    sound: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Custody:
    """One line of the custody table: when (UTC), who, what, why or how, and the hash after it as told."""

    at: str
    who: str
    what: str
    how: str
    hash_after: str


@dataclass(frozen=True, slots=True)
class Wave:
    """Loudness drawn: lowest and highest sample (int16) of equal stretches between two moments (seconds)."""

    start: Fraction
    end: Fraction
    peaks: tuple[tuple[int, int], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TrackEnd:
    """Where picture and sound end, from `start` seconds on: times of the pictures, ends of both tracks, the sound."""

    start: Fraction
    frames: tuple[Fraction, ...]
    picture_end: Fraction
    sound_end: Fraction
    wave: Wave | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One exhibit: technical facts and timing as printed lines, acquisition, custody."""

    exhibit: Exhibit
    acquisition: Acquisition | None
    held: tuple[bool, ...]
    missing: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    timing: tuple[tuple[str, str], ...]
    custody: tuple[Custody, ...]
    length: Fraction = Fraction(0)
    sound_end: Fraction | None = None
    seen: tuple[Seen, ...] = ()
    wave: Wave | None = None
    track_end: TrackEnd | None = None


@dataclass(frozen=True, slots=True)
class Tied:
    """Two exhibits tied by shared moments, as printed lines: name and value."""

    number: str
    exhibit_a: str
    exhibit_b: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One link on a board: relation, linked record, what it is in words, because, and who linked it."""

    relation: str
    record: str
    what: str
    because: str
    by: str


@dataclass(frozen=True, slots=True)
class Board:
    """One proposition (or a whole claim) with what is linked to it and the questions that bear on it."""

    number: str
    text: str
    proposition: Proposition | None
    rows: tuple[BoardRow, ...]
    missing: tuple[Question, ...]

    def of(self, relation: str) -> tuple[BoardRow, ...]:
        """Return the rows with that relation."""
        return tuple(r for r in self.rows if r.relation == relation)


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """A claim, the source it is quoted from, and its boards."""

    claim: Claim
    source: Source
    boards: tuple[Board, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that a proposition states."""

    number: str
    claimant: str
    count: StatedCount


@dataclass(frozen=True, slots=True)
class Dated:
    """One line of the chronology: the moment as recorded, what, and the record that says so."""

    at: str
    what: str
    record: str
    basis: str


@dataclass(frozen=True, slots=True)
class Technique:
    """A method that was used: what it shows, what it does not, and what it was used for here."""

    name: str
    shows: str
    does_not: str
    used_for: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as printed."""

    seq: int
    at: str
    actor: str
    action: str
    record: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last event that changed a record: place in the log, hash, and moment (UTC)."""

    seq: int
    hash: str
    at: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case as it is printed. `sections` are the ids to print; what is locked is always among them."""

    sheet: CaseSheet
    head: Head
    content_hash: str
    sections: tuple[str, ...]
    marked_stills: bool
    codebook: str
    sources: tuple[Source, ...]
    claims: tuple[ClaimEntry, ...]
    exhibits: tuple[Sheet, ...]
    seen: tuple[Seen, ...]
    stated: tuple[Stated, ...]
    questions: tuple[Question, ...]
    limits: tuple[str, ...]
    chronology: tuple[Dated, ...]
    techniques: tuple[Technique, ...]
    versions: tuple[tuple[str, str], ...]
    events: tuple[EventLine, ...]
    event_count: int
    frames: tuple[Plate, ...]
    authors: tuple[str, ...]
    kept_words: tuple[tuple[str, str, str], ...] = ()
    syncs: tuple[Tied, ...] = ()
    status: str = "DRAFT"
    edition: str = "D1"

    @property
    def case_title(self) -> str:
        """The title of the case."""
        return self.sheet.title

    @property
    def case_number(self) -> str:
        """The office's own number of the case."""
        return self.sheet.case_number

    def has(self, section: str) -> bool:
        """Tell whether a section is printed."""
        return section in self.sections


def chosen(sections: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the section ids to print, in order: those asked for (None: all) and those that are never left out."""
    return tuple(s.id for s in SECTIONS if sections is None or s.locked or s.id in sections)

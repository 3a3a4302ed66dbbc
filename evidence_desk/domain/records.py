"""The records of a case. Each kind is a frozen value whose fields are columns; `KINDS` lists them in plain sight."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from evidence_desk.domain.changes import Area

type_json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record carries: a `uid` that survives a merge, a number for people, a revision, who and when (UTC)."""

    uid: str
    number: str
    revision: int = 1
    created_at: str = ""
    created_by: str = ""
    changed_at: str = ""
    changed_by: str = ""
    withdrawn: str = ""

    @property
    def in_force(self) -> bool:
        """Tell whether the record has not been withdrawn."""
        return not self.withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSheet(Record):
    """What the case is about: mandate and scope, who works on it, how times are shown."""

    title: str
    case_number: str = ""
    mandate: str = ""
    scope: str = ""
    not_asked: str = ""
    standard: str = ""
    asked_by: str = ""
    people: tuple[type_json, ...] = ()
    time_zone: str = "UTC"
    languages: str = ""
    content_notice: str = ""
    distribution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit(Record):
    """One file taken into the case, with the technical facts found at its examination.

    `condition` is one of CONDITIONS; `frames` is counted by decoding, `declared_frames` is what the container claims;
    `time_base` is `num/den` seconds per tick; `frames_digest` is the SHA-256 over all frame hashes in order. While
    `provisional` the frames are those that the container's packets promise: nothing was decoded, there is no digest.
    `distressing` is a person's mark: it starts covered and muted; `distressing_spans` marks parts alone, each with
    `first` and `last` frame. The case clock is one moment of it: frame `clock_frame` was at `clock_time` (UTC), give or
    take `clock_uncertainty_ms`, for the reason `clock_basis`; `clock_hash` is that frame's picture, "" where it was set
    before pictures were bound; no `clock_time`, no case clock.
    """

    title: str
    kind: str
    sha256: str
    sha512: str
    size: int
    received_name: str
    vault_path: str
    taken_in_at: str
    condition: str = "not examined"
    condition_note: str = ""
    stream: int | None = None
    time_base: str = ""
    decoder: str = ""
    frames: int | None = None
    declared_frames: int | None = None
    frames_digest: str = ""
    first_pts: int | None = None
    last_pts: int | None = None
    length: str = ""
    width: int | None = None
    height: int | None = None
    rotation: int = 0
    variable_rate: bool = False
    facts: type_json | None = None
    examined_at: str = ""
    repost_of: str = ""
    description: str = ""
    distressing: bool = False
    provisional: bool = False
    distressing_spans: tuple[type_json, ...] = ()
    clock_frame: int | None = None
    clock_time: str = ""
    clock_uncertainty_ms: int | None = None
    clock_basis: str = ""
    clock_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquisition(Record):
    """How the exhibit came to be held: modelled on the items the Berkeley Protocol asks for."""

    exhibit: str
    source_url: str = ""
    page_source: str = ""
    page_capture: str = ""
    embedded_media: str = ""
    embedded_metadata: str = ""
    context: str = ""
    collected_by: str = ""
    collected_at: str = ""
    method: str = ""
    tool: str = ""
    hash_at_collection: str = ""
    platform: str = ""
    account: str = ""
    posted_at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """A document or speaker of statements, with its text. Reliability A-F is graded apart from any claim."""

    title: str
    kind: str = ""
    publisher: str = ""
    author: str = ""
    dated: str = ""
    url: str = ""
    language: str = ""
    text: str = ""
    reliability: str = ""
    reliability_basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """A verbatim quotation and its place in the source: `start` and `end` count Unicode characters, end excluded."""

    source: str
    quote: str
    start: int
    end: int
    claimant: str = ""
    dated: str = ""
    language: str = ""
    translation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition(Record):
    """One part of a claim that can be tested by itself."""

    claim: str
    text: str
    type: str
    testable: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Record):
    """What is seen or heard: no causes, no names, no intent.

    First and last frame carry full identity (number, pts in ticks of `time_base`, frame hash). A sound range is in
    ticks of `sound_time_base`. Counts are people or things visible, min <= best <= max. `presence` is one of PRESENCES.
    `anchor` is one of ANCHORS and says how the frame numbers stand; `presence_reason`, one of PRESENCE_REASONS, why it
    cannot be assessed. `seen_as` is how the picture was shown when it was made: view and adjustments, never identity.
    """

    exhibit: str
    term: str
    statement: str = ""
    basis: str = "seen"
    presence: str = "observed"
    stream: int | None = None
    time_base: str = ""
    decoder: str = ""
    first_frame: int | None = None
    first_pts: int | None = None
    first_hash: str = ""
    last_frame: int | None = None
    last_pts: int | None = None
    last_hash: str = ""
    sound_start: int | None = None
    sound_end: int | None = None
    sound_time_base: str = ""
    attributes: type_json | None = None
    count_min: int | None = None
    count_best: int | None = None
    count_max: int | None = None
    legibility: str = ""
    certainty: str = ""
    alternatives: str = ""
    guard_reason: str = ""
    codebook: str = ""
    anchor: str = ""
    presence_reason: str = ""
    seen_as: type_json | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Record):
    """A shape on frames of an observation.

    `points` are integers in 1/16 pixel of the native picture before rotation and aspect, top-left origin; a box is
    (x, y, width, height) and half open. `frame` is the key frame it was drawn on, `anchor` how that number stands.
    `life` is one of LIVES: that frame alone, the whole span of its observation, or from key frame to key frame, where
    `key_frames` holds each with `frame`, `hash`, `points` and `by` (drawn, tracked, confirmed), in order. `purpose` is
    one of REGION_PURPOSES.
    """

    observation: str
    shape: str
    frame: int
    frame_hash: str
    points: tuple[int, ...]
    label: str = ""
    anchor: str = ""
    life: str = "frame"
    key_frames: tuple[type_json, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """Ties an observation, exhibit or source to a claim or proposition, with a relation and a mandatory because."""

    origin: str
    target: str
    relation: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Record):
    """What is not known, and what would answer it."""

    text: str
    would_answer: str
    reason_code: str = ""
    bears_on: str = ""
    tried: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook(Record):
    """The vocabulary of the case, with its terms as they were when it was taken in."""

    name: str
    version: str
    title: str = ""
    terms: tuple[type_json, ...] = ()
    categories: tuple[type_json, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sync(Record):
    """Moments that two exhibits share, marked by a person: nothing is laid over one another without its residual.

    Each moment has `a_frame`, `a_hash`, `b_frame`, `b_hash` and `what` (a flash, a shot, a step).
    """

    exhibit_a: str
    exhibit_b: str
    moments: tuple[type_json, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of record is named, numbered and stored."""

    name: str
    prefix: str
    table: str
    area: Area
    record: type[Record]

    def columns(self) -> tuple[str, ...]:
        """Return the field names, in order: they are the columns of the table."""
        return tuple(f.name for f in fields(self.record))


CASE_SHEET = Kind("case", "CS", "case_sheets", Area.CASE, CaseSheet)
EXHIBIT = Kind("exhibit", "EX", "exhibits", Area.EXHIBITS, Exhibit)
ACQUISITION = Kind("acquisition", "AQ", "acquisitions", Area.ACQUISITIONS, Acquisition)
SOURCE = Kind("source", "SR", "sources", Area.SOURCES, Source)
CLAIM = Kind("claim", "CL", "claims", Area.CLAIMS, Claim)
PROPOSITION = Kind("proposition", "CL", "propositions", Area.PROPOSITIONS, Proposition)
OBSERVATION = Kind("observation", "OB", "observations", Area.OBSERVATIONS, Observation)
REGION = Kind("region", "RG", "regions", Area.REGIONS, Region)
LINK = Kind("link", "LK", "links", Area.LINKS, Link)
QUESTION = Kind("question", "QN", "questions", Area.QUESTIONS, Question)
CODEBOOK = Kind("codebook", "CB", "codebooks", Area.CODEBOOKS, Codebook)
SYNC = Kind("sync", "SY", "syncs", Area.SYNCS, Sync)

KINDS: tuple[Kind, ...] = (
    CASE_SHEET,
    EXHIBIT,
    ACQUISITION,
    SOURCE,
    CLAIM,
    PROPOSITION,
    OBSERVATION,
    REGION,
    LINK,
    QUESTION,
    CODEBOOK,
    SYNC,
)
"""Every kind of record there is; storage, the log, export and verification run over this tuple."""


def kind_named(name: str) -> Kind:
    """Return the kind with that name; KeyError where there is none."""
    return next(k for k in KINDS if k.name == name)


def kind_of(number: str) -> Kind | None:
    """Return the kind that a record number belongs to, or None where the form fits no kind."""
    prefix, _, rest = number.partition("-")
    if not rest:
        return None
    if prefix == "CL":
        return PROPOSITION if "." in rest else CLAIM
    return next((k for k in KINDS if k.prefix == prefix), None)


def plain(record: Record) -> type_json:
    """Return the record as JSON-ready values under its field names, in field order."""
    return {f.name: _plain(getattr(record, f.name)) for f in fields(record)}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value

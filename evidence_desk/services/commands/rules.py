"""What a record must satisfy, checked on every write; a broken rule rolls the whole step back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from evidence_desk.domain.controlled_values import (
    ANCHORS,
    BASES,
    CERTAINTIES,
    CONDITIONS,
    EXHIBIT_KINDS,
    LEGIBILITIES,
    LIVES,
    NOT_ASSESSABLE,
    NOT_FOUND,
    PRESENCE_REASONS,
    PRESENCES,
    PROPOSITION_TYPES,
    PROVISIONAL,
    REGION_PURPOSES,
    RELATIONS,
    RELIABILITIES,
    SHAPES,
    TESTABILITIES,
)
from evidence_desk.domain.distress import check_spans
from evidence_desk.domain.errors import Duplicate, NotFound, Refused
from evidence_desk.domain.records import (
    EXHIBIT,
    REGION,
    SYNC,
    Acquisition,
    CaseSheet,
    Claim,
    Codebook,
    Exhibit,
    Kind,
    Link,
    Observation,
    Proposition,
    Question,
    Record,
    Region,
    Source,
    Sync,
)
from evidence_desk.domain.regions import frames_of
from evidence_desk.domain.sync import MOST_MOMENTS
from evidence_desk.domain.time import parse_utc
from evidence_desk.services.commands.codebook_rules import check_terms, vocabulary_of
from evidence_desk.services.commands.region_rules import check_region, reach_words
from evidence_desk.store.writer import CaseWriter

FIXED: dict[str, tuple[str, ...]] = {
    "": ("uid", "number", "revision", "created_at", "created_by", "changed_at", "changed_by", "withdrawn"),
    "exhibit": ("sha256", "sha512", "size", "received_name", "vault_path", "taken_in_at"),
    "acquisition": ("exhibit",),
    "claim": ("source", "quote", "start", "end"),
    "proposition": ("claim",),
    "observation": ("exhibit",),
    "region": ("observation",),
    "link": ("origin", "target"),
    "source": ("text",),
    "codebook": ("terms", "categories", "name", "version"),
    "sync": ("exhibit_a", "exhibit_b"),
}
"""Fields that are never edited: identity and verbatim material. A wrong one is withdrawn and entered anew."""


LONGEST = 20_000
"""Characters a field may hold: more than any sentence or reason needs, and a dossier still prints it."""
LONGEST_TEXT = 5_000_000
"""Characters a source's text may hold."""


def validate(writer: CaseWriter, kind: Kind, record: Record) -> None:
    """Raise Refused or NotFound, in one clear line, where the record breaks a rule of its kind."""
    _lengths(kind, record)
    _RULES[kind.name](writer, record)


def _lengths(kind: Kind, record: Record) -> None:
    for name in kind.columns():
        value = getattr(record, name)
        most = LONGEST_TEXT if (kind.name, name) == ("source", "text") else LONGEST
        if isinstance(value, str) and len(value) > most:
            raise Refused(
                f"The {name.replace('_', ' ')} of a {kind.name} holds {len(value):,} characters, {most:,} at the most. "
                "Nothing was written."
            )


def _case(_: CaseWriter, record: Record) -> None:
    assert isinstance(record, CaseSheet)
    _needed(record.title, "A case needs a title.")


def _exhibit(writer: CaseWriter, record: Record) -> None:
    assert isinstance(record, Exhibit)
    for other in writer.find(EXHIBIT, "sha256", record.sha256):
        if other.in_force and record.in_force and other.number != record.number:
            raise Duplicate(
                f"{record.number} and {other.number} hold the same bytes; only one is in force. Nothing was written.",
                other.number,
            )
    if record.repost_of:
        earlier = writer.get(record.repost_of)
        if not isinstance(earlier, Exhibit) or earlier.number == record.number:
            raise Refused(f"{record.number} cannot be a re-post of {record.repost_of}. Nothing was written.")
    _one_of(record.kind, EXHIBIT_KINDS, "exhibit kind")
    _one_of(record.condition, CONDITIONS, "condition")
    _case_clock(record)
    check_spans(record)
    if record.provisional and not record.frames:
        raise Refused(f"{record.number} has no frames that could be provisional. Nothing was written.")


def _case_clock(record: Exhibit) -> None:
    given = (record.clock_frame is not None, bool(record.clock_time))
    if len(record.clock_hash) not in (0, 64) or (record.clock_hash and not record.clock_time):
        raise Refused("A case clock binds its frame by the hash of its picture. Nothing was written.")
    if given == (False, False):
        return
    if given != (True, True):
        raise Refused("A case clock names a frame and its moment, or neither. Nothing was written.")
    if not 0 <= (record.clock_frame or 0) < (record.frames or 0):
        raise Refused(f"There is no frame {record.clock_frame} in {record.number}. Nothing was written.")
    if (record.clock_uncertainty_ms or 0) < 0:
        raise Refused("How sure a clock is is told from 0 milliseconds up. Nothing was written.")
    try:
        parse_utc(record.clock_time)
    except ValueError as error:
        raise Refused(
            f"{record.clock_time} is no moment. Nothing was written. Write it with its zone: 2025-05-04T14:41:07Z."
        ) from error


def _acquisition(writer: CaseWriter, record: Record) -> None:
    assert isinstance(record, Acquisition)
    _standing(writer, record.exhibit)


def _source(_: CaseWriter, record: Record) -> None:
    assert isinstance(record, Source)
    _needed(record.title, "A source needs a title.")
    _one_of(record.reliability, ("", *RELIABILITIES), "reliability")


def _claim(writer: CaseWriter, record: Record) -> None:
    assert isinstance(record, Claim)
    source = _standing(writer, record.source)
    assert isinstance(source, Source)
    _needed(record.quote, "A claim needs its quotation.")
    if source.text[record.start : record.end] != record.quote:
        raise Refused(f"The quotation does not stand at that place in {record.source}. Nothing was written.")


def _proposition(writer: CaseWriter, record: Record) -> None:
    assert isinstance(record, Proposition)
    _standing(writer, record.claim)
    _needed(record.text, "A proposition needs its text.")
    _one_of(record.type, PROPOSITION_TYPES, "type")
    _one_of(record.testable, ("", *TESTABILITIES), "testability")


def _observation(writer: CaseWriter, record: Record) -> None:
    assert isinstance(record, Observation)
    exhibit = _standing(writer, record.exhibit)
    assert isinstance(exhibit, Exhibit)
    check_terms(writer, record)
    _one_of(record.basis, BASES, "basis")
    _one_of(record.presence, PRESENCES, "presence")
    _one_of(record.presence_reason, ("", *PRESENCE_REASONS), "reason")
    if record.presence_reason and record.presence != NOT_ASSESSABLE:
        raise Refused(f"A reason belongs to “{NOT_ASSESSABLE}” alone, not to “{record.presence}”. Nothing was written.")
    _one_of(record.legibility, ("", *LEGIBILITIES), "legibility")
    _one_of(record.certainty, ("", *CERTAINTIES), "certainty")
    _frames(record, exhibit)
    _regions_inside(writer, record)
    _sound(record)
    _counts(record)


def _frames(record: Observation, exhibit: Exhibit) -> None:
    first, last = record.first_frame, record.last_frame
    if (first is None) != (last is None):
        raise Refused("An observation has a first and a last frame, or neither. Nothing was written.")
    if first is None or last is None:
        if exhibit.frames and record.sound_start is None:
            raise Refused(f"An observation on {exhibit.number} names its frames. Nothing was written.")
        return
    if not exhibit.frames:
        raise Refused(f"{exhibit.number} has no counted frames. Nothing was written.")
    _anchored(record.anchor, exhibit)
    # The numbers of an anchor that was not found are those of before the count: they hold in no table.
    if record.anchor != NOT_FOUND and not 0 <= first <= last < exhibit.frames:
        raise Refused(
            f"Frames {first} to {last} do not lie in {exhibit.number}: it has {exhibit.frames} frames, counted from 0 "
            f"to {exhibit.frames - 1}. Nothing was written."
        )
    if len(record.first_hash) != 64 or len(record.last_hash) != 64:
        raise Refused("An observation binds its frames by their hash, which is missing. Nothing was written.")


def _anchored(anchor: str, exhibit: Exhibit) -> None:
    """Refuse a provisional number on counted frames, which may be another frame by now, and the reverse."""
    _one_of(anchor, ANCHORS, "anchor")
    if anchor == PROVISIONAL and not exhibit.provisional:
        raise Refused(
            f"The frames of {exhibit.number} were counted meanwhile and their numbers may have moved. "
            "Nothing was written. Look at the frame again and keep it then."
        )
    if anchor != PROVISIONAL and exhibit.provisional:
        raise Refused(
            f"The frames of {exhibit.number} are not counted yet; what names them has to say so. Nothing was written."
        )


def _regions_inside(writer: CaseWriter, record: Observation) -> None:
    if record.anchor == NOT_FOUND:
        return
    for region in writer.find(REGION, "observation", record.number):
        assert isinstance(region, Region)
        first, last = record.first_frame, record.last_frame
        found = region.in_force and region.anchor != NOT_FOUND
        reach = frames_of(region)
        if found and (first is None or last is None or not first <= reach[0] <= reach[1] <= last):
            raise Refused(
                f"{region.number} is drawn on {reach_words(region)}, which would lie outside {record.number}. "
                "Nothing was written. Withdraw the region first."
            )


def _sound(record: Observation) -> None:
    if record.sound_start is None and record.sound_end is None:
        return
    if record.sound_start is None or record.sound_end is None or record.sound_start > record.sound_end:
        raise Refused("A sound range has a start and an end, in that order. Nothing was written.")
    try:
        good = Fraction(record.sound_time_base) > 0
    except (ValueError, ZeroDivisionError):
        good = False
    if not good:
        raise Refused("A sound range names its time base. Nothing was written.")


def _counts(record: Observation) -> None:
    given = (record.count_min, record.count_best, record.count_max)
    if given == (None, None, None):
        return
    low, best, high = given
    if low is None or best is None or high is None:
        raise Refused("A count has min, best and max. Nothing was written.")
    if low < 0 or best < low or best > high:
        what = (
            "Min cannot be below 0"
            if low < 0
            else "Best cannot be below min"
            if best < low
            else "Best cannot be above max"
        )
        raise Refused(f"{what} ({low}, {best}, {high}). Nothing was written.")


def _region(writer: CaseWriter, record: Record) -> None:
    assert isinstance(record, Region)
    observation = _standing(writer, record.observation)
    assert isinstance(observation, Observation)
    exhibit = writer.get(observation.exhibit)
    assert isinstance(exhibit, Exhibit)
    _one_of(record.shape, SHAPES, "shape")
    _one_of(record.life, LIVES, "life")
    _one_of(record.purpose, REGION_PURPOSES, "purpose")
    _anchored(record.anchor, exhibit)
    check_region(record, observation, exhibit)


def _link(writer: CaseWriter, record: Record) -> None:
    assert isinstance(record, Link)
    if record.origin.split("-")[0] not in ("OB", "EX", "SR"):
        raise Refused(f"{record.origin} cannot be linked: an observation, exhibit or source can. Nothing was written.")
    if record.target.split("-")[0] != "CL":
        raise Refused(f"{record.target} is no claim or proposition. Nothing was written.")
    _standing(writer, record.origin)
    _standing(writer, record.target)
    _one_of(record.relation, RELATIONS, "relation")
    _needed(record.because, "A link needs its because.")


def _question(writer: CaseWriter, record: Record) -> None:
    assert isinstance(record, Question)
    _needed(record.text, "A question needs its text.")
    for number in record.bears_on.replace(",", " ").split():
        writer.get(number)


def _codebook(_: CaseWriter, record: Record) -> None:
    assert isinstance(record, Codebook)
    vocabulary_of(record)


def _sync(writer: CaseWriter, record: Record) -> None:
    assert isinstance(record, Sync)
    if record.exhibit_a == record.exhibit_b:
        raise Refused("Two exhibits are synchronised, not one with itself. Nothing was written.")
    a, b = _standing(writer, record.exhibit_a), _standing(writer, record.exhibit_b)
    assert isinstance(a, Exhibit)
    assert isinstance(b, Exhibit)
    pair = {record.exhibit_a, record.exhibit_b}
    for other in writer.find(SYNC, "withdrawn", ""):
        if isinstance(other, Sync) and other.number != record.number and {other.exhibit_a, other.exhibit_b} == pair:
            raise Duplicate(
                f"{other.number} ties these two exhibits already. Nothing was written. Add the moment there.",
                other.number,
            )
    if not 1 <= len(record.moments) <= MOST_MOMENTS:
        raise Refused(
            f"A synchronisation has 1 to {MOST_MOMENTS} moments that both exhibits share. Nothing was written."
        )
    for side, exhibit in (("a", a), ("b", b)):
        _side_of_moments(record, side, exhibit)


def _side_of_moments(record: Sync, side: str, exhibit: Exhibit) -> None:
    if exhibit.provisional:
        raise Refused(f"The frames of {exhibit.number} are not counted yet. Nothing was written. Mark it then.")
    for moment in record.moments:
        frame, found = moment.get(f"{side}_frame"), moment.get(f"{side}_hash")
        if not isinstance(frame, int) or not 0 <= frame < (exhibit.frames or 0):
            raise Refused(f"There is no frame {frame} in {exhibit.number}. Nothing was written.")
        if not isinstance(found, str) or len(found) != 64:
            raise Refused("A shared moment binds its frames by their hash, which is missing. Nothing was written.")


def _standing(writer: CaseWriter, number: str) -> Record:
    record = writer.get(number)
    if not record.in_force:
        raise Refused(f"{number} is withdrawn. Nothing was written.")
    return record


def _needed(text: str, line: str) -> None:
    if not text.strip():
        raise Refused(f"{line} Nothing was written.")


def _one_of(value: str, allowed: Sequence[str], what: str) -> None:
    if value not in allowed:
        raise NotFound(
            f"{value or '(nothing)'} is no {what}. Nothing was written. "
            f"Use one of: {', '.join(a for a in allowed if a)}."
        )


_RULES: dict[str, Callable[[CaseWriter, Record], None]] = {
    "case": _case,
    "exhibit": _exhibit,
    "acquisition": _acquisition,
    "source": _source,
    "claim": _claim,
    "proposition": _proposition,
    "observation": _observation,
    "region": _region,
    "link": _link,
    "question": _question,
    "codebook": _codebook,
    "sync": _sync,
}

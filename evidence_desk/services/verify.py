"""Verification: every hash, cited frame and link of the chain is taken again, and what differs is named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidence_desk.domain.controlled_values import NOT_FOUND
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import (
    KINDS,
    Exhibit,
    Observation,
    Region,
    Sync,
)
from evidence_desk.domain.regions import key_frames_of
from evidence_desk.jobs import JobContext, NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services.case import Case
from evidence_desk.store import replay, vault
from evidence_desk.store.audit import Event, check_chain, holds_head
from evidence_desk.store.case_store import expected_schema

SAME, DIFFERS, NOT_CHECKED = "same", "differs", "not checked"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what, how it came out (`same`, `differs`, `not checked`), and a line of detail."""

    what: str
    state: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found; `head` is the last event's hash."""

    target: str
    checks: tuple[Check, ...]
    events: int
    head: str
    frames_checked: int = 0
    frames_not_checked: int = 0

    @property
    def same(self) -> bool:
        """Tell whether nothing differs; what could not be checked is no difference."""
        return all(c.state != DIFFERS for c in self.checks)

    def lines(self) -> tuple[str, ...]:
        """Return the report as text: the outcome first, then each check."""
        outcome = "same" if self.same else "differs"
        return (outcome, *(f"  {c.state}: {c.what}{' - ' + c.detail if c.detail else ''}" for c in self.checks))


@dataclass(frozen=True, slots=True)
class Citation:
    """A frame that a record cites: its number and the hash that was recorded.

    A `lost` one was cited before the frames were counted and is not among them; its number says nothing any more.
    """

    record: str
    n: int
    hash: str
    lost: bool = False


def citations(
    observations: Iterable[Observation],
    regions: Iterable[Region],
    exhibit: str,
    syncs: Iterable[Sync] = (),
    *,
    key_frames: bool = True,
    clock: Exhibit | None = None,
) -> tuple[Citation, ...]:
    """Return every frame of one exhibit that an observation, a region or a shared moment cites.

    Without `key_frames` a region cites the frame it was drawn on alone, not those that it moves through. With the
    exhibit as `clock` the frame its case clock was set on is among them.
    """
    own = [o for o in observations if o.exhibit == exhibit]
    found = [
        Citation(o.number, n, frame_hash, o.anchor == NOT_FOUND)
        for o in own
        for n, frame_hash in ((o.first_frame, o.first_hash), (o.last_frame, o.last_hash))
        if n is not None
    ]
    numbers = {o.number for o in own}
    found += [
        Citation(r.number, r.frame, r.frame_hash, r.anchor == NOT_FOUND) for r in regions if r.observation in numbers
    ]
    found += [
        Citation(r.number, key.frame, key.hash)
        for r in regions
        if key_frames and r.life == "keyed" and r.observation in numbers
        for key in key_frames_of(r)
    ]
    found += [
        Citation(s.number, m[f"{side}_frame"], m[f"{side}_hash"])
        for s in syncs
        for side, number in (("a", s.exhibit_a), ("b", s.exhibit_b))
        if number == exhibit
        for m in s.moments
    ]
    if clock is not None and clock.clock_frame is not None and clock.clock_hash:
        found.append(Citation(clock.number, clock.clock_frame, clock.clock_hash))
    return tuple(dict.fromkeys(found))


def verify_case(folder: Path, worker: MediaWorker, head: str | None = None, ctx: JobContext | None = None) -> Report:
    """Verify a case folder, reading only; raises CaseError where it cannot be opened at all."""
    ctx = ctx or NullContext()
    case = Case.open(folder, "", write=False)
    try:
        events = case.store.events()
        checks = [_schema(case), *chain_checks(events), _records(case, events), tail_check(case, events, head)]
        observations, regions = case.queries.observations(withdrawn=True), case.queries.regions(withdrawn=True)
        cited, syncs = 0, case.queries.syncs(withdrawn=True)
        exhibits = case.queries.exhibits(withdrawn=True)
        for done, exhibit in enumerate(exhibits):
            ctx.progress(done, len(exhibits), exhibit.number)
            file = case.paths.exhibit_file(exhibit)
            found = citations(observations, regions, exhibit.number, syncs, clock=exhibit)
            cited += len(found)
            checks += exhibit_checks(exhibit, file, found, worker, ctx)[0]
        strays = vault.strays(case.paths, {e.vault_path for e in exhibits})
        checks += [Check(f"vault file {s}", DIFFERS, "no exhibit names it") for s in strays]
        last = events[-1].hash if events else ""
        return Report(str(folder), tuple(checks), len(events), last, cited)
    finally:
        case.close()


def chain_checks(events: tuple[Event, ...]) -> list[Check]:
    """Check the chain from its first event."""
    faults, count, _ = check_chain(events)
    if not count:
        return [Check("event chain", DIFFERS, "the log is empty")]
    if not faults:
        return [Check("event chain", SAME, f"{count} events")]
    return [Check("event chain", DIFFERS, f.what) for f in faults[:20]]


def tail_check(case: Case, events: tuple[Event, ...], head: str | None) -> Check:
    """Hold the chain against heads that were recorded elsewhere: without one, a cut tail cannot be seen."""
    heads = recorded_heads(case.paths.exports)
    if head:
        heads["the head given"] = head
    return head_check(events, heads)


def head_check(events: tuple[Event, ...], heads: Mapping[str, str]) -> Check:
    """Return whether every recorded head (by where it was recorded) is among the events."""
    if not heads:
        return Check("end of the chain", NOT_CHECKED, "tail not checkable: no head was recorded elsewhere")
    for where, recorded in heads.items():
        if not holds_head(events, recorded):
            return Check(
                "end of the chain", DIFFERS, f"the head in {where} is not in the log: its end was cut or rewritten"
            )
    return Check("end of the chain", SAME, f"holds {len(heads)} recorded head{'s' if len(heads) != 1 else ''}")


def recorded_heads(exports: Path) -> dict[str, str]:
    """Return the heads that exports left beside them (`*.head.json`), by file name; unreadable ones are passed over."""
    heads: dict[str, str] = {}
    for place in sorted(exports.glob("*.head.json")) if exports.is_dir() else []:
        try:
            told = json.loads(place.read_text(encoding="utf-8"))
            heads[place.name] = str(told["hash"])
        except (OSError, ValueError, KeyError, TypeError):
            heads[place.name] = "unreadable"
    return heads


def exhibit_checks(
    exhibit: Exhibit, file: Path, cited: tuple[Citation, ...], worker: MediaWorker, ctx: JobContext
) -> tuple[list[Check], FrameTable | None]:
    """Check one exhibit's bytes, and by decoding it anew every cited frame and the digest over all frames.

    Returns the checks and the fresh frame table, None where there is none to compare.
    """
    what = f"{exhibit.number} file"
    if not file.is_file():
        return [Check(what, DIFFERS, f"{exhibit.vault_path} is missing")], None
    if file.stat().st_size != exhibit.size or vault.file_hash(file, ctx) != exhibit.sha256:
        return [Check(what, DIFFERS, f"its SHA-256 is not {exhibit.sha256}")], None
    checks = [Check(what, SAME, f"SHA-256 {exhibit.sha256[:16]}…, {exhibit.size:,} bytes")]
    if not exhibit.frames:
        return checks, None
    try:
        table = worker.index(file, exhibit.stream, ctx=ctx)
    except EvidenceDeskError as error:
        return [*checks, Check(f"{exhibit.number} frames", DIFFERS, str(error))], None
    if exhibit.provisional:
        return [*checks, _provisional_check(exhibit, table, cited)], table
    return [*checks, *frame_checks(exhibit, table, cited), *_lost_check(exhibit, cited)], table


def frame_checks(exhibit: Exhibit, table: FrameTable, cited: tuple[Citation, ...]) -> list[Check]:
    """Compare a fresh frame table with what was recorded: the cited frames one by one, all frames by their digest."""
    cited = tuple(c for c in cited if not c.lost)
    what = f"{exhibit.number} frames"
    other = table.decoder != exhibit.decoder
    wrong = [c for c in cited if c.n >= len(table) or table.hash_of(c.n) != c.hash]
    if wrong:
        names = ", ".join(f"{c.record} frame {c.n}" for c in wrong[:5])
        by = f"; decoded by {table.decoder}, recorded by {exhibit.decoder}" if other else ""
        return [Check(what, DIFFERS, f"cited pictures differ: {names}{by}")]
    if len(table) != exhibit.frames or (table.digest() != exhibit.frames_digest and not other):
        return [
            Check(what, DIFFERS, f"{len(table)} frames decoded, {exhibit.frames} recorded, or their pictures differ")
        ]
    if table.digest() != exhibit.frames_digest:
        by = f"{table.decoder} and {exhibit.decoder}"
        detail = f"the {len(cited)} cited frames are the same; other frames differ between {by}"
        return [Check(what, SAME, detail)]
    return [Check(what, SAME, f"{len(table)} frames decoded anew, {len(cited)} citations")]


def _provisional_check(exhibit: Exhibit, table: FrameTable, cited: tuple[Citation, ...]) -> Check:
    """Look for the cited pictures among all that decode: numbers say nothing of an exhibit never counted."""
    what = f"{exhibit.number} frames"
    places = [(c, table.find_hash(c.hash)) for c in cited]
    gone = [c for c, numbers in places if not numbers]
    if gone:
        names = ", ".join(f"{c.record} frame {c.n}" for c in gone[:5])
        return Check(what, DIFFERS, f"cited pictures are not among the decoded frames: {names}")
    moved = sum(c.n not in numbers for c, numbers in places)
    return Check(
        what,
        NOT_CHECKED,
        f"frame numbers are provisional: {exhibit.frames} expected from the packets, {len(table)} decoded; all "
        f"{len(cited)} cited pictures are there, {moved} under another number",
    )


def _lost_check(exhibit: Exhibit, cited: tuple[Citation, ...]) -> list[Check]:
    lost = sorted({c.record for c in cited if c.lost})
    if not lost:
        return []
    detail = f"cited before the frames were counted and not found among them, marked so: {', '.join(lost[:5])}"
    return [Check(f"{exhibit.number} citations", NOT_CHECKED, detail)]


def _schema(case: Case) -> Check:
    found, expected = case.store.schema(), expected_schema()
    if found == expected:
        return Check("form of the case file", SAME, f"version {case.store.version}")
    names = sorted(n for n in {*found, *expected} if found.get(n) != expected.get(n))
    return Check("form of the case file", DIFFERS, f"{', '.join(names[:6])} is not as the desk makes it")


def _records(case: Case, events: tuple[Event, ...]) -> Check:
    rows = replay.stored(r for kind in KINDS for r in case.store.records(kind))
    lines = replay.differences(replay.fold(events), rows)
    if lines:
        return Check("records", DIFFERS, "; ".join(lines[:10]))
    return Check("records", SAME, f"{len(rows)} records are as the log left them")

"""From the case to the frozen dossier: every line resolved, every cited frame fetched again and checked by its hash."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import metadata

from PIL import Image

from evidence_desk import __version__
from evidence_desk.domain.acquisition import held, missing
from evidence_desk.domain.controlled_values import NOT_FOUND
from evidence_desk.domain.dossier import (
    Detail,
    Dossier,
    EventLine,
    Head,
    Plate,
    Seen,
    Sheet,
    TrackEnd,
    Wave,
    chosen,
)
from evidence_desk.domain.errors import MediaUnreadable, Refused
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.guard import check
from evidence_desk.domain.records import (
    KINDS,
    Exhibit,
    Observation,
    Region,
    plain,
)
from evidence_desk.domain.regions import UNITS, Rect
from evidence_desk.domain.regions import bounds as rectangle
from evidence_desk.domain.time import clock
from evidence_desk.domain.timing import span_bounds
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.sound_view import WaveView
from evidence_desk.services import dossier_facts, intake
from evidence_desk.services.case import Case
from evidence_desk.services.coverage import looked_at
from evidence_desk.services.covered_stills import Covers, covering
from evidence_desk.services.dossier_claims import claims_of, stated_of
from evidence_desk.services.dossier_marks import frames_wanted, mark_of, regions_on
from evidence_desk.services.dossier_seen import Still, plate_as_seen, seen_words, techniques_seen
from evidence_desk.services.dossier_syncs import techniques_of, tied
from evidence_desk.services.dossier_words import Words
from evidence_desk.services.sound import track_of
from evidence_desk.services.verify import citations
from evidence_desk.store.audit import Event
from evidence_desk.store.canonical import digest, safe

PLATE_WIDTHS = ((60, 1000), (150, 720))
"""Widest plate in pixels for up to so many cited frames: 83 mm at about 300, then 220 dots per inch."""
SHEET_WIDTH = 560
"""Widest still that stands on the frame sheet alone, 54 mm wide; and of any still where very many are cited."""
WAVE_COLUMNS = 400
_DETAILS = 4
"""Marks on a frame, up to which small ones are also shown enlarged; above that they are counted, not looked at."""
_SMALL_PART = 9
_LEAST_SIDE = 72
_DETAIL_WIDTH = 280
_TAIL = Fraction(7, 2)
"""Seconds shown before the later of the two ends."""
_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class DossierOptions:
    """What a person chose: section ids (None for all), and whether marked copies stand beside the clean stills.

    `covered` is for a preview on screen alone.
    """

    sections: tuple[str, ...] | None = None
    marked_stills: bool = True
    covered: Covers = ()


def build(case: Case, worker: MediaWorker, options: DossierOptions, ctx: JobContext) -> Dossier:
    """Return the dossier of the case as it is now; raises MediaUnreadable where a cited frame cannot be had exactly."""
    queries = case.queries
    head = queries.content_head()
    if head is None:
        raise Refused("The log of the case is empty. Nothing was written. Run verify.")
    pictures = _Pictures(case, covering(worker, case, options.covered), ctx)
    words = Words.of(queries)
    observations = queries.observations()
    regions = queries.regions()
    pictures.fetch(observations, regions)
    seen = []
    for done, observation in enumerate(observations):
        ctx.progress(done, max(1, len(observations)), observation.number)
        own = tuple(r for r in regions if r.observation == observation.number)
        seen.append(_seen(pictures, observation, own, words))
    sheets = tuple(
        _sheet(pictures, e, tuple(s for s in seen if s.observation.exhibit == e.number)) for e in queries.exhibits()
    )
    events, syncs = queries.events(), tied(queries, pictures.table)
    records = {k.table: [safe(plain(r)) for r in queries.every(k)] for k in KINDS}
    return Dossier(
        sheet=queries.sheet(),
        head=Head(head.seq, head.hash, head.at),
        content_hash=digest(records),
        sections=chosen(options.sections),
        marked_stills=options.marked_stills,
        codebook=words.told(observations),
        sources=queries.sources(),
        claims=claims_of(case.queries, seen),
        exhibits=sheets,
        seen=tuple(seen),
        stated=stated_of(case.queries),
        questions=queries.questions(),
        syncs=syncs,
        limits=dossier_facts.limits(sheets, tuple(seen)),
        chronology=dossier_facts.chronology(sheets, queries.sources(), queries.claims()),
        techniques=(*dossier_facts.techniques(sheets, tuple(seen)), *techniques_of(syncs), *techniques_seen(seen)),
        versions=_versions(),
        events=_excerpt([e for e in events if e.content and e.seq <= head.seq]),
        event_count=head.seq,
        frames=pictures.all(),
        authors=tuple(sorted({e.actor for e in events if e.content})),
        kept_words=_kept_words(observations),
    )


class _Pictures:
    """Fetches each cited frame once and remembers it."""

    def __init__(self, case: Case, worker: MediaWorker, ctx: JobContext) -> None:
        self.case, self._worker, self._ctx = case, worker, ctx
        self._tables: dict[str, FrameTable] = {}
        self._plates: dict[tuple[str, int], Plate] = {}
        self._wide: set[tuple[str, int]] = set()
        self._plate_width = SHEET_WIDTH

    def exhibit(self, number: str) -> Exhibit:
        """Return the exhibit."""
        return self.case.queries.exhibit(number)

    def table(self, exhibit: Exhibit) -> FrameTable:
        """Return the exhibit's frame table."""
        if exhibit.number not in self._tables:
            self._tables[exhibit.number] = intake.table_of(self._worker, self.case.paths, exhibit, self._ctx)
        return self._tables[exhibit.number]

    def sound(self, exhibit: Exhibit) -> WaveView | None:
        """Return the loudness of the exhibit's sound, None where it cannot be read."""
        try:
            return WaveView(track_of(self._worker, self.case.paths, exhibit, self._ctx))
        except MediaUnreadable:
            return None

    def plate(self, exhibit: Exhibit, n: int, frame_hash: str) -> Plate:
        """Return the frame as a plate; raises MediaUnreadable where its picture is not the one cited."""
        key = (exhibit.number, n)
        if key not in self._plates:
            table = self.table(exhibit)
            if n >= len(table) or self._hash_of(exhibit, table, n) != frame_hash:
                raise MediaUnreadable(
                    f"{exhibit.number} frame {n} is not the picture that was cited. Nothing was written. Run verify."
                )
            wide = self._plate_width if key in self._wide else SHEET_WIDTH
            png = self._worker.still(self.case.paths.exhibit_file(exhibit), table, n, max_width=wide, ctx=self._ctx)
            self._plates[key] = _plate(exhibit, table, (n, frame_hash), png)
        return self._plates[key]

    def still_of(self, exhibit: Exhibit, n: int) -> Still:
        """Return what makes the frame a still under a view, as wide as the plates of this dossier."""
        file, table, wide = self.case.paths.exhibit_file(exhibit), self.table(exhibit), self._plate_width
        return lambda view: self._worker.still(file, table, n, max_width=wide, ctx=self._ctx, view=view)

    def _hash_of(self, exhibit: Exhibit, table: FrameTable, n: int) -> str:
        """Return the frame hash by the table, or by decoding that frame where the frames were not counted yet."""
        if not table.provisional:
            return table.hash_of(n)
        file = self.case.paths.exhibit_file(exhibit)
        return self._worker.reached_at(file, table, [n], self._ctx)[0][0].hash

    def detail(self, exhibit: Exhibit, mark: int, n: int, around: Rect) -> Detail | None:
        """Return the surroundings of a mark on frame `n` that is too small to be made out on its plate, else None."""
        width, height = exhibit.width or 1, exhibit.height or 1
        left, top, wide, high = (p // UNITS for p in around)
        if max(wide, high) * _SMALL_PART > max(width, height):
            return None
        side = min(max(2 * max(wide, high), _LEAST_SIDE), width, height)
        x = min(max(0, left + wide // 2 - side // 2), width - side)
        y = min(max(0, top + high // 2 - side // 2), height - side)
        file = self.case.paths.exhibit_file(exhibit)
        png = self._worker.still(file, self.table(exhibit), n, box=(x, y, side, side), ctx=self._ctx)
        factor = max(1, -(-_DETAIL_WIDTH // side))
        out = io.BytesIO()
        with Image.open(io.BytesIO(png)) as picture:
            size = (picture.width * factor, picture.height * factor)
            picture.convert("RGB").resize(size, Image.Resampling.NEAREST).save(out, "PNG")
        return Detail(mark, out.getvalue(), *size, f"{side}×{side} px at {x},{y}; {factor}×")

    def fetch(self, observations: tuple[Observation, ...], regions: tuple[Region, ...]) -> None:
        """Fetch every cited frame in the order of the file: going forward, a decoder reads each group once."""
        exhibits = self.case.queries.exhibits()
        all_cited = {
            e.number: sorted(
                {(c.n, c.hash) for c in citations(observations, regions, e.number, key_frames=False) if not c.lost}
            )
            for e in exhibits
        }
        count = sum(len(c) for c in all_cited.values())
        self._plate_width = next((wide for most, wide in PLATE_WIDTHS if count <= most), SHEET_WIDTH)
        own = {o.number: o.exhibit for o in observations}
        bearing = {r.observation for r in regions}
        self._wide = {(own[r.observation], n) for r in regions if r.observation in own for n, _ in frames_wanted([r])}
        self._wide |= {
            (o.exhibit, o.first_frame) for o in observations if o.first_frame is not None and o.number not in bearing
        }
        for exhibit in exhibits:
            cited = all_cited[exhibit.number]
            for done, (n, frame_hash) in enumerate(cited):
                self._ctx.progress(done, len(cited), f"frames of {exhibit.number}")
                self.plate(exhibit, n, frame_hash)

    def all(self) -> tuple[Plate, ...]:
        """Return every frame that was asked for, by exhibit and number."""
        return tuple(self._plates[k] for k in sorted(self._plates))


def _plate(exhibit: Exhibit, table: FrameTable, frame: tuple[int, str], png: bytes) -> Plate:
    n, frame_hash = frame
    with Image.open(io.BytesIO(png)) as picture:
        width, height = picture.size
    turned = exhibit.rotation % 180 != 0
    native = (exhibit.height if turned else exhibit.width) or width
    turn = f", turned {exhibit.rotation}°" if exhibit.rotation else ""
    turn += ", mirrored back" if dossier_facts.mirrored(exhibit) else ""
    scaled = "" if native == width else f", scaled {width / native:.2f}"
    return Plate(
        exhibit=exhibit.number,
        n=n,
        total=len(table),
        time=clock(table.time_of(n)),
        pts=table.pts(n),
        time_base=exhibit.time_base,
        frame_hash=frame_hash,
        decoder=table.decoder,
        png=png,
        width=width,
        height=height,
        scale=f"whole frame{turn}{scaled}",
        note=", ".join(w for w in ("frame number provisional" if table.provisional else "", table.pts_note(n)) if w),
    )


def _seen(pictures: _Pictures, observation: Observation, regions: tuple[Region, ...], words: Words) -> Seen:
    term, attributes = words.term(observation), words.facts(observation)
    if observation.first_frame is None or observation.last_frame is None:
        sound = dossier_facts.heard_at(pictures.exhibit(observation.exhibit), observation)
        start, end = sound if sound is not None else (Fraction(0), Fraction(0))
        return Seen(observation, term, clock(start), clock(end), start, end, attributes, sound=sound)
    if observation.anchor == NOT_FOUND:
        # Its numbers are those of before the count: they name no picture that could be printed.
        return Seen(observation, term, "not found", "not found", Fraction(0), Fraction(0), attributes)
    exhibit = pictures.exhibit(observation.exhibit)
    table = pictures.table(exhibit)
    regions = tuple(r for r in regions if r.anchor != NOT_FOUND)
    wanted = frames_wanted(regions) or [(observation.first_frame, observation.first_hash)]
    # The last frame is fetched and checked too: it is cited, and stands on the frame sheet.
    pictures.plate(exhibit, observation.first_frame, observation.first_hash)
    pictures.plate(exhibit, observation.last_frame, observation.last_hash)
    plates = []
    for n, frame_hash in wanted:
        own = regions_on(regions, observation, n, table)
        marks = tuple(mark_of(exhibit, r, here) for r, here in own)
        around = (rectangle(r.shape, here.points) for r, here in own[:_DETAILS])
        details = tuple(d for d in (pictures.detail(exhibit, k, n, box) for k, box in enumerate(around)) if d)
        shown = details if len(own) <= _DETAILS else ()
        plates.append(replace(pictures.plate(exhibit, n, frame_hash), marks=marks, details=shown))
    start = table.time_of(observation.first_frame)
    last = observation.last_frame
    end = table.time_of(last + 1) if last + 1 < len(table) else table.duration
    bounds = span_bounds(table, observation.first_frame, last).words()
    at = clock(start), clock(table.time_of(last)), start, end
    sound = dossier_facts.heard_at(exhibit, observation)
    as_seen = plate_as_seen(observation, plates[0], pictures.still_of(exhibit, plates[0].n))
    return Seen(observation, term, *at, attributes, tuple(plates), bounds, seen_words(observation), as_seen, sound)


def _sheet(pictures: _Pictures, exhibit: Exhibit, seen: tuple[Seen, ...]) -> Sheet:
    case = pictures.case
    acquisition = case.queries.acquisition_of(exhibit.number)
    length, sound_end = dossier_facts.ends(exhibit)
    sound = pictures.sound(exhibit) if sound_end and seen else None
    return Sheet(
        exhibit=exhibit,
        acquisition=acquisition,
        held=held(acquisition),
        missing=missing(acquisition),
        facts=(*dossier_facts.facts(exhibit), *looked_at(case.coverage, exhibit)),
        timing=dossier_facts.timing(exhibit),
        custody=dossier_facts.custody(exhibit, acquisition, case.queries.events(record=exhibit.number)),
        length=length,
        sound_end=sound_end,
        seen=seen,
        wave=_wave(exhibit, sound, Fraction(0), sound_end or Fraction(0)),
        track_end=_track_end(pictures, exhibit, sound),
    )


def _track_end(pictures: _Pictures, exhibit: Exhibit, sound: WaveView | None) -> TrackEnd | None:
    """Return the last seconds where picture and sound end a tenth of a second or more apart, else None."""
    length, sound_end = dossier_facts.ends(exhibit)
    if sound is None or not length or sound_end is None or abs(sound_end - length) < Fraction(1, 10):
        return None
    table = pictures.table(exhibit)
    start = max(Fraction(0), max(length, sound_end) - _TAIL)
    frames = tuple(t for t in (table.time_of(n) for n in range(len(table))) if t >= start)
    if not frames:
        return None
    return TrackEnd(start, frames, length, sound_end, _wave(exhibit, sound, start, sound_end))


def _wave(exhibit: Exhibit, sound: WaveView | None, start: Fraction, end: Fraction) -> Wave | None:
    """Return the sound between two moments after frame 0 in WAVE_COLUMNS stretches; None where there is none."""
    if sound is None or end <= start:
        return None
    zero = dossier_facts.picture_start(exhibit)
    begins, ends = max(start, sound.track.clock.start - zero), min(end, sound.track.clock.end - zero)
    if ends <= begins:
        return None
    step = (ends - begins) / WAVE_COLUMNS
    return Wave(begins, ends, tuple(sound.columns(float(zero + begins), float(step), WAVE_COLUMNS)))


def _kept_words(observations: tuple[Observation, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple((o.number, hit.word, o.guard_reason) for o in observations for hit in check(o.statement))


def _excerpt(events: list[Event]) -> tuple[EventLine, ...]:
    kept = events if len(events) <= _EXCERPT else [*events[: _EXCERPT // 2], *events[-_EXCERPT // 2 :]]
    return tuple(EventLine(e.seq, e.at, e.actor, e.action, e.record, e.prev, e.hash) for e in kept)


def _versions() -> tuple[tuple[str, str], ...]:
    names = ("av", "reportlab", "pikepdf", "pillow", "sqlite-utils", "rfc8785", "bagit")
    return (("Evidence Desk", __version__), *((name, metadata.version(name)) for name in names))

"""Intake: a file becomes an exhibit by jobs that write no record: `receive`, `outline`, `examine`.

`receive` copies it into the vault; `outline` reads its packets, so that a long file can be reviewed at once under
provisional frame numbers; `examine` decodes every frame, counts and hashes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence_desk.domain.errors import Duplicate, EvidenceDeskError, MediaUnreadable, WorkerFailed
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import Exhibit
from evidence_desk.domain.time import clock, fraction_text, utc_now_text
from evidence_desk.jobs import JobContext
from evidence_desk.media import frame_store, thumb_track
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.probe_facts import Probe
from evidence_desk.media.survey import Survey
from evidence_desk.media.thumb_track import ThumbTrack
from evidence_desk.store import vault
from evidence_desk.store.paths import CasePaths

_IMAGES = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"}
_PAGES = {".html", ".htm", ".mhtml", ".mht", ".wacz", ".warc"}
_DOCUMENTS = {".pdf", ".txt", ".md", ".doc", ".docx", ".odt", ".rtf", ".csv", ".xlsx", ".eml", ".json"}


MOMENTS_PIXELS = 200_000_000
"""Pictures of this many pixels together decode and hash in about two seconds: no provisional numbers for so little."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that lies in the vault and has no row yet: names, size in bytes, hashes (hex), relative place."""

    received_name: str
    size: int
    sha256: str
    sha512: str
    vault_path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in the file: the exhibit's technical fields and the frame table, which lies in `derived/`."""

    condition: str
    condition_note: str = ""
    kind: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] | None = None
    table: FrameTable | None = field(default=None, repr=False)

    @property
    def provisional(self) -> bool:
        """Tell whether its frames are those that packets promise and none was decoded."""
        return self.table is not None and self.table.provisional

    def values(self) -> dict[str, Any]:
        """Return the exhibit's fields to write."""
        values: dict[str, Any] = {
            "condition": self.condition,
            "condition_note": self.condition_note,
            "facts": dict(self.facts) if self.facts is not None else None,
            "examined_at": "" if self.provisional else utc_now_text(),
            "provisional": self.provisional,
            **self.fields,
        }
        if self.kind:
            values["kind"] = self.kind
        return values


def received_as(exhibit: Exhibit) -> Received:
    """Return what was received when the exhibit was taken in, to examine it (again)."""
    return Received(
        exhibit.received_name, exhibit.size, exhibit.sha256, exhibit.sha512, exhibit.vault_path, exhibit.kind
    )


def receive(paths: CasePaths, file: Path, known: Mapping[str, str], ctx: JobContext) -> Received:
    """Copy a file into the vault under its hash and return what is to be registered.

    `known` maps the hashes of exhibits to their numbers: a file with the same bytes raises Duplicate, nothing is left.
    """
    staged = vault.stage(paths, file, ctx)
    number = known.get(staged.sha256)
    if number is not None:
        vault.discard(staged)
        raise Duplicate(
            f"{file.name} holds the same bytes as {number}. It was not taken in twice. "
            f"Note its origin in the acquisition of {number}.",
            number,
        )
    relative = vault.place(paths, staged)
    return Received(
        received_name=staged.received_name,
        size=staged.size,
        sha256=staged.sha256,
        sha512=staged.sha512,
        vault_path=relative,
        kind=kind_by_name(file.name),
    )


def kind_by_name(name: str) -> str:
    """Return the exhibit kind that a file name suggests, until an examination finds streams."""
    suffix = Path(name).suffix.lower()
    for suffixes, kind in ((_IMAGES, "image"), (_PAGES, "page capture"), (_DOCUMENTS, "document")):
        if suffix in suffixes:
            return kind
    return "other"


def examine(worker: MediaWorker, paths: CasePaths, received: Received, ctx: JobContext) -> Examination:
    """Probe the file and decode every frame with its hash; frame table and thumbnails go to `derived/`.

    A file that holds no picture or sound, or that the process that opens media does not survive, is kept all the same:
    its condition says why. Raises Cancelled.
    """
    file = paths.stored(received.vault_path)
    probe = _probed(worker, file, received, ctx)
    if isinstance(probe, Examination):
        return probe
    try:
        survey = worker.survey(file, ctx=ctx, sha256=received.sha256)
    except (MediaUnreadable, WorkerFailed) as error:
        return Examination("unreadable", _named(error, file, received), received.kind, facts=probe.to_json())
    _keep(paths, received.sha256, survey)
    return _examined(probe, survey.table, received)


def _keep(paths: CasePaths, sha256: str, survey: Survey) -> None:
    """Store what one decoding pass made, the thumbnails first: a table that is there has them beside it."""
    decoder = survey.table.decoder
    thumb_track.save(survey.thumbs, paths.derived_for(sha256) / thumb_track.file_name(decoder))
    frame_store.save(survey.table, frame_table_path(paths, sha256, decoder))


def outline(worker: MediaWorker, paths: CasePaths, received: Received, ctx: JobContext) -> Examination | None:
    """Read the packets of a file: what a reviewer can work with until every frame is decoded.

    Returns the provisional examination of a long file, with its table in `derived/`; the final one where nothing is
    left to decode; None where decoding is a matter of moments or packets promise no frame, so that `examine` comes
    next. Raises Cancelled.
    """
    file = paths.stored(received.vault_path)
    probe = _probed(worker, file, received, ctx)
    if isinstance(probe, Examination):
        return probe
    try:
        table = worker.outline(file, ctx=ctx, sha256=received.sha256)
    except (MediaUnreadable, WorkerFailed):
        return None  # whether it can be decoded is for `examine` to find
    if len(table) * table.width * table.height <= MOMENTS_PIXELS:
        return None
    frame_store.save(table, outline_path(paths, received.sha256, table.decoder))
    return _examined(probe, table, received)


def _probed(worker: MediaWorker, file: Path, received: Received, ctx: JobContext) -> Probe | Examination:
    """Return what the file says of itself, or the whole examination where there is no picture to decode."""
    try:
        probe = worker.probe(file, ctx=ctx)
    except (MediaUnreadable, WorkerFailed) as error:
        if received.kind in ("document", "page capture"):
            return Examination("no frames", "", received.kind)
        return Examination("unreadable", _named(error, file, received), received.kind)
    if probe.video is None:
        kind = "sound" if probe.sounds else received.kind
        note = "" if kind == "sound" else "no picture stream found"
        return Examination("no frames", note, kind, facts=probe.to_json())
    return probe


def _named(error: EvidenceDeskError, file: Path, received: Received) -> str:
    """Return the error's line with the name a person knows instead of the vault's."""
    return str(error).replace(file.name, received.received_name)


def frame_table_path(paths: CasePaths, sha256: str, decoder: str) -> Path:
    """Return where the frame table of an exhibit lies for one decoder version."""
    return paths.derived_for(sha256) / frame_store.file_name(decoder)


def outline_path(paths: CasePaths, sha256: str, decoder: str) -> Path:
    """Return where the provisional table of an exhibit lies; it never takes the place of the counted one."""
    return paths.derived_for(sha256) / f"provisional-{frame_store.file_name(decoder)}"


def exhibit_table_path(paths: CasePaths, exhibit: Exhibit) -> Path:
    """Return where the table lies that the exhibit's record rests on: the counted one, or the provisional."""
    where = outline_path if exhibit.provisional else frame_table_path
    return where(paths, exhibit.sha256, exhibit.decoder)


def table_of(worker: MediaWorker, paths: CasePaths, exhibit: Exhibit, ctx: JobContext) -> FrameTable:
    """Return the stored frame table of an exhibit, made again where it is missing or damaged: it is only derived.

    A stored table whose frame hashes are not those of the exhibit's record is not believed. The table of an exhibit
    whose frames are not counted yet is provisional.
    """
    try:
        table = frame_store.load(exhibit_table_path(paths, exhibit))
        right = table.provisional == exhibit.provisional and exhibit.frames_digest in ("", table.digest())
        if right and table.sha256 in ("", exhibit.sha256):
            return table
    except (EvidenceDeskError, OSError):
        pass
    file = paths.stored(exhibit.vault_path)
    # A case on read-only media: the table serves this session and is not kept.
    if exhibit.provisional:
        table = worker.outline(file, exhibit.stream, ctx=ctx, sha256=exhibit.sha256)
        with suppress(OSError):
            frame_store.save(table, outline_path(paths, exhibit.sha256, table.decoder))
        return table
    survey = worker.survey(file, exhibit.stream, ctx=ctx, sha256=exhibit.sha256)
    with suppress(OSError):
        _keep(paths, exhibit.sha256, survey)
    return survey.table


def thumbs_of(paths: CasePaths, exhibit: Exhibit) -> ThumbTrack | None:
    """Return the stored small pictures of an exhibit, None where there are none that can be read."""
    try:
        return thumb_track.load(paths.derived_for(exhibit.sha256) / thumb_track.file_name(exhibit.decoder))
    except (EvidenceDeskError, OSError):
        return None


def _examined(probe: Probe, table: FrameTable, received: Received) -> Examination:
    still = len(table) == 1 and Path(received.received_name).suffix.lower() in _IMAGES
    fields = {
        "stream": table.stream,
        "time_base": fraction_text(table.time_base),
        "decoder": table.decoder,
        "frames": len(table),
        "declared_frames": table.declared_frames or None,
        "frames_digest": table.digest(),
        "first_pts": table.pts(0),
        "last_pts": table.pts(len(table) - 1),
        "length": clock(table.duration),
        "width": table.width,
        "height": table.height,
        "rotation": probe.rotation,
        "variable_rate": table.variable,
    }
    facts = {
        **probe.to_json(),
        "timing": _timing(table),
        "decode_notes": [n for n in (table.damage, *table.notes) if n],
    }
    notes = " ".join(part for part in (table.damage, *table.notes) if part)
    condition = "not examined" if table.provisional else "damaged" if table.damage else "ok"
    return Examination(condition, notes, "image" if still else "video", fields, facts, table)


def _timing(table: FrameTable) -> dict[str, Any]:
    rates = table.rates
    audio_end = table.facts.audio_end
    return {
        "stamps_increase": table.stamps_increase,
        "slowest_rate": fraction_text(rates[0]) if rates else "",
        "fastest_rate": fraction_text(rates[1]) if rates else "",
        "audio_end": fraction_text(audio_end) if audio_end is not None else "",
        "picture_end": fraction_text(table.duration),
        "packets": table.packet_count,
        "pix_fmt": table.pix_fmt,
    }

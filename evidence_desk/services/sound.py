"""The sound of an exhibit: its track, kept in `derived/`, and how its samples lie to the pictures."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from fractions import Fraction
from importlib import metadata
from pathlib import Path

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.domain.records import Exhibit
from evidence_desk.domain.sound import SoundAgainstPicture
from evidence_desk.jobs import JobContext
from evidence_desk.media import sound_track
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.sound_track import SoundTrack
from evidence_desk.services.playhead import FrameClock
from evidence_desk.store.paths import CasePaths


def track_of(
    worker: MediaWorker, paths: CasePaths, exhibit: Exhibit, ctx: JobContext, stream: int | None = None
) -> SoundTrack:
    """Return the track of a sound stream, by default the first; made anew where none of this decoder is stored whole.

    A track is only derived: where it cannot be written, as on read-only media, it serves this session. Raises
    MediaUnreadable where there is no sound that decodes, WorkerFailed, Cancelled.
    """
    folder = paths.derived_for(exhibit.sha256)
    for place in _stored(folder, stream):
        with contextlib.suppress(EvidenceDeskError, OSError):
            track = sound_track.load(place)
            first = stream is None and track.facts.stream == min(track.facts.streams)
            if track.sha256 == exhibit.sha256 and (first or track.facts.stream == stream):
                return track
    track = worker.sound_track(paths.stored(exhibit.vault_path), stream, ctx, exhibit.sha256)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        sound_track.save(track, folder / sound_track.file_name(track.facts.decoder, track.facts.stream))
    return track


def _stored(folder: Path, stream: int | None) -> Iterator[Path]:
    """Yield what is stored for this version of the decoding library."""
    try:
        decoder = f"PyAV {metadata.version('av')} "
    except metadata.PackageNotFoundError:
        decoder = "PyAV "
    start = sound_track.file_name(decoder, 0).partition("-0-")[2].removesuffix(sound_track.SUFFIX)
    which = "*" if stream is None else str(stream)
    yield from sorted(folder.glob(f"sound-{which}-{start}-*{sound_track.SUFFIX}"))


def picture_start(clock: FrameClock) -> Fraction:
    """Return where frame 0 begins, in seconds on the container's clock."""
    return next((pts for pts in clock.pts if pts is not None), 0) * clock.time_base


def against_picture(track: SoundTrack, clock: FrameClock) -> SoundAgainstPicture:
    """Return how the sound lies to the pictures at both ends."""
    start = picture_start(clock)
    return SoundAgainstPicture(track.clock.start, track.clock.end, start, start + clock.length)


def samples_of_frame(track: SoundTrack, clock: FrameClock, n: int) -> tuple[int, int] | None:
    """Return first sample and count of what sounds while frame n is on screen, None where there is none.

    By the stamps on the container's clock: the samples that begin from the frame's beginning up to the next one's, so
    that neighbouring frames share none and leave none out. Where the sound's own stamps overlap, the longer run counts.
    """
    begin = picture_start(clock) + clock.at(n)
    runs = track.clock.between(begin, begin + clock.duration(n) * clock.time_base)
    if not runs:
        return None
    longest = max(runs, key=lambda run: run.count)
    return longest.first, longest.count

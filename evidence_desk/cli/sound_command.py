"""sound: what a sound stream is by its samples, how it lies to the picture, and a range of samples as WAV."""

from __future__ import annotations

import hashlib
import io
import wave
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_desk.cli.messages import Wishes, print_json, print_lines, reads, tell
from evidence_desk.cli.opening import Target, media_worker, target
from evidence_desk.cli.option_types import FRAMES
from evidence_desk.cli.printing import aligned
from evidence_desk.cli.progress import Progress
from evidence_desk.cli.writing import refuse_other_files, write_whole
from evidence_desk.domain.errors import FrameOutOfRange, MediaUnreadable, Refused
from evidence_desk.domain.sound import beside_picture
from evidence_desk.domain.time import clock, fraction_text, seconds_text

if TYPE_CHECKING:
    from evidence_desk.domain.sound import SoundAgainstPicture, SoundGap
    from evidence_desk.media.client import MediaWorker
    from evidence_desk.media.sound_track import SoundTrack

_GAPS_SHOWN = 1000
_GAPS_PRINTED = 20
_MOST_WRITTEN = 1 << 28
"""Bytes of sound in one WAV: three quarters of an hour of stereo; a whole file is better taken with ffmpeg."""


@click.command()
@click.argument("file")
@click.option("--stream", type=int, metavar="I", help="The sound stream by ffmpeg's index; else the first.")
@click.option("--samples", type=FRAMES, help="Only these samples, counted from 0, the last one included.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="OUT.wav", help="Write the samples as 16-bit WAV."
)
@reads
def sound(wishes: Wishes, file: str, stream: int | None, samples: tuple[int, int] | None, out: Path | None) -> None:
    """Print what the sound of FILE (or CASE:EX-001) is by its samples, and how it lies to the picture.

    Sample n is the n-th that ffmpeg's decoder gives, counted from 0; gaps in the time stamps are told, never filled.
    With --samples and -o these very samples are written as WAV.

    \b
    Examples:
      evidence-desk sound clip.mp4 --json
      evidence-desk sound clip.mp4 --samples 48000..95999 -o second-1.wav
    """
    if (samples is None) != (out is None):
        raise click.UsageError("--samples and -o belong together")
    if out is not None:
        refuse_other_files(out, b"RIFF", "WAV")
    with media_worker() as worker, Progress("sound") as progress:
        found = target(file, worker, counted=False)
        track = worker.sound_track(found.file, stream, progress, found.sha256)
        values = _values(file, found, track, _against_picture(worker, found, track))
        if samples is not None and out is not None:
            values |= _write(worker, found, track, samples, out)
    if wishes.as_json:
        print_json(values)
    else:
        print_lines(_lines(values))
    for note in (track.facts.damage, *track.facts.notes):
        if note:
            tell(f"Notice: {note}")


def _against_picture(worker: MediaWorker, found: Target, track: SoundTrack) -> SoundAgainstPicture | None:
    from evidence_desk.services.playhead import FrameClock
    from evidence_desk.services.sound import against_picture

    try:
        table = found.table if found.table is not None else worker.outline(found.file)
    except MediaUnreadable:
        return None
    return against_picture(track, FrameClock.of(table)) if len(table) else None


def _values(file: str, found: Target, track: SoundTrack, lie: SoundAgainstPicture | None) -> dict[str, Any]:
    facts = track.facts
    return {
        "file": file,
        "sha256": found.sha256 or _sha256(found.file),
        "stream": facts.stream,
        "streams": list(facts.streams),
        "codec": facts.codec,
        "decoder": facts.decoder,
        "time_base": fraction_text(facts.time_base),
        "rate": facts.rate,
        "channels": facts.channels,
        "layout": facts.layout,
        "sample_format": facts.sample_format,
        "samples": facts.samples,
        "pcm_sha256": facts.pcm_sha256,
        "priming": facts.priming,
        "trimmed": facts.trimmed,
        "start": fraction_text(track.clock.start),
        "end": fraction_text(track.clock.end),
        "start_after_picture": fraction_text(lie.start_offset) if lie is not None else None,
        "end_after_picture": fraction_text(lie.end_offset) if lie is not None else None,
        "gaps": [_gap(gap) for gap in track.clock.gaps()[:_GAPS_SHOWN]],
        "gap_count": len(track.clock.gaps()),
        "damage": facts.damage,
        "notes": list(facts.notes),
    }


def _gap(gap: SoundGap) -> dict[str, Any]:
    return {"sample": gap.sample, "at": fraction_text(gap.at), "seconds": fraction_text(gap.seconds)}


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _write(
    worker: MediaWorker, found: Target, track: SoundTrack, samples: tuple[int, int], out: Path
) -> dict[str, Any]:
    """Write the samples piece by piece; a range in which rate or channels change is refused."""
    first, last = samples
    facts = track.facts
    if last >= facts.samples:
        raise FrameOutOfRange(
            f"There is no sample {last}: the sound of {found.file.name} has {facts.samples}, 0 to {facts.samples - 1}."
        )
    if (last - first + 1) * facts.channels * 2 > _MOST_WRITTEN:
        raise Refused("That is more sound than one WAV is written for. Nothing was written; ask for a shorter range.")
    pieces, at, shapes = [], first, set()
    while at <= last:
        piece = worker.sound(found.file, track, at, last - at + 1)
        shapes.add((piece.rate, piece.channels))
        pieces.append(piece.pcm)
        at += piece.count
    if len(shapes) > 1:
        raise Refused("Rate or channels change within these samples. Nothing was written; ask for either side alone.")
    ((rate, channels),) = shapes
    packed = io.BytesIO()
    with wave.open(packed, "wb") as wav:
        wav.setnchannels(channels)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes(b"".join(pieces))
    write_whole(out, packed.getvalue())
    gaps = [gap for gap in track.clock.gaps() if first < gap.sample <= last]
    if gaps:
        tell(f"Notice: the time stamps have {len(gaps)} gaps within these samples; the WAV does not fill them.")
    return {
        "wav": str(out),
        "wav_sha256": hashlib.sha256(packed.getvalue()).hexdigest(),
        "first_sample": first,
        "last_sample": last,
        "first_at": fraction_text(track.clock.at(first)),
    }


def _lines(values: dict[str, Any]) -> Iterator[str]:
    start, end = Fraction(values["start"]), Fraction(values["end"])
    which = f"stream {values['stream']}" + (f" of {values['streams']}" if len(values["streams"]) > 1 else "")
    yield from aligned(
        [
            ("Sound", f"{which}, {values['codec']}, {values['rate']} Hz, {values['channels']} channels"),
            ("Samples", f"{values['samples']}, decoded as {values['sample_format']}"),
            ("Left out", f"{values['priming']} at the start, {values['trimmed']} at the end, on the file's own word"),
            ("On the clock", f"{clock(start)} to {clock(end)}, time base {values['time_base']}"),
            ("Begins", _beside(values["start_after_picture"])),
            ("Ends", _beside(values["end_after_picture"])),
            ("Gaps", f"{values['gap_count']} in the time stamps" if values["gap_count"] else "none in the time stamps"),
            ("Samples' SHA-256", values["pcm_sha256"]),
            ("Decoder", values["decoder"]),
            ("File", values["sha256"]),
            ("Written", values.get("wav", "")),
        ]
    )
    for gap in values["gaps"][:_GAPS_PRINTED]:
        seconds = Fraction(gap["seconds"])
        what = "left out" if seconds > 0 else "given twice"
        yield f"  before sample {gap['sample']}: {seconds_text(abs(seconds))} s {what}, at {clock(Fraction(gap['at']))}"


def _beside(offset: str | None) -> str:
    return beside_picture(Fraction(offset)) if offset is not None else ""

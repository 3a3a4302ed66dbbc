"""What the timing inspector says of the sound: where it lies beside the picture, and the samples of the frame shown."""

from __future__ import annotations

from fractions import Fraction

from evidence_desk.domain.time import fraction_text, seconds_text
from evidence_desk.media.sound_track import SoundTrack
from evidence_desk.services.playhead import FrameClock
from evidence_desk.services.sound import against_picture, samples_of_frame
from evidence_desk.ui.models.timing_rows import TimingRow
from evidence_desk.ui.translate import number, tr

_WORTH_A_LOOK = Fraction(1, 20)


def sound_rows(track: SoundTrack, clock: FrameClock, n: int) -> tuple[TimingRow, ...]:
    """Return the lines of a sound stream, those of frame n's samples first."""
    facts, lie = track.facts, against_picture(track, clock)
    here = samples_of_frame(track, clock, n)
    samples = tr("none") if here is None else tr("{a} to {b}", a=number(here[0]), b=number(sum(here) - 1))
    which = tr("stream {i} of {all}", i=facts.stream, all=", ".join(map(str, facts.streams)))
    return (
        TimingRow(tr("Samples here"), samples, here is None),
        TimingRow(tr("Sound"), f"{facts.codec}, {number(facts.rate)} Hz, {facts.layout}, {which}"),
        TimingRow(tr("Sound begins"), _beside(lie.start_offset), abs(lie.start_offset) > _WORTH_A_LOOK),
        TimingRow(tr("Sound ends"), _beside(lie.end_offset), abs(lie.end_offset) > _WORTH_A_LOOK),
        TimingRow(tr("Samples"), number(facts.samples)),
        TimingRow(tr("Left out"), tr("{a} before, {b} after", a=number(facts.priming), b=number(facts.trimmed))),
        TimingRow(tr("Samples' hash"), facts.pcm_sha256, long=True),
        TimingRow(tr("Sound decoder"), facts.decoder),
        _gaps(track),
        *(TimingRow(tr("Notice"), words, look=True) for words in (facts.damage, *facts.notes) if words),
    )


def _gaps(track: SoundTrack) -> TimingRow:
    gaps = track.clock.gaps()
    if not gaps:
        return TimingRow(tr("Gaps in sound"), tr("none"))
    out = sum((gap.seconds for gap in gaps if gap.seconds > 0), Fraction(0))
    twice = -sum((gap.seconds for gap in gaps if gap.seconds < 0), Fraction(0))
    words = tr(
        "{count}; {out} s left out, {twice} s given twice; the first before sample {sample}",
        count=number(len(gaps)),
        out=seconds_text(out),
        twice=seconds_text(twice),
        sample=number(gaps[0].sample),
    )
    return TimingRow(tr("Gaps in sound"), words, look=True)


def _beside(offset: Fraction) -> str:
    if not offset:
        return tr("with the picture")
    about, exact = seconds_text(abs(offset)), fraction_text(abs(offset))
    if offset > 0:
        return tr("{about} s after the picture = {exact} s", about=about, exact=exact)
    return tr("{about} s before the picture = {exact} s", about=about, exact=exact)

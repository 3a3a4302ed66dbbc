"""What the timing inspector says of one frame and of the whole clip: names and values, exact and for people."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evidence_desk.domain.frames import FrameFlag, FrameTable
from evidence_desk.domain.time import clock, fraction_text, seconds_text
from evidence_desk.domain.timing import REGULAR, WORDS, Timing, frame_timing, irregular_words
from evidence_desk.ui.translate import listed, number, tr


@dataclass(frozen=True, slots=True)
class TimingRow:
    """One line; `look` asks for a look at it, `long` values are shortened in the middle and copied whole."""

    name: str
    value: str
    look: bool = False
    long: bool = False


def frame_rows(table: FrameTable, n: int, frame_hash: str, timing: Timing | None) -> tuple[TimingRow, ...]:
    """Return the lines of frame n; `timing` adds what is irregular there, once it is worked out."""
    here = frame_timing(table, n, timing.at(n) if timing is not None else REGULAR)
    row, base = table.row(n), table.time_base
    about = "" if here.time_exact else tr("about") + " "
    kind = tr("key frame, type {kind}", kind=row.pict_type) if row.key else tr("type {kind}", kind=row.pict_type)
    packet = tr("{size} bytes", size=number(row.size))
    if row.pos is not None:
        packet = tr("{packet} at byte {place}", packet=packet, place=number(row.pos))
    odd = irregular_words(here.irregular)
    irregular = listed(tr(w) for w in odd) or tr("nothing")
    count = tr("{n} of {count}, from 0", n=number(n), count=number(len(table)))
    return (
        TimingRow(tr("Frame"), tr("{count}, provisional", count=count) if table.provisional else count),
        TimingRow(tr("pts"), tr("not stated") if here.pts is None else str(here.pts), here.pts is None),
        TimingRow(tr("Time base"), tr("{base} s a tick", base=fraction_text(base))),
        TimingRow(tr("From frame 0"), f"{about}{clock(here.time)} = {fraction_text(here.time)} s", not here.time_exact),
        TimingRow(tr("Stated length"), _ticks(here.stated, base) or tr("not stated")),
        TimingRow(tr("Step to next"), _ticks(here.measured, base) or tr("not known")),
        TimingRow(tr("Irregular"), irregular if timing is not None else tr("not worked out yet"), bool(odd)),
        TimingRow(tr("Shown first here"), tr(here.bounds.words()), not here.bounds.exact),
        TimingRow(tr("Picture"), kind),
        TimingRow(tr("Packet"), packet if row.size else tr("not known")),
        TimingRow(tr("Flags"), _flags(row.flags), bool(row.flags & (FrameFlag.DAMAGED | FrameFlag.AFTER_DAMAGE))),
        TimingRow(tr("Frame hash"), frame_hash or tr("not decoded yet"), long=bool(frame_hash)),
        TimingRow(tr("Decoder"), table.decoder),
    )


def clip_rows(timing: Timing) -> tuple[TimingRow, ...]:
    """Return the lines of the whole clip: counts, steps, and how often each irregularity occurs."""
    base = timing.time_base
    declared = number(timing.declared) if timing.declared else tr("nothing")
    counted = tr("{count}; the header says {declared}", count=number(timing.frames), declared=declared)
    if timing.provisional:
        counted = tr("{count} by the packets, provisional", count=number(timing.frames))
    usual = _ticks(timing.usual or None, base)
    steps = tr("{usual} usual", usual=usual) if usual else tr("none")
    if timing.shortest != timing.longest:
        steps = tr("{steps}, {low} to {high} ticks", steps=steps, low=timing.shortest, high=timing.longest)
    differs = bool(timing.declared) and timing.declared != timing.frames and not timing.provisional
    rows = [
        TimingRow(tr("Frames"), counted, differs),
        TimingRow(tr("First pts"), tr("not stated") if timing.first_pts is None else str(timing.first_pts)),
        TimingRow(tr("Steps"), steps),
    ]
    if timing.missing:
        rows.append(TimingRow(tr("Missing time"), f"{seconds_text(timing.missing * base)} s", look=True))
    for kind, words in WORDS.items():
        if timing.counts[kind]:
            rows.append(TimingRow(tr(words).capitalize(), number(timing.counts[kind]), look=True))
    return tuple(rows)


def copied(rows: tuple[TimingRow, ...]) -> str:
    """Return the lines as text, a line each."""
    return "\n".join(f"{row.name}: {row.value}" for row in rows)


def _ticks(ticks: int | None, base: Fraction) -> str:
    """Return ticks with their seconds, "" for None."""
    if ticks is None:
        return ""
    return tr("{ticks} ticks, {seconds} s", ticks=ticks, seconds=seconds_text(ticks * base))


def _flags(flags: FrameFlag) -> str:
    words = {FrameFlag.DAMAGED: tr("damaged"), FrameFlag.AFTER_DAMAGE: tr("leans on a damaged frame")}
    return listed(text for flag, text in words.items() if flag in flags) or tr("none")

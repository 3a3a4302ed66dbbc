"""Holds the desk's frames of one file against what ffmpeg decodes: in order, by seeks, backwards, after mixed jumps."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from evidence_desk.domain.errors import EvidenceDeskError, MediaUnreadable
from evidence_desk.domain.frames import FrameTable
from evidence_desk.media.client import MediaWorker
from tests.contract.zoo import ROUNDED, own_truth

Truth = list[tuple[int | None, str]]
_SMALL = (48, 48)


@dataclass
class Findings:
    """What one file showed. `faults` are plain lines; a file without any is exact."""

    name: str
    frames: int = 0
    frames_exact: int = 0
    seeks: int = 0
    seeks_exact: int = 0
    steps: int = 0
    steps_exact: int = 0
    marked: int = 0
    note: str = ""
    apart: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def exact(self) -> bool:
        """Tell whether nothing differed."""
        return not self.faults


def check(
    worker: MediaWorker, file: Path, truth: Truth, *, apart: str = "", seeks: int = 6, steps: int = 12, seed: int = 1
) -> Findings:
    """Return what differs between the desk and `truth` (pts and hash of every picture, in order).

    Where two versions of ffmpeg differ (`apart` says why, or the codec is one of those that are rounded by shortcuts)
    the pictures are held against one reading by the desk's own library, and `note` says so.
    """
    found = Findings(file.name)
    try:
        table = worker.index(file)
    except MediaUnreadable as error:
        if truth:
            found.faults.append(f"refused although ffmpeg decodes {len(truth)} frames: {error}")
        elif file.name not in str(error):
            found.faults.append(f"the refusal does not name the file: {error}")
        found.note = "refused: nothing decodes"
        return found
    except EvidenceDeskError as error:
        found.faults.append(f"{type(error).__name__}: {error}")
        return found
    _in_order(found, table, truth)
    if found.faults and (apart or table.decoder.split()[-1] in ROUNDED) and len(table) == len(truth):
        found.faults.clear()
        found.apart = apart or "these pictures are rounded differently by different versions of ffmpeg"
        truth = [(table.pts(n), digest) for n, digest in enumerate(own_truth(file, table.stream))]
        _in_order(found, table, truth)
    if not found.faults:
        hashes = [digest for _, digest in truth]
        _by_seeks(found, worker, file, table, hashes, seeks, random.Random(seed))
        _by_steps(found, worker, file, table, hashes, steps, random.Random(seed + 1))
        _by_still(found, worker, file, table, hashes)
    return found


def check_damaged(worker: MediaWorker, file: Path, seeks: int = 6, steps: int = 12, seed: int = 1) -> Findings:
    """Return where a damaged file shows a picture under a number that is not the recorded one, without a mark."""
    found = Findings(file.name)
    try:
        table = worker.index(file)
    except MediaUnreadable:
        found.note = "refused: nothing decodes"
        return found
    except EvidenceDeskError as error:
        found.faults.append(f"{type(error).__name__}: {error}")
        return found
    found.frames = found.frames_exact = len(table)
    hashes = [table.hash_of(n) for n in range(len(table))]
    _by_seeks(found, worker, file, table, hashes, seeks, random.Random(seed), marks_allowed=True)
    _by_steps(found, worker, file, table, hashes, steps, random.Random(seed + 1), marks_allowed=True)
    return found


def _in_order(found: Findings, table: FrameTable, truth: Truth) -> None:
    hashes = [digest for _, digest in truth]
    got = [table.hash_of(n) for n in range(len(table))]
    found.frames = len(truth)
    found.frames_exact = sum(a == b for a, b in zip(got, hashes, strict=False))
    if table.damage:
        found.note = table.damage
    if len(got) != len(hashes):
        found.faults.append(f"{len(got)} frames for {len(hashes)}, {found.frames_exact} alike in order")
    elif got != hashes:
        wrong = [n for n, (a, b) in enumerate(zip(got, hashes, strict=True)) if a != b]
        found.faults.append(f"{len(wrong)} of {len(hashes)} pictures differ, first {wrong[:5]}")
    elif table.stamps_increase and [table.pts(n) for n in range(len(table))] != [pts for pts, _ in truth]:
        wrong = [n for n, (pts, _) in enumerate(truth) if table.pts(n) != pts]
        n = wrong[0]
        found.faults.append(f"{len(wrong)} stamps differ, first {n}: {table.pts(n)} for {truth[n][0]}")


def _by_still(found: Findings, worker: MediaWorker, file: Path, table: FrameTable, hashes: list[str]) -> None:
    """Make a still twice, reached in two ways: the same bytes, and the frame's hash in its words."""
    n = len(hashes) // 2
    try:
        worker.picture(file, table, 0, _SMALL)
        first = worker.still(file, table, n)
        worker.picture(file, table, len(hashes) - 1, _SMALL)
        second = worker.still(file, table, n)
    except EvidenceDeskError as error:
        found.faults.append(f"still {n}: {type(error).__name__}: {error}")
        return
    with Image.open(io.BytesIO(first)) as image:
        words = image.text  # type: ignore[attr-defined]  # PNG images have it
    if first != second:
        found.faults.append(f"still {n}: other bytes the second time")
    if words.get("Frame hash SHA-256") != hashes[n] or words.get("Frame") != str(n):
        found.faults.append(f"still {n}: its words name another frame")


def _by_seeks(
    found: Findings,
    worker: MediaWorker,
    file: Path,
    table: FrameTable,
    hashes: list[str],
    count: int,
    draw: random.Random,
    *,
    marks_allowed: bool = False,
) -> None:
    picks = [draw.randrange(len(hashes)) for _ in range(count)] + [len(hashes) - 1, 0]
    found.seeks = len(picks)
    try:
        reached = worker.reached_at(file, table, picks)
    except EvidenceDeskError as error:
        found.faults.append(f"seek: {type(error).__name__}: {error}")
        return
    for n, (row, exact) in zip(picks, reached, strict=True):
        same = row.hash == hashes[n]
        found.seeks_exact += same
        found.marked += not exact
        if exact and not same:
            found.faults.append(f"seek {n}: another picture, and not marked")
        elif not same and not marks_allowed:
            found.faults.append(f"seek {n}: another picture, marked")


def _by_steps(
    found: Findings,
    worker: MediaWorker,
    file: Path,
    table: FrameTable,
    hashes: list[str],
    count: int,
    draw: random.Random,
    *,
    marks_allowed: bool = False,
) -> None:
    """Step back from the end, then jump about; each picture must be the one a seek of its own gives."""
    last = at = len(hashes) - 1
    seen: dict[int, bytes] = {}
    jumps = [-1] * (count // 2) + [draw.choice((-1, 1, 1, -10, 10, last // 2, -(last // 2))) for _ in range(count // 2)]
    for jump in jumps:
        at = max(0, min(last, at + jump))
        try:
            picture = worker.picture(file, table, at, _SMALL)
        except EvidenceDeskError as error:
            found.faults.append(f"step to {at}: {type(error).__name__}: {error}")
            return
        found.steps += 1
        found.marked += not picture.exact
        pixels: bytes = getattr(picture, "bgra", b"") or getattr(picture, "rgb", b"")
        right = picture.n == at and (not picture.exact or picture.hash == hashes[at])
        right = right and (not picture.exact or seen.setdefault(at, pixels) == pixels)
        found.steps_exact += right and picture.exact
        if not right:
            found.faults.append(f"step to {at}: another picture, and not marked")
        elif not picture.exact and not (marks_allowed and picture.note):
            found.faults.append(f"step to {at}: not exact: {picture.note or 'and no word why'}")

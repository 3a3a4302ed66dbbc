"""The exactness table, every frame of many files against ffmpeg's: `python tests/benchmarks/exactness.py [PLACE…]`.

Without names: the measured clips (../shared/media beside the checkout, with their stored truth) and the whole zoo of
`tests/contract`, made into --cache. For each file: number, hash and time stamp of every frame in order; random frames,
each by a seek of its own; steps back from the end and mixed jumps. Damaged files have no truth: there only a picture
under a number that is not its own, and not marked, counts as a fault.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(REPOSITORY))

from evidence_desk.media.client import MediaWorker  # noqa: E402
from tests.contract import zoo  # noqa: E402
from tests.contract.frame_check import Findings, check, check_damaged  # noqa: E402
from tests.contract.zoo_formats import ZOO  # noqa: E402

MEDIA = REPOSITORY.parent / "shared" / "media"
# ffmpeg's own word does not hold: said in the folder's README.
APART = {
    "ax_sample_vvc.mp4": "ffmpeg 5.1 has no decoder for VVC",
    "ax_sample-unflagged-audio-keyframes.avi": "MPEG-4 pictures differ between versions of ffmpeg",
    "made_xvid_packed.avi": "MPEG-4 pictures differ between versions of ffmpeg",
}
_NO_CLIPS = {".tsv", ".md", ".sh", ".json"}


@dataclass(frozen=True)
class Case:
    """One file to check, the group it belongs to, and what is known of it."""

    group: str
    file: Path
    damaged: bool = False
    apart: str = ""


def cases(given: list[Path], cache: Path, without_zoo: bool) -> Iterator[Case]:
    """Yield what to check: what was named, else the measured clips and the zoo."""
    for place in given or ([MEDIA] if MEDIA.is_dir() else []):
        if place.is_dir():
            for file in sorted(f for f in place.iterdir() if f.is_file() and f.suffix.lower() not in _NO_CLIPS):
                yield Case(place.name, file, apart=APART.get(file.name, ""))
            for file in sorted((place / "broken").glob("*")):
                yield Case(f"{place.name}, damaged", file, damaged=True)
        else:
            yield Case("files", place, apart=APART.get(place.name, ""))
    if given or without_zoo:
        return
    cache.mkdir(parents=True, exist_ok=True)
    for group, kinds in ZOO.items():
        for kind in kinds:
            try:
                file = zoo.make(kind, cache)
            except zoo.CannotMake as error:
                sys.stderr.write(f"not made: {kind.name}: {error}\n")
                continue
            yield Case(f"zoo: {'damaged' if kind.damaged else group}", file, kind.damaged, kind.apart)


def checked(worker: MediaWorker, case: Case, seeks: int, steps: int) -> Findings:
    """Return the findings of one file."""
    if case.damaged:
        return check_damaged(worker, case.file, seeks=seeks, steps=steps)
    stored = case.file.parent / "truth" / f"{case.file.name}.framehash"
    truth = zoo.parsed(stored.read_text()) if stored.is_file() else zoo.truth(case.file)
    if case.apart and not truth:
        table = worker.index(case.file)
        truth = [(table.pts(n), digest) for n, digest in enumerate(zoo.own_truth(case.file, table.stream))]
    return check(worker, case.file, truth, apart=case.apart, seeks=seeks, steps=steps)


def table(groups: dict[str, list[Findings]]) -> Iterator[str]:
    """Yield the table as markdown, then every file that is not exact or was counted apart, with the reason."""
    yield "| group | files exact | frames exact | seeks exact | steps exact | marked | apart |"
    yield "|---|---|---|---|---|---|---|"
    everything = [found for group in groups.values() for found in group]
    for name, group in [*groups.items(), ("**all**", everything)]:
        exact = sum(found.exact for found in group)
        parts = [f"{sum(getattr(f, a) for f in group)}/{sum(getattr(f, b) for f in group)}" for a, b in
                 (("frames_exact", "frames"), ("seeks_exact", "seeks"), ("steps_exact", "steps"))]  # fmt: skip
        marked, apart = sum(f.marked for f in group), sum(bool(f.apart) for f in group)
        yield f"| {name} | {exact}/{len(group)} | {' | '.join(parts)} | {marked} | {apart} |"
    for title, lines in (
        ("Not exact", [f"{f.name}: {'; '.join(f.faults[:3])}" for f in everything if not f.exact]),
        ("Held against the own library's reading in order", [f"{f.name}: {f.apart}" for f in everything if f.apart]),
    ):
        yield ""
        yield f"{title}: {len(lines) or 'none'}"
        yield from (f"- {line}" for line in lines)


def main() -> int:
    """Check and print; exit status 1 where a file is not exact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "evidence-desk-zoo")
    parser.add_argument("--seeks", type=int, default=20)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--no-zoo", action="store_true", help="only the measured clips")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    groups: dict[str, list[Findings]] = {}
    began = time.monotonic()
    for case in cases(given.places, given.cache, given.no_zoo):
        with MediaWorker() as worker:
            found = checked(worker, case, given.seeks, given.steps)
        groups.setdefault(case.group, []).append(found)
        if not found.exact:
            sys.stderr.write(f"{found.name}: {'; '.join(found.faults[:2])}\n")
    if given.json:
        sys.stdout.write(json.dumps({name: [asdict(f) for f in group] for name, group in groups.items()}) + "\n")
    else:
        sys.stdout.write("\n".join([*table(groups), "", f"{time.monotonic() - began:.0f} s", ""]))
    return 0 if all(found.exact for group in groups.values() for found in group) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Kills a writing process at random moments and looks at what is left: `python tests/benchmarks/kill_rounds.py`.

The child runs commands, undo and redo, and takes files in, as fast as it can, and prints each number once it is
committed. After SIGKILL the case is opened again and held to the promises of the store: no record without its event, no
event without its record, no row without its vault file, no vault file without its row, nothing half made, nothing that
was acknowledged is gone, and verify says same. The random moments come from --seed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(REPOSITORY))

from evidence_desk.domain.errors import EvidenceDeskError, Refused  # noqa: E402
from evidence_desk.domain.records import KINDS  # noqa: E402
from evidence_desk.jobs import NullContext  # noqa: E402
from evidence_desk.media.client import MediaWorker  # noqa: E402
from evidence_desk.services import commands as c  # noqa: E402
from evidence_desk.services import intake  # noqa: E402
from evidence_desk.services.case import Case  # noqa: E402
from evidence_desk.services.verify import verify_case  # noqa: E402
from evidence_desk.store import replay, vault  # noqa: E402
from evidence_desk.store.audit import check_chain  # noqa: E402

TEXT = "Three figures stand in the yard. One raises an arm. A loud sound is heard. The picture ends."
QUOTES = ("Three figures", "raises an arm", "A loud sound", "The picture ends")
ROUNDS_A_CASE = 10
LARGEST = 6 << 20


@dataclass
class Tally:
    """What the rounds showed."""

    rounds: int = 0
    killed: int = 0
    killed_while_opening: int = 0
    acknowledged: int = 0
    events: int = 0
    exhibits: int = 0
    set_aside: int = 0
    half_copies: int = 0
    faults: list[str] = field(default_factory=list)


def work(folder: Path, seed: int, files: Path) -> None:
    """Write without end: the child's part."""
    draw = random.Random(seed)
    case = Case.open(folder, "Writer", log=True)
    _say("ready")
    source = case.bus.run(c.add_source(title=f"Source {seed}", text=TEXT)).numbers[0]
    known: list[str] = [source]
    while True:
        try:
            numbers = _step(case, draw, files, source, known)
        except (Refused, EvidenceDeskError):
            continue
        for number in numbers:
            _say(number)


def _step(case: Case, draw: random.Random, files: Path, source: str, known: list[str]) -> tuple[str, ...]:
    kind = draw.choice(("file", "file", "claim", "question", "edit", "withdraw", "undo", "redo", "batch", "observe"))
    if kind == "file":
        file = files / "received.bin"
        file.write_bytes(draw.randbytes(draw.randrange(1, LARGEST)))
        received = intake.receive(case.paths, file, case.known_hashes(), NullContext())
        numbers = case.bus.run(c.add_exhibit(received, "File", {"note": "kill round"})).numbers
    elif kind == "claim":
        numbers = case.bus.run(c.add_claim(source, draw.choice(QUOTES))).numbers
    elif kind == "question":
        numbers = case.bus.run(c.add_question("What?", "The original")).numbers
    elif kind == "edit":
        numbers = case.bus.run(c.edit(source, {"note": str(draw.random())})).numbers
    elif kind == "withdraw":
        numbers = case.bus.run(c.withdraw(draw.choice(known), "Not needed")).numbers
    elif kind in ("undo", "redo"):
        outcome = case.bus.undo() if kind == "undo" else case.bus.redo()
        return outcome.numbers if outcome else ()
    elif kind == "batch":
        parts = [c.add_question(f"Part {n}?", "A record") for n in range(draw.randrange(2, 12))]
        numbers = case.bus.run(c.batch("Several", parts)).numbers
    else:
        exhibits = case.queries.exhibits()
        if not exhibits:
            return ()
        numbers = case.bus.run(c.add_observation(draw.choice(exhibits).number, "note", statement="A mark.")).numbers
    known.extend(numbers[:1])
    return numbers


def look(folder: Path, acknowledged: list[str], tally: Tally) -> None:
    """Open the case again and note whatever breaks a promise."""
    tally.half_copies += len(list((folder / "staging").glob("*.part")))
    first = Case.open(folder, "", write=False)
    seen = first.queries.head()
    first.close()
    case = Case.open(folder, "Reader", log=False)
    try:
        events = case.store.events()
        rows = replay.stored(r for kind in KINDS for r in case.store.records(kind))
        faults = [f.what for f in check_chain(events)[0]]
        faults += replay.differences(replay.fold(events), rows)
        faults += [f"{n} was acknowledged and is gone" for n in acknowledged if n not in rows]
        if seen is None or seen not in events:
            faults.append("a reader before the writer saw another log")
        exhibits = case.queries.exhibits(withdrawn=True)
        for exhibit in exhibits:
            file = case.paths.exhibit_file(exhibit)
            if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != exhibit.sha256:
                faults.append(f"{exhibit.number}: its vault file is missing or other")
        faults += [f"{s}: no row names it" for s in vault.strays(case.paths, {e.vault_path for e in exhibits})]
        faults += [f"{p.name}: half a copy is left" for p in case.paths.staging.glob("*.part")]
        tally.set_aside += len(list(case.paths.staging.glob("unregistered-*")))
        tally.events += len(events)
        tally.exhibits += len(exhibits)
    finally:
        case.close()
    with MediaWorker() as worker:
        report = verify_case(folder, worker)
    if not report.same:
        faults += report.lines()
    tally.faults += faults


def kill_round(folder: Path, files: Path, draw: random.Random, tally: Tally) -> None:
    """Start a writer, kill it at a random moment, look."""
    command = [sys.executable, str(Path(__file__)), "--child", str(folder), str(draw.randrange(1 << 30)), str(files)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        if draw.random() < 0.85:
            child.stdout.readline()
            time.sleep(draw.random() * 0.5)
        else:
            tally.killed_while_opening += 1
            time.sleep(draw.random() * 0.4)
        ended = child.poll()
        child.kill()
        acknowledged = [line.strip() for line in child.stdout if line.endswith("\n") and line.strip() != "ready"]
        told = child.stderr.read()
    tally.rounds += 1
    tally.killed += ended is None
    if ended is not None:
        tally.faults.append(f"the writer ended by itself: {told.strip()[-300:]}")
    tally.acknowledged += len(acknowledged)
    look(folder, acknowledged, tally)


def run(rounds: int, seed: int, place: Path) -> Tally:
    """Kill so many writers and return what was seen."""
    draw, tally = random.Random(seed), Tally()
    folder = place / "none"
    for number in range(rounds):
        if number % ROUNDS_A_CASE == 0:
            shutil.rmtree(folder, ignore_errors=True)
            folder = place / f"rounds-{number}.edcase"
            Case.create(folder, "Kill rounds", "Writer").close()
        kill_round(folder, place, draw, tally)
    return tally


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Run and print the tally as JSON; exit status 1 where a promise was broken."""
    if sys.argv[1:2] == ["--child"]:
        work(Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="evidence-desk-kill-") as place:
        began = time.monotonic()
        tally = run(given.rounds, given.seed, Path(place))
    _say(json.dumps({**asdict(tally), "seconds": round(time.monotonic() - began, 1)}, indent=2))
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())

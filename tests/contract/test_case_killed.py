"""A writer that is killed at random moments: what the next opening finds. The long form runs 200 rounds by hand."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evidence_desk.domain.controlled_values import PROVISIONAL
from evidence_desk.domain.records import KINDS
from evidence_desk.services.case import Case
from evidence_desk.store import replay
from evidence_desk.store.audit import check_chain


@pytest.mark.slow
def test_kill_rounds_leave_log_rows_and_vault_together(repository: Path) -> None:
    script = repository / "tests" / "benchmarks" / "kill_rounds.py"
    command = [sys.executable, str(script), "--rounds", "12", "--seed", "3"]
    run = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False, timeout=110)
    tally = json.loads(run.stdout)
    assert tally["faults"] == []
    assert run.returncode == 0
    assert (tally["rounds"], tally["killed"]) == (12, 12)
    assert tally["acknowledged"] > 20, "the writers hardly wrote: nothing was tried"
    assert tally["exhibits"] > 5


# Takes files in whose packets promise one frame too many, observes twenty of them, and counts: without end.
COUNTING = """
import itertools, sys
from fractions import Fraction
from pathlib import Path
from evidence_desk.domain.time import FrameRef
from evidence_desk.jobs import NullContext
from evidence_desk.services import commands as c, intake
from evidence_desk.services.case import Case
from tests.made_frames import found_in, frames_of, sha

case = Case.open(Path(sys.argv[1]), "Writer")
names = [f"p{n}" for n in range(30)]
for k in itertools.count():
    file = case.folder.parent / "clip.bin"
    file.write_bytes(f"{sys.argv[2]} {k}".encode())
    received = intake.receive(case.paths, file, {}, NullContext())
    number = case.bus.run(c.add_exhibit(received)).numbers[0]
    case.bus.run(c.record_findings(number, found_in(frames_of(names, provisional=True))))
    for n in range(5, 25):
        seen = FrameRef("", 0, n, 100 * n, Fraction(1, 1000), sha(f"p{n}"), "made up", True)
        case.bus.run(c.add_observation(number, "note", seen))
    print("observed", number, flush=True)
    case.bus.run(c.record_findings(number, found_in(frames_of(names[1:], range(100, 3000, 100)))))
    print("counted", number, flush=True)
"""


def test_a_count_that_is_killed_is_there_whole_or_not_at_all(repository: Path, tmp_path: Path) -> None:
    draw = random.Random(11)
    folder = tmp_path / "yard.edcase"
    Case.create(folder, "Yard", "Reviewer A").close()
    counted = 0
    for round_ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", COUNTING, str(folder), str(round_)],
            cwd=repository,
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdout is not None
            said = [child.stdout.readline()]
            time.sleep(draw.random() * 0.4)
            child.send_signal(signal.SIGKILL)
            said += child.stdout.readlines()
        case = Case.open(folder, "Reviewer A")
        rows = replay.stored(r for kind in KINDS for r in case.store.records(kind))
        assert replay.differences(replay.fold(case.store.events()), rows) == ()
        assert check_chain(case.store.events())[0] == ()
        for exhibit in case.queries.exhibits():
            found = case.queries.observations(exhibit.number)
            if exhibit.provisional:
                assert all(o.anchor == PROVISIONAL and o.first_hash for o in found)
                assert f"counted {exhibit.number}\n" not in said
            else:
                counted += bool(found)
                assert [(o.anchor, o.first_frame) for o in found] == [("", n - 1) for n in range(5, 25)][: len(found)]
            if f"observed {exhibit.number}\n" in said:
                assert len(found) == 20, "what was acknowledged is there"
        case.close()
    assert counted, "no count was reached: nothing was tried"

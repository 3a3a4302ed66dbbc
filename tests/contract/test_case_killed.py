"""A writer that is killed at random moments: what the next opening finds. The long form runs 200 rounds by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


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

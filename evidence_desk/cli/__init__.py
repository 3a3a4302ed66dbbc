"""The command line: a stable face for tests, scripts and batches. stdout is data alone, messages go to stderr."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done or same, 1 refused or differs, 2 usage."""
    from evidence_desk.cli.running import run

    return run(list(arguments))

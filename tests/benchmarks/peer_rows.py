"""One line of the peer benchmark, the numbers behind it, and the table they make."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """A figure of ours, a peer's, their ratio (ours first), the target on that ratio or figure, and whether it is met.

    `met` is None where the row only informs.
    """

    section: str
    clip: str
    what: str
    ours: str
    peer: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    note: str = ""


def at_most(ratio: float, limit: float, name: str = "×") -> dict[str, Any]:
    """Return the fields of a row whose ratio must not be larger."""
    return {"ratio": round(ratio, 3), "target": f"≤ {limit:g}{name}", "met": ratio <= limit}


def at_least(ratio: float, limit: float, name: str = "×") -> dict[str, Any]:
    """Return the fields of a row whose ratio must not be smaller."""
    return {"ratio": round(ratio, 3), "target": f"≥ {limit:g}{name}", "met": ratio >= limit}


def median(values: Sequence[float]) -> float:
    """Return the median, 0 for none."""
    return statistics.median(values) if values else 0.0


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile by nearest rank, 0 for none."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1] if values else 0.0


def ms(seconds: float) -> str:
    """Return seconds as milliseconds for a table."""
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds the work took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def shell(*words: str | Path) -> float:
    """Run a program with its output thrown away; return the seconds, started to ended."""
    command = [str(word) for word in words]
    return timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


class Peer:
    """The libraries in their own process: ask it for a measure, get the number."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, *words: Any) -> Any:
        """Return the answer to one line."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def bare(path: Path, mode: str) -> Iterator[Peer]:
    """Give a process that holds the file open in PyAV with that thread type, and in OpenCV once asked."""
    script = Path(__file__).with_name("bare_decoder.py")
    command = [sys.executable, str(script), str(path), mode]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Peer(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(30)


def markdown(rows: Sequence[Row]) -> str:
    """Return the rows as a markdown table, what is not met last once more."""
    lines = ["| section | clip | what | ours | peer | ratio | target | met |", "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        met = {True: "yes", False: "**no**", None: ""}[row.met]
        ratio = "" if row.ratio is None else f"{row.ratio:g}"
        what = f"{row.what} ({row.note})" if row.note else row.what
        cells = [row.section, row.clip, what, row.ours, row.peer, ratio, row.target, met]
        lines.append(f"| {' | '.join(cells)} |")
    judged = [row for row in rows if row.met is not None]
    missed = [row for row in judged if not row.met]
    lines += ["", f"{len(judged) - len(missed)} of {len(judged)} targets met."]
    lines += [f"- not met: {row.clip}, {row.what}: {row.ours}, ratio {row.ratio} ({row.target})" for row in missed]
    return "\n".join(lines) + "\n"


def as_json(rows: Sequence[Row]) -> str:
    """Return the rows as JSON."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n"

"""Prints how much of each layer the last run with --coverage reached: lines and branches together."""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path


def main() -> int:
    """Print one line per layer; return 0, or 1 where there is no measurement."""
    coverage = [sys.executable, "-m", "coverage"]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        made = subprocess.run(
            [*coverage, "json", "-q", "-o", str(report)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if made.returncode != 0:
            print("No measurement found; run packaging/test.py --coverage.", file=sys.stderr)
            return 1
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    reached: dict[str, int] = defaultdict(int)
    there: dict[str, int] = defaultdict(int)
    for name, data in files.items():
        layer = Path(name).parts[1].removesuffix(".py")
        summary = data["summary"]
        for key in (layer, "all"):
            reached[key] += summary["covered_lines"] + summary.get("covered_branches", 0)
            there[key] += summary["num_statements"] + summary.get("num_branches", 0)
    for layer in sorted(there, key=lambda key: (key == "all", key)):
        print(f"{layer:<12} {100 * reached[layer] / max(1, there[layer]):5.1f} %  of {there[layer]} lines and branches")
    return 0


if __name__ == "__main__":
    sys.exit(main())

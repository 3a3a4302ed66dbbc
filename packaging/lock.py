"""Makes the two lock files anew from pyproject.toml. Needs `uv` on the PATH and the network; run it by hand.

One lock serves Python 3.11 to 3.13 on Linux, Windows and macOS: every file of every version is named by its hash.
"""

import subprocess
import sys
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
HEADER = "# Made by packaging/lock.py from pyproject.toml. Do not edit.\n"


def compile_lock(target: Path, *more: str) -> None:
    """Resolve into `target`, keeping the versions that are there unless pyproject.toml asks for others."""
    command = [
        "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-header", "--no-annotate", "--output-file", str(target), *more,
    ]  # fmt: skip
    subprocess.run(command, cwd=PACKAGING.parent, stdout=subprocess.DEVNULL, check=True)
    target.write_text(HEADER + target.read_text(encoding="utf-8").replace(HEADER, ""), encoding="utf-8")


def main() -> int:
    """Make both locks; the second contains the first, version by version."""
    run = PACKAGING / "requirements.lock"
    compile_lock(run)
    compile_lock(PACKAGING / "requirements-dev.lock", "--extra", "dev", "--constraint", str(run))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What the running parts load: the desk no decoder, the worker no window, the command line neither for --help."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

DECODERS = ("av", "cv2", "vlc")
WINDOW = ("PySide6", "shiboken6", "qtawesome")


def _loaded(repository: Path, module: str, names: tuple[str, ...]) -> list[str]:
    question = f"import sys, {module}; print([n for n in {names!r} if n in sys.modules])"
    # A measurement of coverage loads modules of its own into every process; it is kept out of this one.
    variables = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-c", question]
    answer = subprocess.run(
        command, cwd=repository, env=variables, capture_output=True, text=True, check=True, timeout=60
    )
    value = ast.literal_eval(answer.stdout.strip())
    assert isinstance(value, list)
    return value


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("evidence_desk.app", DECODERS),
        ("evidence_desk.wiring", DECODERS + WINDOW),
        ("evidence_desk.cli", DECODERS + WINDOW),
        ("evidence_desk.worker", (*WINDOW, "sqlite3", "sqlite_utils", "reportlab")),
    ],
)
def test_parts_load_only_their_own(repository: Path, module: str, names: tuple[str, ...]) -> None:
    assert _loaded(repository, module, names) == []

"""Under Python 3.11 the toolkit takes references of None and True away; the desk outlives that."""

import subprocess
import sys

import pytest

_MANY = """
import sys
{first}
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap

class Talker(QObject):
    said = Signal(object)

app = QGuiApplication([])
picture = QPixmap(8, 8)
painter = QPainter(picture)
talker = Talker()
for _ in range(60_000):
    painter.save()
    painter.restore()
    talker.said.emit(None)
painter.end()
print("alive")
"""


def _run(first: str) -> subprocess.CompletedProcess[str]:
    code = _MANY.format(first=first)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)


def test_the_desk_outlives_many_calls() -> None:
    done = _run("import evidence_desk.ui")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "alive"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="these objects cannot die from Python 3.12 on")
def test_the_workaround_is_still_needed() -> None:
    assert _run("pass").returncode != 0

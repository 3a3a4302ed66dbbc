"""The window survives the binding's miscount of None on Python 3.11."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import evidence_desk.ui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(200_000):
    thing.setObjectName("x")
print("alive")
"""


def test_two_hundred_thousand_calls_do_not_end_the_process() -> None:
    done = subprocess.run([sys.executable, "-P", "-c", _PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr

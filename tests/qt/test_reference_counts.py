"""The interpreter survives any number of Qt calls that answer None."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QApplication, QWidget

import evidence_desk.ui  # noqa: F401 - its import is what is tested


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_qt_cannot_use_up_the_references_of_none(qapp: QApplication) -> None:
    widget = QWidget()
    for _ in range(20_000):
        widget.parentWidget()
    assert min(sys.getrefcount(constant) for constant in (None, True, False)) > 1 << 40

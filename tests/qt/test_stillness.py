"""Nothing in the window moves by itself: no style animation, no effect of the system, no animation of our own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QProgressBar, QScrollBar, QStyle, QTreeView


def test_nothing_is_animated(qtbot: Any, theme: None, repository: Path) -> None:
    for kind in (QLineEdit, QProgressBar, QScrollBar, QTreeView):
        part = kind()
        qtbot.addWidget(part)
        assert part.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, part) == 0, kind.__name__
    assert not [effect.name for effect in Qt.UIEffect if QApplication.isEffectEnabled(effect)]
    moving = re.compile(r"Q\w*Animation\b|QScroller\b|setAnimated\(True|setRange\(0, 0\)|QGraphicsOpacityEffect")
    sources = {file.name: file.read_text(encoding="utf-8") for file in (repository / "evidence_desk").rglob("*.py")}
    assert [name for name, text in sources.items() if moving.search(text)] == []

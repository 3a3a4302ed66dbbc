"""Another language: every text of the window passes through the translation, and a translation can be put in force."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMainWindow, QTextEdit, QWidget

from evidence_desk.domain.records import KINDS, plain
from evidence_desk.ui.language import install_language
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.claims import ClaimsRoom
from evidence_desk.ui.rooms.dossier import DossierRoom
from evidence_desk.ui.rooms.intake import IntakeRoom
from evidence_desk.ui.rooms.review import ReviewRoom
from evidence_desk.ui.rooms.room import Room
from tests.qt.rooms import stage
from tests.qt.sample_records import fill

OPEN, CLOSE = "‹", "›"
ROOMS = {"intake": IntakeRoom, "review": ReviewRoom, "claims": ClaimsRoom, "dossier": DossierRoom}


class Marking(QTranslator):
    """Marks each text that it is asked for."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"{OPEN}{text}{CLOSE}" if context == "desk" else ""

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def marking(qapp: QApplication) -> Iterator[None]:
    translator = Marking()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def words(part: QWidget) -> Iterator[str]:
    """Yield what a part shows or says, but for what is typed into it."""
    if isinstance(part, QAbstractButton | QLabel):
        yield part.text()
    if isinstance(part, QLineEdit | QTextEdit):
        yield part.placeholderText()
    yield part.toolTip()
    yield part.accessibleName()


def needs_marks(text: str, records: str) -> bool:
    """Tell whether a text has words of the window and shows none of them translated."""
    return OPEN not in text and text not in records and any(w not in records for w in re.findall(r"[a-zA-Z]{4,}", text))


@pytest.mark.parametrize("id_", ROOMS)
def test_no_words_of_a_room_pass_by_the_translation(
    id_: str,
    marking: None,
    host: QMainWindow,
    room_context: RoomContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(DossierRoom, "build", lambda self: None)
    desk = stage(host, room_context, tmp_path, fill)
    queries = desk.case.queries
    records = "\n".join(str(value) for kind in KINDS for r in queries.every(kind) for value in _values(plain(r)))
    kind: type[Room] = ROOMS[id_]
    room = desk.show(id_, kind)
    missed = {
        (type(part).__name__, text)
        for part in room.findChildren(QWidget)
        for text in words(part)
        if needs_marks(text, records)
    }
    room.release()
    assert missed == set()


def test_no_action_passes_by_the_translation(marking: None, host: QMainWindow, room_context: RoomContext) -> None:
    actions = [action for action in host.findChildren(QAction) if action.objectName()]
    assert len(actions) > 90
    assert [a.objectName() for a in actions if OPEN not in a.text() or OPEN not in a.toolTip()] == []


def _values(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _values(inner)
    else:
        yield value


def test_a_translation_is_made_from_the_template_and_put_in_force(
    qapp: QApplication, tmp_path: Path, repository: Path
) -> None:
    template = tmp_path / "desk_ar.ts"
    made = [sys.executable, str(repository / "packaging" / "translation_template.py"), str(template), "ar"]
    subprocess.run(made, check=True, capture_output=True)
    tree = ET.parse(template)
    messages = {m.findtext("source"): m for m in tree.iter("message")}
    assert {"Observe at this frame", "Keep a note of this frame at once, worded later", "&Observe"} <= messages.keys()
    assert len(messages) > 700
    translation = messages["Observe at this frame"].find("translation")
    assert translation is not None
    del translation.attrib["type"]
    translation.text = "ملاحظة عند هذا الإطار"
    tree.write(template, encoding="utf-8", xml_declaration=True)
    compiler = Path(sys.executable).parent / "pyside6-lrelease"
    subprocess.run([compiler, template, "-qm", tmp_path / "desk_ar.qm"], check=True, capture_output=True)
    before = qapp.layoutDirection()
    try:
        assert install_language(qapp, ("nl", "ar-EG"), tmp_path) == "ar"
        assert QCoreApplication.translate("desk", "Observe at this frame") == translation.text
        assert QCoreApplication.translate("desk", "Observe with the form…") == "Observe with the form…"
        assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
    finally:
        for translator in qapp.findChildren(QTranslator):
            QCoreApplication.removeTranslator(translator)
        qapp.setLayoutDirection(before)
    assert install_language(qapp, ("en-GB", "ar"), tmp_path) == "", "who reads English first gets English"
    assert install_language(qapp, ("nl",), tmp_path) == ""

"""Writes every text of the window for translators: `python packaging/translation_template.py desk_uk.ts [uk]`.

The file is Qt's, for Linguist or any editor of .ts files. Compiled with `pyside6-lrelease desk_uk.ts`, the .qm belongs
into resources/translations and is used where the system speaks that language.
"""

from __future__ import annotations

import ast
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from evidence_desk.domain import controlled_values  # noqa: E402
from evidence_desk.ui.actions.specs import MENUS, SPECS, room_specs  # noqa: E402
from evidence_desk.ui.panels.record_specs import words  # noqa: E402
from evidence_desk.ui.rooms import ROOMS  # noqa: E402
from evidence_desk.ui.theme import tokens  # noqa: E402
from evidence_desk.ui.translate import CONTEXT  # noqa: E402

CALLS = {"tr": 0, "plural": 1}
"""The functions that translate, and where their first text stands."""


def texts() -> dict[str, str]:
    """Return every text of the window with the place it was found first, in order of the files."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "evidence_desk" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for text in _of_call(node):
                found.setdefault(text, f"{file.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)}")
    for text in _of_tables():
        found.setdefault(text, "evidence_desk/ui/actions/specs.py:1")
    return found


def _of_call(node: ast.AST) -> Iterator[str]:
    name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
    if isinstance(node, ast.Call) and name in CALLS:
        for argument in node.args[CALLS[name] :]:
            # tr(one if few else many): both can come on screen.
            sides = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
            yield from (side.value for side in sides if isinstance(side, ast.Constant) and isinstance(side.value, str))


def _of_tables() -> Iterator[str]:
    """Yield what is translated from tables: actions, menus, rooms, relations and the controlled values of records."""
    yield from (title for _, title in MENUS)
    yield from (style["word"] for style in tokens()["relation_style"].values())
    for values in vars(controlled_values).values():
        if isinstance(values, tuple):
            yield from (words(value) for value in values if value)
    for spec in (*SPECS, *room_specs((room.id, room.title, room.icon, room.key) for room in ROOMS)):
        yield spec.text
        yield spec.tip


def document(language: str, told: dict[str, str]) -> ET.ElementTree[ET.Element]:
    """Return the .ts document; `told` holds texts with their places."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text, place in told.items():
        file, _, line = place.rpartition(":")
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "location", filename=file, line=line)
        ET.SubElement(message, "source").text = text
        ET.SubElement(message, "translation", type="unfinished")
    return ET.ElementTree(root)


def main(argv: list[str]) -> int:
    """Write the template to the file named."""
    if not argv:
        print("Name the file to write, and the language: desk_uk.ts uk", file=sys.stderr)
        return 2
    found = texts()
    tree = document(argv[1] if len(argv) > 1 else "", found)
    ET.indent(tree)
    tree.write(argv[0], encoding="utf-8", xml_declaration=True)
    print(f"{len(found)} texts in {argv[0]}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

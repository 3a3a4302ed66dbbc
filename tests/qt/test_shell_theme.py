"""The theme fills every placeholder, Qt takes every property, and text grows."""

import ast
import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from evidence_desk import resources
from evidence_desk.domain.codebook import CATEGORIES
from evidence_desk.domain.controlled_values import RELATIONS
from evidence_desk.domain.errors import NotFound
from evidence_desk.ui import icons, theme
from evidence_desk.ui.theme import THEMES, Theme, apply_theme, current_theme, tokens


@pytest.mark.parametrize(("name", "scale"), [*itertools.product(THEMES, (100, 125, 200))])
def test_every_placeholder_is_filled(qapp: QApplication, name: str, scale: int) -> None:
    sheet = Theme(name, scale).style_sheet()
    assert "{{" not in sheet
    assert sheet.count("{") == sheet.count("}") > 100


@pytest.mark.parametrize("name", THEMES)
def test_qt_knows_every_property(qtbot: Any, qtlog: Any, name: str) -> None:
    apply_theme(name, 100)
    window = QWidget()
    column = QVBoxLayout(window)
    for part in (QLabel("a"), QPushButton("b"), QLineEdit("c"), QComboBox(), QTextEdit(), QProgressBar()):
        column.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    window.grab()
    apply_theme("dark", 100)
    said = [record.message for record in qtlog.records]
    assert not [line for line in said if "property" in line.lower() or "parse" in line.lower()]


def test_a_wrong_placeholder_is_refused() -> None:
    with pytest.raises(NotFound, match=r"surface\.nowhere"):
        Theme().color("surface.nowhere")
    with pytest.raises(NotFound, match="no icon named nothing"):
        Theme().icon("nothing")


def test_every_named_icon_is_in_the_typeface(qapp: QApplication) -> None:
    names = tokens()["icon"]["names"]
    assert len(names) > 60
    for name in names.values():
        assert icons.sign(name)
    for relation in RELATIONS:
        assert icons.sign(Theme().relation(relation).icon)


def test_icons_named_in_the_code_exist() -> None:
    folder = Path(theme.__file__).parent
    found: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
                "icon",
                "IconLabel",
            ):
                found |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    assert len(found) > 5
    for name in found:
        theme.icon_sign(name)


def test_both_themes_have_the_same_colours_and_every_category() -> None:
    dark, light = (tokens()["themes"][name] for name in THEMES)
    assert {g: set(c) for g, c in dark.items()} == {g: set(c) for g, c in light.items()}
    assert set(CATEGORIES) <= set(dark["category"])
    assert set(RELATIONS) == set(dark["relation"])


def _luminance(path: str, name: str) -> float:
    color = Theme(name).color(path)
    channels = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    "text", ["text.primary", "text.secondary", "text.tertiary", "accent.text", "status.warn", "status.danger"]
)
@pytest.mark.parametrize("ground", ["surface.window", "surface.panel", "surface.field", "surface.overlay"])
def test_text_can_be_read(name: str, text: str, ground: str) -> None:
    light, dark = sorted((_luminance(text, name), _luminance(ground, name)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_text_grows_with_the_setting(qapp: QApplication) -> None:
    small, large = Theme("dark", 100), Theme("dark", 200)
    assert large.pt("body") == 2 * small.pt("body")
    assert large.row("form_field") == 2 * small.row("form_field")
    assert Theme("dark", 900).scale == 200


def test_a_switch_is_told_and_put_in_force(qtbot: Any) -> None:
    apply_theme("dark", 100)
    with qtbot.waitSignal(theme.keeper().changed):
        apply_theme("light", 125)
    assert (current_theme().name, current_theme().scale) == ("light", 125)
    apply_theme("dark", 100)


def test_an_icon_follows_the_theme(qtbot: Any) -> None:
    apply_theme("dark", 100)
    icon = current_theme().icon("observation", "text.primary")
    dark = icon.pixmap(32, 32).toImage()
    apply_theme("light", 100)
    light = icon.pixmap(32, 32).toImage()
    apply_theme("dark", 100)
    assert dark != light


def test_the_sheet_uses_no_property_that_qt_lacks() -> None:
    text = resources.read_text("ui", "desk.qss.in")
    for word in ("box-shadow", "transition", "opacity", "line-height", "outline-offset", "gap:", "filter:", "var("):
        assert word not in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)

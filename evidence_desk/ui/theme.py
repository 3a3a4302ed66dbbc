"""Colours, type and sizes from `resources/ui/tokens.json`, and the style sheet that is filled from them.

`apply_theme` is called at start and at each switch; painted widgets ask `current_theme()` while they paint.
"""

from __future__ import annotations

import atexit
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from evidence_desk import resources
from evidence_desk.domain.errors import EvidenceDeskError, NotFound
from evidence_desk.ui import icons
from evidence_desk.ui.app_filters import unwatched
from evidence_desk.ui.categories import colour_path
from evidence_desk.ui.translate import tr

THEMES = ("dark", "light")
SCALES = (100, 125, 150, 175, 200)
UI_FAMILIES = ("Inter", "Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue", "sans-serif")
MONO_FAMILIES = ("IBM Plex Mono", "DejaVu Sans Mono", "Menlo", "Consolas", "monospace")
_PLACEHOLDER = re.compile(r"\{\{([^}]+)\}\}")
_FACES = ("Inter-Regular", "Inter-Medium", "Inter-SemiBold", "IBMPlexMono-Regular", "IBMPlexMono-Medium")


@dataclass(frozen=True, slots=True)
class RelationStyle:
    """How a relation is shown, in order of weight: word, icon, pattern of the edge, path of the colour."""

    word: str
    icon: str
    edge: str
    color: str


@cache
def tokens() -> dict[str, Any]:
    """Return the design tokens as read from the resource file."""
    found: dict[str, Any] = json.loads(resources.read_text("ui", "tokens.json"))
    return found


class Theme:
    """One set of colours at one text size. Lengths are device independent pixels; type sizes are points."""

    def __init__(self, name: str = "dark", scale: int = 100) -> None:
        if name not in THEMES:
            raise NotFound(f"There is no theme named {name}; the themes are {', '.join(THEMES)}.")
        self.name = name
        self.scale = max(100, min(200, scale))
        self._colors: dict[str, dict[str, str]] = tokens()["themes"][name]
        self._cache: dict[str, QColor] = {}

    def color(self, path: str) -> QColor:
        """Return a colour by its path, e.g. `surface.panel`; raises NotFound for a path that is none."""
        if path not in self._cache:
            group, _, key = path.partition(".")
            try:
                self._cache[path] = QColor(self._colors[group][key])
            except KeyError:
                raise NotFound(f"The theme has no colour {path}.") from None
        return QColor(self._cache[path])

    def with_alpha(self, path: str, alpha: float) -> QColor:
        """Return a colour of the theme made translucent; `alpha` is 0 to 1."""
        color = self.color(path)
        color.setAlphaF(alpha)
        return color

    def category_color(self, category: str) -> QColor:
        """Return the colour of a category of the codebook; secondary text where it has none."""
        return self.color(colour_path(category))

    def relation(self, relation: str) -> RelationStyle:
        """Return how a relation is shown."""
        style = tokens()["relation_style"][relation]
        return RelationStyle(tr(style["word"]), style["icon"], style["edge"], f"relation.{relation}")

    def icon(self, name: str, color: str = "text.secondary", on: str = "") -> QIcon:
        """Return an icon by its name in the tokens (or `ph.…`); it follows the theme by itself."""
        return QIcon(icons.TokenIconEngine(icon_sign(name), icons.ColorOf(color, on or color)))

    def pixmap(self, name: str, color: str = "text.secondary", size: int = 16) -> QPixmap:
        """Return an icon as a sharp pixmap of `size` device independent pixels; it does not follow the theme."""
        ratio = _pixel_ratio()
        picture = self.icon(name, color).pixmap(round(size * ratio), round(size * ratio))
        picture.setDevicePixelRatio(ratio)
        return picture

    def pt(self, name: str) -> float:
        """Return a type size in points at the text size in use."""
        return float(tokens()["type"]["scale_pt"][name]) * self.scale / 100

    def ui_font(self, size: str = "body", weight: QFont.Weight = QFont.Weight.Normal, numbers: bool = False) -> QFont:
        """Return the typeface for words; `numbers` asks for figures of one width."""
        font = QFont()
        font.setFamilies(list(UI_FAMILIES))
        font.setPointSizeF(self.pt(size))
        font.setWeight(weight)
        if numbers:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def mono_font(self, size: str = "small", weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the typeface for clocks, hashes and record numbers."""
        font = QFont()
        font.setFamilies(list(MONO_FAMILIES))
        font.setPointSizeF(self.pt(size))
        font.setWeight(weight)
        font.setStyleHint(QFont.StyleHint.Monospace)
        return font

    def px(self, length: int) -> int:
        """Return a length that grows with the text size."""
        return round(length * self.scale / 100)

    def row(self, name: str) -> int:
        """Return the height of a row, field or button from the tokens, grown with the text size."""
        return self.px(int(tokens()["row_height_px"][name]))

    def bar(self, name: str) -> int:
        """Return the height of a bar of the window, grown with the text size."""
        return self.px(int(tokens()["bar_height_px"][name]))

    def width(self, name: str, which: str = "default") -> int:
        """Return the width of a panel from the tokens; panels do not grow with the text."""
        value = tokens()["panel_width_px"][name]
        return int(value[which] if isinstance(value, dict) else value)

    def palette(self) -> QPalette:
        """Return the palette for parts that no style sheet reaches."""
        palette = QPalette()
        for role, path in _PALETTE:
            palette.setColor(role, self.color(path))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text.disabled"))
        return palette

    def style_sheet(self) -> str:
        """Return the style sheet with every placeholder filled; raises NotFound for a placeholder that is none."""
        return _PLACEHOLDER.sub(lambda match: self._fill(match[1]), resources.read_text("ui", "desk.qss.in"))

    def _fill(self, placeholder: str) -> str:
        kind, _, name = placeholder.rpartition(":")
        match kind:
            case "pt":
                return f"{self.pt(name):.2f}pt"
            case "px":
                return f"{self.px(int(name))}px"
            case "radius":
                return f"{tokens()['radius_px'][name]}px"
            case "family":
                families = UI_FAMILIES if name == "ui" else MONO_FAMILIES
                return ", ".join(f'"{family}"' for family in families)
            case "icon":
                return self._drawn_icon(*name.partition("/")[::2])
            case "":
                return self.color(name).name()
        raise NotFound(f"The style sheet asks for {placeholder}, which is nothing the theme has.")

    def _drawn_icon(self, name: str, color: str) -> str:
        # A style sheet takes pictures from files only.
        path = _icon_folder() / f"{name}-{self.color(color or 'text.secondary').name()[1:]}-{self.scale}.png"
        if not path.exists():
            self.icon(name, color or "text.secondary").pixmap(48, 48).save(str(path))
        return path.as_posix()


_ROLE = QPalette.ColorRole
_PALETTE = (
    (_ROLE.Window, "surface.panel"),
    (_ROLE.WindowText, "text.primary"),
    (_ROLE.Base, "surface.field"),
    (_ROLE.AlternateBase, "surface.panel"),
    (_ROLE.Text, "text.primary"),
    (_ROLE.PlaceholderText, "text.tertiary"),
    (_ROLE.Button, "surface.raised"),
    (_ROLE.ButtonText, "text.primary"),
    (_ROLE.BrightText, "text.primary"),
    (_ROLE.Highlight, "accent.fill"),
    (_ROLE.HighlightedText, "text.on_accent"),
    (_ROLE.Link, "accent.text"),
    (_ROLE.LinkVisited, "accent.text"),
    (_ROLE.ToolTipBase, "surface.overlay"),
    (_ROLE.ToolTipText, "text.primary"),
    (_ROLE.Light, "surface.hover"),
    (_ROLE.Midlight, "surface.raised"),
    (_ROLE.Mid, "line.strong"),
    (_ROLE.Dark, "line.hair"),
    (_ROLE.Shadow, "surface.canvas"),
)


class ThemeKeeper(QObject):
    """Holds the theme in use. Signals: `changed()` after a new theme or text size is in force."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = Theme()


@cache
def keeper() -> ThemeKeeper:
    """Return the one holder of the theme; connect to its `changed`."""
    return ThemeKeeper()


def current_theme() -> Theme:
    """Return the theme in use."""
    return keeper().theme


def apply_theme(name: str, scale: int = 100) -> Theme:
    """Put a theme and a text size in force for the whole application and tell those who listen."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise EvidenceDeskError("The theme needs a running window system.")
    load_fonts()
    theme = Theme(name, scale)
    keeper().theme = theme
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    for effect in Qt.UIEffect:
        app.setEffectEnabled(effect, False)  # nothing in the window moves by itself
    with unwatched():
        _dress(app, theme)
    keeper().changed.emit()
    return theme


def _dress(app: QApplication, theme: Theme) -> None:
    """Give the whole application font, colours and style sheet, with as few passes over all parts as there can be.

    While a style sheet is in force each of these passes over all; so it goes first and comes last.
    """
    scheme = Qt.ColorScheme.Dark if theme.name == "dark" else Qt.ColorScheme.Light
    app.setStyleSheet("")
    app.styleHints().setColorScheme(scheme)
    app.setFont(theme.ui_font())
    app.setPalette(theme.palette())
    app.setStyleSheet(theme.style_sheet())


@cache
def load_fonts() -> tuple[str, ...]:
    """Register the desk's own faces and return those loaded; without them the system's stand in."""
    try:
        folder = resources.font_folder()
    except EvidenceDeskError:
        return ()
    loaded = []
    for face in _FACES:
        file = folder / f"{face}.ttf"
        if file.is_file() and QFontDatabase.addApplicationFont(str(file)) >= 0:
            loaded.append(face)
    return tuple(loaded)


def icon_sign(name: str) -> str:
    """Return the Phosphor name of an icon of the tokens; `ph.…` passes through."""
    if name.startswith("ph."):
        return name
    try:
        return str(tokens()["icon"]["names"][name])
    except KeyError:
        raise NotFound(f"There is no icon named {name}.") from None


def lane_height(name: str, short: bool = False) -> int:
    """Return the height of a timeline lane in device independent pixels; `short` is for low windows."""
    heights = tokens()["lane_height_px"]
    return int(heights["short"].get(name, heights[name]) if short else heights[name])


@cache
def _icon_folder() -> Path:
    folder = tempfile.mkdtemp(prefix="evidence-desk-icons-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _pixel_ratio() -> float:
    app = QApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QApplication) else 1.0

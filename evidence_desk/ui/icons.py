"""Icons drawn from the Phosphor typeface at paint time, in the colour that the theme has at that moment."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from evidence_desk.domain.errors import NotFound

_FONT_FILE = "phosphor-1.3.0.ttf"
_MAP_FILE = "phosphor-charmap-1.3.0.json"


def _font_folder() -> Path:
    # The package is only asked where its files lie: importing it would load a dozen typefaces nobody uses here.
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise NotFound("The icon typeface is missing; install Evidence Desk again.")
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_font_folder() / _FONT_FILE))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise NotFound("The icon typeface cannot be read; install Evidence Desk again.")
    return families[0]


@cache
def _signs() -> dict[str, str]:
    codes = json.loads((_font_folder() / _MAP_FILE).read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}


def sign(name: str) -> str:
    """Return the character of a Phosphor icon, named `ph.eye`; raises NotFound for a name that is none."""
    try:
        return _signs()[name.removeprefix("ph.")]
    except KeyError:
        raise NotFound(f"There is no icon named {name}.") from None


def paint_sign(painter: QPainter, rect: QRectF, name: str, color: QColor) -> None:
    """Draw the icon into `rect`, as large as the shorter side."""
    painter.save()
    font = QFont(_family())
    font.setPixelSize(max(1, round(min(rect.width(), rect.height()))))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, sign(name))
    painter.restore()


class TokenIconEngine(QIconEngine):
    """Paints one icon; `color_of(disabled, on)` is asked at each painting, so a new theme needs no new icons."""

    def __init__(self, name: str, color_of: ColorOf) -> None:
        super().__init__()
        sign(name)
        self._name, self._color_of = name, color_of

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw in the colour of the moment."""
        color = self._color_of(mode == QIcon.Mode.Disabled, state == QIcon.State.On)
        paint_sign(painter, QRectF(rect), self._name, color)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon on a transparent ground."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> TokenIconEngine:
        """Return another engine for the same icon."""
        return TokenIconEngine(self._name, self._color_of)


class ColorOf:
    """Answers the colour of an icon from the theme in use; a value, so that engines can share it."""

    def __init__(self, path: str, on_path: str) -> None:
        self._path, self._on_path = path, on_path

    def __call__(self, disabled: bool, on: bool) -> QColor:
        """Return the colour for the state."""
        from evidence_desk.ui.theme import current_theme

        path = "text.disabled" if disabled else self._on_path if on else self._path
        return current_theme().color(path)

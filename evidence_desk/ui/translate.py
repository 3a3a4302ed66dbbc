"""Interface text: every word on screen passes through `tr`, so that a translation can replace it.

`tr("{count} frames", count=3)` looks the template up first and fills it after; an f-string inside `tr` would never
be found by the translation tools, so a test refuses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

CONTEXT = "desk"
# A number's groups stay together and apart: U+202F, the narrow space that does not break.
_GROUP = "\u202f"
# What stands between keeps its own direction: U+2066, U+2069.
_ISOLATE, _END = "\u2066", "\u2069"
# Of no width, and from left to right: U+200E.
_MARK = "\u200e"


def tr(text: str, /, **values: object) -> str:
    """Return `text` in the language of the window, with its `{names}` filled."""
    shown = QCoreApplication.translate(CONTEXT, text)
    return shown.format(**values) if values else shown


def number(value: int) -> str:
    """Return `value` with its thousands apart by a thin space: 3 604."""
    return f"{value:,}".replace(",", _GROUP)


def span(first: int, last: int) -> str:
    """Return a range of frames for a column: 640–905, or 640 alone. It reads from left to right in every window."""
    if first == last:
        return number(first)
    text = f"{number(first)}–{number(last)}"
    return f"{_ISOLATE}{text}{_END}" if QGuiApplication.isRightToLeft() else text


def percent(done: int, total: int) -> str:
    """Return the share as whole percent with its thin space: 62 %."""
    return f"{min(100, done * 100 // total) if total > 0 else 0}{_GROUP}%"


def plural(count: int, one: str, many: str, /) -> str:
    """Return the fitting one of two templates with `{count}` filled; both are translated."""
    return tr(one if count == 1 else many, count=number(count))


def file_size(size: int) -> str:
    """Return a size for people, in decimal units: 48.2 MB."""
    value, unit = float(size), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 1000 or unit == "TB":
            break
        value /= 1000
    digits = 0 if unit in ("B", "kB") else 1
    return f"{value:.{digits}f}{_GROUP}{unit}"


def short_hash(text: str) -> str:
    """Return a hash as people compare it: the first eight and the last eight signs."""
    return text if len(text) <= 20 else f"{text[:8]}…{text[-8:]}"


def path_text(path: str, home: str = "") -> str:
    """Return a place for people, `home` as ~. Its parts follow each other from left to right in every script."""
    if home and Path(path).is_relative_to(home):
        path = str(Path("~", Path(path).relative_to(home)))
    return _MARK + "".join(f"{_MARK}{sign}{_MARK}" if sign in "/\\" else sign for sign in path)


def listed(words: Iterable[str]) -> str:
    """Return the words with commas between them."""
    return ", ".join(words)

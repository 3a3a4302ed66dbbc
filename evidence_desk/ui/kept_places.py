"""Where things lay in the window and where the work stood: kept for this person on this machine, never in the case."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QSettings


def kept_places() -> QSettings:
    """Return the store, beside the window's own place."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "evidence-desk", "window")


def read_kept(key: str) -> dict[str, Any]:
    """Return what was kept under a key; empty where nothing was or it makes no sense."""
    try:
        found = json.loads(str(kept_places().value(key, "") or "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def keep(key: str, values: dict[str, Any]) -> None:
    """Keep values that JSON can hold."""
    kept_places().setValue(key, json.dumps(values, ensure_ascii=True, sort_keys=True))


def whole_numbers(value: object, count: int = 0) -> list[int]:
    """Return a list of whole numbers from 0 up as it was kept, of `count` of them; empty where it makes no sense."""
    good = isinstance(value, list) and all(type(n) is int and n >= 0 for n in value)
    return list(value) if good and isinstance(value, list) and (not count or len(value) == count) else []

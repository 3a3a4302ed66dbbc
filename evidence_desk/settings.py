"""Settings of this person on this machine: one JSON file; whatever alters a dossier is kept in the case instead.

Keys that this version does not know are kept as they are, so that an older desk does not lose a newer one's settings.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

MOST_RECENT = 12
_SCALES = range(100, 201)
_THEMES = ("dark", "light")
_WINDOW_MB = range(64, 65537)
BREAKS = (0, 10, 20, 30, 45)
"""Minutes on what is marked as distressing after which a break is proposed; 0 for never."""


@dataclass(frozen=True, slots=True)
class RecentCase:
    """A case that was open before: where it lay, and what was known of it then (UTC times)."""

    path: str
    title: str
    opened_at: str = ""
    exhibits: int = 0
    observations: int = 0
    claims: int = 0
    checked_at: str = ""
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; `folder` is where new cases are proposed, "" for the documents folder.

    `window_mb` is how many megabytes the pictures may take that are kept for stepping, of all files together.
    `break_minutes` is one of BREAKS. `key_preset` names a set of keys, "" for the desk's own; `keys` holds what this
    person changed, by action, no key at all where it is empty. `adjust_presets`
    are display adjustments by the name this person gave them.
    """

    actor: str = ""
    role: str = ""
    theme: str = "dark"
    text_scale: int = 100
    folder: str = ""
    spectrogram: bool = False
    window_mb: int = 512
    break_minutes: int = 20
    key_preset: str = ""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    adjust_presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    recent: tuple[RecentCase, ...] = ()
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def actor_text(self) -> str:
        """Name and role as events record them: `Reviewer A, lead analyst`."""
        return f"{self.actor}, {self.role}" if self.actor and self.role else self.actor

    @property
    def case_folder(self) -> Path:
        """The folder in which a new case is proposed."""
        return Path(self.folder) if self.folder else Path(platformdirs.user_documents_dir())

    def with_recent(self, case: RecentCase) -> Settings:
        """Return the settings with `case` as the newest, once."""
        others = tuple(known for known in self.recent if known.path != case.path)
        return replace(self, recent=(case, *others)[:MOST_RECENT])

    def without_recent(self, path: str) -> Settings:
        """Return the settings without the case that lay at `path`."""
        return replace(self, recent=tuple(known for known in self.recent if known.path != path))


class SettingsFile:
    """Reads and writes the settings; a file that cannot be read or written is told of in `problem`, never fatal."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(platformdirs.user_config_dir("evidence-desk", appauthor=False)) / "settings.json"
        self.problem = ""
        self._value = self._read()

    @property
    def value(self) -> Settings:
        """The settings in force."""
        return self._value

    def change(self, **changes: Any) -> Settings:
        """Replace some settings, write the file and return all settings."""
        return self.put(replace(self._value, **changes))

    def put(self, settings: Settings) -> Settings:
        """Put settings in force and write the file whole; where that fails, `problem` says why and work goes on."""
        self._value = settings
        try:
            self._write(settings)
        except OSError as error:
            self.problem = f"The settings could not be kept in {self.path} ({error.strerror or error})."
        else:
            self.problem = ""
        return settings

    def _read(self) -> Settings:
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError):
            self.problem = f"The settings in {self.path} could not be read; the usual ones are used."
            return Settings()
        return settings_from(data) if isinstance(data, dict) else Settings()

    def _write(self, settings: Settings) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".settings-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(settings_to(settings), file, indent=1, ensure_ascii=False)
                file.write("\n")
            Path(name).replace(self.path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def settings_from(data: Mapping[str, Any]) -> Settings:
    """Return the settings that JSON data describe; a value that makes no sense gives way to the usual one."""
    usual = Settings()
    known = {f.name for f in fields(Settings)} - {"unknown"}
    scale = data.get("text_scale", usual.text_scale)
    theme = data.get("theme", usual.theme)
    recent = data.get("recent", ())
    window = data.get("window_mb", usual.window_mb)
    pause = data.get("break_minutes", usual.break_minutes)
    return Settings(
        actor=_text(data.get("actor")),
        role=_text(data.get("role")),
        theme=theme if theme in _THEMES else usual.theme,
        text_scale=scale if isinstance(scale, int) and scale in _SCALES else usual.text_scale,
        folder=_text(data.get("folder")),
        spectrogram=data.get("spectrogram") is True,
        window_mb=window if type(window) is int and window in _WINDOW_MB else usual.window_mb,
        break_minutes=pause if type(pause) is int and pause in BREAKS else usual.break_minutes,
        key_preset=_text(data.get("key_preset")),
        keys=_keys(data.get("keys")),
        adjust_presets=_presets(data.get("adjust_presets")),
        recent=tuple(_recent_from(entry) for entry in recent if _is_recent(entry)) if isinstance(recent, list) else (),
        unknown={key: value for key, value in data.items() if key not in known},
    )


def settings_to(settings: Settings) -> dict[str, Any]:
    """Return the settings as JSON data, the unknown keys among them."""
    data: dict[str, Any] = dict(settings.unknown)
    data.update({f.name: getattr(settings, f.name) for f in fields(Settings) if f.name not in ("unknown", "recent")})
    data["recent"] = [{f.name: getattr(case, f.name) for f in fields(RecentCase)} for case in settings.recent]
    return data


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _keys(value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        return {}
    return {
        id_: tuple(keys)
        for id_, keys in value.items()
        if isinstance(keys, list | tuple) and all(isinstance(key, str) and key for key in keys)
    }


def _presets(value: object) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict):
        return {}
    return {name: dict(kept) for name, kept in value.items() if name and isinstance(kept, dict)}


def _is_recent(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("path"), str) and bool(entry["path"])


def _recent_from(entry: Mapping[str, Any]) -> RecentCase:
    usual = RecentCase("", "")
    values: dict[str, Any] = {}
    for f in fields(RecentCase):
        value, default = entry.get(f.name), getattr(usual, f.name)
        values[f.name] = value if type(value) is type(default) else default
    return RecentCase(**values)

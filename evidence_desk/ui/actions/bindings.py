"""Which keys each action has now: the desk's own, a preset's over them, and what this person changed over both.

Two actions that can meet in a room never share a key. Where a change takes a key that another action usually has, the
other one gives it up: what a person chose goes before a preset, a preset before the usual keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from evidence_desk.domain.errors import Refused
from evidence_desk.ui.actions.clashes import can_meet
from evidence_desk.ui.actions.specs import ActionSpec

USUAL, PRESET, OWN = "usual", "preset", "own"
FIXED = frozenset(("go.level_up",))
"""Actions whose keys never change: Esc leads back to the picture from everywhere."""
_NEVER = {"Esc": "leads back to the picture", "Tab": "walks through the window", "Backtab": "walks through the window"}
_ORDER = (OWN, PRESET, USUAL)
Keys = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Bound:
    """The keys of one action in force: `origin` is usual, preset or own; `gave_up` went to another action."""

    keys: tuple[str, ...]
    origin: str = USUAL
    gave_up: tuple[str, ...] = ()


def portable(key: str) -> str:
    """Return the one way of writing a key (`Ctrl+Shift+Z`), "" for what is none."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def resolve(specs: Sequence[ActionSpec], preset: Keys, own: Keys) -> dict[str, Bound]:
    """Return the keys of every action, by its id; keys that make no sense are left out."""
    wanted = {spec.id: _wanted(spec, preset, own) for spec in specs}
    taken: dict[str, list[ActionSpec]] = {}
    found: dict[str, Bound] = {}
    for origin in _ORDER:
        for spec in specs:
            keys, asked_by = wanted[spec.id]
            if asked_by != origin:
                continue
            free = [key for key in keys if _holder(spec, taken.get(key, ())) is None]
            for key in free:
                taken.setdefault(key, []).append(spec)
            found[spec.id] = Bound(tuple(free), origin, tuple(key for key in keys if key not in free))
    return {spec.id: found[spec.id] for spec in specs}


def holder(specs: Sequence[ActionSpec], bound: Mapping[str, Bound], id_: str, key: str) -> ActionSpec | None:
    """Return the action that has the key in a room where action `id_` works too, None where it is free."""
    spec = next(spec for spec in specs if spec.id == id_)
    wanted = portable(key)
    return _holder(spec, (other for other in specs if other.id != id_ and wanted in bound[other.id].keys))


def refuse_unfit(id_: str, keys: Iterable[str]) -> None:
    """Raise Refused for a key that no action may be given, and for an action whose keys stay."""
    if id_ in FIXED:
        raise Refused("Esc leads back to the picture from everywhere. Its key stays as it is.")
    for key in keys:
        written = portable(key)
        if not written:
            raise Refused(f"{key} is no key. Nothing was changed.")
        if written in _NEVER:
            raise Refused(f"{written} {_NEVER[written]} and keeps that meaning. Nothing was changed.")


def _wanted(spec: ActionSpec, preset: Keys, own: Keys) -> tuple[tuple[str, ...], str]:
    usual = tuple(dict.fromkeys(portable(key) for key in spec.keys))
    if spec.id in FIXED:
        return usual, OWN
    for changed, origin in ((own, OWN), (preset, PRESET)):
        if spec.id in changed:
            keys = dict.fromkeys(portable(key) for key in changed[spec.id])
            return tuple(key for key in keys if key and key not in _NEVER), origin
    return usual, USUAL


def _holder(spec: ActionSpec, others: Iterable[ActionSpec]) -> ActionSpec | None:
    return next((other for other in others if can_meet(spec, other)), None)

"""Two actions that can meet in a room never share a key: found before the window is built."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence

from evidence_desk.domain.errors import Refused
from evidence_desk.ui.actions.specs import ActionSpec


def can_meet(first: ActionSpec, second: ActionSpec) -> bool:
    """Tell whether both actions can work in the same room."""
    return not first.scope or not second.scope or bool(set(first.scope) & set(second.scope))


def clashes(specs: Sequence[ActionSpec]) -> tuple[str, ...]:
    """Return one sentence for each pair of actions that share a key and can meet in a room."""
    found: list[str] = []
    holders: dict[str, list[ActionSpec]] = {}
    for spec in specs:
        for key in sorted(_sequences(spec)):
            held = holders.setdefault(key, [])
            found += [f"{first.text} and {spec.text} share the key {key}" for first in held if can_meet(first, spec)]
            held.append(spec)
    return tuple(found)


def refuse_clashes(specs: Sequence[ActionSpec]) -> None:
    """Raise Refused naming the first two actions that share a key."""
    for sentence in clashes(specs):
        raise Refused(f"{sentence}. Give one of them another key.")


def _sequences(spec: ActionSpec) -> set[str]:
    return {QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) for key in spec.keys}

"""The rooms in the order of the rooms bar: one module and one line in `ROOMS` each, built when first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence_desk.settings import SettingsFile
    from evidence_desk.ui.actions.registry import ActionRegistry
    from evidence_desk.ui.job_runner import JobRunner
    from evidence_desk.ui.prompter import Prompter
    from evidence_desk.ui.rooms.room import Room
    from evidence_desk.ui.session import Session
    from evidence_desk.ui.theme import Theme
    from evidence_desk.ui.widgets.messages import Toasts


@dataclass(frozen=True, slots=True)
class RoomContext:
    """All that a room may use. `theme()` gives the theme in use; it changes, so it is asked each time."""

    session: Session
    runner: JobRunner
    actions: ActionRegistry
    theme: Callable[[], Theme]
    prompter: Prompter
    toasts: Toasts
    settings: SettingsFile


@dataclass(frozen=True, slots=True)
class RoomSpec:
    """One room: `id` is the scope of its actions, `build` makes its widget, of which pieces may be left to build."""

    id: str
    title: str
    icon: str
    key: str
    build: Callable[[RoomContext], Room]


def _intake(context: RoomContext) -> Room:
    from evidence_desk.ui.rooms.intake import IntakeRoom

    return IntakeRoom(context, in_pieces=True)


def _review(context: RoomContext) -> Room:
    from evidence_desk.ui.rooms.review import ReviewRoom

    return ReviewRoom(context, in_pieces=True)


def _claims(context: RoomContext) -> Room:
    from evidence_desk.ui.rooms.claims import ClaimsRoom

    return ClaimsRoom(context, in_pieces=True)


def _dossier(context: RoomContext) -> Room:
    from evidence_desk.ui.rooms.dossier import DossierRoom

    return DossierRoom(context, in_pieces=True)


ROOMS: tuple[RoomSpec, ...] = (
    RoomSpec("intake", "Intake", "room_intake", "Ctrl+1", _intake),
    RoomSpec("review", "Review", "room_review", "Ctrl+2", _review),
    RoomSpec("claims", "Claims", "room_claims", "Ctrl+3", _claims),
    RoomSpec("dossier", "Dossier", "room_dossier", "Ctrl+4", _dossier),
)

"""What an export is made of: the frozen dossier, records and log as plain values, exhibits and stills as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_desk.domain.dossier import Dossier


@dataclass(frozen=True, slots=True)
class ExhibitFile:
    """One exhibit's bytes: its number, where they lie now, and their name in a package."""

    number: str
    path: Path
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class StillFile:
    """One cited frame as PNG: its name in a package, its bytes, and the recipe by which it was made."""

    name: str
    png: bytes
    recipe: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything an exporter may write.

    `records` are plain records by table name, withdrawn ones too; `events` are the log's lines in order, each
    `{"event": sealed fields, "hash": hex}`; `dated` is the moment (UTC) of the last change of a record, the only date
    an export carries.
    """

    dossier: Dossier
    case_version: int
    records: Mapping[str, Sequence[Mapping[str, Any]]]
    events: Sequence[Mapping[str, Any]]
    content_head: Mapping[str, Any]
    dated: str
    exhibits: tuple[ExhibitFile, ...] = ()
    stills: tuple[StillFile, ...] = ()
    with_exhibits: bool = True

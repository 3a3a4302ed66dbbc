"""Exhibits, their acquisition record, the facts of their examination, and the case sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidence_desk.domain.errors import Duplicate
from evidence_desk.domain.records import ACQUISITION, CASE_SHEET, EXHIBIT, Acquisition
from evidence_desk.services.bus import Command
from evidence_desk.services.commands.records import AddRecord, Edit
from evidence_desk.services.intake import Examination, Received
from evidence_desk.store.writer import CaseWriter


@dataclass(frozen=True, slots=True)
class AddExhibit:
    """Registers a file that lies in the vault, with its acquisition record; the same bytes twice are refused."""

    received: Received
    title: str
    acquisition: Mapping[str, Any]

    @property
    def label(self) -> str:
        """Name the step."""
        return "Add exhibit"

    def apply(self, writer: CaseWriter) -> Command:
        """Write the exhibit and its acquisition."""
        got = self.received
        for other in writer.find(EXHIBIT, "sha256", got.sha256):
            if other.in_force:
                raise Duplicate(
                    f"{got.received_name} holds the same bytes as {other.number}. It was not taken in twice. "
                    f"Note its origin in the acquisition of {other.number}.",
                    other.number,
                )
        values = {
            "title": self.title or got.received_name,
            "kind": got.kind,
            "sha256": got.sha256,
            "sha512": got.sha512,
            "size": got.size,
            "received_name": got.received_name,
            "vault_path": got.vault_path,
            "taken_in_at": writer.at,
        }
        return AddRecord("exhibit", values, (("acquisition", "exhibit", dict(self.acquisition)),)).apply(writer)


@dataclass(frozen=True, slots=True)
class SetAcquisition:
    """Edits the acquisition record of an exhibit, or begins it where there is none."""

    exhibit: str
    values: Mapping[str, Any]
    step: str = "Edit acquisition"

    @property
    def label(self) -> str:
        """Name the step."""
        return self.step

    def apply(self, writer: CaseWriter) -> Command:
        """Write the fields."""
        found = [
            a for a in writer.find(ACQUISITION, "exhibit", self.exhibit) if isinstance(a, Acquisition) and a.in_force
        ]
        if found:
            return Edit(found[0].number, self.values).apply(writer)
        return AddRecord("acquisition", {**self.values, "exhibit": self.exhibit}).apply(writer)


@dataclass(frozen=True, slots=True)
class EditSheet:
    """Edits the one case sheet."""

    values: Mapping[str, Any]
    step: str = "Edit case sheet"

    @property
    def label(self) -> str:
        """Name the step."""
        return self.step

    def apply(self, writer: CaseWriter) -> Command:
        """Write the fields."""
        sheet = writer.find(CASE_SHEET, "withdrawn", "")[0]
        return Edit(sheet.number, self.values).apply(writer)


def add_exhibit(received: Received, title: str = "", acquisition: Mapping[str, Any] | None = None) -> Command:
    """Register a received file as an exhibit; `acquisition` holds fields of `domain.records.Acquisition`."""
    return AddExhibit(received, title, acquisition or {})


def record_examination(exhibit: str, examination: Examination) -> Command:
    """Keep the technical facts found by decoding every frame."""
    return Edit(exhibit, examination.values())


def set_acquisition(exhibit: str, values: Mapping[str, Any], step: str = "Edit acquisition") -> Command:
    """Edit how the exhibit came to be held; `step` is what the history calls it."""
    return SetAcquisition(exhibit, values, step)


def edit_sheet(values: Mapping[str, Any], step: str = "Edit case sheet") -> Command:
    """Edit the case sheet; `step` is what the history calls it."""
    return EditSheet(values, step)

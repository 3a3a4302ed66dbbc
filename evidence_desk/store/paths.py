"""Where things lie in a case folder; everything stored is relative to it, so that the folder can move."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from evidence_desk.domain.errors import CaseError

SUFFIX = ".edcase"


def case_folder(path: Path) -> Path:
    """Return the folder name with the case suffix added where it is missing."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


@dataclass(frozen=True, slots=True)
class CasePaths:
    """The places inside one case folder."""

    folder: Path

    @property
    def database(self) -> Path:
        """The case file."""
        return self.folder / "case.db"

    @property
    def lock(self) -> Path:
        """The writer's lock."""
        return self.folder / "case.lock"

    @property
    def vault(self) -> Path:
        """The exhibits, read-only under their hash."""
        return self.folder / "exhibits"

    @property
    def derived(self) -> Path:
        """What can be made again from the exhibits."""
        return self.folder / "derived"

    @property
    def staging(self) -> Path:
        """Where a file lies until it is whole."""
        return self.folder / "staging"

    @property
    def backups(self) -> Path:
        """Earlier states of the case file."""
        return self.folder / "backups"

    @property
    def exports(self) -> Path:
        """Dossiers, packages and the heads that were recorded with them."""
        return self.folder / "exports"

    def make(self) -> None:
        """Create the folders."""
        for place in (self.vault, self.derived, self.staging, self.backups, self.exports):
            place.mkdir(parents=True, exist_ok=True)

    def refuse_links(self) -> None:
        """Raise CaseError where the folder holds a link: a stranger's case must not make the desk write elsewhere."""
        for place, folders, files in os.walk(self.folder):
            for name in (*folders, *files):
                if (Path(place) / name).is_symlink():
                    link = (Path(place) / name).relative_to(self.folder)
                    raise CaseError(
                        f"{self.folder.name} holds a link ({link}), which leads out of it; a case holds none. Nothing "
                        "was opened. Put the file itself in its place."
                    )

    def vault_name(self, sha256: str, received_name: str) -> str:
        """Return the vault's relative path for a file: hash, and the received extension where it is harmless."""
        suffix = Path(received_name).suffix.lower()
        kept = suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""
        return f"exhibits/{sha256[:2]}/{sha256}{kept}"

    def stored(self, relative: str) -> Path:
        """Return the place of a stored relative path; raises CaseError where it would leave the folder."""
        parts = Path(relative).parts
        if Path(relative).is_absolute() or ".." in parts:
            raise CaseError(
                f"A record of {self.folder.name} names {relative}, which leaves the case folder. Nothing was opened. "
                "The case file was changed from outside."
            )
        return self.folder / relative

    def derived_for(self, sha256: str) -> Path:
        """Return the folder for what is derived from one exhibit."""
        return self.derived / sha256

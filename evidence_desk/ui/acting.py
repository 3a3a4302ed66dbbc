"""Who works in this window: whom the start of the program names, else whom the settings keep."""

from __future__ import annotations

from dataclasses import replace

from evidence_desk.settings import Settings, SettingsFile


class Acting:
    """A name given at the start, by `--as NAME` or the environment, holds for this run and is not kept.

    What was said for this run goes before what was said once; a person who gives a name in the window is kept instead.
    """

    def __init__(self, settings: SettingsFile, named: str = "") -> None:
        self.file = settings
        self._named = named.strip()

    @property
    def name(self) -> str:
        """Name of who works, "" where nobody is named."""
        return self._named or self.file.value.actor

    @property
    def role(self) -> str:
        """Role of who works; one who was named at the start brings none."""
        return "" if self._named else self.file.value.role

    @property
    def text(self) -> str:
        """Name and role as events record them, "" where nobody is named."""
        return self._named or self.file.value.actor_text

    @property
    def settings(self) -> Settings:
        """The settings as they are with who works now; for dialogs that ask for a name. Not to be kept."""
        return replace(self.file.value, actor=self.name, role=self.role)

    def keep(self, name: str, role: str) -> None:
        """Keep what a person said of themselves; the one who was named at the start, left as it was, is not kept."""
        if (name, role) != (self.name, self.role):
            self._named = ""
            self.file.change(actor=name, role=role)

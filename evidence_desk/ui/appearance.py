"""Dark or light, the size of the text, full screen: the actions that change how the window looks."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from evidence_desk.settings import SettingsFile
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.theme import SCALES, apply_theme


class Appearance(QObject):
    """Keeps theme and text size in the settings and puts them in force."""

    def __init__(self, settings: SettingsFile, registry: ActionRegistry, window: QMainWindow) -> None:
        super().__init__(window)
        self._settings, self._registry, self._window = settings, registry, window

    def bind(self) -> None:
        """Give the actions their handlers."""
        bind = self._registry.bind
        bind("view.light", self._switch)
        bind("view.text_larger", self._larger, self._can_grow)
        bind("view.text_smaller", self._smaller, self._can_shrink)
        bind("view.text_usual", self._usual)
        bind("view.full_screen", self._full_screen)
        self._registry.action("view.light").setChecked(self._settings.value.theme == "light")

    def set_scale(self, scale: int) -> None:
        """Show text at `scale` percent, 100 to 200."""
        self._settings.change(text_scale=scale)
        self._apply()

    def set_theme(self, name: str) -> None:
        """Show the dark or the light theme."""
        self._settings.change(theme=name)
        self._apply()

    def _apply(self) -> None:
        settings = self._settings.value
        apply_theme(settings.theme, settings.text_scale)
        self._registry.action("view.light").setChecked(settings.theme == "light")
        self._registry.refresh()

    def _switch(self) -> None:
        self.set_theme("dark" if self._settings.value.theme == "light" else "light")

    def _larger(self) -> None:
        self.set_scale(next((scale for scale in SCALES if scale > self._settings.value.text_scale), SCALES[-1]))

    def _smaller(self) -> None:
        smaller = [scale for scale in SCALES if scale < self._settings.value.text_scale]
        self.set_scale(smaller[-1] if smaller else SCALES[0])

    def _usual(self) -> None:
        self.set_scale(SCALES[0])

    def _can_grow(self) -> bool:
        return self._settings.value.text_scale < SCALES[-1]

    def _can_shrink(self) -> bool:
        return self._settings.value.text_scale > SCALES[0]

    def _full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()
        self._registry.action("view.full_screen").setChecked(self._window.isFullScreen())

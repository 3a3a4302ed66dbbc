"""The language of the window: a translation in resources/translations replaces the English words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from evidence_desk import resources
from evidence_desk.domain.errors import NotFound

FILE = "desk_{language}.qm"


def install_language(app: QApplication, languages: tuple[str, ...] = (), folder: Path | None = None) -> str:
    """Put the first language in force that there is a translation for, and return its name, "" for English.

    `languages` are names such as "uk" or "pt-BR", by default those of the system in the person's order; English ends
    the search. `folder` holds `desk_NAME.qm`, by default resources/translations. The window is laid out from right to
    left where the language is written so.
    """
    try:
        place = folder or resources.path("translations")
    except NotFound:
        return ""
    for wanted in languages or tuple(QLocale.system().uiLanguages()):
        locale = QLocale(wanted)
        if locale.language() == QLocale.Language.English:
            return ""
        for name in dict.fromkeys((wanted.replace("-", "_"), wanted.partition("-")[0])):
            translator = QTranslator(app)
            if (place / FILE.format(language=name)).is_file() and translator.load(
                FILE.format(language=name), str(place)
            ):
                app.installTranslator(translator)
                app.setLayoutDirection(locale.textDirection())
                return name
    return ""

"""Finds the files that belong to the program: in a checkout, in a wheel, in a frozen bundle."""

import os
import sys
from functools import cache
from pathlib import Path

import platformdirs

from evidence_desk import fonts
from evidence_desk.domain.errors import EvidenceDeskError, NotFound

_PACKAGE = Path(__file__).resolve().parent
# Set-up cuts the faces here; tests and packagers may point elsewhere.
_FONTS_VARIABLE = "EVIDENCE_DESK_FONTS"
_PRIVATE_FONTS = Path("share", "evidence-desk", "fonts")


def root() -> Path:
    """The folder that holds codebooks, icons, exercises and the rest."""
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen) / "resources"] if frozen else []
    places += [_PACKAGE / "_resources", _PACKAGE.parent / "resources"]
    for place in places:
        if place.is_dir():
            return place
    raise NotFound("The program's own resource files are missing; install Evidence Desk again.")


def path(*parts: str) -> Path:
    """The path of one resource, e.g. `path("codebooks", "general.json")`. Raises NotFound where there is none."""
    found = root().joinpath(*parts)
    if not found.exists():
        raise NotFound(f"The resource {'/'.join(parts)} is missing; install Evidence Desk again.")
    return found


def read_text(*parts: str) -> str:
    """The text of one resource (UTF-8)."""
    return path(*parts).read_text(encoding="utf-8")


def environment_font_folder() -> Path:
    """Where set-up puts the typefaces: inside the environment that runs this."""
    return Path(sys.prefix) / _PRIVATE_FONTS


@cache
def font_folder() -> Path:
    """The folder with every face of `evidence_desk.fonts.FACES` as a static file.

    Set-up makes it. Where it did not, the faces are cut now, once, into the user's cache folder (some seconds).
    """
    named = os.environ.get(_FONTS_VARIABLE)
    own = Path(platformdirs.user_cache_dir("evidence-desk", appauthor=False)) / "fonts"
    known = [Path(named)] if named else []
    known += [environment_font_folder(), own]
    for folder in known:
        if fonts.is_complete(folder):
            return folder
    try:
        fonts.make(own)
    except OSError as error:
        raise EvidenceDeskError(
            f"The typefaces could not be prepared in {own} ({error.strerror or error}); "
            "nothing else is affected. Run the set-up again."
        ) from error
    return own

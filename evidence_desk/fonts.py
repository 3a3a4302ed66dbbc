"""Static typefaces for the dossier and the window, made from the pinned font packages.

The packages carry Plex Sans and Inter as variable fonts, which a PDF cannot embed and Qt shows in one weight only;
so each needed weight is cut once, at set-up. The font licence reserves the name "Plex" for unchanged files: what is
cut from Plex is called ED…, what is copied unchanged keeps its name, and Inter reserves no name.
The same packages give the same bytes on every machine.
"""

import contextlib
import importlib.util
import json
import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from evidence_desk import symbol_font

# Raised whenever the recipe below changes, so that folders cut by an older one are cut anew.
RECIPE = 1
INDEX = "fonts.json"

LATIN, CYRILLIC, GREEK, ARABIC, MARKS = "latin", "cyrillic", "greek", "arabic", "marks"
_EUROPEAN = (LATIN, CYRILLIC, GREEK)


@dataclass(frozen=True, slots=True)
class Face:
    """One static font file: where it comes from, what it is called, which scripts it carries.

    `axes` is empty for a file that is copied unchanged. `fallback` names the face for signs that this one lacks.
    """

    name: str
    family: str
    style: str
    package: str
    source: str
    scripts: tuple[str, ...]
    fallback: str = ""
    axes: Mapping[str, float] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file's name inside the font folder."""
        return f"{self.name}.ttf"


def _sans(style: str, weight: int, width: int = 100) -> Face:
    family = "EDSans" if width == 100 else "EDCond"
    variable = "IBMPlexSans-Italic[wdth,wght].ttf" if "Italic" in style else "IBMPlexSans[wdth,wght].ttf"
    axes = {"wght": weight, "wdth": width}
    arabic = "IBMPlexSansArabic-SemiBold" if weight > 500 else "IBMPlexSansArabic-Regular"
    return Face(f"{family}-{style}", family, style, "fontpkg_ibm_plex_sans", variable, _EUROPEAN, arabic, axes)


def _plex(short: str, style: str) -> Face:
    name = f"IBMPlex{short}-{style}"
    # Neither Serif nor Mono has Greek; Sans of the same slant and weight stands in for those words.
    package, family = f"fontpkg_ibm_plex_{short.lower()}", f"IBM Plex {short}"
    return Face(name, family, style, package, f"{name}.ttf", (LATIN, CYRILLIC), f"EDSans-{style}")


def _arabic(style: str) -> Face:
    name = f"IBMPlexSansArabic-{style}"
    package = "fontpkg_ibm_plex_sans_arabic"
    return Face(name, "IBM Plex Sans Arabic", style, package, f"{name}.ttf", (LATIN, ARABIC), f"EDSans-{style}")


def _inter(style: str, weight: int) -> Face:
    axes = {"wght": weight, "opsz": 14}
    return Face(f"Inter-{style}", "Inter", style, "fontpkg_inter", "Inter[opsz,wght].ttf", _EUROPEAN, "", axes)


FACES: tuple[Face, ...] = (
    # The slowest to cut come first, so that every core is busy to the end.
    _inter("Regular", 400),
    _inter("Medium", 500),
    _inter("SemiBold", 600),
    _sans("Regular", 400),
    _sans("Medium", 500),
    _sans("SemiBold", 600),
    _sans("Italic", 400),
    _sans("SemiBoldItalic", 600),
    _sans("Regular", 400, width=82),
    _sans("SemiBold", 600, width=82),
    _sans("Italic", 400, width=82),
    *(_plex("Serif", style) for style in ("Regular", "Italic", "SemiBold", "SemiBoldItalic")),
    *(_plex("Mono", style) for style in ("Regular", "Medium", "SemiBold", "Italic")),
    *(_arabic(style) for style in ("Regular", "SemiBold")),
    Face("EDSymbols-Regular", "EDSymbols", "Regular", "", "", (MARKS,)),
)


def is_complete(folder: Path) -> bool:
    """Tell whether `folder` holds every face as this recipe makes it."""
    try:
        index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return index == _index() and all((folder / face.file).is_file() for face in FACES)


def make(folder: Path, processes: int = 1) -> None:
    """Make every face into `folder`, which appears complete or not at all.

    One process needs about twenty seconds. More than one asks that the caller's main module can be imported again.
    Raises OSError where the folder cannot be written or a font package is missing.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fonts-", dir=folder.parent) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        _make_all(made, processes)
        text = json.dumps(_index(), indent=1, sort_keys=True)
        (made / INDEX).write_text(text + "\n", encoding="utf-8")
        if folder.exists():
            folder.rename(Path(scratch) / "old")
        try:
            made.rename(folder)
        except OSError:
            # Another desk may have finished the same folder meanwhile; its bytes are the same.
            if not is_complete(folder):
                raise


def _index() -> dict[str, Any]:
    faces = {
        face.name: {
            "file": face.file,
            "family": face.family,
            "style": face.style,
            "scripts": list(face.scripts),
            "fallback": face.fallback,
        }
        for face in FACES
    }
    return {"recipe": RECIPE, "faces": faces}


def _make_all(folder: Path, processes: int) -> None:
    cut = [face for face in FACES if face.axes]
    for face in FACES:
        if face.package and not face.axes:
            shutil.copyfile(_source(face), folder / face.file)
    symbol_font.write(folder / "EDSymbols-Regular.ttf")
    if processes > 1:
        # A sandbox may forbid what a pool of processes needs; one process after the other always works.
        with contextlib.suppress(OSError, BrokenProcessPool):
            with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
                for job in [pool.submit(_cut, face, folder / face.file) for face in cut]:
                    job.result()
            return
    for face in cut:
        _cut(face, folder / face.file)


def _source(face: Face) -> Path:
    spec = importlib.util.find_spec(face.package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"The font package {face.package} is not installed.")
    return Path(spec.submodule_search_locations[0]) / "files" / face.source


def _cut(face: Face, target: Path) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(_source(face), recalcTimestamp=False)
    if face.family != "Inter":
        # The dossier's typesetter reads outlines and widths only; the window needs Inter's features.
        for table in ("GSUB", "GPOS", "GDEF", "STAT", "DSIG", "meta"):
            if table in font:
                del font[table]
    overlap = instancer.OverlapMode.KEEP_AND_SET_FLAGS
    font = instancer.instantiateVariableFont(font, dict(face.axes), inplace=True, overlap=overlap)
    font.recalcTimestamp = False
    font["OS/2"].usWeightClass = int(face.axes["wght"])
    _name(font, face)
    font.save(target)


def _name(font: Any, face: Face) -> None:
    """Give a cut face its own names. Weights beyond regular are told by the typographic family and style."""
    names = font["name"]
    for number in (1, 2, 3, 4, 6, 16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    regular = face.style == "Regular"
    texts = {
        1: face.family if regular else f"{face.family} {face.style}",
        2: "Regular",
        3: f"{face.name};static;{RECIPE}",
        4: f"{face.family} {face.style}",
        6: face.name,
    }
    if not regular:
        texts |= {16: face.family, 17: face.style}
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)

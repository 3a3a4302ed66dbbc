"""The faces of the dossier: which file stands behind each name, and which carries a character another lacks."""

from __future__ import annotations

from functools import cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from evidence_desk import resources

FACES = {
    "Sans": "EDSans-Regular",
    "Sans-Medium": "EDSans-Medium",
    "Sans-SemiBold": "EDSans-SemiBold",
    "Sans-Italic": "EDSans-Italic",
    "Cond": "EDCond-Regular",
    "Cond-SemiBold": "EDCond-SemiBold",
    "Cond-Italic": "EDCond-Italic",
    "Serif": "IBMPlexSerif-Regular",
    "Serif-Italic": "IBMPlexSerif-Italic",
    "Serif-SemiBold": "IBMPlexSerif-SemiBold",
    "Mono": "IBMPlexMono-Regular",
    "Mono-Medium": "IBMPlexMono-Medium",
    "Mono-SemiBold": "IBMPlexMono-SemiBold",
    "Arabic": "IBMPlexSansArabic-Regular",
    "Arabic-SemiBold": "IBMPlexSansArabic-SemiBold",
    "Symbols": "EDSymbols-Regular",
}
_BOLD = frozenset({"Sans-SemiBold", "Cond-SemiBold", "Serif-SemiBold", "Mono-SemiBold"})


@cache
def register() -> None:
    """Register every face and make reportlab deterministic; to be called before its layout modules are imported."""
    folder = resources.font_folder()
    for name, file in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{file}.ttf")))
    for plain, bold, italic in (
        ("Sans", "Sans-SemiBold", "Sans-Italic"),
        ("Cond", "Cond-SemiBold", "Cond-Italic"),
        ("Serif", "Serif-SemiBold", "Serif-Italic"),
        ("Mono", "Mono-SemiBold", "Mono"),
    ):
        pdfmetrics.registerFontFamily(plain, plain, bold, italic, bold)
    # PDF/A asks for embedded faces only: the default face must be ours before any style is made.
    rl_config.canvas_basefontname = "Sans"
    rl_config.invariant = 1
    rl_config.useA85 = 0


def covers(face: str, character: str) -> bool:
    """Tell whether a face has a glyph for the character."""
    return ord(character) in pdfmetrics.getFont(face).face.charToGlyph


@cache
def face_for(face: str, character: str) -> str:
    """Return the face that carries the character: the wished one, else its stand-ins, else ""."""
    stand_ins = ("Sans-SemiBold", "Arabic-SemiBold") if face in _BOLD else ("Sans", "Arabic")
    for candidate in (face, *stand_ins, "Symbols"):
        if covers(candidate, character):
            return candidate
    return ""


def width(text: str, face: str, size: float) -> float:
    """Return the printed width in points of a text that the face carries whole."""
    return float(pdfmetrics.stringWidth(text, face, size))

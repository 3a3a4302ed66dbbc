"""The typefaces: complete, static, named as their licence asks, and with the scripts that are claimed."""

import json
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from evidence_desk import fonts, resources, symbol_font
from evidence_desk.domain.errors import NotFound

SAMPLES = {
    fonts.LATIN: "Observation ñ ø ž",
    fonts.CYRILLIC: "Спостереження ґ ї є",
    fonts.GREEK: "Παρατήρηση",
    fonts.ARABIC: "\u0645\u0644\u0627\u062d\u0638\u0629",
    fonts.MARKS: "▲▼△▽●○◐■□◆◇◈▶",
}


@pytest.fixture(scope="module")
def folder() -> Path:
    return resources.font_folder()


@pytest.mark.parametrize("face", fonts.FACES, ids=lambda face: face.name)
def test_face_is_static_and_carries_its_scripts(folder: Path, face: fonts.Face) -> None:
    with TTFont(folder / face.file, lazy=True) as font:
        assert "fvar" not in font
        assert "glyf" in font
        signs = font.getBestCmap()
        missing = {script: [c for c in SAMPLES[script] if c != " " and ord(c) not in signs] for script in face.scripts}
        assert not any(missing.values()), missing
        family = font["name"].getBestFamilyName()
        assert family == face.family
        assert not (face.axes and "Plex" in str(font["name"].getDebugName(1))), "the name is reserved for whole files"


def test_fallbacks_end_in_a_face_that_exists() -> None:
    names = {face.name for face in fonts.FACES}
    assert {face.fallback for face in fonts.FACES if face.fallback} <= names


def test_index_names_every_face(folder: Path) -> None:
    index = json.loads((folder / fonts.INDEX).read_text(encoding="utf-8"))
    assert set(index["faces"]) == {face.name for face in fonts.FACES}
    assert fonts.is_complete(folder)


def test_a_folder_that_lacks_a_face_is_not_complete(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert fonts.is_complete(tmp_path)
    (tmp_path / "EDSans-Italic.ttf").unlink()
    assert not fonts.is_complete(tmp_path)


def test_cutting_again_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    face = next(face for face in fonts.FACES if face.name == "EDCond-SemiBold")
    fonts._cut(face, tmp_path / face.file)
    symbol_font.write(tmp_path / "EDSymbols-Regular.ttf")
    for name in (face.file, "EDSymbols-Regular.ttf"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_resources_are_found_or_refused_in_one_line() -> None:
    assert resources.root().is_dir()
    with pytest.raises(NotFound, match="nothing-of-this-name"):
        resources.path("codebooks", "nothing-of-this-name.json")

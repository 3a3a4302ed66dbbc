"""The repository's outer shape, and what must never be in it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

TOP_LEVEL = {"evidence_desk", "resources", "tests", "packaging", "pyproject.toml", "README.md", "LICENSE"}
TEXT_ENDINGS = {".py", ".md", ".toml", ".json", ".txt", ".lock", ".sql", ".qss", ".svg", ".cfg", ".yml", ".sh", ""}
# A home or work folder of some machine, in a form that a real path takes.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|work|home/\w+|Users/\w+|tmp/\w+)/")
INDEX_ADDRESS = re.compile(r"index-url|find-links|https?://\S+\.(?:whl|tar\.gz|tgz|deb)\b")


def _tracked(repository: Path) -> list[Path]:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split(b"\0") if name and (path := repository / name.decode()).is_file()]


@pytest.fixture(scope="module")
def tracked(repository: Path) -> list[Path]:
    return _tracked(repository)


def _texts(tracked: list[Path]) -> list[tuple[Path, str]]:
    chosen = [path for path in tracked if path.suffix in TEXT_ENDINGS and path != Path(__file__).resolve()]
    return [(path, path.read_text(encoding="utf-8", errors="replace")) for path in chosen]


def test_top_level_holds_what_was_agreed(repository: Path, tracked: list[Path]) -> None:
    names = {path.relative_to(repository).parts[0] for path in tracked}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_packaging_is_no_package(repository: Path) -> None:
    assert not (repository / "packaging" / "__init__.py").exists(), "it would shadow the library of that name"


def test_no_font_files_are_committed(tracked: list[Path]) -> None:
    assert [path for path in tracked if path.suffix.lower() in {".ttf", ".otf", ".woff", ".woff2"}] == []


def test_no_path_of_a_machine(repository: Path, tracked: list[Path]) -> None:
    hits = [
        f"{path.relative_to(repository)}: {match.group()}"
        for path, text in _texts(tracked)
        if (match := MACHINE_PATH.search(text))
    ]
    assert hits == []


def test_no_package_index_or_download_link(repository: Path, tracked: list[Path]) -> None:
    hits = [
        f"{path.relative_to(repository)}: {match.group()}"
        for path, text in _texts(tracked)
        if (match := INDEX_ADDRESS.search(text))
    ]
    assert hits == []

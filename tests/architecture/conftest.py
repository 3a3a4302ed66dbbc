"""The program's own modules, parsed once."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Module:
    """One source file: its path from the repository's root, its text and its syntax tree."""

    name: str
    text: str
    tree: ast.Module


@pytest.fixture(scope="session")
def modules(repository: Path) -> list[Module]:
    """Every module of the package."""
    found = []
    for path in sorted((repository / "evidence_desk").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Module(path.relative_to(repository).as_posix(), text, ast.parse(text)))
    assert found
    return found

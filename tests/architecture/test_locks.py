"""The lock files: every package by exact version and hash, no host, and in step with pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^\s;\\]+)", re.MULTILINE)


def _pins(text: str) -> dict[str, str]:
    return dict(PIN.findall(text))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _wanted(repository: Path, extra: str = "") -> dict[str, str]:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return {_normal(name): version for name, version in (line.split("==") for line in lines)}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_a_version_and_hashes(repository: Path, name: str) -> None:
    text = (repository / "packaging" / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text.split("\n", 1)[1])
    assert len(blocks) > 30
    assert [block.splitlines()[0] for block in blocks if not PIN.match(block) or "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_host_is_named(repository: Path, name: str) -> None:
    text = (repository / "packaging" / name).read_text(encoding="utf-8")
    assert re.findall(r"\S*://\S*|\S+\.(?:org|com|net|io)\b\S*", text) == []


def test_locks_follow_the_project_file(repository: Path) -> None:
    run = _pins((repository / "packaging" / LOCKS[0]).read_text(encoding="utf-8"))
    test = _pins((repository / "packaging" / LOCKS[1]).read_text(encoding="utf-8"))
    assert _wanted(repository).items() <= run.items(), "make the locks anew: packaging/lock.py"
    assert _wanted(repository, "dev").items() <= test.items(), "make the locks anew: packaging/lock.py"
    assert run.items() <= test.items(), "the two locks disagree: packaging/lock.py"

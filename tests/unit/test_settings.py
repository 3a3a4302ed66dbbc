"""The settings file: kept whole, unknown keys kept, bad values set aside."""

import json
import os
from pathlib import Path

import pytest

from evidence_desk.settings import MOST_RECENT, RecentCase, Settings, SettingsFile


def test_a_missing_file_gives_the_usual_settings(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "none" / "settings.json")
    assert settings.value == Settings()
    assert settings.problem == ""


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.json"
    kept = SettingsFile(file).change(
        actor="Reviewer A",
        role="lead",
        theme="light",
        text_scale=150,
        window_mb=64,
        recent=(RecentCase("/a", "A", exhibits=3),),
    )
    assert SettingsFile(file).value == kept
    assert kept.actor_text == "Reviewer A, lead"


def test_unknown_keys_survive(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"theme": "light", "from_the_future": {"a": [1]}}), encoding="utf-8")
    SettingsFile(file).change(actor="Reviewer B")
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["from_the_future"] == {"a": [1]}
    assert data["theme"] == "light"
    assert data["actor"] == "Reviewer B"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"text"'])
def test_a_file_that_makes_no_sense_gives_the_usual_settings(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text, encoding="utf-8")
    assert SettingsFile(file).value.theme == "dark"


def test_values_that_make_no_sense_give_way(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    data = {
        "theme": "pink",
        "text_scale": 900,
        "actor": 3,
        "window_mb": True,
        "recent": [{"title": "no path"}, {"path": "/a", "exhibits": "x"}],
    }
    file.write_text(json.dumps(data), encoding="utf-8")
    value = SettingsFile(file).value
    assert (value.theme, value.text_scale, value.actor, value.window_mb) == ("dark", 100, "", 512)
    assert value.recent == (RecentCase("/a", ""),)


def test_recent_cases_stand_once_newest_first_and_are_few() -> None:
    settings = Settings()
    for number in range(MOST_RECENT + 3):
        settings = settings.with_recent(RecentCase(f"/{number}", "T"))
    settings = settings.with_recent(RecentCase("/5", "again"))
    paths = [case.path for case in settings.recent]
    assert paths[0] == "/5"
    assert len(paths) == len(set(paths)) == MOST_RECENT
    assert settings.without_recent("/5").recent[0].path != "/5"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_no_catastrophe(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    settings = SettingsFile(tmp_path / "settings.json")
    settings.change(actor="Reviewer A")
    tmp_path.chmod(0o700)
    assert "could not be kept" in settings.problem
    assert settings.value.actor == "Reviewer A"


def test_no_half_written_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    SettingsFile(file).change(actor="Reviewer A")
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]

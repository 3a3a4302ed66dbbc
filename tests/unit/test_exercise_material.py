"""The sample exercise's material: complete, small, and as its answer key says."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.domain import guard

KESTREL = Path(__file__).parents[2] / "resources" / "exercises" / "kestrel"
LIMIT = 8_000_000


def key() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((KESTREL / "answer_key.json").read_text(encoding="utf-8"))
    return data


def streams(name: str) -> list[dict[str, Any]]:
    """What ffprobe says of each stream, frames counted by decoding."""
    probe = shutil.which("ffprobe")
    if probe is None:
        pytest.skip("ffprobe is not installed")
    command = [probe, "-v", "error", "-count_frames", "-show_streams", "-of", "json", str(KESTREL / name)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert done.stderr == b""
    found: list[dict[str, Any]] = json.loads(done.stdout)["streams"]
    return found


def test_all_files_are_there_and_small_together() -> None:
    exercise = json.loads((KESTREL / "exercise.json").read_text(encoding="utf-8"))
    for name in [*exercise["order"], "README.txt", "sources.json", "answer_key.json", "poster.jpg"]:
        assert (KESTREL / name).stat().st_size > 0, name
    assert sum(p.stat().st_size for p in KESTREL.rglob("*") if p.is_file()) < LIMIT
    assert (KESTREL / "poster.jpg").stat().st_size <= 40_000


def test_quotations_stand_where_the_exercise_says() -> None:
    exercise = json.loads((KESTREL / "exercise.json").read_text(encoding="utf-8"))
    sources = json.loads((KESTREL / "sources.json").read_text(encoding="utf-8"))["sources"]
    texts = {s["id"]: (KESTREL / s["file"]).read_text(encoding="utf-8") for s in sources}
    assert len(texts) == 4
    for claim in exercise["quotations"]:
        text = texts[claim["source"]]
        assert text[claim["start"] : claim["end"]] == claim["quote"]
        assert text.count(claim["quote"]) == 1
    noise = [n["text"] for n in exercise["noise"]]
    assert not any(n in c["quote"] or c["quote"] in n for n in noise for c in exercise["quotations"])
    for text in texts.values():
        assert text.startswith("FICTIONAL TEXT")


def test_the_texts_hold_cyrillic_and_arabic() -> None:
    text = "".join(p.read_text(encoding="utf-8") for p in (KESTREL / "sources").glob("*.txt"))
    assert any("\u0400" <= c <= "\u04ff" for c in text)
    assert any("\u0600" <= c <= "\u06ff" for c in text)


@pytest.mark.parametrize("clip", ["A", "B", "C"])
def test_frames_are_as_many_as_the_key_says(clip: str) -> None:
    facts = key()["clips"][clip]
    video = streams(facts["file"])[0]
    assert video["codec_name"] == "h264"
    assert int(video["nb_read_frames"]) == facts["frames"]
    assert facts["last_frame"] == facts["frames"] - 1
    assert video["time_base"] == facts["time_base"]
    assert [video["width"], video["height"]] == facts["coded_size"]


def test_clip_a_lies_on_its_side_and_its_sound_outlasts_its_picture() -> None:
    facts = key()["clips"]["A"]
    found = streams(facts["file"])
    turns = [d["rotation"] for d in found[0].get("side_data_list", ()) if "rotation" in d]
    assert turns == [facts["rotation"]]
    assert facts["coded_size"] == facts["shown_size"][::-1]
    assert [s["codec_name"] for s in found] == ["h264", "aac"]
    assert "creation_time" not in found[0].get("tags", {})
    sound = facts["sound"]
    assert 0.3 < sound["ends_seconds"] - facts["picture_ends_seconds"] < 0.6
    assert sound["peak_of_last_0.1_s"] > 0.02


def test_clip_a_has_irregular_stamps_with_one_long_stretch() -> None:
    facts = key()["clips"]["A"]
    steps = [b - a for a, b in zip(facts["pts"], facts["pts"][1:], strict=False)]
    assert len(facts["pts"]) == facts["frames"]
    assert min(steps) > 0
    assert len(set(steps)) > 50
    first, last = facts["long_frames"]["stretch"]
    assert all(s > 5000 for s in steps[first : last + 1])


def test_onsets_of_impulsive_sounds_are_in_the_file_where_the_script_put_them() -> None:
    for clip in ("A", "C"):
        for onset in key()["clips"][clip]["sound"]["impulsive"]:
            assert abs(onset["measured_seconds"] - onset["seconds"]) <= 0.005, onset


def test_clip_c_shares_pictures_with_a_and_goes_on() -> None:
    clips = key()["clips"]
    same = clips["C"]["same_picture_as"]
    first, last = clips["C"]["shared_frames"]
    assert len(same) == clips["C"]["frames"]
    assert same[first] == 0
    assert same[last] == clips["A"]["last_frame"]
    assert all(s is None for s in same[last + 1 :])
    assert clips["C"]["only_here"] == [last + 1, clips["C"]["last_frame"]]


def test_counts_are_ordered_and_boxes_lie_in_the_picture() -> None:
    clips = key()["clips"]
    for name in ("A", "B"):
        for row in clips[name]["counts"]:
            for counted in (v for k, v in row.items() if k != "frame"):
                assert counted["min"] <= counted["best"] <= counted["max"]
    width, height = clips["A"]["coded_size"]
    boxes = [b for band in clips["A"]["arm_bands"] for b in band["boxes"]]
    assert {band["arm"] for band in clips["A"]["arm_bands"]} == {"left", "right"}
    assert len(boxes) >= 12
    for box in boxes:
        x, y, w, h = box["native_xywh"]
        assert 0 <= x < x + w <= width
        assert 0 <= y < y + h <= height


def test_every_figure_of_the_row_raises_its_arms_kneels_and_lies_down_in_that_order() -> None:
    row = [f for f in key()["clips"]["A"]["figures"] if f["figure"].startswith("P")]
    assert len(row) == 9
    for figure in row:
        assert figure["arms_raised"][0][0] < figure["kneeling"][0][0] < figure["lying"][0][0], figure["figure"]


def test_suggested_observations_say_what_is_seen_in_terms_of_the_codebook() -> None:
    resources = KESTREL.parents[1]
    codebook = json.loads((resources / "codebooks" / "custody.json").read_text(encoding="utf-8"))
    terms = {t["id"] for t in codebook["terms"]}
    clips = key()["clips"]
    suggested = key()["suggested_observations"]
    assert len(suggested) >= 15
    for entry in suggested:
        assert entry["term"] in terms, entry["id"]
        assert guard.check(entry["statement"]) == (), entry["id"]
        first, last = entry["frames"]
        assert 0 <= first <= last <= clips[entry["exhibit"]]["last_frame"], entry["id"]
        width, height = clips[entry["exhibit"]]["coded_size"]
        for box in entry.get("boxes", ()):
            x, y, w, h = box["box"]
            assert first <= box["frame"] <= last
            assert 0 <= x < x + w <= width, entry["id"]
            assert 0 <= y < y + h <= height, entry["id"]

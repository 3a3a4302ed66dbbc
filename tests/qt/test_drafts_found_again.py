"""A new observation that was begun on frames that moved since: found again by its pictures, or said not to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evidence_desk.domain.records import Exhibit
from evidence_desk.services.commands import RegionDraft
from evidence_desk.services.playhead import FrameClock
from evidence_desk.store.drafts import StoredDraft
from evidence_desk.ui.rooms.review_places import Clip
from evidence_desk.ui.rooms.review_unkept import NewDraft, draft_here_again
from tests.made_frames import frames_of, sha

NAMES = [f"p{n}" for n in range(20)]
STATE = {"term": "note", "frames": ["5", "9"], "statement": ["ثلاثة أشخاص", ""]}


def clip_of(names: Sequence[str], *, provisional: bool = False) -> Clip:
    table = frames_of(names, provisional=provisional)
    names_of = ("title", "sha256", "sha512", "received_name", "vault_path", "taken_in_at")
    words: dict[str, Any] = dict.fromkeys(names_of, "")
    exhibit = Exhibit(uid="u", number="EX-001", kind="video", size=1, **words)
    seen: dict[int, tuple[str, int | None]] = {}
    if provisional:
        seen = {n: (sha(name), None) for n, name in enumerate(names)}
    return Clip(exhibit, Path(), table, FrameClock.of(table), None, seen)


def begun() -> StoredDraft:
    """Begun while the first frame was missing from the list: frame 5 was the picture p6."""
    clip = clip_of(NAMES[1:], provisional=True)
    box = RegionDraft(5, clip.hash_of(5), (0, 0, 16, 16), provisional=True)
    return StoredDraft("new:observation:EX-001", "A", "", "", NewDraft(STATE, (box,), (5, 9)).body(clip))


def test_frames_are_found_again_by_their_pictures() -> None:
    found = draft_here_again(begun(), clip_of(NAMES))
    assert found is not None
    assert (found.state["frames"], found.base.first, found.base.last) == (["6", "10"], 6, 10)
    assert [(r.frame, r.provisional) for r in found.regions] == [(6, False)]
    assert "6 to 10" in found.word
    assert found.state["statement"] == STATE["statement"]


def test_pictures_that_are_gone_are_said_and_the_words_stay() -> None:
    found = draft_here_again(begun(), clip_of([f"q{n}" for n in range(20)]))
    assert found is not None
    assert "set them anew" in found.word
    assert "1 shape lay" in found.word
    assert found.regions == ()
    assert found.state["statement"] == STATE["statement"]


def test_what_a_stranger_wrote_is_passed_over() -> None:
    region = asdict(RegionDraft(1, "x", (1,)))
    for body in (
        {},
        {"state": 3},
        {"state": {"term": 3}},
        {"state": {"term": "note"}, "frames": [["a", 1]], "regions": [3, {"points": "x"}, {**region, "extra": 1}]},
    ):
        found = draft_here_again(StoredDraft("k", "A", "", "", body), clip_of(NAMES))
        assert found is None or found.regions == ()

"""The wording guard points at words that mean something, leaves alone what is seen, and never fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.domain.guard import check, replaced

SOME_WORDS = (
    "soldier",
    "surrenders",
    "shot",
    "raises both arms",
    "armband",
    "clearly",
    "🙂",
    "солдат",
    "dead",
    " ",
    ".",
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A soldier surrenders.", ["soldier", "surrenders"]),
        ("SOLDIERS were Shot", ["SOLDIERS", "Shot"]),
        ("Gunshots are heard", ["Gunshots"]),
        ("a gun shot", ["gun shot"]),
        ("He is clearly armed and tries to flee", ["clearly", "armed", "tries to", "flee"]),
        ("unarmed", ["unarmed"]),
        ("The corpse of a victim", ["corpse", "victim"]),
        ("executed prisoners", ["executed", "prisoners"]),
        ("cannot be excluded", ["cannot be excluded"]),
        ("This proves it 100 %", ["proves", "100 %"]),
    ],
)
def test_words_that_state_a_meaning_are_found_in_order(text: str, words: list[str]) -> None:
    hits = check(text)
    assert [h.word for h in hits] == words
    assert all(text[h.start : h.end] == h.word for h in hits)
    assert all(h.why for h in hits)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Three figures raise both arms above shoulder height.",
        "An impulsive sound is heard; the picture ends 0.4 s later.",
        "A yellow band around the left upper arm",
        "forearm, armband, disarmingly",
        "The deadline is printed on a sign",
        "shotcrete wall; aimless; fireplace; begonia",
        "A figure lies on the ground, no movement seen",
    ],
)
def test_what_is_seen_or_heard_is_left_alone(text: str) -> None:
    assert check(text) == ()


def test_the_observable_forms_are_clean_themselves() -> None:
    text = "surrenders gunshot shoots soldier prisoner executed armed weapon tied flees threatens"
    forms = [hit.seen_form for hit in check(text)]
    assert len(forms) == 11
    assert [check(form) for form in forms] == [()] * 11


def test_a_hit_is_replaced_in_place() -> None:
    text = "The soldier surrenders now"
    hit = check(text)[1]
    assert replaced(text, hit) == "The soldier raise both arms now"
    assert replaced("clearly seen", check("clearly seen")[0]) == "clearly seen"


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(SOME_WORDS)).map(" ".join),
        st.lists(st.sampled_from(SOME_WORDS)).map("".join),
    )
)
def test_any_text_is_checked_and_hits_lie_inside_in_order_apart(text: str) -> None:
    hits = check(text)
    ends = [0]
    for hit in hits:
        assert ends[-1] <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.word
        ends.append(hit.end)
    for hit in hits:
        changed = replaced(text, hit)
        assert changed.startswith(text[: hit.start])
        assert changed.endswith(text[hit.end :])


def test_a_long_text_is_checked_quickly() -> None:
    assert len(check("a soldier tries to " * 20_000)) == 40_000


def test_a_key_puts_in_no_finding_that_nobody_made() -> None:
    for word in ("executed", "shot", "explosion", "wounded", "tortured", "scared", "killed", "clearly"):
        (hit,) = check(f"It was {word} here.")
        assert not hit.replaceable, word
    for word in ("soldier", "rifle", "surrendering"):
        (hit,) = check(f"It is {word} here.")
        assert hit.replaceable, word

"""What a proposition says about a number, and what it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.domain.counts import StatedCount, stated_count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many: at least 10 people.", StatedCount("at least 10", low=10)),
        ("No fewer than ten figures lie there", StatedCount("No fewer than ten", low=10)),
        ("10 or more people were held", StatedCount("10 or more", low=10)),
        ("More than 10 were restrained", StatedCount("More than 10", low=10, low_open=True)),
        ("over a hundred people", StatedCount("over a hundred", low=100, low_open=True)),
        ("Around a dozen people", StatedCount("Around a dozen", about=12)),
        ("about 12 bodies", StatedCount("about 12", about=12)),
        ("some two dozen people", StatedCount("some two dozen", about=24)),
        ("~15 people", StatedCount("~15", about=15)),
        ("roughly half a dozen figures", StatedCount("roughly half a dozen", about=6)),
        ("up to twenty-five figures", StatedCount("up to twenty-five", high=25)),
        ("fewer than 1 200 people", StatedCount("fewer than 1 200", high=1200, high_open=True)),
        ("between 8 and 13 people", StatedCount("between 8 and 13", low=8, high=13)),
        ("8–13 people lie in the yard", StatedCount("8–13", low=8, high=13)),
        ("exactly seven", StatedCount("exactly seven", low=7, high=7)),
        ("10 people were seen", StatedCount("10", low=10, high=10)),
        ("six unarmed men stood there", StatedCount("six", low=6, high=6)),
    ],
)
def test_a_stated_number_is_read_with_the_bounds_its_words_give(text: str, expected: StatedCount) -> None:
    assert stated_count(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hands raised",
        "on 20 November 2026",
        "the video of 2026 shows it",
        "at least 10 % of the frames",
        "about 12.5 metres",
        "dozens of people",
        "at 14:03 the clip ends",
        "CL-001.1",
    ],
)
def test_what_states_no_count_is_left_out(text: str) -> None:
    assert stated_count(text) is None


def test_a_number_that_is_excluded_is_told_from_one_that_is_included() -> None:
    more, least = stated_count("more than 10"), stated_count("at least 10")
    assert more is not None
    assert least is not None
    assert (more.low_open, least.low_open) == (True, False)
    assert more.largest == least.largest == 10


@given(st.integers(min_value=1, max_value=99_999))
def test_every_integer_is_read_as_written(n: int) -> None:
    assert stated_count(f"at least {n} people") == StatedCount(f"at least {n}", low=n)


@given(st.text())
def test_any_text_gives_a_phrase_that_stands_in_it_or_nothing(text: str) -> None:
    found = stated_count(text)
    assert found is None or found.phrase in text

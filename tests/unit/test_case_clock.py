"""The case clock: one frame's moment, every other frame's from there, zones, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.domain.case_clock import (
    CaseClock,
    clock_words,
    full_words,
    typed_moment,
    uncertainty_words,
    zone_named,
    zone_words,
)
from evidence_desk.domain.errors import Refused
from evidence_desk.domain.time import parse_utc

AT = datetime(2025, 5, 4, 14, 41, 7, 93000, tzinfo=UTC)


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_a_moment_is_exact_to_half_a_microsecond(ticks: int, rate: int) -> None:
    elapsed = Fraction(ticks, rate * 1000)
    found = CaseClock(0, AT).moment(elapsed) - AT
    assert abs(Fraction(found // timedelta(microseconds=1)) - elapsed * 1_000_000) <= Fraction(1, 2)


def test_what_is_kept_is_read_again() -> None:
    values = CaseClock(812, AT, 90_000, "A clock on the wall").values()
    assert values["clock_time"] == "2025-05-04T14:41:07.093000Z"
    assert parse_utc(str(values["clock_time"])) == AT


def test_words_in_a_zone() -> None:
    kyiv = zone_named("Europe/Kyiv")
    assert (clock_words(AT, kyiv), zone_words(AT, kyiv)) == ("17:41:07.093", "UTC+3")
    assert full_words(AT, UTC) == "4 May 2025, 14:41:07.093 UTC"
    assert zone_words(AT, zone_named("America/St_Johns")) == "UTC−2:30"
    assert zone_words(AT, zone_named("no such zone")) == "UTC"
    assert [uncertainty_words(ms) for ms in (90_000, 250, None)] == ["± 90 s", "± 250 ms", "± not stated"]


def test_typed_moments() -> None:
    kyiv = zone_named("Europe/Kyiv")
    assert typed_moment("2025-05-04 17:41:07.093", kyiv) == AT
    assert typed_moment("2025-05-04T14:41:07.093Z", kyiv) == AT
    for text in ("", "yesterday", "2025-05-04", "2025-13-04 10:00", "17:41"):
        with pytest.raises(Refused, match="Nothing was kept"):
            typed_moment(text, kyiv)

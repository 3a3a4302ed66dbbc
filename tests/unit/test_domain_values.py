"""Time for people, canonical JSON, record kinds, codebook, acquisition, changes: small values, exact rules."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.domain.acquisition import ITEMS, completeness, held, missing
from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.codebook import find_term, terms_from
from evidence_desk.domain.errors import NotFound
from evidence_desk.domain.records import KINDS, Acquisition, Source, kind_named, kind_of, plain
from evidence_desk.domain.time import clock, fraction_text, parse_utc, seconds_text, utc_now_text
from evidence_desk.store.canonical import canonical, canonical_text, digest, parsed, safe

TERM = {"id": "arms", "category": "posture", "label": "Arms raised", "definition": "Above the shoulders", "key": "3"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (Fraction(0), "00:00:00.000"),
        (Fraction(1, 2000), "00:00:00.001"),
        (Fraction(1, 2001), "00:00:00.000"),
        (Fraction(999_999, 1_000_000), "00:00:01.000"),
        (Fraction(3599_9996, 10_000), "01:00:00.000"),
        (Fraction(360_000), "100:00:00.000"),
        (Fraction(-1, 3), "-00:00:00.333"),
        (Fraction(117 * 1001, 30_000), "00:00:03.904"),
    ],
)
def test_the_clock_rounds_half_up_to_a_millisecond(seconds: Fraction, text: str) -> None:
    assert clock(seconds) == text


@given(st.fractions(min_value=-400_000, max_value=400_000))
def test_clock_and_seconds_say_the_same_within_half_a_millisecond(seconds: Fraction) -> None:
    shown = clock(seconds)
    parts = re.fullmatch(r"(-?)(\d{2,}):(\d\d):(\d\d)\.(\d{3})", shown)
    assert parts is not None
    sign, hours, minutes, whole, thousandths = parts.groups()
    assert int(minutes) < 60
    assert int(whole) < 60
    value = Fraction(int(hours) * 3600 + int(minutes) * 60 + int(whole)) + Fraction(int(thousandths), 1000)
    value = -value if sign else value
    assert abs(value - seconds) <= Fraction(1, 2000)
    assert Fraction(seconds_text(seconds)) == value


@given(st.fractions())
def test_a_fraction_is_written_and_read_back(value: Fraction) -> None:
    assert Fraction(fraction_text(value)) == value


def test_moments_are_utc_and_need_a_zone() -> None:
    now = utc_now_text()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", now)
    assert abs(parse_utc(now) - datetime.now(UTC)) < timedelta(minutes=1)
    assert parse_utc("2026-05-04T12:00:00+03:00") == datetime(2026, 5, 4, 9, tzinfo=UTC)
    with pytest.raises(ValueError, match="names no time zone"):
        parse_utc("2026-05-04T12:00:00")


@given(JSON)
def test_canonical_json_is_read_back_as_it_was(value: Any) -> None:
    told = canonical(value)
    assert json.loads(told) == value
    assert canonical(json.loads(told)) == told
    assert parsed(canonical_text(value)) == value
    assert digest(value) == hashlib.sha256(told).hexdigest()


def test_canonical_json_is_the_written_standard() -> None:
    # The order of keys and the writing of numbers as RFC 8785, section 3.2.
    value = {"€": 1, "\r": 2, "1": [1e21, 4.5, True, None], "öß": "<\u000f\n\\\"'>"}
    told = canonical(value).decode()
    assert told == '{"\\r":2,"1":[1e+21,4.5,true,null],"öß":"<\\u000f\\n\\\\\\"\'>","€":1}'


def test_what_the_standard_cannot_carry_is_made_so_that_it_can() -> None:
    assert safe((1, 2**53, -(2**60), "\udce9", {3: (True,)})) == [
        1, "9007199254740992", "-1152921504606846976", "\\udce9", {"3": [True]},
    ]  # fmt: skip
    assert parsed(None) is None


def test_kinds_have_their_own_names_tables_and_numbers() -> None:
    for attribute in ("name", "table", "area"):
        assert len({getattr(k, attribute) for k in KINDS}) == len(KINDS)
    assert all(kind_named(k.name) is k for k in KINDS)
    assert all(k.columns()[:2] == ("uid", "number") for k in KINDS)
    for number, name in (("EX-001", "exhibit"), ("CL-001", "claim"), ("CL-001.2", "proposition"), ("CS-001", "case")):
        kind = kind_of(number)
        assert kind is not None
        assert kind.name == name
    assert [kind_of(n) for n in ("", "EX", "ZZ-1", "EX-")] == [None] * 4


def test_a_record_is_plain_and_frozen() -> None:
    source = Source(uid="u", number="SR-001", title="Post")
    assert plain(source)["title"] == "Post"
    assert source.in_force
    with pytest.raises(AttributeError):
        source.title = "Other"  # type: ignore[misc]


def test_terms_are_found_by_id_or_label_and_clashes_are_named() -> None:
    terms = terms_from([TERM, {**TERM, "id": "arm", "label": "One arm", "key": ""}])
    assert [find_term(terms, name).id for name in ("arms", "ARMS RAISED", " one arm ")] == ["arms", "arms", "arm"]
    with pytest.raises(NotFound, match=r"no term legs.*arms, arm"):
        find_term(terms, "legs")
    with pytest.raises(ValueError, match="Other and Arms raised share the key 3"):
        terms_from([TERM, {**TERM, "id": "other", "label": "Other"}])
    with pytest.raises(ValueError, match="share the id arms"):
        terms_from([TERM, {**TERM, "key": "4"}])
    with pytest.raises(ValueError, match=r"Arms raised is in no category of the codebook .mood."):
        terms_from([{**TERM, "category": "mood"}])
    with pytest.raises(KeyError):
        terms_from([{"id": "x", "category": "sound"}])


@given(st.sets(st.sampled_from([f for item in ITEMS for f in item.fields])), st.sampled_from(["x", " "]))
def test_an_item_of_acquisition_is_held_when_all_of_its_fields_are_filled(names: set[str], value: str) -> None:
    record = Acquisition(uid="u", number="AQ-001", exhibit="EX-001", **dict.fromkeys(names, value))  # type: ignore[arg-type]
    expected = [set(item.fields) <= names and value == "x" for item in ITEMS]
    assert list(held(record)) == expected
    assert completeness(record) == sum(expected)
    assert missing(record) == tuple(item.name for item, has in zip(ITEMS, expected, strict=True) if not has)


def test_nothing_recorded_is_nothing_held() -> None:
    assert (completeness(None), len(missing(None)), len(ITEMS)) == (0, 8, 8)


def test_changes_join_and_tell_what_they_touch() -> None:
    one = Changes(frozenset({Area.CLAIMS}), frozenset({"CL-001"}))
    both = one.joined(Changes(frozenset({Area.LINKS}), frozenset({"LK-001"})))
    assert both.touches(Area.LINKS, Area.CASE)
    assert not both.touches(Area.CASE)
    assert both.numbers == {"CL-001", "LK-001"}

"""Character offsets of a stored text against the positions of the field that shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_desk.ui.models.text_places import TextPlaces


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The yard was empty.", "yard"),
        ("Первая строка\r\nвторая строка", "вторая"),
        ("\U0001f4f7 photo \U0001f4f7 of the yard", "of the yard"),
        ("قال المتحدث إن الفناء كان فارغا", "الفناء"),
        ("one\rtwo\u2028three\u2029four", "four"),
    ],
)
def test_a_passage_is_found_again_where_it_stands(text: str, quote: str) -> None:
    places = TextPlaces(text)
    start = text.index(quote)
    shown = places.shown.encode("utf-16-le")
    first, last = places.position(start), places.position(start + len(quote))
    assert shown[2 * first : 2 * last].decode("utf-16-le") == quote
    assert (places.offset(first), places.end_offset(last)) == (start, start + len(quote))


@given(st.text())
def test_every_offset_goes_there_and_back(text: str) -> None:
    places = TextPlaces(text)
    assert len(places.shown.encode("utf-16-le", "surrogatepass")) == 2 * places.position(len(text))
    for offset in range(len(text) + 1):
        position = places.position(offset)
        back = places.offset(position)
        # Between a CR and its LF there is no place of its own: both stand before the same line end.
        assert back == offset or text[offset : offset + 2] == "\r\n"


def test_white_space_at_the_ends_is_no_part_of_a_quotation() -> None:
    places = TextPlaces("  at least 10 \n")
    assert places.trimmed(0, len(places.text)) == (2, 13)
    assert places.trimmed(0, 2) == (2, 2)

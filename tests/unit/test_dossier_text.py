"""Letters on paper: what is hidden cannot steer a line, joined letters are joined, numbers keep their order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_desk.export.pdf import faces

faces.register()

from evidence_desk.export.pdf import styles, text  # noqa: E402 - faces come before the layout modules

ARABIC = "وكان عددهم 8 / 9 / 10 أشخاص"


def test_hidden_direction_signs_and_controls_are_taken_out() -> None:
    assert text.clean("a\u202eb\u2066c\u2069\u200f\x00d\ud800") == "abcd"
    assert text.clean("a\r\nb\rc\td") == "a\nb\nc d"
    assert text.clean("e\u0301") == "é"


def test_each_piece_has_a_face_that_carries_it() -> None:
    pieces = list(text.runs("Yard Ψυχή двір ▲ ساحة", "Serif"))
    assert "".join(p for p, _ in pieces) == "Yard Ψυχή двір ▲ ساحة"
    by_face = {face for _, face in pieces}
    assert {"Serif", "Sans", "Symbols", "Arabic"} <= by_face
    assert all(faces.covers(face, c) for piece, face in pieces for c in piece if c != " ")


def test_what_no_face_carries_is_shown_by_its_code_and_joiners_are_not() -> None:
    assert "".join(p for p, _ in text.runs("a\u200db漢🙂", "Sans")) == "ab[U+6F22][U+1F642]"


@pytest.mark.parametrize("line", [ARABIC, f"Counted: {ARABIC}", f"{ARABIC} (A)"])
def test_least_best_and_greatest_keep_their_order_in_a_right_to_left_line(line: str) -> None:
    assert "8 / 9 / 10" in text.sight(line)


def test_letters_are_joined_and_a_line_is_ordered_for_the_eye() -> None:
    seen = text.sight("سلام")
    assert seen != "سلام"
    assert all("\ufb50" <= c <= "\ufeff" for c in seen)
    assert text.sight("plain") == "plain"
    # The stretch stays whole inside a line that runs the other way.
    inside = text.sight(f"He said {ARABIC} then")
    assert inside.startswith("He said ")
    assert inside.endswith(" then")


def test_the_direction_of_a_paragraph_is_that_of_the_persons_words() -> None:
    flowable = text.user_text("سلام عليكم", styles.WORDS, "In words: ")
    assert isinstance(flowable, text.BidiText)
    flowable.wrap(200, 500)
    assert [rtl for _, rtl in flowable._lines] == [True]


def test_a_long_paragraph_is_broken_before_it_is_ordered_and_splits_without_loss() -> None:
    flowable = text.BidiText(f"{ARABIC} " * 30, styles.BODY)
    flowable.wrap(180, 10_000)
    lines = [line for line, _ in flowable._lines]
    assert len(lines) > 10
    assert all(text.drawn_width(line, "Sans", styles.BODY.fontSize * 1.08) <= 180 for line in lines)
    first, second = flowable.split(180, flowable.leading * 4.5)
    assert isinstance(first, text.BidiText)
    assert isinstance(second, text.BidiText)
    assert first.wrap(180, 10_000)[1] == pytest.approx(flowable.leading * 4)
    second.wrap(180, 10_000)
    assert [line for line, _ in first._lines + second._lines] == lines


def test_markup_of_a_person_is_text() -> None:
    assert text.markup('<a href="x">&amp;', "Sans") == '&lt;a href="x"&gt;&amp;amp;'


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.floats(20, 200))
def test_any_text_is_fitted_and_drawn(said: str, room: float) -> None:
    kept = text.clean(said)
    assert text.drawn_width(text.fitted(kept, "Sans", 7, room), "Sans", 7) <= room
    width, height = text.user_text(said, styles.CELL).wrap(120, 10_000)
    assert width <= 120.01
    assert height >= 0

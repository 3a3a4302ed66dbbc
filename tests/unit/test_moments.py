"""Moments in words."""

from __future__ import annotations

from evidence_desk.ui.models.moments import moment_text


def test_a_moment_names_day_time_and_zone() -> None:
    assert moment_text("2026-11-05T09:12:44.000001Z") == "5 Nov 2026, 09:12 UTC"
    assert moment_text("2026-11-05T01:12:00+02:00") == "4 Nov 2026, 23:12 UTC"


def test_what_is_no_moment_stays_as_it_is() -> None:
    assert moment_text("a Friday") == "a Friday"
    assert moment_text("") == ""

"""What is said above a case as long as it is so: that it is open to read alone, and what opening it found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_desk.domain.time import parse_utc
from evidence_desk.ui.translate import plural, tr
from evidence_desk.ui.widgets.messages import Banner, Banners, Choice

if TYPE_CHECKING:
    from evidence_desk.services.case import Case
    from evidence_desk.services.verify import Report

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
READ_ONLY, NOTICES, DIFFERENCES = "read-only", "notices", "differences"
_MOST_NOTICES = 5


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What can be done about it."""

    name_actor: Callable[[], object]
    try_to_write: Callable[[], object]
    work_on_copy: Callable[[], object]
    verify: Callable[[], object]


def show_case_banners(case: Case, banners: Banners, ways: WaysOut) -> None:
    """Say of a case what a person has to know of it."""
    if case.read_only:
        banners.show_banner(READ_ONLY, _read_only(case, ways))
    if case.notices:
        count = len(case.notices)
        title = plural(count, "Opening found {count} thing to look at.", "Opening found {count} things to look at.")
        lines = [("", notice) for notice in case.notices[:_MOST_NOTICES]]
        verify = (Choice(tr("Verify the case"), ways.verify),)
        banners.show_banner(NOTICES, Banner("warn", title, lines, verify))


def show_differences(report: Report, banners: Banners, verify: Callable[[], object]) -> None:
    """Say in every room what the last check found to differ, until a check finds it the same or the case is closed."""
    banners.take_away(DIFFERENCES)
    found = [check for check in report.checks if check.state == "differs"]
    if not found:
        return
    title = plural(len(found), "The last check: {count} thing differs.", "The last check: {count} things differ.")
    lines = [("", f"{check.what}: {check.detail}") for check in found[:_MOST_NOTICES]]
    again = (Choice(tr("Verify the case"), verify, closes=False),)
    banners.show_banner(DIFFERENCES, Banner("warn", title, lines, again, closable=False))


def _read_only(case: Case, ways: WaysOut) -> Banner:
    title = tr("This case is open to read.")
    if not case.actor:
        text = tr("Nobody is named as working yet. You can look, step and export; nothing you do changes the case.")
        name = (Choice(tr("Say who is working…"), ways.name_actor, closes=False),)
        return Banner("lock", title, [("", text)], name, closable=False)
    text = tr(
        "{reason}. You can look, step and export; nothing you do changes the case.",
        reason=_sentence(case.read_only_reason),
    )
    choices = (
        Choice(tr("Try again to write"), ways.try_to_write, closes=False),
        Choice(tr("Work on a copy…"), ways.work_on_copy, closes=False),
    )
    return Banner("lock", title, [("", text)], choices, closable=False)


def _sentence(text: str) -> str:
    """Return a reason as a sentence for people: capital first, times without their fractions."""
    shown = _STAMP.sub(lambda match: parse_utc(match[0]).strftime("%d %b %Y, %H:%M UTC"), text)
    return shown[:1].upper() + shown[1:].rstrip(".")

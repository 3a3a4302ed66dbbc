"""A page whose parts are painted one after another: each in a turn of its own, all of them in the end."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidence_desk.ui.shown_in_turn import show_in_turn


class Part(QWidget):
    """Notes that it was painted."""

    def __init__(self, name: str, painted: list[str]) -> None:
        super().__init__()
        self.name, self._painted = name, painted

    def paintEvent(self, _: QPaintEvent) -> None:
        """Note it."""
        if self.name not in self._painted:
            self._painted.append(self.name)


@pytest.fixture
def painted() -> list[str]:
    """Return the names of what was painted, in that order."""
    return []


@pytest.fixture
def page(qtbot: Any, painted: list[str]) -> tuple[QWidget, list[Part]]:
    """Return a page of three parts that was not shown yet."""
    page, parts = QWidget(), [Part(name, painted) for name in "abc"]
    qtbot.addWidget(page)
    page.resize(300, 100)
    row = QHBoxLayout(page)
    for part in parts:
        row.addWidget(part)
    return page, parts


def test_the_parts_are_painted_one_after_another(
    qtbot: Any, page: tuple[QWidget, list[Part]], painted: list[str]
) -> None:
    whole, (first, second, third) = page
    show_in_turn(whole, (third, second))
    whole.show()
    with qtbot.waitExposed(whole):
        pass
    # However long the first paint takes, the turns do not come together after it.
    QTest.qSleep(100)
    qtbot.waitUntil(lambda: "c" in painted)
    assert painted[:2] == ["a", "c"]
    assert first.updatesEnabled()
    assert not second.updatesEnabled()
    qtbot.waitUntil(lambda: painted == ["a", "c", "b"])


def test_a_page_that_is_not_shown_by_then_is_painted_whole_later(
    qtbot: Any, page: tuple[QWidget, list[Part]], painted: list[str]
) -> None:
    whole, parts = page
    show_in_turn(whole, parts)
    qtbot.waitUntil(lambda: all(part.updatesEnabled() for part in parts))
    assert not painted
    whole.show()
    qtbot.waitUntil(lambda: sorted(painted) == ["a", "b", "c"])


def test_what_somebody_else_keeps_from_being_painted_stays_so(
    qtbot: Any, page: tuple[QWidget, list[Part]], painted: list[str]
) -> None:
    whole, parts = page
    parts[0].setUpdatesEnabled(False)
    show_in_turn(whole, parts)
    whole.show()
    qtbot.waitUntil(lambda: painted == ["b", "c"])
    QTest.qWait(50)
    assert not parts[0].updatesEnabled()


def test_a_part_that_is_gone_by_its_turn_holds_nothing_up(
    qtbot: Any, page: tuple[QWidget, list[Part]], painted: list[str]
) -> None:
    whole, parts = page
    show_in_turn(whole, parts)
    parts[0].deleteLater()
    whole.show()
    qtbot.waitUntil(lambda: painted == ["b", "c"])


def test_with_the_page_goes_what_waits(qtbot: Any, painted: list[str]) -> None:
    page, part = QWidget(), Part("a", painted)
    qtbot.addWidget(part)
    show_in_turn(page, (part,))
    page.deleteLater()
    QTest.qWait(80)
    assert not part.updatesEnabled()

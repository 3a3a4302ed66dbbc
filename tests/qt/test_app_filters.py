"""Filters of the whole application: who is asked about which event, and when all of them rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from evidence_desk.ui.app_filters import unwatch, unwatched, watch

_FIRST, _SECOND = QEvent.Type(QEvent.registerEventType()), QEvent.Type(QEvent.registerEventType())


class Watcher(QObject):
    """Writes down what it sees; may take it."""

    def __init__(self, name: str, seen: list[str], takes: bool = False) -> None:
        super().__init__()
        self._name, self._seen, self._takes = name, seen, takes

    def eventFilter(self, _: QObject, __: QEvent) -> bool:
        self._seen.append(self._name)
        return self._takes


@pytest.fixture
def seen() -> list[str]:
    return []


@pytest.fixture
def made(seen: list[str]) -> Iterator[list[Watcher]]:
    watchers: list[Watcher] = []
    yield watchers
    for one in watchers:
        unwatch(one)


def send(kind: QEvent.Type) -> None:
    QCoreApplication.sendEvent(QObject(), QEvent(kind))


def test_only_who_asked_for_the_kind_is_called_the_newest_first(
    qtbot: QtBot, seen: list[str], made: list[Watcher]
) -> None:
    made += [Watcher("old", seen), Watcher("new", seen), Watcher("other", seen)]
    watch(made[0], frozenset((_FIRST,)))
    watch(made[1], frozenset((_FIRST, _SECOND)))
    watch(made[2], frozenset((_SECOND,)))
    send(_FIRST)
    assert seen == ["new", "old"]
    unwatch(made[1])
    send(_FIRST)
    send(_SECOND)
    assert seen == ["new", "old", "old", "other"]


def test_what_one_takes_the_others_do_not_see(qtbot: QtBot, seen: list[str], made: list[Watcher]) -> None:
    made += [Watcher("old", seen), Watcher("new", seen, takes=True)]
    for one in made:
        watch(one, frozenset((_FIRST,)))
    send(_FIRST)
    assert seen == ["new"]


def test_while_widgets_are_made_nobody_is_asked(qtbot: QtBot, seen: list[str], made: list[Watcher]) -> None:
    made += [Watcher("one", seen)]
    watch(made[0], frozenset((_FIRST,)))
    with unwatched():
        with unwatched():
            send(_FIRST)
        send(_FIRST)
    assert seen == []
    send(_FIRST)
    assert seen == ["one"]


def test_one_that_was_deleted_is_not_asked(qtbot: QtBot, seen: list[str], made: list[Watcher]) -> None:
    made += [Watcher("gone", seen), Watcher("there", seen)]
    for one in made:
        watch(one, frozenset((_FIRST,)))
    shiboken6.delete(made.pop(0))
    send(_FIRST)
    assert seen == ["there"]

"""An index over words, for finding: in memory, made from the records, never part of the case.

SQLite's FTS5 holds it. It is thrown away with the window, so that a case stays what its records are, and a case that is
open to read can be searched as well.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MAKE = 'CREATE VIRTUAL TABLE entries USING fts5(number UNINDEXED, words, tokenize = "unicode61 remove_diacritics 2")'
_FIND = """
SELECT number, snippet(entries, 1, '', '', '…', 14) FROM entries WHERE entries MATCH ? ORDER BY rank, rowid LIMIT ?
"""
_NUMBERS = "SELECT number FROM entries WHERE entries MATCH ?"


@dataclass(frozen=True, slots=True)
class Found:
    """A record that holds all words, with the words around the first place of them."""

    number: str
    excerpt: str


class WordIndex:
    """Which record holds which words. Letters are folded: case and accents make no difference."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.execute(_MAKE)
        self._rows: dict[str, int] = {}

    def put(self, entries: Iterable[tuple[str, str]]) -> None:
        """Take (number, words) in, in place of what was held under that number."""
        held = list(entries)
        self._connection.execute("BEGIN")  # a transaction for each of them would take several times as long
        for number, words in held:
            row = self._rows.get(number)
            if row is not None:
                self._connection.execute("DELETE FROM entries WHERE rowid = ?", (row,))
            made = self._connection.execute("INSERT INTO entries (number, words) VALUES (?, ?)", (number, words))
            self._rows[number] = made.lastrowid or 0
        self._connection.execute("COMMIT")

    def find(self, text: str, limit: int = 1000) -> tuple[Found, ...]:
        """Return what holds every word of `text` or words that begin so, best first; nothing for no words.

        Nothing of `text` is read as an operator of the index: each word is taken as it stands.
        """
        words = _question(text)
        return tuple(Found(*row) for row in self._connection.execute(_FIND, (words, limit))) if words else ()

    def numbers(self, text: str) -> Iterator[str]:
        """Return the numbers of `find` without limit, in no order, one by one as they are found."""
        words = _question(text)
        if words:
            yield from (number for (number,) in self._connection.execute(_NUMBERS, (words,)))

    def __len__(self) -> int:
        return len(self._rows)

    def close(self) -> None:
        """Let the index go."""
        self._connection.close()


def _question(text: str) -> str:
    """Return what is asked of the index, "" where `text` holds no word."""
    # A quotation mark would end the word for the index, a zero the question; half a character is none.
    plain = text.encode("utf-8", "replace").decode().replace('"', " ").replace("\0", " ")
    return " ".join(f'"{word}"*' for word in plain.split() if any(c.isalnum() for c in word))

"""Finding words in all records: an index in memory that follows the log, and no part of the record.

SQLite's FTS5 with the tokenizer `unicode61` folds case and takes accents off, in every script that Unicode knows. The
index is a database of its own, so that a case that is open to read, or lies where nothing can be written, is searched
as well, and nothing of it is kept when the case is closed.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from evidence_desk.domain.records import CODEBOOK, KINDS, Kind, Record, kind_of
from evidence_desk.store.rows import from_row

# What tells a record from another, binds it to its frames or to its file: no word that a person wrote or reads.
_NOT_WORDS = frozenset(("uid", "revision", "created_at", "changed_at", "points", "key_frames", "seen_as", "moments"))
_ENDS = ("_hash", "_pts", "_base", "_digest", "_spans", "sha256")
_TABLE = "CREATE VIRTUAL TABLE words USING fts5(number UNINDEXED, text, tokenize = 'unicode61 remove_diacritics 2')"


class FullText:
    """The index over one open case; `connection` is that of the case and is only read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._case = connection
        self._index: sqlite3.Connection | None = None
        self._seen = 0

    def find(self, text: str, most: int = 200) -> tuple[str, ...]:
        """Return the numbers of records in force in which every word of `text` begins a word, best first.

        A text without a letter or a digit finds nothing; signs that the query language of FTS5 knows are plain signs.
        """
        asked = " ".join(f'"{word}"*' for word in words_of(text))
        if not asked:
            return ()
        rows = self._fresh().execute(
            "SELECT number FROM words WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?", (asked, most)
        )
        return tuple(row[0] for row in rows)

    def close(self) -> None:
        """Let the index go."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def _fresh(self) -> sqlite3.Connection:
        """Return the index brought up to the log's last event: every change of a record is an event."""
        last = int(self._case.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])
        if self._index is None:
            self._index = sqlite3.connect(":memory:", isolation_level=None)
            self._index.execute(_TABLE)
            texts = self._texts()
        elif last != self._seen:
            changed = self._case.execute("SELECT DISTINCT record FROM events WHERE seq > ?", (self._seen,))
            numbers = [row[0] for row in changed]
            self._index.executemany("DELETE FROM words WHERE number = ?", [(number,) for number in numbers])
            texts = self._texts_of(numbers)
        else:
            return self._index
        self._index.execute("BEGIN")
        self._index.executemany("INSERT INTO words (number, text) VALUES (?, ?)", texts)
        self._index.execute("COMMIT")
        self._seen = last
        return self._index

    def _texts_of(self, numbers: Iterable[str]) -> Iterator[tuple[str, str]]:
        for number in numbers:
            kind = kind_of(number)
            if kind is not None:
                yield from self._of_kind(kind, " AND number = ?", (number,))

    def _texts(self) -> Iterator[tuple[str, str]]:
        for kind in KINDS:
            yield from self._of_kind(kind)

    def _of_kind(self, kind: Kind, which: str = "", values: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        if kind is CODEBOOK:
            return  # a vocabulary speaks of every case, not of this one
        for row in self._case.execute(f"SELECT * FROM {kind.table} WHERE withdrawn = ''{which} ORDER BY rowid", values):
            record = from_row(kind, dict(row))
            yield record.number, "\n".join(_said(record))


def words_of(text: str) -> tuple[str, ...]:
    """Return what was typed between white space, each as the index parts it: `OB-001` is the phrase `OB 001`."""
    phrases = ("".join(s if unicodedata.category(s)[0] in "LMN" else " " for s in word) for word in text.split())
    return tuple(" ".join(phrase.split()) for phrase in phrases if phrase.strip())


def _said(record: Record) -> Iterable[str]:
    for field in fields(record):
        if field.name not in _NOT_WORDS and not field.name.endswith(_ENDS):
            yield from _parts(getattr(record, field.name))


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _parts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _parts(inner)

"""Codebooks beside the case: those that are shipped, and files that come in or go out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_desk import resources
from evidence_desk.domain.codebook import Vocabulary, vocabulary_from, vocabulary_to
from evidence_desk.domain.errors import NotFound, Refused

if TYPE_CHECKING:
    from evidence_desk.services.case import Case

_LARGEST = 4_000_000
"""Bytes of a file that is taken for a codebook at all."""


def shipped_codebooks() -> dict[str, Vocabulary]:
    """Return the codebooks that come with the desk, by name."""
    found = {}
    for path in sorted(resources.path("codebooks").glob("*.json")):
        book = vocabulary_from(json.loads(path.read_text(encoding="utf-8")))
        found[book.name] = book
    return found


def shipped_codebook(name: str) -> Vocabulary:
    """Return one that comes with the desk; raises NotFound naming those there are."""
    found = shipped_codebooks()
    if name not in found:
        raise NotFound(f"There is no codebook {name}. Nothing was made. These are shipped: {', '.join(found)}.")
    return found[name]


def book_in_force(case: Case) -> Vocabulary:
    """Return the codebook that a case uses now."""
    record, queries = case.queries.codebook(), case.queries
    return Vocabulary(record.name, record.version, record.title, queries.categories(), queries.terms())


def codebook_of_file(path: Path) -> Vocabulary:
    """Return the codebook in a JSON file; raises Refused in one line where it cannot be read or is none."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Refused(f"{path} is too large for a codebook. Nothing was changed.")
        return vocabulary_from(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}). Nothing was changed.") from error
    except (ValueError, RecursionError, AttributeError) as error:
        reason = "it is not JSON text" if isinstance(error, json.JSONDecodeError | UnicodeDecodeError) else error
        raise Refused(f"{path} is no codebook: {reason}. Nothing was changed.") from error


def file_of_codebook(book: Vocabulary) -> str:
    """Return the text of a file that holds the codebook; `codebook_of_file` reads the same back."""
    return json.dumps(vocabulary_to(book), ensure_ascii=False, indent=1) + "\n"

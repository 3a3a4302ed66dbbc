"""Canonical JSON (RFC 8785): one way to write a value, so that its hash can be taken again by anyone."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import rfc8785

_SAFE_INTEGER = 2**53 - 1


def safe(value: Any) -> Any:
    """Return the value in what RFC 8785 can carry.

    Tuples become lists, integers beyond 2**53 - 1 text, and half characters (a surrogate by itself) their code.
    """
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, bool) or value is None or isinstance(value, float):
        return value
    if isinstance(value, int):
        return value if abs(value) <= _SAFE_INTEGER else str(value)
    if isinstance(value, dict):
        return {safe(str(k)): safe(v) for k, v in value.items()}
    return [safe(v) for v in value]


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 bytes of a JSON-ready value."""
    return rfc8785.dumps(safe(value))


def canonical_text(value: Any) -> str:
    """Return the RFC 8785 text of a JSON-ready value, for a column."""
    return canonical(value).decode("utf-8")


def digest(value: Any) -> str:
    """Return the SHA-256 (hex) over the canonical bytes."""
    return hashlib.sha256(canonical(value)).hexdigest()


def parsed(text: str | None) -> Any:
    """Return the value written in a column, or None where it is empty."""
    return None if text is None else json.loads(text)

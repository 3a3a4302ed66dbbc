"""The text of a source, read from a file or from stdin: UTF-8 and nothing else, so that a quotation means the same."""

from __future__ import annotations

import sys
from pathlib import Path

from evidence_desk.domain.errors import NotFound, Refused

_LARGEST = 32 << 20


def read_text(name: str) -> str:
    """Return the text of the file, or of stdin for `-`; raises NotFound, Refused where it cannot be read as UTF-8."""
    data = sys.stdin.buffer.read() if name == "-" else _bytes(Path(name))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            f"{name} is not UTF-8 text (byte {error.start}). Nothing was written. Save it as UTF-8 first."
        ) from error
    if "\0" in text:
        raise Refused(f"{name} holds zero bytes: it is no text. Nothing was written.")
    return text


def _bytes(file: Path) -> bytes:
    if file.is_dir():
        raise Refused(f"{file} is a folder. Nothing was written. Name the file with the text.")
    try:
        if file.stat().st_size > _LARGEST:
            raise Refused(f"{file} is larger than {_LARGEST >> 20} MB: too large for a text. Nothing was written.")
        return file.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"{file} was not found. Nothing was written.") from error
    except OSError as error:
        raise Refused(f"{file} cannot be read ({error.strerror}). Nothing was written.") from error

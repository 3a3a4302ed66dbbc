"""The words that desk and worker exchange: length-prefixed JSON with an optional block of bytes behind it."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NewType

_LENGTHS = struct.Struct(">IQ")
MAX_HEADER = 1 << 26
# A picture of the largest size that is decoded, four bytes a pixel.
MAX_BLOB = 1 << 30

RequestId = NewType("RequestId", int)


class ProtocolError(Exception):
    """The other side sent something that is no message."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `head` is JSON, `blob` is raw bytes (a table, a picture, a PNG)."""

    head: dict[str, Any]
    blob: bytes = field(default=b"", repr=False)


def write_message(stream: BinaryIO, message: Message) -> None:
    """Send one message and flush; raises OSError (BrokenPipeError) when the other side is gone."""
    head = json.dumps(message.head, ensure_ascii=True, separators=(",", ":")).encode()
    stream.write(_LENGTHS.pack(len(head), len(message.blob)) + head)
    if message.blob:
        stream.write(message.blob)
    stream.flush()


def read_message(stream: BinaryIO) -> Message | None:
    """Return the next message, None at the end of the stream; raises ProtocolError on anything else."""
    prefix = _read_exactly(stream, _LENGTHS.size)
    if prefix is None:
        return None
    head_size, blob_size = _LENGTHS.unpack(prefix)
    if head_size > MAX_HEADER or blob_size > MAX_BLOB:
        raise ProtocolError("a message is larger than any the desk sends")
    head = _read_exactly(stream, head_size)
    blob = _read_exactly(stream, blob_size) if blob_size else b""
    if head is None or blob is None:
        return None
    try:
        parsed = json.loads(head)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("a message is not JSON") from error
    if not isinstance(parsed, dict):
        raise ProtocolError("a message is not an object")
    return Message(parsed, blob)


def _read_exactly(stream: BinaryIO, size: int) -> bytes | None:
    """Return `size` bytes, or None when the stream ends before them."""
    parts: list[bytes] = []
    while size:
        part = stream.read(size)
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)

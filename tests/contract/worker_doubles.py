"""Workers that misbehave, one way each, run in place of the real one: `python worker_doubles.py KIND [memory]`."""

from __future__ import annotations

import json
import os
import struct
import sys
import time
from typing import Any

REQUESTS, REPLIES = sys.stdin.buffer, sys.stdout.buffer


def read() -> dict[str, Any]:
    """Return the next request; what needs no answer is passed over."""
    while "id" not in (head := message()):
        pass
    return head


def message() -> dict[str, Any]:
    head_size, blob_size = struct.unpack(">IQ", REQUESTS.read(12))
    head: dict[str, Any] = json.loads(REQUESTS.read(head_size))
    REQUESTS.read(blob_size)
    return head


def send(**head: Any) -> None:
    data = json.dumps(head).encode()
    REPLIES.write(struct.pack(">IQ", len(data), 0) + data)
    REPLIES.flush()


def crash() -> None:
    read()
    os.abort()


def hang() -> None:
    read()
    time.sleep(600)


def mute() -> None:
    time.sleep(600)


def garbage() -> None:
    read()
    REPLIES.write(b"no message at all, just text" * 100)
    REPLIES.flush()
    time.sleep(600)


def oversize() -> None:
    send(id=read()["id"], ok=True)  # the table
    send(id=read()["id"], ok=True, in_memory=1 << 40)


def slow() -> None:
    number = read()["id"]
    for done in range(1, 6):
        time.sleep(0.3)
        send(id=number, progress=[done, 5])
    send(id=number, ok=True, sound=None)
    time.sleep(5)


if __name__ == "__main__":
    {f.__name__: f for f in (crash, hang, mute, garbage, oversize, slow)}[sys.argv[1]]()

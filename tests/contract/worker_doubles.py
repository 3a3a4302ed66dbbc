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


def answer(**head: Any) -> None:
    """Take in the table, then answer the question about a frame."""
    send(id=read()["id"], ok=True)
    send(id=read()["id"], ok=True, **head)
    time.sleep(600)


PICTURE: dict[str, Any] = {
    "width": 4, "height": 4, "native": [4, 4], "rotation": 0, "mirrored": False, "sar": "1", "n": 0, "pts": 0,
    "hash": "", "exact": True, "note": "", "provisional": False, "tone_mapped": False, "view": "", "shift": [0, 0],
}  # fmt: skip


def oversize() -> None:
    answer(**PICTURE, in_memory=1 << 40)


def negative() -> None:
    answer(**PICTURE, in_memory=-1)


def undersize() -> None:
    answer(**PICTURE, in_memory=63)


def unmeasured() -> None:
    answer(**{**PICTURE, "width": "4" * 100})


def other_frame() -> None:
    answer(**{**PICTURE, "n": 1}, in_memory=64)


def no_facts() -> None:
    answer(in_memory=64)


def wrong_words() -> None:
    answer(**{**PICTURE, "sar": "1/0", "native": 7}, in_memory=64)


def wrong_progress() -> None:
    send(id=read()["id"], progress=["soon", None])
    time.sleep(600)


def wrong_error() -> None:
    send(id=read()["id"], error="SystemExit", message="one\ntwo" * 2000, trace=7)
    time.sleep(600)


def nested() -> None:
    read()
    data = b"[" * 200_000
    REPLIES.write(struct.pack(">IQ", len(data), 0) + data)
    REPLIES.flush()
    time.sleep(600)


def huge_head() -> None:
    read()
    REPLIES.write(struct.pack(">IQ", (1 << 32) - 1, 0))
    REPLIES.flush()
    time.sleep(600)


def huge_blob() -> None:
    read()
    REPLIES.write(struct.pack(">IQ", 2, 1 << 62) + b"{}")
    REPLIES.flush()
    time.sleep(600)


def flood() -> None:
    read()
    while True:
        send(id=0, progress=[1, 1], filling="x" * 10_000)


def false_table() -> None:
    number = read()["id"]
    data = json.dumps({"id": number, "ok": True}).encode()
    REPLIES.write(struct.pack(">IQ", len(data), 100) + data + b"EDFT" + bytes(96))
    REPLIES.flush()
    time.sleep(600)


def deaf() -> None:
    """Read nothing, ever: the pipe fills."""
    time.sleep(600)


def slow() -> None:
    number = read()["id"]
    for done in range(1, 6):
        time.sleep(0.3)
        send(id=number, progress=[done, 5])
    send(id=number, ok=True, sound=None)
    time.sleep(5)


if __name__ == "__main__":
    if sys.argv[1] != "mute":
        send(ready=True)
    globals()[sys.argv[1]]()

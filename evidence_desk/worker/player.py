"""The process that plays: one file, with sound, through libvlc. It answers no questions about frames.

It is told what to do by messages and says by messages what it shows; each picture goes through shared memory.
"""

from __future__ import annotations

import os
import threading
from typing import Any, BinaryIO

from evidence_desk.domain.errors import EvidenceDeskError, MediaUnreadable
from evidence_desk.media import picture_memory
from evidence_desk.media.protocol import Message, ProtocolError, read_message, write_message
from evidence_desk.worker.limits import apply_limits
from evidence_desk.worker.serve import take_pipes
from evidence_desk.worker.vlc_library import VlcMissing, load_vlc, make_instance, version

SOUND_OPTION = "--sound="
CHECK = "--check"


class Replies:
    """What the process says, from several threads, one message after the other."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def say(self, event: str, blob: bytes = b"", **words: Any) -> None:
        """Tell the desk of an event; ends the process where the desk is gone."""
        try:
            with self._lock:
                write_message(self._stream, Message({"event": event, **words}, blob))
        except OSError:
            os._exit(0)


def serve_player(arguments: list[str]) -> int:
    """Play what the desk asks for until it closes the pipe; return the exit status.

    `arguments` end with the word for the picture memory. Before it, `--sound=MODULE` names another sound output than
    the usual one, and `--check` only tells whether libvlc starts.
    """
    requests, stream = take_pipes()
    apply_limits()
    sound = next((a.removeprefix(SOUND_OPTION) for a in arguments if a.startswith(SOUND_OPTION)), "")
    replies = Replies(stream)
    try:
        vlc = load_vlc()
        found = version(vlc)
        if CHECK in arguments:
            make_instance(vlc, sound)
            replies.say("ready", version=found)
            return 0
    except VlcMissing as error:
        replies.say("missing", message=str(error))
        return 0
    from evidence_desk.worker.player_run import PlayerRun

    # The instance is made when a file is opened: it starts a thread, and none may run before the process is confined.
    run = PlayerRun(vlc, sound, picture_memory.attach(arguments[-1]), replies)
    replies.say("ready", version=found)
    while True:
        try:
            message = read_message(requests)
        except (ProtocolError, OSError):
            message = None
        if message is None:
            os._exit(0)  # libvlc takes its time to let go, and nothing here is worth keeping
        _do(run, message, replies)


def _do(run: Any, message: Message, replies: Replies) -> None:
    """Do one thing; what a file or libvlc throws becomes one line for the person at the desk."""
    try:
        run.do(message)
    except VlcMissing as error:
        replies.say("missing", message=str(error))
    except EvidenceDeskError as error:
        replies.say("failed", error=type(error).__name__, message=str(error))
    except Exception as error:  # noqa: BLE001 - the desk must hear of it, whatever libvlc throws
        text = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        replies.say("failed", error=MediaUnreadable.__name__, message=f"This cannot be played: {text}.")

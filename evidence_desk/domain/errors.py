"""Failures a person can understand: each message is one line that says what happened, what is safe and what to do."""

from __future__ import annotations

import re

# After a letter, a digit or a closing sign alone: the name of a folder may be all dots.
_TWO_STOPS = re.compile(r"""(?<=[\w)\]'"”’%])([.?!…]['"”’]?)[.:](?=\s|$)""")


def one_stop(line: str) -> str:
    """Return a line in which no sentence ends twice, as where the words of another program are put into a sentence."""
    return _TWO_STOPS.sub(r"\1", line)


class EvidenceDeskError(Exception):
    """Root of every failure the desk knows; `str(error)` is the one clear line."""

    def __init__(self, line: str = "") -> None:
        super().__init__(one_stop(line))


class CaseError(EvidenceDeskError):
    """The case folder is not what it should be."""


class CaseInUse(CaseError):
    """Another window or command holds the case for writing."""

    def __init__(self, message: str, holder: str = "") -> None:
        super().__init__(message)
        self.holder = holder


class CaseReadOnly(CaseError):
    """A write was asked of a case that is open to read."""


class NewerVersion(CaseError):
    """The case was written by a newer version of the desk."""


class NotFound(EvidenceDeskError):
    """A record, file or term that was named does not exist."""


class Refused(EvidenceDeskError):
    """The request breaks a rule of the record; nothing was written."""


class StaleRevision(Refused):
    """The record changed since it was read; nothing was written."""


class Duplicate(Refused):
    """The same bytes are already in the case."""

    def __init__(self, message: str, number: str) -> None:
        super().__init__(message)
        self.number = number


class DiskFull(EvidenceDeskError):
    """There is no room for what was asked; nothing was left half made."""


class MediaUnreadable(EvidenceDeskError):
    """No picture or sound can be had from the file."""


class FrameOutOfRange(EvidenceDeskError):
    """A frame number beyond the counted frames was asked for."""


class WorkerFailed(EvidenceDeskError):
    """The process that opens media could not do what was asked."""


class WorkerLost(WorkerFailed):
    """The process that opens media stopped, fell silent or sent what is no answer; the next request gets another."""


class Cancelled(EvidenceDeskError):
    """A person stopped the work; nothing was left half made."""

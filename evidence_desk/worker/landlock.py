"""Which files a process may open (Landlock): those named here and no other, by whatever path.

Numbers and layout: Linux `include/uapi/linux/landlock.h`; rules: landlock(7). The calls have the same numbers on every
machine. What was opened before stays open. Looking whether a file exists is not covered; opening and listing are.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_VERSION_FLAG, _RULE_PATH = 1, 1
_PR_SET_NO_NEW_PRIVS = 38
_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_FILE_RIGHTS = 1 << 0 | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
# All rights on files that each version of the interface can withhold; later versions withhold what the last one does.
_HANDLED = (0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF)
_TCP = 0b11  # bind and connect, from version 4
_SCOPES = 0b11  # abstract sockets and signals of others, from version 6


def version() -> int:
    """Return the version of the kernel's interface, 0 where there is none."""
    return max(int(_libc().syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION_FLAG)), 0)


def restrict(readable: Iterable[Path], writable: Iterable[Path] = ()) -> str:
    """Let this thread, and those it starts, open nothing but what lies at or below these paths; return "" or why not.

    Paths that do not exist are passed over. A folder may be listed and read, at `writable` also written to; no place
    allows programs to be started, nor files to be made or removed.
    """
    known = version()
    if not known:
        return "the kernel has no Landlock"
    handled = _HANDLED[min(known, len(_HANDLED)) - 1]
    words = [handled] + [_TCP] * (known >= 4) + [_SCOPES] * (known >= 6)
    attribute = ctypes.create_string_buffer(struct.pack(f"={len(words)}Q", *words), 8 * len(words))
    libc = _libc()
    ruleset = libc.syscall(_CREATE, attribute, ctypes.c_size_t(8 * len(words)), 0)
    if ruleset < 0:
        return f"the kernel refused a set of rules ({os.strerror(ctypes.get_errno())})"
    try:
        for path in readable:
            _allow(libc, ruleset, path, (_READ_FILE | _READ_DIR) & handled)
        for path in writable:
            _allow(libc, ruleset, path, (_READ_FILE | _READ_DIR | _WRITE_FILE | _IOCTL_DEV) & handled)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if libc.syscall(_RESTRICT, ruleset, 0) != 0:
            return f"the kernel refused the rules ({os.strerror(ctypes.get_errno())})"
    finally:
        os.close(ruleset)
    return ""


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (OSError, ValueError):
        return
    try:
        rights = rights if path.is_dir() else rights & _FILE_RIGHTS
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, descriptor), 12)
        libc.syscall(_ADD_RULE, ruleset, _RULE_PATH, rule, 0)
    finally:
        os.close(descriptor)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)

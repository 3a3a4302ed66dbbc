"""Hides from this process the places where others' files and local services lie (a mount namespace of its own).

Landlock says which files may be opened, but not to which sockets of this machine a process may connect, and the player
needs one: the sound server's. So the home folder and the folders of running services are covered by empty ones, and
only what is needed is put back. Calls and flags: unshare(2), mount(2), user_namespaces(7).
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000
_BIND, _RECURSIVE, _PRIVATE = 1 << 12, 1 << 14, 1 << 18
_NO_SUID, _NO_DEVICES, _NO_PROGRAMS, _DETACH = 2, 4, 8, 2
_PLACES = ("/run", "/tmp", "/var/tmp", "/home", "/root")  # noqa: S108 - nothing is made there


def hide_places(keep: Iterable[Path]) -> str:
    """Cover the places with empty folders that show nothing but `keep`; return "" or why it could not be done.

    Needs a process with one thread. What is open stays open. Nothing outside this process changes, and where it fails
    half-way nothing is covered.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    places = _places()
    kept = [path for path in keep if os.path.exists(path) and _below(path, places)]  # noqa: PTH110 - never raises
    covered: list[Path] = []
    opened: list[tuple[Path, Path, int]] = []
    try:
        _leave(libc)
        _mount(libc, b"none", Path("/"), None, _PRIVATE | _RECURSIVE)
        # Only what is opened after the mounts were copied can be put back.
        opened = [(path, path.resolve(), os.open(path, os.O_PATH | os.O_CLOEXEC)) for path in kept]
        for place in places:
            _mount(libc, b"tmpfs", place, b"tmpfs", _NO_SUID | _NO_DEVICES | _NO_PROGRAMS, b"size=256k,mode=755")
            covered.append(place)
        for path, real, descriptor in opened:
            _put_back(libc, real, descriptor)
            _put_back(libc, path, descriptor)
    except OSError as error:
        for place in reversed(covered):
            libc.umount2(os.fsencode(place), _DETACH)
        return f"a view of the files of its own was refused ({error.strerror})"
    finally:
        for _, _, descriptor in opened:
            os.close(descriptor)
    return ""


def _places() -> list[Path]:
    """Return what is covered, each once, none inside another; the root itself never."""
    wanted = [Path(place) for place in (*_PLACES, os.environ.get("XDG_RUNTIME_DIR", ""), os.environ.get("HOME", ""))]
    real = {path.resolve() for path in wanted if path.is_absolute() and os.path.isdir(path)}  # noqa: PTH112 - as above
    real.discard(Path("/"))
    return sorted(path for path in real if not any(other in path.parents for other in real))


def _below(path: Path, places: Iterable[Path]) -> bool:
    resolved = path.resolve()
    return any(place == resolved or place in resolved.parents for place in places)


def _leave(libc: ctypes.CDLL) -> None:
    """Take a copy of the mount table; who may not do that takes a user namespace with it, as the same person."""
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(_NEW_MOUNTS) == 0:
        return
    if libc.unshare(_NEW_USER | _NEW_MOUNTS) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path("/proc/self", name).write_text(text)


def _put_back(libc: ctypes.CDLL, path: Path, descriptor: int) -> None:
    if os.path.exists(path):  # noqa: PTH110 - never raises
        return  # it lies in a folder that was put back before
    path.parent.mkdir(parents=True, exist_ok=True)
    if os.path.isdir(f"/proc/self/fd/{descriptor}"):  # noqa: PTH112 - through the descriptor
        path.mkdir()
    else:
        path.touch()
    _mount(libc, f"/proc/self/fd/{descriptor}".encode(), path, None, _BIND | _RECURSIVE)


def _mount(
    libc: ctypes.CDLL, source: bytes, target: Path, kind: bytes | None, flags: int, options: bytes | None = None
) -> None:
    if libc.mount(source, os.fsencode(target), kind, ctypes.c_ulong(flags), options) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

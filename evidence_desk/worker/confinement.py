"""Locks a process that opens media in with the one file it was asked about, as far as the system can do that.

On Linux: Landlock for files, a seccomp filter for the rest, no capabilities, no new privileges; for the player, which
needs the sound server, also a view of the files in which other local services do not appear. Landlock holds the
thread that asks for it and those it starts, so this is called while there is one thread alone. What cannot be had is
said in the result; nothing here ever raises because a kernel is older or a container forbids it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from evidence_desk.media.protections import PROTECTIONS, Protections
from evidence_desk.worker import landlock
from evidence_desk.worker.hidden_places import hide_places
from evidence_desk.worker.syscall_filter import load_filter

_LIBRARIES = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/nix/store", "/gnu/store")
_SYSTEM = (
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/dev/null",
    "/dev/zero",
    "/dev/urandom",
    "/dev/random",
    "/sys/devices/system/cpu",
    "/proc/cpuinfo",
    "/proc/meminfo",
)
_SOUND = (
    "/etc/alsa",
    "/etc/asound.conf",
    "/etc/pulse",
    "/etc/machine-id",
    "/etc/nsswitch.conf",
    "/etc/passwd",
    "/usr/share/alsa",
    "/usr/share/pipewire",
    "/etc/pipewire",
    "/usr/share/vlc",
    "/var/lib/dbus/machine-id",
)
_SOUND_DEVICES = ("/dev/snd", "/dev/null")
_HERE = Path(__file__).resolve().parents[1]
_PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _CLEAR_ALL = 4, 24, 38, 47, 4
_CAPABILITY_VERSION = 0x20080522  # linux/capability.h, version 3: two words of 32 bits
_READ_ALL = 1 << 2  # CAP_DAC_READ_SEARCH
_CAPABILITIES = 64


def confine(kind: str, path: str, *, limited: bool = True) -> Protections:
    """Let this process open the file at `path` and its libraries, nothing else, from now on; return what is on.

    `kind` is "decoder", or "player", which also reaches the sound server and device. A path that is no ordinary file
    leaves no file at all. `limited` is what `apply_limits` returned.
    """
    if sys.platform != "linux":
        return _elsewhere(kind, limited)
    libc = ctypes.CDLL(None, use_errno=True)
    media = Path(path) if path and os.path.isfile(path) else None  # noqa: PTH113 - a path with a NUL byte is no file
    keeps_reading = _needs_to_read_all(libc, media)
    off = _hold_files(kind, media)
    why = _drop_privileges(libc, _READ_ALL if keeps_reading else 0)
    if why:
        off["privileges"] = why
    why = load_filter(kind)
    if why:
        off |= dict.fromkeys(("network", "services", "programs", "others"), why)
    if "files" in off and (why or kind == "player"):
        off["writing"] = off["files"]
    on = tuple(name for name in PROTECTIONS if name not in off)
    return Protections(kind, on, tuple(off.items()))


def _hold_files(kind: str, media: Path | None) -> dict[str, str]:
    """Put the rules about files in force; return why those that are not in force are not."""
    off: dict[str, str] = {}
    readable = [*_program(), *map(Path, (*_LIBRARIES, *_SYSTEM)), *([media] if media else [])]
    writable: list[Path] = []
    threads = _threads()
    if kind == "player":
        readable += [*map(Path, _SOUND), *_sound_of_this_person()]
        writable += map(Path, _SOUND_DEVICES)
    hidden = False
    if kind == "player" or not landlock.version():
        why = hide_places([*readable, *writable])
        hidden = not why
        if why and kind == "player":
            off["services"] = why
    why = landlock.restrict(readable, writable)
    if why:
        off["files"] = f"{why}; the folders of people and services are hidden instead" if hidden else why
    elif threads > 1:
        off["files"] = f"{threads - 1} threads ran before the rules were in force"
    return off


def _elsewhere(kind: str, limited: bool) -> Protections:
    why = "this system's means are not used, and nothing here was tried on it"
    on = ("process", "limits") if limited else ("process",)
    return Protections(kind, on, tuple((name, why) for name in PROTECTIONS if name not in on))


def _program() -> Iterator[Path]:
    """Give where this program and its libraries lie."""
    yield _HERE
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        yield Path(bundle)
    yield Path(os.__file__).parent
    for place in map(Path, sys.path):  # of folders that anybody may put there, only those where libraries are installed
        if place.name in ("site-packages", "dist-packages", "lib-dynload"):
            yield place
    yield Path(sys.base_prefix) / "lib" / f"libpython{sys.version_info[0]}.{sys.version_info[1]}.so.1.0"


def _sound_of_this_person() -> Iterator[Path]:
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    yield from (runtime / "pulse", runtime / "pipewire-0")
    with contextlib.suppress(RuntimeError):
        home = Path.home()
        yield from (home / ".config/pulse/cookie", home / ".pulse-cookie", home / ".asoundrc")


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - counted before /proc is out of reach
    except OSError:
        return 1


def _needs_to_read_all(libc: ctypes.CDLL, media: Path | None) -> bool:
    """Tell whether the file can be read with the superuser's right to read everything alone."""
    if media is None or os.geteuid() != 0:
        return False
    held = _capabilities(libc)
    if not held or not _set_capabilities(libc, 0, held):
        return False
    try:
        os.close(os.open(media, os.O_RDONLY | os.O_CLOEXEC))
    except OSError:
        return True
    finally:
        _set_capabilities(libc, held, held)
    return False


def _drop_privileges(libc: ctypes.CDLL, keep: int) -> str:
    """Give up every capability but `keep`, and all ways to get one; return "" or why that failed."""
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return "the kernel cannot refuse new privileges"
    libc.prctl(_PR_CAP_AMBIENT, _CLEAR_ALL, 0, 0, 0)
    for number in range(_CAPABILITIES):
        libc.prctl(_PR_CAPBSET_DROP, number, 0, 0, 0)
    if not _set_capabilities(libc, keep, keep):
        return "capabilities could not be given up"
    return "the right to read every file is kept, because the file belongs to someone else" if keep else ""


def _capabilities(libc: ctypes.CDLL) -> int:
    """Return the permitted capabilities as bits."""
    data = ctypes.create_string_buffer(24)
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION, 0), 8)
    if libc.capget(header, data) != 0:
        return 0
    words = struct.unpack("=6I", data.raw)
    return int(words[1] | words[4] << 32)


def _set_capabilities(libc: ctypes.CDLL, effective: int, permitted: int) -> bool:
    low, high = 0xFFFFFFFF, 32
    words = (effective & low, permitted & low, 0, effective >> high, permitted >> high, 0)
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION, 0), 8)
    return bool(libc.capset(header, ctypes.create_string_buffer(struct.pack("=6I", *words), 24)) == 0)

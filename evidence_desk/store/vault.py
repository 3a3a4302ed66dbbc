"""The vault: files under their SHA-256, read-only, entered by staging, hashing while copying, and one rename."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from evidence_desk.domain.errors import DiskFull, EvidenceDeskError, NotFound, Refused
from evidence_desk.jobs import JobContext, NullContext
from evidence_desk.store.paths import CasePaths

_BLOCK = 1 << 20
_SPARE = 64 << 20
"""Room left free on the disk beside the copy: the database and its log have to go on."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was copied whole into staging: its place there, size in bytes and both hashes (hex)."""

    path: Path
    received_name: str
    size: int
    sha256: str
    sha512: str


def stage(paths: CasePaths, file: Path, ctx: JobContext) -> Staged:
    """Copy a file into staging, hash it in the same pass, re-hash what was written; refuse one that changed meanwhile.

    Raises NotFound, Refused (directory, empty, unreadable, changed), DiskFull, Cancelled; nothing is left behind then.
    """
    before = _look(file)
    free = shutil.disk_usage(paths.folder).free
    if before.st_size + _SPARE > free:
        raise DiskFull(
            f"{file.name} needs {before.st_size:,} bytes and {free:,} are free beside the case. Nothing was taken in. "
            "Make room or move the case."
        )
    target = paths.staging / f"{uuid.uuid4().hex}.part"
    try:
        paths.staging.mkdir(exist_ok=True)
        _whence(target).write_text(readable_name(file.name), encoding="utf-8")
        sha256, sha512 = _copy(file, target, before.st_size, ctx)
        after = file.stat()
        if _state(after) != _state(before) or target.stat().st_size != before.st_size:
            raise Refused(f"{file.name} changed while it was read. Nothing was taken in. Try again when it is at rest.")
        if _rehash(target, before.st_size, ctx) != sha256:
            raise Refused(
                f"The copy of {file.name} does not read back as written. Nothing was taken in. Check the disk."
            )
    except OSError as error:
        _drop(target)
        raise _clear(file, error) from error
    except BaseException:
        _drop(target)
        raise
    return Staged(target, readable_name(file.name), before.st_size, sha256, sha512)


def place(paths: CasePaths, staged: Staged) -> str:
    """Move a staged file into the vault, read-only; returns its stored relative path.

    An equal file there is kept; one that has its name and other bytes was spoiled, and the good copy takes its place.
    """
    relative = paths.vault_name(staged.sha256, staged.received_name)
    target = paths.stored(relative)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.path.chmod(0o444)
        if target.exists() and _rehash(target, staged.size, NullContext()) == staged.sha256:
            discard(staged)
        else:
            _make_way(target)
            staged.path.replace(target)
            discard(staged)
        _sync_folder(target.parent)
    except OSError as error:
        discard(staged)
        raise _clear(Path(staged.received_name), error) from error
    return relative


def discard(staged: Staged) -> None:
    """Leave nothing in staging of a file that was copied there, or has gone from there to its place."""
    _drop(staged.path)


def readable_name(name: str) -> str:
    """Return a file name as text that can be stored: bytes that are no text (old file systems) become `\\xe9`."""
    try:
        raw = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # Windows names can hold half characters, which stand for no byte.
        raw = name.encode("utf-8", "backslashreplace")
    return raw.decode("utf-8", "backslashreplace")


def file_hash(path: Path, ctx: JobContext) -> str:
    """Return the SHA-256 (hex) of a file, read in one streaming pass with progress."""
    return _rehash(path, path.stat().st_size, ctx)


def strays(paths: CasePaths, known: set[str]) -> tuple[str, ...]:
    """Return the vault's relative paths that no row names."""
    found = (p.relative_to(paths.folder).as_posix() for p in sorted(paths.vault.rglob("*")) if p.is_file())
    return tuple(p for p in found if p not in known)


def set_aside(paths: CasePaths, relative: str) -> str:
    """Move a vault file without a row back to staging and return its new relative path."""
    source = paths.stored(relative)
    target = paths.staging / f"unregistered-{source.name}"
    source.chmod(0o644)
    source.replace(target)
    return target.relative_to(paths.folder).as_posix()


def clear_parts(paths: CasePaths) -> tuple[str, ...]:
    """Remove half copies that a stopped process left in staging; returns the names of their files, "" where unknown."""
    names = []
    for part in sorted(paths.staging.glob("*.part")) if paths.staging.is_dir() else ():
        try:
            names.append(_whence(part).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            names.append("")
        _drop(part)
    for left in paths.staging.glob("*.from"):
        left.unlink(missing_ok=True)
    return tuple(names)


def _whence(part: Path) -> Path:
    """Return the file beside a copy on its way in that holds the name of what is copied."""
    return part.with_suffix(".from")


def _look(file: Path) -> os.stat_result:
    try:
        found = file.stat()
    except OSError as error:
        raise NotFound(f"{file} was not found. Nothing was taken in. Check the name and the drive.") from error
    if stat.S_ISDIR(found.st_mode):
        raise Refused(f"{file} is a folder. Nothing was taken in. Name the files in it.")
    if not stat.S_ISREG(found.st_mode):
        raise Refused(f"{file} is no regular file. Nothing was taken in.")
    if found.st_size == 0:
        raise Refused(f"{file} is empty. Nothing was taken in.")
    return found


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ino


def _copy(file: Path, target: Path, size: int, ctx: JobContext) -> tuple[str, str]:
    """Copy and hash in one pass: the slow hash runs beside the copy on another core; returns both digests (hex)."""
    short, long, done = hashlib.sha256(), hashlib.sha512(), 0
    with ThreadPoolExecutor(1, "sha512") as beside, file.open("rb") as source, target.open("xb", buffering=0) as copy:
        hashing: Future[None] | None = None
        while block := source.read(_BLOCK):
            if hashing is not None:
                hashing.result()
            hashing = beside.submit(long.update, block)
            short.update(block)
            _write_all(copy, block)
            done += len(block)
            ctx.progress(done, 2 * size, "copy")
        os.fsync(copy.fileno())
    return short.hexdigest(), long.hexdigest()


def _write_all(copy: FileIO, block: bytes) -> None:
    # Unbuffered files may take less than they are given.
    rest = memoryview(block)
    while rest:
        rest = rest[copy.write(rest) :]


def _rehash(path: Path, size: int, ctx: JobContext) -> str:
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            done += len(block)
            ctx.progress(size + done, 2 * size, "read back")
    return digest.hexdigest()


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.chmod(0o644)
        path.unlink()
    with contextlib.suppress(OSError):
        _whence(path).unlink(missing_ok=True)


def _make_way(target: Path) -> None:
    # Windows does not replace a file that is marked read-only.
    with contextlib.suppress(FileNotFoundError):
        target.chmod(0o644)


def _sync_folder(folder: Path) -> None:
    # A rename is only safe once the folder entry is on the disk; Windows has no such call.
    if os.name == "posix":
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _clear(file: Path, error: OSError) -> EvidenceDeskError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            f"The disk is full. {file.name} was not taken in and nothing was left half made. Make room and try again."
        )
    return Refused(f"{file.name} could not be read or copied ({error.strerror}). Nothing was taken in.")

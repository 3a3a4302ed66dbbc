"""Writing what a command made: whole or not at all, and never over a file of another kind."""

from __future__ import annotations

from pathlib import Path

from evidence_desk.domain.errors import Refused


def refuse_other_files(out: Path, start: bytes, kind: str) -> None:
    """Refuse to write over a file that does not begin with `start`: a slip of the hand must not cost an original."""
    if out.is_dir():
        raise Refused(f"{out} is a folder. Nothing was written; name a file in it.")
    if out.exists():
        with out.open("rb") as file:
            if file.read(len(start)) not in (start, b""):
                raise Refused(f"{out} exists and is no {kind}. Nothing was written; choose another name.")
    elif not out.absolute().parent.is_dir():
        raise Refused(f"There is no folder {out.absolute().parent}. Nothing was written.")


def write_whole(out: Path, data: bytes) -> None:
    """Write the file beside its place first; raises OSError."""
    part = out.with_name(f"{out.name}.part")
    try:
        part.write_bytes(data)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)

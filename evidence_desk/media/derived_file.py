"""Files of `derived/`: named after what made them, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def derived_name(kind: str, decoder: str, suffix: str) -> str:
    """Return `<kind>-<decoder><suffix>` with whatever may not stand in a file name made a dash."""
    kept = "".join(c if c.isalnum() or c in ".-" else "-" for c in decoder)
    return f"{kind}-{kept.strip('-')}{suffix}"


def write_whole(data: bytes, path: Path) -> None:
    """Write `data` to `path`, making its folder; nobody ever finds half of it there. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)

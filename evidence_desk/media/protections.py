"""What holds a process that opens media: which protections are on, which are not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PROTECTIONS = ("process", "files", "writing", "network", "services", "programs", "others", "privileges", "limits")
"""`process` a process of its own without the case, `files` no file but its own, `writing` nothing written, `network` no
connection, `services` none of this machine but the sound server, `programs` none started, `others` no other process
touched, `privileges` none kept, `limits` bounded use."""


@dataclass(frozen=True, slots=True)
class Protections:
    """The protections of one kind of process; `off` says of each that is missing why it is."""

    kind: str
    on: tuple[str, ...] = ()
    off: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {"kind": self.kind, "on": list(self.on), "off": [list(pair) for pair in self.off]}


def protections_from(data: Mapping[str, Any]) -> Protections:
    """Return what a worker reported; raises KeyError, TypeError or ValueError on anything else."""
    on = tuple(name for name in PROTECTIONS if name in data["on"])
    off = tuple((str(name), str(why)[:200]) for name, why in data["off"] if name in PROTECTIONS)
    return Protections(str(data["kind"]), on, off)

"""Makes resources/icc/srgb-v2.icc: a version 2 matrix profile of sRGB from the published primaries and transfer curve.

Numbers: IEC 61966-2-1 (primaries and curve) adapted to D50 as in the ICC's own sRGB description; layout: ICC.1:2001-04.
"""

import struct
import sys
from pathlib import Path

WHITE = (0.9642, 1.0, 0.8249)
COLUMNS = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
CREATED = (2026, 1, 1, 0, 0, 0)
CURVE_POINTS = 1024


def fixed(value: float) -> bytes:
    """An s15Fixed16Number."""
    return struct.pack(">i", round(value * 65536))


def xyz(values: tuple[float, float, float]) -> bytes:
    """An XYZ tag."""
    return b"XYZ \0\0\0\0" + b"".join(fixed(v) for v in values)


def text(value: str) -> bytes:
    """A text tag."""
    return b"text\0\0\0\0" + value.encode("ascii") + b"\0"


def description(value: str) -> bytes:
    """A version 2 description tag: ASCII, then empty Unicode and script parts."""
    plain = value.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(plain)) + plain + bytes(4 + 4 + 2 + 1 + 67)


def curve() -> bytes:
    """The sRGB transfer curve as a table of 16-bit values."""
    points = []
    for i in range(CURVE_POINTS):
        v = i / (CURVE_POINTS - 1)
        linear = v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        points.append(round(linear * 65535))
    return b"curv\0\0\0\0" + struct.pack(f">I{CURVE_POINTS}H", CURVE_POINTS, *points)


def profile() -> bytes:
    """The whole profile."""
    shared = curve()
    tags: list[tuple[bytes, bytes]] = [
        (b"desc", description("sRGB IEC61966-2.1")),
        (b"cprt", text("No copyright claimed on these published numbers")),
        (b"wtpt", xyz(WHITE)),
        *((name, xyz(values)) for name, values in COLUMNS.items()),
        (b"rTRC", shared),
        (b"gTRC", shared),
        (b"bTRC", shared),
    ]
    offset = 128 + 4 + 12 * len(tags)
    placed: dict[bytes, int] = {}
    table, body = b"", b""
    for name, data in tags:
        if data not in placed:
            placed[data] = offset + len(body)
            body += data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", placed[data], len(data))
    size = offset + len(body)
    header = struct.pack(">I4sI4s4s4s6H4s4sI4s4sQI", size, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ", *CREATED,
                         b"acsp", b"\0\0\0\0", 0, b"\0\0\0\0", b"\0\0\0\0", 0, 0)  # fmt: skip
    header += b"".join(fixed(v) for v in WHITE)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(profile())

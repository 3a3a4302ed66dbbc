"""The values of one stored pixel against ffmpeg's own bytes, in layouts of every kind."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from evidence_desk.media.client import MediaWorker

W, H = 32, 24
# layout: where the components of pixel (x, y) lie in ffmpeg's raw frame, as (name, byte offset, bytes)
X, Y = 13, 7
LUMA, QUARTER = W * H, (W // 2) * (H // 2)
CHROMA = (Y // 2) * (W // 2) + X // 2
KINDS: dict[str, tuple[tuple[str, int, int], ...]] = {
    "yuv420p": (("Y", Y * W + X, 1), ("Cb", LUMA + CHROMA, 1), ("Cr", LUMA + QUARTER + CHROMA, 1)),
    "yuv420p10le": (
        ("Y", 2 * (Y * W + X), 2),
        ("Cb", 2 * (LUMA + CHROMA), 2),
        ("Cr", 2 * (LUMA + QUARTER + CHROMA), 2),
    ),
    "nv12": (("Y", Y * W + X, 1), ("Cb", LUMA + 2 * CHROMA, 1), ("Cr", LUMA + 2 * CHROMA + 1, 1)),
    "gbrp": (("R", 2 * LUMA + Y * W + X, 1), ("G", Y * W + X, 1), ("B", LUMA + Y * W + X, 1)),
    "rgb24": tuple((name, 3 * (Y * W + X) + k, 1) for k, name in enumerate("RGB")),
    "bgra": tuple((name, 4 * (Y * W + X) + "BGRA".index(name), 1) for name in "RGBA"),
    "yuyv422": (
        ("Y", 2 * (Y * W + X), 1),
        ("Cb", 2 * (Y * W + X // 2 * 2) + 1, 1),
        ("Cr", 2 * (Y * W + X // 2 * 2) + 3, 1),
    ),
    "gray": (("Y", Y * W + X, 1),),
}


@pytest.mark.parametrize("layout", KINDS)
def test_the_values_are_those_ffmpeg_stores(layout: str, tmp_path: Path) -> None:
    file = tmp_path / f"{layout}.nut"
    made = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"testsrc2=s={W}x{H}:r=10:d=0.3", "-pix_fmt", layout]
    subprocess.run([*made, "-c:v", "rawvideo", str(file)], check=True)
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(file), "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", layout, "-"],
        check=True,
        capture_output=True,
    ).stdout
    with MediaWorker() as worker:
        found = worker.sample(file, worker.index(file), 0, X, Y)
    expected = [(name, int.from_bytes(raw[at : at + size], "little")) for name, at, size in KINDS[layout]]
    assert [(name, value) for name, value, _ in found.values] == expected
    assert found.layout == layout
    assert found.words().startswith(", ".join(f"{name} {value}" for name, value in expected))


def test_a_palette_has_no_plain_samples_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "palette.gif"
    made = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"testsrc2=s={W}x{H}:r=10:d=0.3", str(file)]
    subprocess.run(made, check=True)
    with MediaWorker() as worker:
        found = worker.sample(file, worker.index(file), 0, 500, -3)
    assert (found.x, found.y) == (W - 1, 0)
    assert found.values or found.words().startswith("no plain samples")

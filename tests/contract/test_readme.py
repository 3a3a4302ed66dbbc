"""The README's example is typed as it stands, in order, by somebody with a clip and a text of their own."""

import os
import shlex
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

STARTS = "python3 packaging/run.py -- "


def _clip(path: Path) -> None:
    """Three seconds of a square that wanders."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for n in range(75):
            picture = np.full((120, 160, 3), 90, np.uint8)
            picture[40:70, n : n + 30] = (200, 60, 40)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = n, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


@pytest.mark.slow
def test_the_example_of_the_readme_works(repository: Path, desk_command: list[str], tmp_path: Path) -> None:
    text = (repository / "README.md").read_text(encoding="utf-8")
    lines = [line.removeprefix(STARTS) for line in text.splitlines() if line.startswith(STARTS)]
    assert len(lines) > 8
    _clip(tmp_path / "clip.mp4")
    (tmp_path / "statement.txt").write_text("It says words exactly as they stand in the text. And more.", "utf-8")
    variables = {**os.environ, "EVIDENCE_DESK_ACTOR": "Reviewer A"}
    for line in lines:
        command = [*desk_command, *shlex.split(line)]
        done = subprocess.run(
            command, cwd=tmp_path, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (tmp_path / "dossier.pdf").read_bytes().startswith(b"%PDF-")
    assert "same" in done.stdout

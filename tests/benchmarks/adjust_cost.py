"""What display adjustments cost for a picture: each against the same picture without, in turn, in one run.

    python tests/benchmarks/adjust_cost.py [WIDTH HEIGHT]

Prints the median milliseconds of each over drawn pictures (1920 × 1080 where nothing is given). No decoder takes part.
"""

from __future__ import annotations

import json
import statistics
import sys
import time

import numpy as np

from evidence_desk.media.adjustments import Adjustments
from evidence_desk.worker.adjusting import adjusted, luma
from evidence_desk.worker.steady_turn import fitted, tilted
from evidence_desk.worker.steadying import moved

ROUNDS = 15
KINDS = {
    "levels and gamma": Adjustments(black=10, white=240, gamma=140),
    "local contrast": Adjustments(equalise=25),
    "sharpen": Adjustments(sharpen=80),
    "denoise": Adjustments(denoise=40),
    "saturation and hue": Adjustments(saturation=40, hue=20),
    "greyscale": Adjustments(colours="grey"),
}


def main() -> None:
    """Measure and print one line of JSON."""
    width, height = (int(v) for v in sys.argv[1:3]) if len(sys.argv) > 2 else (1920, 1080)
    picture = np.random.default_rng(1).integers(0, 255, (height, width, 4), np.uint8)
    coarse = np.random.default_rng(2).integers(0, 255, (45, 80)).astype(np.float32)
    scene = np.kron(coarse, np.ones((8, 8), np.float32))
    taken: dict[str, list[float]] = {name: [] for name in (*KINDS, "luma", "move", "fit with turn", "tilt")}
    for _ in range(ROUNDS):
        for name, adjust in KINDS.items():
            began = time.perf_counter()
            adjusted(picture, adjust, bgrx=True)
            taken[name].append(time.perf_counter() - began)
        began = time.perf_counter()
        luma(picture, bgrx=True)
        taken["luma"].append(time.perf_counter() - began)
        began = time.perf_counter()
        moved(picture, (7, -3))
        taken["move"].append(time.perf_counter() - began)
        began = time.perf_counter()
        fit = fitted(scene, scene, (0.0, 0.0))
        taken["fit with turn"].append(time.perf_counter() - began)
        assert not fit.why
        began = time.perf_counter()
        tilted(picture, (0.999, 0.01, 4.0, -3.0))
        taken["tilt"].append(time.perf_counter() - began)
    found = {name: round(statistics.median(times) * 1000, 1) for name, times in taken.items()}
    sys.stdout.write(json.dumps({"size": [width, height], "median_ms": found}) + "\n")


if __name__ == "__main__":
    main()

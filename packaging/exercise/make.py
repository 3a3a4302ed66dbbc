#!/usr/bin/env python3
"""Draws Exercise Kestrel: three fictional clips, their source texts and the answer key, all from one seed.

python packaging/exercise/make.py --seed 7 --out resources/exercises/kestrel
"""

import argparse
import multiprocessing
import sys
import time
from fractions import Fraction
from pathlib import Path

import above
import cv2
import key
import numpy as np
import sound
import story
import texts
from clips import GroundClip, Picture, Seen
from encode import ClipWriter, Recipe

CROP = (40, 22, 1216, 684)  # what the repost keeps of the picture: x, y, width, height in display pixels
REPOST_SIZE = (854, 480)
REPOST_RATE, REPOST_TICKS = 30, 15_360
POSTER_TIME = 15.0

_clip: GroundClip | above.AboveClip | None = None


def _draw(n: int) -> tuple[Picture, list[Seen]]:
    assert _clip is not None
    return _clip.frame(n)


def _tell(text: str, started: float) -> None:
    print(f"{time.monotonic() - started:6.1f} s  {text}", file=sys.stderr, flush=True)


def repost_sources(stamps: list[int]) -> list[int]:
    """For each frame of clip C, the frame of the longer original it shows: the newest one at its time."""
    out: list[int] = []
    i = 0
    for n in range(int(story.REPOST_END * REPOST_RATE)):
        due = n * story.TICKS // REPOST_RATE
        while i + 1 < len(stamps) and stamps[i + 1] <= due + 400:
            i += 1
        out.append(i)
    return out


def draw_ground(seed: int, out: Path, workers: int, started: float) -> tuple[list[list[Seen]], list[int]]:
    """Clips A and C together, since C shows what A shows; returns what each frame shows and C's frames."""
    global _clip  # noqa: PLW0603 - the forked workers find the finished plate here
    clip = GroundClip(seed)
    _clip = clip
    _tell("the yard is drawn", started)
    kept = story.ground_frames(seed)
    stamps = clip.stamps
    sources = repost_sources(stamps)
    wave = sound.build_sound(seed)
    pool = multiprocessing.get_context("fork").Pool(workers)  # before the encoders start threads of their own
    a = ClipWriter(
        out / "kestrel-ground.mp4",
        Recipe(
            (story.HEIGHT, story.WIDTH), Fraction(1, story.TICKS), Fraction(30), 29, "VideoHandle", "SoundHandle",
            rotation=-90, options={"bf": "0", "g": "60", "profile": "high"},
        ),
        (wave[: round(story.SOUND_END * sound.RATE)], sound.RATE, sound.RATE, 72_000),
    )  # fmt: skip
    c = ClipWriter(
        out / "kestrel-repost.mp4",
        Recipe(
            REPOST_SIZE, Fraction(1, REPOST_TICKS), Fraction(REPOST_RATE), 31, "Platform P video", "Platform P sound",
            brand="isom", silent_tools=False, options={"g": "250"},
        ),
        (wave, sound.RATE, 44_100, 48_000),
    )  # fmt: skip
    shown: list[list[Seen]] = []
    step = REPOST_TICKS // REPOST_RATE
    x, y, w, h = CROP
    poster = min(range(kept), key=lambda n: abs(stamps[n] / story.TICKS - POSTER_TIME))
    done = 0
    with pool:
        for n, (picture, seen) in enumerate(pool.imap(_draw, range(sources[-1] + 1), chunksize=4)):
            shown.append(seen)
            if n < kept:
                end = (
                    min(stamps[n + 1], round(story.PICTURE_END * story.TICKS))
                    if n + 1 < len(stamps)
                    else stamps[n] + 3000
                )
                a.add(np.asarray(np.rot90(picture), np.uint8), stamps[n], end - stamps[n])
            part = picture[y : y + h, x : x + w]
            cut = np.asarray(cv2.resize(part, REPOST_SIZE, interpolation=cv2.INTER_AREA), np.uint8)
            while done < len(sources) and sources[done] == n:
                c.add(cut, done * step, step)
                done += 1
            if n == poster:
                small = cv2.resize(picture, (640, 360), interpolation=cv2.INTER_AREA)
                cv2.imwrite(str(out / "poster.jpg"), small[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 76])
            if n % 200 == 0:
                _tell(f"ground frame {n}", started)
    a.close()
    c.close()
    return shown, sources


def draw_above(seed: int, out: Path, workers: int, started: float) -> list[list[Seen]]:
    """Clip B; returns what each frame shows."""
    global _clip  # noqa: PLW0603
    _clip = above.AboveClip(seed)
    step = above.TICKS // above.RATE
    pool = multiprocessing.get_context("fork").Pool(workers)
    writer = ClipWriter(
        out / "kestrel-above.mp4",
        Recipe(
            (above.WIDTH, above.HEIGHT), Fraction(1, above.TICKS), Fraction(above.RATE), 29, "Aerial video",
            brand="mp42", options={"g": "50", "profile": "main"},
        ),
    )  # fmt: skip
    shown: list[list[Seen]] = []
    with pool:
        for n, (picture, seen) in enumerate(pool.imap(_draw, range(above.FRAMES), chunksize=4)):
            shown.append(seen)
            writer.add(picture, n * step, step)
            if n % 100 == 0:
                _tell(f"frame {n} from above", started)
    writer.close()
    return shown


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--texts-only", action="store_true", help="write the sources, exercise.json and README only")
    args = parser.parse_args()
    out: Path = args.out
    out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(0)  # a forked worker cannot use OpenCV's threads of its parent
    started = time.monotonic()
    texts.write(out, args.seed)
    if args.texts_only:
        return 0
    ground, sources = draw_ground(args.seed, out, args.workers, started)
    high = draw_above(args.seed, out, args.workers, started)
    key.write(out, args.seed, key.Drawn(ground, high, sources, CROP, REPOST_SIZE))
    total = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
    _tell(f"finished: {total / 1e6:.2f} MB in {out}", started)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The answer key: what the script put where, frame by frame, held against what the finished files decode to."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import above
import numpy as np
import sound
import story
import suggest
from clips import Seen
from encode import decoded_pictures, decoded_sound
from fixtures import pole, tyres
from world import POLE, WALL_HEIGHT, WALL_X0, WALL_Y, Camera

VERSION = 1
W, H = story.WIDTH, story.HEIGHT
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a run drew: what each frame shows, the frames of the repost, its crop and its size."""

    ground: list[list[Seen]]
    high: list[list[Seen]]
    sources: list[int]
    crop: tuple[int, int, int, int]
    size: tuple[int, int]


def spans(flags: Iterable[bool], gap: int = 0) -> list[list[int]]:
    """First and last frame of each run of True; runs closer than `gap` frames are joined."""
    out: list[list[int]] = []
    for n, flag in enumerate(flags):
        if flag and out and n - out[-1][1] <= gap + 1:
            out[-1][1] = n
        elif flag:
            out.append([n, n])
    return out


def _boxed(box: Box | None, turned: bool) -> dict[str, list[int]] | None:
    """A box as x, y, width, height, shown and native."""
    if box is None:
        return None
    shown = suggest.plain(box)
    return {"native_xywh": suggest.turned(box), "shown_xywh": shown} if turned else {"native_xywh": shown}


def counts(seen: list[Seen], wanted: Callable[[Seen], bool]) -> dict[str, int]:
    """How many a careful viewer counts: min = well visible, best = recognisable, max = any trace."""
    chosen = [s for s in seen if wanted(s) and s.full > 0]
    share = [(s.visible, s.visible / s.full) for s in chosen]
    return {
        "min": sum(1 for v, f in share if f >= 0.6 and v >= 250),
        "best": sum(1 for v, f in share if f >= 0.2 and v >= 120),
        "max": sum(1 for v, _ in share if v >= 15),
    }


def _series(frames: list[list[Seen]], name: str) -> list[Seen | None]:
    return [next((s for s in seen if s.name == name), None) for seen in frames]


def _bands(frames: list[list[Seen]]) -> list[dict[str, Any]]:
    out = []
    for name, arm in story.GUARDS.items():
        row = _series(frames, name)
        visible = spans((s is not None and s.band_pixels >= 40 for s in row), gap=2)
        picks = sorted({n for a, b in visible for n in (a, (a + b) // 2, b)} | set(range(60, len(frames), 120)))
        boxes = []
        for n in picks:
            s = row[n]
            if s is not None and s.band_pixels >= 40:
                boxes.append({"frame": n, "pixels": s.band_pixels, **(_boxed(s.band_box, True) or {})})
        out.append(
            {
                "figure": name,
                "arm": arm,
                "part": "upper arm",
                "color": "yellow",
                "visible_frames": visible,
                "boxes": boxes,
            }
        )
    return out


def _figures(frames: list[list[Seen]]) -> list[dict[str, Any]]:
    out = []
    for name in sorted({s.name for seen in frames for s in seen}):
        row = _series(frames, name)

        def when(test: Callable[[Seen], bool], row: list[Seen | None] = row) -> list[list[int]]:
            return spans(s is not None and test(s) for s in row)

        entry: dict[str, Any] = {
            "figure": name,
            "in_yard": when(lambda s: s.full > 0),
            "visible": when(lambda s: s.visible >= 40),
        }
        entry["walking"] = when(lambda s: s.posture == "walking")
        if name.startswith("P"):
            entry["arms_raised"] = when(lambda s: s.arms == "raised")
            entry["kneeling"] = when(lambda s: s.posture == "kneeling")
            entry["lying"] = when(lambda s: s.posture == "lying")
            boxes = []
            for label in ("arms_raised", "kneeling", "lying"):
                for a, b in entry[label][:1]:
                    s = row[(a + b) // 2]
                    if s is not None and s.box is not None:
                        boxes.append({"frame": (a + b) // 2, "during": label, **(_boxed(s.box, True) or {})})
            entry["boxes"] = boxes
        else:
            entry["carries"] = "a long dark object"
        out.append(entry)
    return out


def _group(frames: list[list[Seen]], test: Callable[[Seen], bool]) -> dict[str, Any]:
    """When at least one, and when all nine, of the row fulfil a test."""
    number = [sum(1 for s in seen if s.name.startswith("P") and test(s)) for seen in frames]
    return {
        "any": spans(n > 0 for n in number),
        "all_nine": spans(n == story.SLOTS for n in number),
        "most": max(number),
    }


def _landmarks(cameras: list[Camera], size: tuple[int, int], turned: bool) -> list[dict[str, Any]]:
    """Frames in which each fixed thing lies inside the picture (it may be partly covered), with sample boxes."""
    corner = np.array([[WALL_X0, WALL_Y, 0.0], [WALL_X0, WALL_Y, WALL_HEIGHT - 0.1]])
    things = {
        "tyres": np.array([m.a for m in tyres().limbs]),
        "pole": np.array([m.a for m in pole().limbs[:1]] + [m.b for m in pole().limbs])
        if turned
        else np.array([[*POLE[:2], 0.4], [*POLE[:2], 1.2]]),
        "wall corner": corner,
    }
    out = []
    for name, points in things.items():
        boxes: list[Box | None] = []
        for camera in cameras:
            xy, z = camera.project(points)
            inside = (z > 0) & (xy[:, 0] >= 0) & (xy[:, 0] < size[0]) & (xy[:, 1] >= 0) & (xy[:, 1] < size[1])
            if inside.mean() < 0.5:
                boxes.append(None)
                continue
            low = np.clip(np.floor(xy.min(0) - 6), 0, size).astype(int)
            high = np.clip(np.ceil(xy.max(0) + 6), 0, size).astype(int)
            boxes.append((int(low[0]), int(low[1]), int(high[0]), int(high[1])))
        visible = spans((b is not None for b in boxes), gap=2)
        picks = sorted({(a + b) // 2 for a, b in visible if b - a > 10})
        sample = [{"frame": n, **(_boxed(boxes[n], turned) or {})} for n in picks if boxes[n] is not None]
        out.append({"landmark": name, "frames": visible, "boxes": sample})
    return out


def _sound(path: Path, groups: tuple[str, ...], shown: list[float], end: float) -> dict[str, Any]:
    """Onsets by the script, and the same onsets as found in the finished file."""
    samples, rate, first = decoded_sound(path)
    found: list[dict[str, Any]] = []
    for group in groups:
        for k in sound.onsets()[group]:
            t = k / sound.RATE
            if t * rate >= len(samples):
                continue
            centre = round((t - float(first)) * rate)
            lead = np.abs(samples[max(centre - rate // 50, 0) : centre + rate // 50])
            level = float(np.abs(samples[centre - rate // 10 : centre - rate // 50]).max())
            risen = np.where(lead > max(3 * level, 0.25 * float(lead.max())))[0]
            measured = (max(centre - rate // 50, 0) + int(risen[0])) / rate + float(first) if len(risen) else None
            frame = max(i for i, s in enumerate(shown) if s <= t)
            found.append({
                "group": group, "sample": round(t * rate), "seconds": round(t, 6),
                "measured_seconds": None if measured is None else round(measured, 4),
                "frame_shown": frame if t < end else None, "after_last_picture": t >= end,
            })  # fmt: skip
    found.sort(key=lambda e: e["seconds"])
    return {
        "rate": rate, "channels": 1, "samples": len(samples), "starts_seconds": float(first),
        "ends_seconds": round(len(samples) / rate + float(first), 6), "impulsive": found,
        "peak_of_last_0.1_s": round(float(np.abs(samples[-rate // 10 :]).max()), 3),
    }  # fmt: skip


def _check(path: Path, wanted: list[int]) -> None:
    """Stop where the finished file does not hold exactly the pictures of the script."""
    got = [pts for _, pts in decoded_pictures(path)]
    if got != wanted:
        where = next(
            (i for i, (a, b) in enumerate(zip(got, wanted, strict=False)) if a != b), min(len(got), len(wanted))
        )
        raise SystemExit(f"{path.name}: {len(got)} pictures decoded, {len(wanted)} drawn; first difference at {where}")


def _counted(seen: list[Seen]) -> dict[str, dict[str, int]]:
    return {
        "people": counts(seen, lambda s: s.full > 0),
        "figures_with_band": counts(seen, lambda s: s.name in story.GUARDS),
        "row": counts(seen, lambda s: s.name.startswith("P")),
        "arms_raised": counts(seen, lambda s: s.arms == "raised"),
        "kneeling": counts(seen, lambda s: s.posture == "kneeling"),
        "lying": counts(seen, lambda s: s.posture == "lying"),
    }


def _ground(out: Path, seed: int, frames: list[list[Seen]], stamps: list[int]) -> dict[str, Any]:
    kept = len(stamps)
    path = out / "kestrel-ground.mp4"
    _check(path, stamps)
    steps = np.diff(stamps)
    long = [int(i) for i in np.where(steps > 4500)[0]]
    stretch = [i for i in long if story.LONG_FROM - 0.1 <= stamps[i] / story.TICKS < story.LONG_TO]
    table = [{"frame": n, **_counted(frames[n])} for n in sorted({*range(0, kept, 60), kept - 1})]
    cameras = [story.ground_camera(seed, p / story.TICKS) for p in stamps]
    return {
        "file": path.name, "frames": kept, "time_base": f"1/{story.TICKS}", "coded_size": [H, W], "shown_size": [W, H],
        "rotation": -90, "pts": stamps, "last_frame": kept - 1, "picture_ends_seconds": story.PICTURE_END,
        "sound": _sound(path, ("faint", "loud"), [p / story.TICKS for p in stamps], story.PICTURE_END),
        "long_frames": {"stretch": [stretch[0], stretch[-1]], "single": [i for i in long if i not in stretch],
                        "usual_ticks": 3000, "long_ticks": 6000},
        "cuts": [], "arm_bands": _bands(frames), "figures": _figures(frames),
        "arms_raised": _group(frames, lambda s: s.arms == "raised"),
        "kneeling": _group(frames, lambda s: s.posture == "kneeling"),
        "lying": _group(frames, lambda s: s.posture == "lying"),
        "counts": table, "landmarks": _landmarks(cameras, (W, H), True),
        "not_shown": ["restraint on any wrist", "a flash at the long objects", "anyone falling", "a face"],
    }  # fmt: skip


def _above(out: Path, seed: int, frames: list[list[Seen]]) -> dict[str, Any]:
    path = out / "kestrel-above.mp4"
    step = above.TICKS // above.RATE
    _check(path, [n * step for n in range(len(frames))])
    at = sorted({*range(0, len(frames), 26), len(frames) - 1})
    clear = [f"B{i}" for i in range(1, 12)]
    table = []
    for n in at:
        names = {s.name: s for s in frames[n]}
        edge = names[above.FRAME_EDGE]
        sure = sum(1 for c in clear if names[c].full and names[c].visible / names[c].full >= 0.6)
        table.append({"frame": n, "lying": {"min": sure, "best": sure + 1, "max": sure + 1 + (edge.visible >= 15)}})
    boxes = []
    for n in (at[len(at) // 2],):
        for s in frames[n]:
            boxes.append({"frame": n, "figure": s.name, **(_boxed(s.box, False) or {})})
    cameras = [above.above_camera(seed, n / above.RATE) for n in range(len(frames))]
    return {
        "file": path.name, "frames": len(frames), "time_base": f"1/{above.TICKS}", "rate": above.RATE,
        "coded_size": [above.WIDTH, above.HEIGHT], "shown_size": [above.WIDTH, above.HEIGHT], "rotation": None,
        "last_frame": len(frames) - 1, "sound": None, "cuts": [],
        "counts": table, "boxes": boxes, "partly_covered": above.COVERED, "cut_by_edge": above.FRAME_EDGE,
        "edge_visible": spans(next(s for s in seen if s.name == above.FRAME_EDGE).visible >= 15 for seen in frames),
        "landmarks": _landmarks(cameras, (above.WIDTH, above.HEIGHT), False),
        "not_shown": ["anyone moving", "anyone with a band", "injuries", "how long the figures have lain there"],
    }  # fmt: skip


def _repost(out: Path, kept: int, drawn: Drawn) -> dict[str, Any]:
    path, sources = out / "kestrel-repost.mp4", drawn.sources
    _check(path, [n * 512 for n in range(len(sources))])
    shared = [n for n, s in enumerate(sources) if s < kept]
    return {
        "file": path.name, "frames": len(sources), "time_base": "1/15360", "rate": 30, "coded_size": list(drawn.size),
        "rotation": None, "last_frame": len(sources) - 1, "cuts": [],
        "shared_with": "kestrel-ground.mp4", "shared_frames": [shared[0], shared[-1]],
        "only_here": [shared[-1] + 1, len(sources) - 1],
        "crop_of_shown_xywh": list(drawn.crop), "same_picture_as": [s if s < kept else None for s in sources],
        "same_picture_as_means": "for each frame here, the frame of kestrel-ground.mp4 drawn from the same picture",
        "sound": _sound(path, ("faint", "loud", "after"), [n / 30 for n in range(len(sources))], story.REPOST_END),
    }  # fmt: skip


def write(out: Path, seed: int, drawn: Drawn) -> None:
    """Check the finished clips and write answer_key.json."""
    stamps = story.stamps(seed)
    kept = story.ground_frames(seed)
    ground = drawn.ground[:kept]
    clips = {
        "A": _ground(out, seed, ground, stamps[:kept]),
        "B": _above(out, seed, drawn.high),
        "C": _repost(out, kept, drawn),
    }
    suggested = [
        *suggest.ground(ground, stamps[:kept], lambda n, what: list(_counted(ground[n])[what].values())),
        *suggest.sounds(clips["A"]["sound"], kept - 1),
        *suggest.high(drawn.high, clips["B"]["landmarks"]),
        *suggest.repost(clips["C"]["last_frame"], clips["C"]["only_here"]),
    ]
    data = {
        "exercise": "kestrel", "generator": "packaging/exercise/make.py", "generator_version": VERSION, "seed": seed,
        "counting": "min: at least 60 % of the figure visible; best: at least 20 %; max: any trace",
        "boxes": "x, y, width, height; native = pixels of the coded picture before rotation, shown = after it",
        "clips": clips,
        "same_place": {"landmarks_in_A_and_B": ["tyres", "pole", "wall corner"],
                       "not_decided": "Shadows fall to the right in A and to the left in B; nothing ties the figures "
                                      "of one clip to those of the other."},
        "suggested_observations": suggested,
    }  # fmt: skip
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("},{", "},\n{").replace('],"', '],\n"').replace('},"', '},\n"')
    (out / "answer_key.json").write_text(text + "\n", encoding="utf-8")

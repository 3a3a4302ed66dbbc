"""Observations a careful reviewer could make of the finished clips, read off the drawn frames."""

from collections.abc import Callable
from typing import Any

import numpy as np
import story
from clips import Box, Seen

Frames = list[list[Seen]]


def turned(box: Box) -> list[int]:
    """A box of clip A's shown picture as x, y, width, height of its coded picture, which lies on its side."""
    x0, y0, x1, y1 = box
    return [y0, story.WIDTH - x1, y1 - y0, x1 - x0]


def plain(box: Box) -> list[int]:
    """A box as x, y, width, height."""
    return [box[0], box[1], box[2] - box[0], box[3] - box[1]]


def _all_nine(frames: Frames, test: Callable[[Seen], bool]) -> tuple[int, int]:
    """The first unbroken run of frames in which the whole row fulfils a test."""
    flags = [sum(1 for s in seen if s.name.startswith("P") and test(s)) == story.SLOTS for seen in frames]
    first = flags.index(True)
    last = next((n for n in range(first, len(flags)) if not flags[n]), len(flags)) - 1
    return first, last


def _boxes(frames: Frames, n: int, wanted: Callable[[Seen], bool], band: bool = False) -> list[dict[str, Any]]:
    out = []
    for s in frames[n]:
        box = s.band_box if band else s.box
        if wanted(s) and box is not None and (not band or s.band_pixels >= 40):
            out.append({"frame": n, "box": turned(box), "label": s.name})
    return out


def _row(s: Seen) -> bool:
    return s.name.startswith("P")


def ground(frames: Frames, stamps: list[int], counted: Callable[[int, str], list[int]]) -> list[dict[str, Any]]:
    """Clip A; `counted` gives min, best and max at a frame for a column of the key's table."""
    last = len(frames) - 1
    raised, kneel = (
        _all_nine(frames, lambda s: s.arms == "raised"),
        _all_nine(frames, lambda s: s.posture == "kneeling"),
    )
    lying = _all_nine(frames, lambda s: s.posture == "lying")
    middle = {name: (a + b) // 2 for name, (a, b) in (("raised", raised), ("kneel", kneel), ("lying", lying))}
    early = next(n for n, p in enumerate(stamps) if p >= 10.2 * story.TICKS)
    steps = np.diff(stamps)
    long = [int(n) for n in np.where(steps > 4500)[0]]
    long = [n for n in long if story.LONG_FROM - 0.1 <= stamps[n] / story.TICKS < story.LONG_TO]
    without = [n for n, seen in enumerate(frames) if not any(s.name == "A" and s.band_pixels >= 40 for s in seen)]
    start = without[-1] + 1 if without else 0  # from here on two bands at least stay in view

    def entry(name: str, term: str, span: tuple[int, int], statement: str, **more: Any) -> dict[str, Any]:
        return {"id": name, "exhibit": "A", "term": term, "frames": list(span), "statement": statement, **more}

    sure: dict[str, Any] = {"legibility": "clear", "certainty": "high"}
    return [
        entry(
            "people",
            "count-of-people",
            (early, early),
            "Figures are visible in the yard.",
            count=counted(early, "people"),
            boxes=_boxes(frames, early, lambda _: True),
            **sure,
        ),
        entry(
            "band",
            "armband",
            (start, last),
            "A yellow band is visible around an upper arm of figures at the sides.",
            count=[2, 3, 3],
            boxes=_boxes(frames, middle["raised"], lambda s: not _row(s), band=True),
            attributes={"colour": "yellow", "arm": "not decidable", "on-whom": "figures standing at the sides"},
            **sure,
        ),
        entry(
            "object",
            "object-held",
            (start, last),
            "Figures with a band hold a long dark object.",
            count=[2, 3, 3],
            boxes=_boxes(frames, middle["raised"], lambda s: not _row(s)),
            attributes={"directed": "to the ground", "on-whom": "figures with a band"},
            legibility="probable",
            certainty="moderate",
        ),
        entry(
            "raised",
            "arms-raised",
            raised,
            "Figures in a row by the wall raise both arms above the head. The hands are empty.",
            count=counted(middle["raised"], "arms_raised"),
            boxes=_boxes(frames, middle["raised"], _row),
            attributes={"arms": "both", "on-whom": "figures in the row"},
            **sure,
        ),
        entry(
            "kneel",
            "kneels",
            kneel,
            "The figures of the row are on their knees, arms up or hands behind the head.",
            count=counted(middle["kneel"], "kneeling"),
            boxes=_boxes(frames, middle["kneel"], _row),
            attributes={"on-whom": "figures in the row"},
            **sure,
        ),
        entry(
            "lying",
            "lies",
            lying,
            "The figures of the row lie on the ground, arms forward.",
            count=counted(middle["lying"], "lying"),
            boxes=_boxes(frames, middle["lying"], _row),
            attributes={"facing": "down", "movement": "not decidable", "on-whom": "figures in the row"},
            **sure,
        ),
        entry(
            "wrists",
            "hands-together",
            (raised[0], last),
            "Looked for on all visible wrists; no band and no wrists held together are seen.",
            presence="looked for, not seen",
            legibility="probable",
            certainty="moderate",
        ),
        entry(
            "timing",
            "timing",
            (long[0], long[-1]),
            "Each frame lasts about twice as long as those before and after.",
            basis="measured",
            **sure,
        ),
        entry(
            "end",
            "picture-ends",
            (last, last),
            "This is the last picture; no further frames are in the container. The sound goes on.",
            basis="measured",
            **sure,
        ),
        entry(
            "light-a",
            "light-and-shadow",
            (middle["raised"], middle["raised"]),
            "Soft shadows fall to the right and away from the camera.",
            attributes={"direction": "right, away from the camera"},
            legibility="probable",
            certainty="moderate",
        ),
    ]


def sounds(heard: dict[str, Any], last: int) -> list[dict[str, Any]]:
    """The impulsive sounds of clip A, from the key's sound entry."""
    out = []
    for number, onset in enumerate(heard["impulsive"], 1):
        frame = onset["frame_shown"] if onset["frame_shown"] is not None else last
        after = " It begins after the last picture." if onset["after_last_picture"] else ""
        loud = "A faint impulsive sound is heard." if onset["group"] == "faint" else "A loud impulsive sound is heard."
        k = onset["sample"]
        out.append(
            {
                "id": f"sound-{number}",
                "exhibit": "A",
                "term": "impulsive-sound",
                "frames": [frame, frame],
                "basis": "heard",
                "statement": loud + after,
                "count": [1, 1, 1],
                "sound": [k, min(k + heard["rate"] // 5, heard["samples"]), f"1/{heard['rate']}"],
                "legibility": "probable" if onset["group"] == "faint" else "clear",
                "certainty": "moderate" if onset["group"] == "faint" else "high",
            }
        )
    return out


def high(frames: Frames, landmarks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Clip B."""
    last, n = len(frames) - 1, len(frames) // 2
    boxes = [{"frame": n, "box": plain(s.box), "label": s.name} for s in frames[n] if s.box is not None]
    marks = [
        {"frame": b["frame"], "box": b["native_xywh"], "label": m["landmark"]} for m in landmarks for b in m["boxes"]
    ]
    covered = [b for b in boxes if b["label"] == "sheet"]
    return [
        {
            "id": "lying-b",
            "exhibit": "B",
            "term": "lies",
            "frames": [n, n],
            "count": [11, 12, 13],
            "legibility": "clear",
            "certainty": "moderate",
            "statement": "Figures lie on the ground; one partly under a pale sheet, one cut by the picture's edge.",
            "attributes": {"facing": "not decidable", "movement": "not seen"},
            "boxes": [b for b in boxes if b["label"] != "sheet"],
        },
        {
            "id": "sheet",
            "exhibit": "B",
            "term": "object",
            "frames": [0, last],
            "statement": "A pale sheet lies over part of a figure.",
            "attributes": {"what": "pale sheet"},
            "boxes": covered,
            "legibility": "clear",
            "certainty": "high",
        },
        {
            "id": "place-b",
            "exhibit": "B",
            "term": "landmark",
            "frames": [0, last],
            "statement": "The corner of a block wall, tyres on the ground beside it and a pole behind it are visible.",
            "attributes": {"what": "wall corner, tyres, pole"},
            "boxes": marks,
            "legibility": "clear",
            "certainty": "high",
        },
        {
            "id": "light-b",
            "exhibit": "B",
            "term": "light-and-shadow",
            "frames": [n, n],
            "statement": "Shadows fall to the left of the wall and the house.",
            "attributes": {"direction": "left"},
            "legibility": "probable",
            "certainty": "moderate",
        },
    ]


def repost(last: int, only: list[int]) -> list[dict[str, Any]]:
    """Clip C."""
    return [
        {
            "id": "longer",
            "exhibit": "C",
            "term": "note",
            "frames": only,
            "basis": "measured",
            "legibility": "clear",
            "certainty": "high",
            "statement": "These pictures have no counterpart in the other copy; the camera turns down to the ground.",
        },
        {
            "id": "end-c",
            "exhibit": "C",
            "term": "picture-ends",
            "frames": [last, last],
            "basis": "measured",
            "legibility": "clear",
            "certainty": "high",
            "statement": "This is the last picture; no further frames are in the container.",
        },
    ]

"""Display adjustments and the record of how a picture was seen, as values."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_desk.media.adjustments import COLOURS, NONE, RANGES, TURNS, Adjustments, Histogram
from evidence_desk.media.pictures import AS_IS, PictureView
from evidence_desk.media.seen_as import Beside, SeenAs
from evidence_desk.worker.adjusting import adjusted
from evidence_desk.worker.steadying import moved, shift_onto

GREY = np.repeat(np.arange(256, dtype=np.uint8).reshape(16, 16)[:, :, None], 4, axis=2)
GREY[:, :, 3] = 255

anything = st.builds(
    Adjustments,
    steady_to=st.none() | st.integers(0, 10_000),
    black=st.integers(0, 100),
    white=st.integers(101, 255),
    colours=st.sampled_from(COLOURS),
    turn=st.sampled_from(TURNS),
    **{k: st.integers(*bounds) for k, bounds in RANGES.items() if k not in ("black", "white")},
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # only the first draw is slow, on a busy machine
@given(anything, st.booleans(), st.sampled_from(["", "top", "bottom"]))
def test_what_is_kept_of_a_view_gives_the_same_view_again(adjust: Adjustments, map_tones: bool, field: str) -> None:
    view = PictureView(field=field, tone_map=map_tones, adjust=adjust)
    assert PictureView.from_json(json.loads(json.dumps(view.to_json()))) == view
    seen = SeenAs(view, 212, (40, 12))
    assert SeenAs.from_json(json.loads(json.dumps(seen.to_json()))) == seen
    assert bool(adjust) == (adjust != NONE)
    assert bool(adjust.names()) == bool(adjust)


def test_turn_and_scale_are_kept_only_with_the_frame_they_go_to() -> None:
    both = Adjustments(steady_to=4, steady_turn=True)
    assert Adjustments.from_json(both.to_json()) == both
    assert both.words() == "stabilised to frame 4 with turn and scale"
    assert Adjustments.from_json({"steady_turn": True}) == NONE
    assert Adjustments(steady_to=4).to_json() == {"steady_to": 4}, "what was kept before is kept so still"


def test_values_that_make_no_sense_change_nothing() -> None:
    broken = {"gamma": 0, "black": 200, "white": 100, "colours": "ultraviolet", "turn": 45, "sharpen": "much"}
    assert Adjustments.from_json(broken) == NONE
    assert Adjustments.from_json({"gamma": 140, "denoise": True}) == Adjustments(gamma=140)
    assert SeenAs.from_json(None) is None
    assert SeenAs.from_json({"view": 3, "zoom_percent": -1, "centre": ["x"]}) == SeenAs()


def test_words_state_every_value() -> None:
    adjust = Adjustments(black=12, white=230, gamma=140, contrast=-5, equalise=25, colours="grey", turn=90, steady_to=7)
    words = "stabilised to frame 7, levels 12 to 230, gamma 1.40, contrast -5 %, local contrast (CLAHE 2.5)"
    assert adjust.words() == f"{words}, greyscale, turned 90°"
    view = PictureView(field="top", adjust=Adjustments(gamma=140))
    assert view.words() == "top field, adjusted: gamma"
    assert SeenAs(view, 200, (412, 96)).words() == "top field, adjusted: gamma 1.40; at 200 % around pixel 412, 96"
    assert SeenAs(AS_IS, 54).words() == "original pixels; at 54 %, whole picture"
    assert SeenAs(AS_IS, 54, covered=True).words() == "covered picture, grey and blurred; at 54 %, whole picture"
    beside = SeenAs(AS_IS, beside=Beside("EX-002", 415, "difference"))
    assert beside.words() == "original pixels, as difference from EX-002 frame 415"
    for seen in (beside, SeenAs(AS_IS, 54, covered=True)):
        assert SeenAs.from_json(seen.to_json()) == seen
    assert SeenAs.from_json({"covered": "yes", "beside": {"exhibit": "EX-002", "frame": 4, "way": "?"}}) == SeenAs()


@pytest.mark.parametrize(
    ("adjust", "value", "becomes"),
    [
        (Adjustments(black=50, white=150), 100, 128),
        (Adjustments(black=50, white=150), 40, 0),
        (Adjustments(black=50, white=150), 160, 255),
        (Adjustments(brightness=10), 100, 126),
        (Adjustments(contrast=50), 128, 128),
        (Adjustments(contrast=50), 160, 192),
        (Adjustments(gamma=200), 64, 128),
        (Adjustments(gamma=50), 128, 64),
    ],
)
def test_a_curve_gives_the_value_worked_out_by_hand(adjust: Adjustments, value: int, becomes: int) -> None:
    out = adjusted(GREY, adjust, bgrx=True)
    there = np.argwhere(GREY[:, :, 0] == value)[0]
    assert out[there[0], there[1]].tolist() == [becomes, becomes, becomes, 255]


def test_a_channel_is_the_channel_in_both_layouts() -> None:
    colours = np.zeros((8, 8, 4), np.uint8)
    colours[:] = (10, 20, 30, 255)  # blue, green, red
    for name, value in (("blue", 10), ("green", 20), ("red", 30), ("grey", 22)):
        assert adjusted(colours, Adjustments(colours=name), bgrx=True)[0, 0].tolist() == [value] * 3 + [255]
        rgb = np.ascontiguousarray(colours[:, :, 2::-1])
        assert adjusted(rgb, Adjustments(colours=name), bgrx=False)[0, 0].tolist() == [value] * 3


def test_colour_is_taken_doubled_and_turned_while_luma_and_greys_stay() -> None:
    colours = np.zeros((8, 8, 4), np.uint8)
    colours[:] = (90, 110, 140, 255)  # blue, green, red: luma 116.69, Cb 0 by 26.69 / 1.772, Cr by 23.31 / 1.402
    shown = {
        Adjustments(saturation=-100): [117, 117, 117],
        Adjustments(saturation=100): [63, 103, 163],
        Adjustments(hue=180): [143, 123, 93],
        # A quarter turn: Cb becomes -Cr = -16.63, Cr becomes Cb = -15.06; worked out by hand from BT.601.
        Adjustments(hue=90): [87, 133, 96],
    }
    for adjust, becomes in shown.items():
        for bgrx in (True, False):
            pixels = colours if bgrx else np.ascontiguousarray(colours[:, :, 2::-1])
            found = adjusted(pixels, adjust, bgrx=bgrx)[0, 0, :3].tolist()
            assert (found if bgrx else found[::-1]) == becomes, adjust
    assert np.array_equal(adjusted(GREY, Adjustments(saturation=70, hue=-33), bgrx=True), GREY)
    assert Adjustments(saturation=-20, hue=-33).words() == "saturation -20 %, hue -33°"
    assert Adjustments(saturation=5, sharpen=5).in_play() == Adjustments(saturation=5)


def test_every_filter_does_something_and_does_it_the_same_twice() -> None:
    noise = np.random.default_rng(4).integers(60, 180, (64, 96, 4), np.uint8)
    noise[:, :, 3] = 255
    spread = noise[:, :, :3].std()
    for adjust, wider in (
        (Adjustments(denoise=60), False),
        (Adjustments(sharpen=80), True),
        (Adjustments(equalise=40), True),
    ):
        once, again = (adjusted(noise, adjust, bgrx=True) for _ in range(2))
        assert np.array_equal(once, again)
        assert (once[:, :, :3].std() > spread) == wider, adjust
    assert adjusted(noise, NONE, bgrx=True) is noise


def test_a_moved_picture_is_black_where_nothing_came_in() -> None:
    out = moved(GREY, (3, -2))
    assert np.array_equal(out[:14, 3:], GREY[2:, :13])
    assert not out[14:, :, :3].any()
    assert not out[:, :3, :3].any()
    assert out[:, :, 3].min() == 255


def test_finding_a_shift_leaves_both_pictures_as_they_were() -> None:
    # 120 by 160 needs no padding for the transform: OpenCV then lays its window over what it was handed.
    scene = np.random.default_rng(2).integers(0, 255, (140, 180)).astype(np.float32)
    reference, picture = scene[:120, :160].copy(), scene[6:126, 4:164].copy()
    for _ in range(3):
        assert shift_onto(reference, picture, 160) == (4, 6)
    assert np.array_equal(reference, scene[:120, :160])
    assert np.array_equal(picture, scene[6:126, 4:164])


def test_levels_are_proposed_from_the_spread() -> None:
    counts = [0] * 256
    counts[20], counts[100], counts[200] = 10, 1000, 10
    assert Histogram(tuple(counts), tuple(counts)).spread() == (20, 200)
    flat = [0] * 256
    flat[255] = 7
    assert Histogram(tuple(flat), tuple(flat)).spread() == (254, 255)

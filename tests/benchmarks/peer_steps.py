"""Stepping and seeking against bare decoding in the same thread mode, OpenCV and, where installed, mpv."""

from __future__ import annotations

import contextlib
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evidence_desk.domain.frames import FrameTable, PacketFlag
from evidence_desk.media.client import MediaWorker
from evidence_desk.worker.frame_access import thread_modes
from tests.benchmarks.mpv_peer import Mpv
from tests.benchmarks.peer_clips import PeerClip
from tests.benchmarks.peer_rows import Peer, Row, at_least, at_most, bare, median, ms, p95, timed

_BACK_STEPS, _BACK_STEPS_4K = 1000, 140
_FORWARD_STEPS, _FORWARD_STEPS_4K = 240, 100
_OPENCV_STEPS, _OPENCV_STEPS_4K = 9, 3
_SEEKS, _SEEKS_4K = 24, 6
_ROUNDS = 3
_KEY_REPEAT = 1 / 30
_PATIENCE = 20.0
_BLOCK = 6
_HELD_STEPS = 400
_AT_HAND = 0.2
SEED = 5


@dataclass(frozen=True)
class Opened:
    """A clip in the desk with its confirmed table, and the same clip in the peers' process."""

    clip: PeerClip
    worker: MediaWorker
    table: FrameTable
    peer: Peer

    def picture(self, n: int) -> float:
        """Return the seconds from the request to frame n as the desk paints it; it must be the exact one."""
        began = time.perf_counter()
        picture = self.worker.picture(self.clip.path, self.table, n)
        passed = time.perf_counter() - began
        assert picture.n == n
        assert picture.exact
        return passed

    def from_rest(self, n: int) -> float:
        """Return the seconds to frame n, asked for by someone who has looked at the frame before for a moment."""
        self.settle()
        return self.picture(n)

    def decoded(self) -> int:
        """Return how many pictures the desk decoded so far for steps and seeks."""
        return self.worker.counters(self.clip.path).decoded

    def settle(self) -> None:
        """Wait until the desk has stopped decoding ahead: a peer is measured alone."""
        end, before = time.monotonic() + _PATIENCE, -1
        while (now := self.decoded()) != before and time.monotonic() < end:
            before = now
            time.sleep(0.25)


def steps(clip: PeerClip, cache: Path) -> Iterator[Row]:
    """Yield the rows on stepping."""
    with MediaWorker() as worker:
        table = clip.table(cache, worker)
        with bare(clip.path, thread_modes(table.facts)[0]) as peer:
            opened = Opened(clip, worker, table, peer)
            yield from _forward(opened)
            yield from _back(opened)


def _forward(opened: Opened) -> Iterator[Row]:
    """Bare decoding and steps with the key held, in turns; then steps at the keyboard's own rate."""
    clip = opened.clip
    count = min(_FORWARD_STEPS_4K if clip.large else _FORWARD_STEPS, len(opened.table) - 2)
    ours: list[float] = []
    theirs: list[float] = []
    at_hand: list[float] = []
    for _ in range(1 if clip.large else _ROUNDS):
        theirs += opened.peer.ask("forward", count)
        with MediaWorker() as worker:  # nothing kept from the round before
            fresh = Opened(clip, worker, opened.table, opened.peer)
            fresh.picture(0)
            ours += [fresh.picture(n) for n in range(1, count + 1)]
            fresh.settle()
            at_hand += [fresh.picture(count) for _ in range(10)]
    paint = median(at_hand)
    yield Row("steps", clip.name, "a picture at hand, asked for again, median", ms(paint),
              note="colour conversion and the way to the desk: the paint of the next lines")  # fmt: skip
    ratio = round((p95(ours) - paint) / p95(theirs), 3)
    yield Row("steps", clip.name, "step forward back to back, p95 less paint", ms(p95(ours) - paint),
              f"bare decode p95 {ms(p95(theirs))}", ratio, note=f"with paint {ms(p95(ours))}")  # fmt: skip
    yield Row("steps", clip.name, "step forward back to back, median less paint", ms(median(ours) - paint),
              f"bare decode {ms(median(theirs))}", round((median(ours) - paint) / median(theirs), 3))  # fmt: skip
    with MediaWorker() as worker:
        fresh = Opened(clip, worker, opened.table, opened.peer)
        fresh.picture(0)
        held = [_held_key(fresh, n) for n in range(1, min(count, 150) + 1)]
        fresh.settle()
        # At the key's pace the processor rests between pictures, and the same way to the desk takes longer.
        paint = median([_held_key(fresh, min(count, 150)) for _ in range(60)])
    yield Row("steps", clip.name, "a picture at hand, asked for again at 30/s, median", ms(paint),
              note="the paint of the next line")  # fmt: skip
    yield Row("steps", clip.name, "step forward, key held at 30/s, p95 less paint", ms(p95(held) - paint),
              f"bare decode p95 {ms(p95(theirs))}", **at_most((p95(held) - paint) / p95(theirs), 1.2),
              note=f"with paint {ms(p95(held))}, median {ms(median(held))}")  # fmt: skip


def _held_key(opened: Opened, n: int) -> float:
    """Return the seconds of one step, and wait until the keyboard would repeat the key."""
    passed = opened.picture(n)
    time.sleep(max(0.0, _KEY_REPEAT - passed))
    return passed


def _back(opened: Opened) -> Iterator[Row]:
    """A thousand steps back at the keyboard's rate, then as many as fast as they go; then OpenCV's."""
    clip, last = opened.clip, len(opened.table) - 1
    count = min(_BACK_STEPS_4K if clip.large else _BACK_STEPS, last)
    numbers = range(last - 1, last - 1 - count, -1)
    opened.picture(last)
    held = [_held_key(opened, n) for n in numbers[:_HELD_STEPS]]
    opened.picture(0)
    opened.settle()
    opened.picture(last)
    before = opened.decoded()
    times = [opened.picture(n) for n in numbers]
    decodes = (opened.decoded() - before) / count
    opened.settle()
    draw = random.Random(SEED)
    opencv = []
    for n in [draw.randrange(1, last) for _ in range(_OPENCV_STEPS_4K if clip.large else _OPENCV_STEPS)]:
        opened.peer.ask("opencv", n)
        opencv.append(opened.peer.ask("opencv", n - 1))
    for name, found in (("key held at 30/s", held), ("back to back", times)):
        middle, most = (at_most(median(found) * 1000, 5, " ms"), at_most(p95(found) * 1000, 33.3, " ms"))
        judged = not clip.large
        yield Row("steps", clip.name, f"step back, {name}, median of {len(found)}", ms(median(found)),
                  **middle if judged else {})  # fmt: skip
        yield Row("steps", clip.name, f"step back, {name}, p95", ms(p95(found)), **most if judged else {})
    yield Row("steps", clip.name, "step back, amortised", ms(sum(times) / count), note="all decoding included")
    fields = at_most(decodes, 1.5, "") if "gop250" in clip.name else {"ratio": round(decodes, 2)}
    yield Row("steps", clip.name, "decodes per step back", f"{decodes:.2f}", **fields)
    yield Row("steps", clip.name, "step back, median", ms(median(times)), f"OpenCV {ms(median(opencv))}",
              **at_least(median(opencv) / median(times), 100), note="peer ÷ ours")  # fmt: skip


def seeks(clip: PeerClip, cache: Path) -> Iterator[Row]:
    """Yield the rows on random seeks: each frame by the desk, then by bare decoding from its key frame."""
    draw = random.Random(SEED)
    with contextlib.ExitStack() as stack:
        worker = stack.enter_context(MediaWorker())
        table = clip.table(cache, worker)
        peer = stack.enter_context(bare(clip.path, thread_modes(table.facts)[0]))
        opened = Opened(clip, worker, table, peer)
        keys = _keys(table)
        opened.picture(0)
        pairs: list[tuple[float, float]] = []
        opencv: list[float] = []
        for _ in range((_SEEKS_4K if clip.large else _SEEKS) // _BLOCK):
            picks = [draw.randrange(len(opened.table)) for _ in range(_BLOCK)]
            ours = [opened.from_rest(n) for n in picks]
            opened.settle()
            stamps = [pts for n in picks if (pts := opened.table.pts(n)) is not None]
            theirs = [peer.ask("seek", max(dts for dts, first in keys if first <= pts), pts) for pts in stamps]
            pairs += zip(ours, theirs, strict=True)
            opencv += [peer.ask("opencv", n) for n in picks[: 1 if clip.large else 2]]
    # What was at hand already took next to nothing: there bare decoding has nothing to be compared with.
    decoded = [(a, b) for a, b in pairs if a > _AT_HAND * b]
    kept = len(pairs) - len(decoded)
    ours, theirs = [a for a, _ in decoded], [b for _, b in decoded]
    ratios = [a / b for a, b in decoded]
    yield Row("seeks", clip.name, f"random frame, median of {len(ours)}", ms(median(ours)),
              f"bare decode from key {ms(median(theirs))}", **at_most(median(ours) / median(theirs), 1.15),
              note=f"median of the single ratios {median(ratios):.2f}; {kept} more were at hand")  # fmt: skip
    yield Row("seeks", clip.name, "random frame, p95", ms(p95(ours)), f"bare {ms(p95(theirs))}",
              round(p95(ours) / p95(theirs), 3))  # fmt: skip
    yield Row("seeks", clip.name, "random frame, median", ms(median(ours)), f"OpenCV {ms(median(opencv))}",
              round(median(ours) / median(opencv), 3))  # fmt: skip


def _keys(table: FrameTable) -> list[tuple[int, int]]:
    """Return dts and pts of every key packet."""
    packets = table.packets
    return [(packets.dts[p], packets.pts[p]) for p in range(len(packets.flags)) if packets.flags[p] & PacketFlag.KEY]


def preview(clip: PeerClip, cache: Path) -> Iterator[Row]:
    """Yield how long the nearest thumbnail takes to be a picture of the view's size."""
    import io

    from PIL import Image

    with MediaWorker() as worker:
        found = worker.survey(clip.path)
    draw = random.Random(SEED)

    def show(n: int) -> None:
        nearest = found.thumbs.nearest(n)
        assert nearest is not None
        with Image.open(io.BytesIO(nearest[1])) as image:
            image.convert("RGB").resize((1280, 720))

    picks = [draw.randrange(len(found.table)) for _ in range(50)]
    times = [timed(partial(show, n)) for n in picks]
    yield Row("preview", clip.name, "nearest thumbnail at 1280×720, p95", ms(p95(times)),
              **at_most(p95(times) * 1000, 50, " ms"), note=f"{len(found.thumbs)} thumbnails")  # fmt: skip


def mpv(clip: PeerClip, cache: Path) -> Iterator[Row]:
    """Yield mpv's own times for seeks and steps back, where it is installed; ours stand in the other sections."""
    if shutil.which("mpv") is None or clip.large:
        return
    draw = random.Random(SEED)
    with MediaWorker() as worker, Mpv(clip.path) as player, bare(clip.path, "SLICE") as peer:
        opened = Opened(clip, worker, clip.table(cache, worker), peer)
        opened.picture(0)
        ours, theirs, ours_back, theirs_back = [], [], [], []
        for _ in range(8):
            n = draw.randrange(1, len(opened.table))
            ours.append(opened.picture(n))
            theirs.append(player.seek(float(opened.table.time_of(n))))
            ours_back.append(opened.picture(n - 1))
            theirs_back.append(player.back())
    yield Row("mpv", clip.name, "random frame, median", ms(median(ours)), f"mpv {ms(median(theirs))}",
              round(median(ours) / median(theirs), 3))  # fmt: skip
    yield Row("mpv", clip.name, "one step back after it, median", ms(median(ours_back)),
              f"mpv {ms(median(theirs_back))}", round(median(ours_back) / median(theirs_back), 3))  # fmt: skip

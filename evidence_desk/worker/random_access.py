"""Frame n by seeking, and never another picture: found by the ordinal of its packet, confirmed by its hash.

The decoder carries a packet's place in the file through to the picture (PyAV's `copy_opaque`), and the frame table says
which frame number that is. A picture whose hash is not the table's is thrown away and the decoder is started earlier:
one key frame, then three, seven, … and in the end at the start of the file. What was learnt is kept.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

from av.video.frame import VideoFrame

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.domain.frames import FrameTable
from evidence_desk.worker.decoder_run import FILE_START
from evidence_desk.worker.frame_access import FrameAccess
from evidence_desk.worker.frame_window import FrameWindow
from evidence_desk.worker.hashing import FrameHasher
from evidence_desk.worker.lookahead import Lookahead, Pace
from evidence_desk.worker.sequential import Beat

_DIFFERS = "the decoded picture differs from the recorded hash"
_PROVISIONAL = "the frame table is provisional: it was read off the packets and is not confirmed by decoding yet"
_PROVISIONAL_STARTS = 3


@dataclass(frozen=True, slots=True)
class Reached:
    """A decoded frame: `exact` tells whether its hash is the table's; `note` says why not, "" where it is."""

    n: int
    frame: VideoFrame
    exact: bool
    note: str = ""


class ExactReader:
    """Reaches frames of one stream by number. Keeps the decoder's place and a window of pictures for stepping.

    Requests come from one thread. Between them another one decodes where the steps lead (see `lookahead`).
    """

    def __init__(self, path: str, table: FrameTable, window: FrameWindow) -> None:
        self._path = path
        self._access = FrameAccess(path, table, window)
        self._hasher = FrameHasher()
        self._pace = Pace()
        self._lookahead = Lookahead(self._access, self._pace)
        self._never: set[int] = set()
        self._due = False

    @property
    def sar(self) -> Fraction:
        """Pixel aspect by container and codec; 1 where neither names one. Known once a frame was reached."""
        return self._access.main.source.sar

    @property
    def decoded(self) -> int:
        """How many pictures were decoded so far, with those decoded ahead and those passed on the way to another."""
        return self._access.main.decoded + self._access.second.decoded

    @property
    def held(self) -> int:
        """Bytes of all pictures kept."""
        return self._access.window.held

    def set_window(self, budget: int) -> None:
        """Change how many bytes of pictures are kept."""
        self._access.window.set_budget(budget)

    def close(self) -> None:
        """Close the file and drop every picture."""
        self._lookahead.close()
        self._access.window.clear()
        self._access.close()

    def rest(self) -> None:
        """Decode nothing more until a frame is asked for."""
        with self._access.turns:
            self._lookahead.rest()

    def forget(self) -> None:
        """Drop the pictures kept and the decoder's place, so that the next frame is reached by a seek of its own."""
        with self._access.turns:
            self._lookahead.rest()
            self._access.window.clear()
            self._access.stop()

    def digest(self, frame: VideoFrame) -> str:
        """Return the frame's hash in hex."""
        return self._hasher.digest(frame).hex()

    def reach(self, n: int, beat: Beat, *, look_ahead: bool = True) -> Reached:
        """Return frame n, exact wherever the file allows; raises MediaUnreadable where it cannot be decoded at all.

        With `look_ahead` pictures near n are decoded while nothing else is asked for: from `answered` on, so as not to
        take the processor from the picture's own way to the desk; at once where the requests follow without rest.
        """
        access = self._access
        self._pace.asked(n, time.monotonic())
        access.window.aim(n, self._pace.direction)
        frame = access.window.get(n)
        if frame is None:
            with access.turns:
                frame = access.window.get(n) or self._nearest(n, beat)
        reached = self._judged(n, frame)
        if reached is None:
            with access.turns:
                reached = self._searched(n, beat)
        if look_ahead:
            self._pace.answered_at = time.monotonic()
            self._due = True
            if self._pace.hurried:
                self.answered()
        return reached

    def answered(self) -> None:
        """Begin to look ahead, where a frame was reached with it: what was asked for is on its way to the desk."""
        if self._due:
            self._due = False
            self._lookahead.wake()

    def _judged(self, n: int, frame: VideoFrame | None) -> Reached | None:
        """Return the frame with what is to be said of it; None where the right one has still to be looked for."""
        if frame is None:
            return None
        if self._access.table.provisional:
            return Reached(n, frame, exact=False, note=_PROVISIONAL)
        if n in self._never:
            return Reached(n, frame, exact=False, note=_DIFFERS)
        return Reached(n, frame, exact=True) if self._access.confirmed(n, frame, self._hasher) else None

    def _nearest(self, n: int, beat: Beat) -> VideoFrame | None:
        """Go on from where a decoder stands, if that is no longer than a seek, else seek."""
        access = self._access
        try:
            if not access.main.source.is_open:
                access.begin(access.main, FILE_START, beat)
            start = access.start_for(n)
            run = access.standing_before(n, start)
            if run is None:
                run = access.main
                access.begin(run, start, beat)
            return access.run_to(run, n, beat)
        except BaseException:
            access.stop()
            raise

    def _searched(self, n: int, beat: Beat) -> Reached:
        """Start earlier and earlier, and in other thread modes, until the right picture comes out."""
        access = self._access
        frame: VideoFrame | None = None
        try:
            for mode in access.modes:
                access.use_threads(mode)
                for start in islice(access.starts(n), _PROVISIONAL_STARTS if access.table.provisional else None):
                    access.window.clear()
                    access.begin(access.main, start, beat)
                    frame = access.run_to(access.main, n, beat) or frame
                    reached = self._judged(n, frame)
                    if reached is not None:
                        return reached
        except BaseException:
            access.stop()
            raise
        access.close()
        access.threads = access.modes[0]
        if access.table.damage and not access.table.provisional:
            replayed = access.replay(n, beat) or frame
            if replayed is not None and access.confirmed(n, replayed, self._hasher):
                access.window.put(n, replayed)
                return Reached(n, replayed, exact=True)
            frame = replayed
        if frame is None:
            name = Path(self._path).name
            raise MediaUnreadable(f"Frame {n} of {name} could not be decoded again. Nothing was changed.")
        self._never.add(n)
        return Reached(n, frame, exact=False, note=_DIFFERS)

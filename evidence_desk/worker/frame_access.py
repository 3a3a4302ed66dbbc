"""What requests and looking ahead share about one stream: its decoders, its pictures, and where to start decoding."""

from __future__ import annotations

from collections.abc import Iterator

from av.video.frame import VideoFrame

from evidence_desk.domain.frames import HASH_SIZE, FrameTable, TableFacts
from evidence_desk.worker.decoder_run import FILE_START, DecoderRun
from evidence_desk.worker.frame_map import FrameMap
from evidence_desk.worker.frame_window import FrameWindow
from evidence_desk.worker.hashing import FrameHasher
from evidence_desk.worker.sequential import FRAME_THREADS, ONE_THREAD, SLICE_THREADS, Beat
from evidence_desk.worker.steady_memory import steady_memory
from evidence_desk.worker.turns import Turns

# Rows read off the packets of a container with wrong stamps may be in another order than the pictures come in.
_PROVISIONAL_SLACK = 16
_LARGE = 1280 * 720


def thread_modes(facts: TableFacts) -> tuple[str, ...]:
    """Return the thread modes to decode in: the first is used, the others where it does not give the recorded picture.

    Frame threads are quicker on large pictures and slower on small ones. Where nothing tells whether they gave the
    right picture they are not used, and on a damaged stream one thread decodes, as in the pass that made the table.
    """
    if facts.damage:
        return (ONE_THREAD,)
    if facts.provisional or not facts.hashed:
        return (SLICE_THREADS,)
    if facts.width * facts.height >= _LARGE:
        return (FRAME_THREADS, SLICE_THREADS, ONE_THREAD)
    return (SLICE_THREADS, ONE_THREAD, FRAME_THREADS)


class FrameAccess:
    """Two decoders of one stream and the window they fill. Whoever uses a decoder holds `turns`."""

    def __init__(self, path: str, table: FrameTable, window: FrameWindow) -> None:
        self._path = path
        self.table = table
        self.window = window
        self.map = FrameMap(table)
        self.turns = Turns()
        self.main = DecoderRun(path, table, self.map)
        self.second = DecoderRun(path, table, self.map)
        self.modes = thread_modes(table.facts)
        self.threads = self.modes[0]
        self._margins: dict[int, int] = {}

    def confirmed(self, n: int, frame: VideoFrame, hasher: FrameHasher) -> bool:
        """Tell whether the picture has the recorded hash; the hash is taken once for each picture kept."""
        if self.window.is_confirmed(n, frame):
            return True
        hashes = self.table.hashes
        same = not hashes or hasher.digest(frame) == hashes[n * HASH_SIZE : (n + 1) * HASH_SIZE]
        if same:
            self.window.confirm(n, frame)
        return same

    def start_for(self, n: int) -> int:
        """Return the ordinal of the packet from which frame n is decoded, as far as is known by now."""
        home = self.map.home(n)
        margin = self._margin(home)
        return self.map.keys[home - margin] if home >= margin else FILE_START

    def starts(self, n: int) -> Iterator[int]:
        """Yield packet ordinals to start at, nearest first, FILE_START at last; where it ends is remembered."""
        home = self.map.home(n)
        margin = self._margin(home)
        while home - margin >= 0:
            self._margins[home] = margin
            yield self.map.keys[home - margin]
            margin = 2 * margin + 1
        self._margins[home] = margin
        yield FILE_START

    def standing_before(self, n: int, start: int) -> DecoderRun | None:
        """Return the decoder that only has to go on to give frame n, None where both had to be set to `start`."""
        runs = [run for run in (self.main, self.second) if run.stands_before(n, start)]
        return max(runs, key=lambda run: run.source.next) if runs else None

    def begin(self, run: DecoderRun, start: int, beat: Beat) -> None:
        """Set a decoder to a packet, in the thread mode in force."""
        run.begin(start, self.threads, beat)

    def run_to(self, run: DecoderRun, n: int, beat: Beat) -> VideoFrame | None:
        """Decode until frame n comes out, keeping what fits; None when the stream ends or passes it."""
        total = max(1, self.table.packet_count)
        last = n + (_PROVISIONAL_SLACK if self.table.provisional else 0)
        while run.last_out < last and (run.last_out < n or self.window.get(n) is None):
            numbered = run.step()
            if numbered is None:
                break
            for number, frame in numbered:
                self.window.put(number, frame)
            beat(min(run.source.next, total), total)
        return self.window.get(n)

    def replay(self, n: int, beat: Beat) -> VideoFrame | None:
        """Decode from the file's start just as the pass over a damaged stream does, keeping frame n alone."""
        run = DecoderRun(self._path, self.table, self.map)
        try:
            with steady_memory():
                run.begin(FILE_START, ONE_THREAD, beat)
                while run.last_out < n:
                    numbered = run.step()
                    if numbered is None:
                        return None
                    beat(run.last_out, n)
                    found = dict(numbered).get(n)
                    if found is not None:
                        return found
                    # Let go before the next packet is decoded: its picture may take this one's memory, as in the pass.
                    numbered.clear()
            return None
        finally:
            run.close()

    def use_threads(self, mode: str) -> None:
        """Change the thread mode; the decoders are opened again where it is another."""
        if mode != self.threads:
            self.threads = mode
            self.close()

    def stop(self) -> None:
        """Let both decoders forget their place: stopped half way, it is not to be trusted."""
        self.main.stop()
        self.second.stop()

    def close(self) -> None:
        """Close the file and free both decoders."""
        self.main.close()
        self.second.close()

    def _margin(self, home: int) -> int:
        """Return how many keys before its own the decoder starts, as learnt from frames of the same key."""
        return self._margins.get(home, int(self.main.source.loose))

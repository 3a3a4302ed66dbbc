"""The player process with the libvlc of this system, and finding a picture of play among decoded frames."""

from __future__ import annotations

import os
import queue
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import av
import numpy as np
import pytest

from evidence_desk.domain.frames import FrameTable
from evidence_desk.media import player as players
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.player import Ended, Failed, NativePicture, Opened, Played, Player, PlayerEvent, SoundFound
from evidence_desk.services.live_position import frames_of_digest
from tests.contract.clips import Clip, make_clip

WHY_NOT = players.available()
needs_vlc = pytest.mark.skipif(bool(WHY_NOT), reason=f"no player: {WHY_NOT}")
E = TypeVar("E", bound=PlayerEvent)


class Listening:
    """A player and what it said."""

    def __init__(self, **words: Any) -> None:
        self._heard: queue.SimpleQueue[PlayerEvent] = queue.SimpleQueue()
        self.player = Player(self._heard.put, sound_output="adummy", **words)

    def next(self, kind: type[E], seconds: float = 15.0) -> E:
        """Return the next event of that kind; the others go by."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            event = self._heard.get(timeout=max(end - time.monotonic(), 0.01))
            if isinstance(event, kind):
                return event
        raise AssertionError(f"no {kind.__name__}")

    def waiting(self, kind: type[E]) -> list[E]:
        """Return the events of that kind that came meanwhile; the others go by."""
        found: list[E] = []
        while not self._heard.empty():
            event = self._heard.get()
            if isinstance(event, kind):
                found.append(event)
        return found


@pytest.fixture
def listening() -> Iterator[Listening]:
    """A player that is closed after the test."""
    made = Listening()
    yield made
    made.player.close()


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    """The decoder."""
    with MediaWorker() as made:
        yield made


@needs_vlc
@pytest.mark.parametrize(
    "clip",
    [
        Clip(frames=60, bframes=2, gop=30, sound=True),
        Clip(frames=60, stamps=tuple(n * 40 + n * n % 23 for n in range(60)), rotate=90),
        Clip(frames=60, rotate=180, mirror=True, sar=Fraction(4, 3), width=90, height=50),
    ],
    ids=["b-frames", "variable, turned", "mirrored, odd"],
)
def test_every_picture_of_play_names_its_frame(
    listening: Listening, worker: MediaWorker, tmp_path: Path, clip: Clip
) -> None:
    path = make_clip(tmp_path / "clip.mp4", clip)
    table = worker.index(path)
    player = listening.player
    player.open(path, table.stream)
    assert listening.next(Opened) == Opened(0, clip.sound)
    run = player.play(Fraction(0), Fraction(1), silent=False)
    shown = [listening.next(Played) for _ in range(12)]
    player.hold()
    time.sleep(0.3)
    shown += listening.waiting(Played)
    assert all(p.run == run for p in shown)
    hashed = [p for p in shown if p.digest]  # on a busy machine not each is hashed
    assert all(frames_of_digest(table.hashes, p.digest, 0) for p in hashed), "a hash is not in the frame table"
    last = shown[-1]
    native = player.native(last.number)
    assert native is not None, "the picture on screen is no longer kept"
    assert last.digest in ("", native.digest)
    (n,) = frames_of_digest(table.hashes, native.digest, 0)
    # Painted as the still is: the same pixels, so that nothing jumps or changes its colour when play stops.
    still = worker.picture(path, table, n, (last.width, last.height))
    assert (still.width, still.height) == (last.width, last.height)
    assert still.bgra == last.bgra
    found = worker.match(path, table, native, min(n + 9, len(table) - 1))
    assert (found.n, found.equal) == (n, True)


@needs_vlc
def test_a_run_begins_where_it_is_told_and_ends(listening: Listening, worker: MediaWorker, tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mp4", Clip(frames=60, gop=60, sound=True))
    table = worker.index(path)
    player = listening.player
    player.open(path, table.stream)
    listening.next(Opened)
    player.play(Fraction(20 * 40, 1000), Fraction(1), silent=False)
    shown = [frames_of_digest(table.hashes, listening.next(Played).digest, 20) for _ in range(8)]
    frames = [found[0] for found in shown if found]
    assert frames
    assert 19 <= frames[-1] <= 50, frames
    assert listening.next(SoundFound).works
    assert listening.next(Ended).run == 1
    assert player.play(Fraction(0), Fraction(4), silent=True) == 2  # from the beginning again, without sound
    assert listening.next(Played).run == 2


@needs_vlc
@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_the_stream_that_is_heard_is_the_one_asked_for(
    listening: Listening, worker: MediaWorker, tmp_path: Path, ending: str
) -> None:
    path = _two_sounds(tmp_path / f"clip.{ending}")
    table = worker.index(path)
    player = listening.player
    player.open(path, table.stream)
    listening.next(Opened)
    for wanted, heard in ((None, 1), (2, 2), (1, 1), (7, 1)):
        player.play(Fraction(0), Fraction(1), silent=False, sound_stream=wanted)
        found = listening.next(SoundFound)
        assert (found.works, found.stream) == (True, heard), wanted


def _two_sounds(path: Path) -> Path:
    """Write three seconds of pictures with two sound streams: 1, then 2."""
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        sounds = [out.add_stream("aac", rate=rate, layout="mono") for rate in (48000, 22050)]
        grey = np.full((48, 64, 3), 90, np.uint8)
        for n in range(75):
            picture = av.VideoFrame.from_ndarray(grey, format="rgb24")
            picture.pts, picture.time_base = n, Fraction(1, 25)
            out.mux(video.encode(picture))
        for sound in sounds:
            for n in range(3):
                piece = av.AudioFrame.from_ndarray(np.zeros((1, sound.rate), np.float32), format="fltp", layout="mono")
                piece.rate, piece.pts, piece.time_base = sound.rate, n * sound.rate, Fraction(1, sound.rate)
                out.mux(sound.encode(piece))
            out.mux(sound.encode(None))
        out.mux(video.encode(None))
    return path


@needs_vlc
def test_what_names_other_files_is_refused_before_libvlc_sees_it(listening: Listening, tmp_path: Path) -> None:
    bad = tmp_path / "holiday.mp4"
    bad.write_text("#EXTM3U\n/etc/passwd\n", encoding="ascii")
    listening.player.open(bad, None)
    assert "playlist" in listening.next(Failed).message


@needs_vlc
def test_a_player_that_is_killed_is_told_of_and_can_be_started_again(listening: Listening, tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mp4", Clip(frames=50))
    player = listening.player
    player.open(path, None)
    listening.next(Opened)
    player.play(Fraction(0), Fraction(1), silent=True)
    listening.next(Played)
    os.kill(player.pid, signal.SIGKILL)
    failed = listening.next(Failed)
    assert failed.kind == "died"
    assert "clip.mp4" in failed.message
    assert player.path is None
    player.open(path, None)
    listening.next(Opened)


PIECE = """
import io, sys, time, wave
from evidence_desk.worker.sound_pieces import SoundPieces
from evidence_desk.worker.vlc_library import load_vlc, make_instance
out = io.BytesIO()
with wave.open(out, "wb") as file:
    file.setnchannels(2), file.setsampwidth(2), file.setframerate(48000), file.writeframes(bytes(4 * 9600))
vlc = load_vlc()
pieces = SoundPieces(vlc, make_instance(vlc, "adummy"))
for _ in range(3):  # a new one cuts the last off
    pieces.play(out.getvalue(), 80)
end = time.monotonic() + 8
while time.monotonic() < end and pieces.player.get_state() != vlc.State.Ended:
    time.sleep(0.02)
counts = vlc.MediaStats()
pieces.player.get_media().get_stats(counts)
print(pieces.player.get_state() == vlc.State.Ended, counts.played_abuffers > 0)
"""


@needs_vlc
def test_a_piece_of_sound_is_played_to_its_end() -> None:
    done = subprocess.run([sys.executable, "-c", PIECE], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.split() == ["True", "True"]


def double(tmp_path: Path, body: str) -> list[str]:
    """Return the command of a player that is none."""
    script = tmp_path / "double.py"
    words = "import sys, time\nfrom evidence_desk.media.protocol import Message, write_message\n"
    say = "def say(**head):\n    write_message(sys.stdout.buffer, Message(head))\n"
    script.write_text(words + say + body, encoding="utf-8")
    return [sys.executable, str(script)]


def test_a_player_that_hangs_is_ended(tmp_path: Path) -> None:
    body = "say(event='opened', start_us=0, sound=False)\ntime.sleep(60)\n"
    heard = Listening(command=double(tmp_path, body), silence=0.5)
    heard.player.open(tmp_path / "clip.mp4", None)
    heard.next(Opened)
    heard.player.play(Fraction(0), Fraction(1), silent=True)
    assert "showed nothing" in heard.next(Failed, 5).message


@pytest.mark.parametrize(
    "body",
    [
        "say(event='picture', number=1, run=1, width='wide', height=2, digest='', at_ms=0)\ntime.sleep(60)\n",
        "sys.stdout.buffer.write(b'nonsense' * 9)\nsys.stdout.buffer.flush()\ntime.sleep(60)\n",
        "sys.exit(3)\n",
    ],
    ids=["wrong type", "noise", "gone"],
)
def test_a_player_that_talks_nonsense_is_ended(tmp_path: Path, body: str) -> None:
    heard = Listening(command=double(tmp_path, body))
    heard.player.open(tmp_path / "clip.mp4", None)
    assert heard.next(Failed, 10).kind == "died"


def test_a_picture_larger_than_its_place_is_not_taken(tmp_path: Path) -> None:
    body = (
        "say(event='picture', number=1, run=1, width=90000, height=90000, digest='', at_ms=0)\n"
        "say(event='ended', run=1)\ntime.sleep(60)\n"
    )
    heard = Listening(command=double(tmp_path, body))
    heard.player.open(tmp_path / "clip.mp4", None)
    assert heard.next(PlayerEvent.__args__, 10) == Ended(1)  # type: ignore[arg-type]  # any kind
    heard.player.close()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("import vlc\nvlc.libvlc_get_version = None\n", "no libvlc"),
        ("import sys\nclass Broken:\n    def find_spec(self, name, *_):\n"
         "        if name == 'vlc':\n            sys.exit(1)\nsys.meta_path.insert(0, Broken())\n", "no usable libvlc"),
        ("import os\nos._exit(7)\n", "ended the process"),
    ],
    ids=["not there", "import exits", "crashes"],
)  # fmt: skip
def test_a_missing_or_broken_libvlc_is_one_sentence(tmp_path: Path, body: str, says: str) -> None:
    script = tmp_path / "player.py"
    start = "import sys\nfrom evidence_desk.worker.player import serve_player\nsys.exit(serve_player(sys.argv[1:]))\n"
    script.write_text(body + start, encoding="utf-8")
    assert says in players.available([sys.executable, str(script)])


# ------------------------------------------------------------------------------------------------------------ matching


def native_of(path: Path, n: int, change: Callable[[Any], Any]) -> NativePicture:
    """Return frame n of an 8-bit clip as another decoder might have made it."""
    with av.open(str(path)) as container:
        frame = next(f for k, f in enumerate(container.decode(video=0)) if k == n)
        planes = []
        for place, plane in enumerate(frame.planes):
            rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
            planes.append(change(rows) if place == 0 else rows)
        data = b"".join(np.ascontiguousarray(p).tobytes() for p in planes)
        return NativePicture(frame.format.name, frame.width, frame.height, "", data)


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory, worker: MediaWorker) -> tuple[Path, FrameTable]:
    """A clip and its table."""
    path = make_clip(tmp_path_factory.mktemp("match") / "clip.mp4", Clip(frames=90, bframes=2, gop=30))
    return path, worker.index(path)


def test_a_picture_rounded_otherwise_is_near_and_certain(worker: MediaWorker, moving: tuple[Path, FrameTable]) -> None:
    rng = random.Random(5)

    def rounded(rows: Any) -> Any:
        noise = np.frombuffer(rng.randbytes(rows.size), np.uint8).reshape(rows.shape) % 3
        return np.clip(rows.astype(np.int16) + noise - 1, 0, 255).astype(np.uint8)

    found = worker.match(*moving, native_of(moving[0], 41, rounded), 47)
    assert (found.n, found.equal, found.near, found.certain) == (41, False, True, True)
    assert 0 < found.difference < 1.5


def test_a_place_far_off_is_found_by_looking_further(worker: MediaWorker, moving: tuple[Path, FrameTable]) -> None:
    found = worker.match(*moving, native_of(moving[0], 80, lambda rows: rows), 30)
    assert (found.n, found.equal) == (80, True)


def test_a_picture_that_is_none_of_them_is_not_certain(worker: MediaWorker, moving: tuple[Path, FrameTable]) -> None:
    found = worker.match(*moving, native_of(moving[0], 41, lambda rows: 255 - rows), 41)
    assert not found.certain

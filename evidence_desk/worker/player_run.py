"""One file in the player: opened, played, stopped; its pictures converted as stills are and handed to the desk."""

from __future__ import annotations

import ctypes
import threading
import time
from fractions import Fraction
from math import isqrt
from mmap import mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av.error
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from evidence_desk.domain.errors import MediaUnreadable, WorkerFailed
from evidence_desk.media.pictures import AS_IS, PictureView
from evidence_desk.media.player_ring import MOST_PIXELS, put
from evidence_desk.media.protocol import Message
from evidence_desk.worker.adjusting import adjusted, turned_further
from evidence_desk.worker.confinement import confine
from evidence_desk.worker.display import Orientation, Renderer, orientation_of
from evidence_desk.worker.hashing import FrameHasher
from evidence_desk.worker.opening import choose_stream, open_media, release
from evidence_desk.worker.player_pictures import PlayedPictures, planes_of
from evidence_desk.worker.sound_pieces import SoundPieces
from evidence_desk.worker.vlc_library import make_instance

if TYPE_CHECKING:
    from evidence_desk.worker.player import Replies

_SOUND_KNOWN_SECONDS = 1.0
"""How long after the first picture it is asked whether the sound has found a way out."""
_SELECT_SECONDS = 0.02


class PlayerRun:
    """Does what the messages say. One thread takes messages, another converts what VLC shows."""

    def __init__(self, vlc: Any, sound: str, memory: mmap, replies: Replies) -> None:
        self._vlc, self._sound, self._memory, self._replies = vlc, sound, memory, replies
        self._instance: Any = None
        self._player: Any = None
        self._scrub: SoundPieces | None = None
        self._pictures: PlayedPictures | None = None
        self._path = ""
        self._track = 0
        self._sounds: tuple[int, ...] = ()
        self._orientation = Orientation()
        self._sar = Fraction(1)
        self._view = AS_IS
        self._renderer, self._hasher = Renderer(), FrameHasher()
        self._run = 0  # each start has a number, so that the desk knows what a late picture belongs to
        self._media: Any = None
        self._newest = 0
        self._wake = threading.Condition()
        self._known = {
            "open": self._open,
            "play": self._play,
            "stop": self._stop,
            "hold": self._hold,
            "rate": self._set_rate,
            "seek": self._seek,
            "sound": self._set_sound,
            "native": self._give_native,
            "piece": self._play_piece,
        }

    def do(self, message: Message) -> None:
        """Do what a message asks; raises the desk's errors."""
        doing = self._known.get(str(message.head.get("op")))
        if doing is None:
            raise WorkerFailed(f"The player does not know {message.head.get('op')!r}.")
        doing(message)

    # ------------------------------------------------------------------------------------------------------- the file

    def _open(self, message: Message) -> None:
        """Look at the file with the decoder first: what it refuses VLC never sees. One process sees one file."""
        path = str(message.head["path"])
        if self._path:
            raise WorkerFailed("This player has seen a file already; another one needs a process of its own.")
        self._path = path
        self._replies.say("confined", confined=confine("player", path).to_json())
        self._instance = make_instance(self._vlc, self._sound)
        self._player = self._instance.media_player_new()
        self._scrub = SoundPieces(self._vlc, self._instance)
        events = self._player.event_manager()
        events.event_attach(self._vlc.EventType.MediaPlayerEndReached, self._ended)
        events.event_attach(self._vlc.EventType.MediaPlayerEncounteredError, self._broke)
        container = open_media(path)
        stream = None
        try:
            if container.streams.video:
                stream = choose_stream(container, message.head.get("stream"), Path(path).name)
                self._look(container, stream)
            start = container.start_time or 0
            self._sounds = tuple(s.index for s in container.streams.audio)
        finally:
            release(container, stream)
        threading.Thread(target=self._hand_over_all, name="pictures of play", daemon=True).start()
        self._replies.say("opened", start_us=start, sound=bool(self._sounds))

    def _look(self, container: InputContainer, stream: VideoStream) -> None:
        """Decode one picture to learn how the stream's pictures are to be shown."""
        frame = _first_frame(container, stream, Path(self._path).name)
        self._orientation = orientation_of(frame)
        self._sar = stream.sample_aspect_ratio or Fraction(1)
        self._track = [s.index for s in container.streams.video].index(stream.index)
        self._pictures = PlayedPictures(self._vlc, frame, self._shown)
        self._pictures.attach(self._player)

    # ----------------------------------------------------------------------------------------------------------- play

    def _play(self, message: Message) -> None:
        head = message.head
        self._player.stop()
        self._run = int(head["run"])
        self._view = PictureView.from_json(head.get("view")).in_play()
        self._media = self._instance.media_new_path(self._path)
        at = int(head.get("at_ms", 0))
        if at > 0:
            self._media.add_option(f":start-time={at / 1000:.3f}")
        self._media.add_option(f":video-track={self._track}")
        if head.get("silent"):
            # No sound at all rather than a muted one: nothing can be heard by mistake.
            self._media.add_option(":no-audio")
        elif self._sounds:
            # Always named: libvlc's own choice goes by language and may be another one than the desk shows.
            wanted = head.get("sound_stream")
            place = self._sounds.index(wanted) if wanted in self._sounds else 0
            self._media.add_option(f":audio-track={place}")
            # MP4 marks all but one as disabled, and those are only to be had while it plays; until then nothing sounds.
            threading.Thread(target=self._select, args=(self._run, place), name="sound of play", daemon=True).start()
        self._player.set_media(self._media)
        self._player.set_rate(float(head.get("rate", 1.0)))
        if self._player.play() == -1:
            raise MediaUnreadable(f"{Path(self._path).name} cannot be played. Nothing was changed.")
        if not head.get("silent"):
            self._set_sound(message)

    def _stop(self, _message: Message) -> None:
        self._player.stop()

    def _hold(self, _message: Message) -> None:
        """Stand still; the picture on screen can still be asked for."""
        self._player.set_pause(1)

    def _set_rate(self, message: Message) -> None:
        self._player.set_rate(float(message.head["rate"]))

    def _seek(self, message: Message) -> None:
        """Go on from another time; pictures from before that are on their way carry the old number of the run."""
        self._player.set_time(int(message.head["at_ms"]))
        self._run = int(message.head["run"])

    def _set_sound(self, message: Message) -> None:
        self._player.audio_set_volume(int(message.head.get("volume", 100)))
        self._player.audio_set_mute(bool(message.head.get("mute", False)))

    def _play_piece(self, message: Message) -> None:
        if self._scrub is not None:
            self._scrub.play(message.blob, int(message.head.get("volume", 100)))

    # ------------------------------------------------------------------------------------------------------- pictures

    def _shown(self, number: int) -> None:
        """VLC has put a picture on screen; called on its thread, which must not wait."""
        with self._wake:
            self._newest = number
            self._wake.notify()

    def _hand_over_all(self) -> None:
        try:
            self._hand_over()
        except Exception as error:  # noqa: BLE001 - without this thread nothing is seen: the desk must hear of it
            text = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            message = f"The pictures of {Path(self._path).name} cannot be shown in play: {text}."
            self._replies.say("failed", error=WorkerFailed.__name__, message=message)

    def _hand_over(self) -> None:
        """Convert the newest picture whenever there is a new one; those that came too fast are left out."""
        done, run, first_at = 0, 0, 0.0
        while True:
            with self._wake:
                while self._newest == done:
                    self._wake.wait()
                behind = self._newest - done > 1 and done > 0
                done = self._newest
            pictures = self._pictures
            if pictures is None:
                continue
            if run != self._run or first_at == 0.0:
                run, first_at = self._run, time.monotonic()
                pictures.stored_as(self._stored_as())
                threading.Timer(_SOUND_KNOWN_SECONDS, self._tell_sound, (run, self._media)).start()
            self._give(pictures, done, run, hashed=not behind)

    def _give(self, pictures: PlayedPictures, number: int, run: int, *, hashed: bool) -> None:
        frame = pictures.paintable(number)
        if frame is None:
            return
        digest = self._hasher.digest(frame).hex() if hashed and pictures.exact_format else ""
        limit = self._limit(frame)
        shown = self._renderer.render(frame, self._sar, limit, as_bgra=True, orientation=self._turn(), view=self._view)
        pixels = adjusted(shown.pixels, self._view.adjust, bgrx=True)
        height, width, _ = pixels.shape
        put(self._memory, number, pixels.data.cast("B"))
        self._replies.say(
            "picture", number=number, run=run, width=width, height=height, digest=digest, at_ms=self._player.get_time()
        )

    def _limit(self, frame: VideoFrame) -> tuple[int, int] | None:
        """Return the size that a larger picture is brought down to: the area of full HD in the picture's own shape."""
        wide = max(1, round(frame.width * self._sar)) if self._sar > 1 else frame.width
        high = max(1, round(frame.height / self._sar)) if 0 < self._sar < 1 else frame.height
        if self._turn().swaps_sides:
            wide, high = high, wide
        if wide * high <= MOST_PIXELS:
            return None
        return isqrt(MOST_PIXELS * wide // high) & ~1, isqrt(MOST_PIXELS * high // wide) & ~1

    def _turn(self) -> Orientation:
        return turned_further(self._orientation, self._view.adjust)

    def _give_native(self, message: Message) -> None:
        """Give the picture shown under a number as the stream has it: its hash and its planes, packed."""
        number = int(message.head["number"])
        pictures = self._pictures
        frame = pictures.native(number) if pictures is not None else None
        if frame is None or pictures is None:
            self._replies.say("native", number=number, format="")
            return
        digest = self._hasher.digest(frame).hex() if pictures.exact_format else ""
        blob = b"".join(rows.tobytes() for rows in planes_of(frame))
        self._replies.say(
            "native", blob, number=number, format=frame.format.name, size=[frame.width, frame.height], digest=digest
        )

    def _stored_as(self) -> int:
        """Return how libvlc says that the picture is stored, 0 for upright."""
        tracks = self._media.tracks_get() if self._media is not None else None
        video = [t for t in tracks or () if bytes(t.type) == bytes(self._vlc.TrackType.video)]
        if not video:
            return 0
        # python-vlc names three pointers where libvlc has one for all kinds; it stands at the first of them.
        track = video[min(self._track, len(video) - 1)]
        found = ctypes.cast(track.audio, ctypes.POINTER(self._vlc.VideoTrack))
        return int.from_bytes(bytes(found.contents.orientation), "little")

    # --------------------------------------------------------------------------------------------------------- events

    def _ended(self, _event: Any) -> None:
        self._replies.say("ended", run=self._run)

    def _broke(self, _event: Any) -> None:
        self._replies.say("failed", error=MediaUnreadable.__name__, message="libvlc cannot play this file.")

    def _tell_sound(self, run: int, media: Any) -> None:
        """Say whether the sound is heard: where libvlc found no way out it decodes sound and plays none."""
        counts = self._vlc.MediaStats()
        if run == self._run and media.get_stats(counts) and counts.decoded_audio > 0:
            self._replies.say("sound", run=run, works=counts.played_abuffers > 0, stream=self._stream_heard())

    def _select(self, run: int, place: int) -> None:
        """Let the sound stream of that place be heard as soon as libvlc knows of it."""
        end = time.monotonic() + _SOUND_KNOWN_SECONDS
        while run == self._run and time.monotonic() < end:
            known = self._tracks()
            if len(known) == len(self._sounds):
                if self._player.audio_get_track() != known[place]:
                    self._player.audio_set_track(known[place])
                return
            time.sleep(_SELECT_SECONDS)

    def _stream_heard(self) -> int | None:
        """Return the absolute index of the stream that libvlc plays, None where its list is another than ours."""
        known, chosen = self._tracks(), self._player.audio_get_track()
        if len(known) != len(self._sounds) or chosen not in known:
            return None
        return self._sounds[known.index(chosen)]

    def _tracks(self) -> list[int]:
        """Return libvlc's numbers of the sound streams, in the order of the file."""
        return [int(number) for number, _ in self._player.audio_get_track_description() or () if number >= 0]


def _first_frame(container: InputContainer, stream: VideoStream, name: str) -> VideoFrame:
    for packet in container.demux(stream):
        try:
            for frame in packet.decode():
                return frame
        except av.error.FFmpegError:
            continue
    raise MediaUnreadable(f"{name} has no picture that can be decoded; it cannot be played. Nothing was changed.")

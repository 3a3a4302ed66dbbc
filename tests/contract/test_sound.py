"""Sound by its samples: what ffmpeg's decoder gives, the same after any seek, told in facts, kept, refused."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import wave
from array import array
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from evidence_desk.cli import main
from evidence_desk.domain.errors import FrameOutOfRange, MediaUnreadable
from evidence_desk.domain.frames import NO_PACKET
from evidence_desk.jobs import NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.sound_questions import WIDTHS, SoundWish
from evidence_desk.media.sound_track import SoundTrack
from evidence_desk.services.case import Case
from evidence_desk.services.commands import add_exhibit
from evidence_desk.services.intake import receive
from evidence_desk.services.playhead import FrameClock
from evidence_desk.services.sound import against_picture, samples_of_frame, track_of
from evidence_desk.worker.sound_source import SoundTable

MEDIA = Path(__file__).resolve().parents[3] / "shared" / "media"
TONES = (
    "aevalsrc=0.4*sin(2*PI*(300+200*t)*t)+0.2*random(0)-0.1"
    "|0.3*sin(2*PI*1000*t)*gt(mod(t\\,1)\\,0.5)+0.1*random(1):s=48000:d={seconds}"
)

pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as running:
        yield running


def ffmpeg(*arguments: str) -> bytes:
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def tones(path: Path, *encode: str, seconds: int = 6, picture: bool = True) -> Path:
    """Write two channels of tones and noise: nothing in it repeats."""
    source = ["-f", "lavfi", "-i", TONES.format(seconds=seconds)]
    shown = ["-f", "lavfi", "-i", f"testsrc=s=96x64:r=25:d={seconds}", "-map", "1:v", "-map", "0:a", "-c:v", "mpeg4"]
    ffmpeg(*source, *(shown if picture else ()), *encode, str(path))
    return path


def whole(worker: MediaWorker, path: Path, track: SoundTrack) -> bytes:
    """Return every sample in the decoder's own format, read from the start on."""
    parts, at = [], 0
    while at < len(track):
        piece = worker.sound(path, track, at, 1 << 20, SoundWish.NATIVE)
        assert piece.exact
        parts.append(piece.pcm)
        at += piece.count
    return b"".join(parts)


def random_pieces_are_the_sequential_ones(worker: MediaWorker, path: Path, count: int = 12) -> SoundTrack:
    """Take pieces in random order first, while nothing is kept yet, and compare them with the whole read after them."""
    track = worker.sound_track(path)
    facts = track.facts
    draw = random.Random(path.name)
    places = [(draw.randrange(facts.samples), draw.choice((1, 800, 1601, 5000))) for _ in range(count)]
    pieces = [worker.sound(path, track, *place, SoundWish.NATIVE) for place in places]
    every = whole(worker, path, track)
    assert hashlib.sha256(every).hexdigest() == facts.pcm_sha256
    size = WIDTHS[facts.sample_format] * facts.channels
    for piece in pieces:
        assert piece.exact, piece.first
        assert piece.pcm == every[piece.first * size : (piece.first + piece.count) * size], piece.first
    return track


def same_as_ffmpeg(worker: MediaWorker, path: Path, track: SoundTrack) -> None:
    """Compare with ffmpeg's own output; its decoders may round otherwise where versions differ, by one in 16 bits."""
    theirs, ours = array("h"), array("h")
    theirs.frombytes(ffmpeg("-i", str(path), "-map", f"0:{track.facts.stream}", "-f", "s16le", "-"))
    assert len(theirs) == track.facts.samples * track.facts.channels
    ours.frombytes(worker.sound(path, track, 0, 48_000).pcm)
    assert max((abs(a - b) for a, b in zip(theirs, ours, strict=False)), default=0) <= 1


# --------------------------------------------------------------------------------------------------------- exactness

MADE = [
    ("aac.mp4", ("-c:a", "aac")),
    ("aac.ts", ("-c:a", "aac")),
    ("mp3.mkv", ("-c:a", "libmp3lame", "-b:a", "64k")),
    ("mp3.avi", ("-c:a", "libmp3lame", "-b:a", "64k")),
    ("opus.mkv", ("-c:a", "libopus", "-b:a", "64k")),
    ("vorbis.mkv", ("-c:a", "libvorbis")),
    ("ac3.ts", ("-c:a", "ac3")),
    ("flac.mkv", ("-c:a", "flac")),
    ("pcm.mov", ("-c:a", "pcm_s24le")),
]


@pytest.mark.parametrize(("name", "encode"), MADE, ids=[name for name, _ in MADE])
def test_any_piece_is_that_of_the_whole(
    worker: MediaWorker, tmp_path: Path, name: str, encode: tuple[str, ...]
) -> None:
    clip = tones(tmp_path / name, *encode, seconds=4)
    same_as_ffmpeg(worker, clip, random_pieces_are_the_sequential_ones(worker, clip))


SHARED = [
    "ax_bbb_960x540_60fps_vp8.webm",
    "ax_dolbyVision-hdr.MOV",
    "ax_edit_list_positive_shift.mp4",
    "ax_sample.mkv",
    "ax_sample-unflagged-audio-keyframes.avi",
    "ax_sample_edit_list_only_preroll_sync_sample.mp4",
    "ax_sowt-with-video.mov",
    "tc_nasa_13013.mp4",
]


@pytest.mark.parametrize("name", SHARED)
def test_clips_from_elsewhere(worker: MediaWorker, name: str) -> None:
    clip = MEDIA / name
    if not clip.is_file():
        pytest.skip(f"{name} is not beside this repository")
    same_as_ffmpeg(worker, clip, random_pieces_are_the_sequential_ones(worker, clip, count=8))


def test_whole_numbers_are_those_of_ffmpeg_to_the_bit(worker: MediaWorker, tmp_path: Path) -> None:
    clip = tones(tmp_path / "sound.wav", "-c:a", "pcm_s16le", seconds=2, picture=False)
    track = worker.sound_track(clip)
    theirs = ffmpeg("-i", str(clip), "-f", "s16le", "-")
    assert worker.sound(clip, track, 0, len(track)).pcm == theirs
    assert hashlib.sha256(theirs).hexdigest() == track.facts.pcm_sha256


def test_a_decoder_that_carries_no_packet_is_read_from_the_start(worker: MediaWorker, tmp_path: Path) -> None:
    clip = tones(tmp_path / "clip.m4a", "-c:a", "aac", seconds=3, picture=False)
    track = worker.sound_track(clip)
    wanted = [worker.sound(clip, track, first, 900).pcm for first in (90_000, 5, 100_000)]
    table = SoundTable.unpack(track.table)
    table.packet = array("I", [NO_PACKET] * len(table.packet))
    blind = SoundTrack(track.facts, "", track.hops, {**track.parts, "table": table.pack()})
    with MediaWorker() as other:
        assert [other.sound(clip, blind, first, 900).pcm for first in (90_000, 5, 100_000)] == wanted


# ------------------------------------------------------------------------------------------------------------- facts


def test_priming_and_offset_are_told(worker: MediaWorker, tmp_path: Path) -> None:
    """Sound delayed by a quarter second against the picture, with AAC's priming left out by the edit list."""
    early = tones(tmp_path / "even.mp4", "-c:a", "aac", seconds=2)
    clip = tmp_path / "late.mkv"
    ffmpeg(
        "-i", str(early), "-itsoffset", "0.25", "-i", str(early), "-map", "0:v", "-map", "1:a", "-c", "copy", str(clip)
    )
    even, late = worker.sound_track(early), worker.sound_track(clip)
    assert (even.facts.priming, even.clock.start) == (1024, Fraction(0))
    clock = FrameClock.of(worker.index(clip))
    offset = against_picture(late, clock).start_offset
    assert offset == late.clock.start - Fraction(clock.pts[0] or 0) * clock.time_base
    assert abs(offset - Fraction(1, 4)) < Fraction(1, 40)
    probe = worker.probe(clip)
    assert Fraction(probe.sound_offset) == offset
    assert Fraction(probe.sounds[0].sound_start) == late.clock.start
    assert worker.probe(early).sounds[0].priming == 1024


def test_the_samples_of_all_frames_are_all_samples(worker: MediaWorker, tmp_path: Path) -> None:
    clip = tones(tmp_path / "clip.mp4", "-c:a", "aac", seconds=2)
    track, clock = worker.sound_track(clip), FrameClock.of(worker.index(clip))
    at = 0
    for n in range(len(clock)):
        span = samples_of_frame(track, clock, n)
        assert span is not None
        assert span[0] == at
        at += span[1]
        piece = worker.sound(clip, track, *span, SoundWish.QUICK)
        assert (piece.first, piece.count) == span
        assert piece.at >= clock.at(n)
    assert at <= len(track)


def test_a_gap_in_the_stamps_is_told_and_not_filled(worker: MediaWorker, tmp_path: Path) -> None:
    parts = [tones(tmp_path / f"{i}.ts", "-c:a", "mp2", "-output_ts_offset", str(i * 5), seconds=2) for i in range(2)]
    joined = tmp_path / "joined.ts"
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))
    track = worker.sound_track(joined)
    (gap,) = [g for g in track.clock.gaps() if g.seconds > 1]
    assert abs(gap.seconds - 3) < Fraction(1, 10)
    assert len(track) == 2 * len(worker.sound_track(parts[0]))
    piece = worker.sound(joined, track, gap.sample - 100, 1000)
    assert piece.count == 100  # it ends at the gap
    assert worker.sound(joined, track, gap.sample, 10).at == gap.at + gap.seconds


def test_a_stream_that_begins_in_mid_file_does_not_end_the_reading(worker: MediaWorker, tmp_path: Path) -> None:
    one = tones(tmp_path / "one.ts", "-c:a", "mp2", "-streamid", "1:300", seconds=4)
    two = tmp_path / "two.ts"
    ffmpeg("-i", str(one), "-map", "0:v", "-map", "0:a", "-map", "0:a", "-c", "copy",
           "-streamid", "1:300", "-streamid", "2:400", "-output_ts_offset", "4", str(two))  # fmt: skip
    joined = tmp_path / "joined.ts"
    joined.write_bytes(one.read_bytes() + two.read_bytes())
    track = random_pieces_are_the_sequential_ones(worker, joined)
    assert len(track) == 2 * len(worker.sound_track(one))
    assert worker.probe(joined).sounds[0].sound_start


def test_the_levels_are_those_of_the_samples(worker: MediaWorker, tmp_path: Path) -> None:
    """A full-scale tone of 1 kHz for a second after a silent one: peaks and band where they have to be."""
    clip = tmp_path / "tone.wav"
    ffmpeg(
        "-f", "lavfi", "-i", "aevalsrc=0.999*sin(2*PI*1000*t)*gte(t\\,1):s=48000:d=2", "-c:a", "pcm_s16le", str(clip)
    )
    track = worker.sound_track(clip)
    fine = track.wave[0]
    assert (fine.hop, len(fine)) == (480, 200)
    assert max(fine.high[:100]) == 0
    assert min(fine.high[100:]) > 32_000
    assert max(fine.low[100:]) < -32_000
    assert all(abs(rms - 23_146) < 200 for rms in fine.rms[100:])
    spectrum = track.spectrum[0]
    assert (spectrum.hop, len(spectrum)) == (480, 200)
    column = spectrum.data[150 * spectrum.bands : 151 * spectrum.bands]
    loudest = max(range(spectrum.bands), key=lambda band: column[band])
    assert column[loudest] >= 250  # within 2.5 dB of full scale
    low, high = (700 * (10 ** (4015.3 * band / spectrum.bands / 2595) - 1) for band in (loudest, loudest + 1))
    assert low - 25 <= 1000 <= high + 25
    assert max(spectrum.data[20 * spectrum.bands : 21 * spectrum.bands]) == 0
    part = worker.sound_wave(clip, track, (48_000, 48_480), 1)
    samples = array("h", worker.sound(clip, track, 48_000, 480).pcm)
    assert list(part.level.high) == list(part.level.low) == list(samples)


# ----------------------------------------------------------------------------------------------------------- refusals


def test_sound_that_is_absurd_is_refused_in_one_line(worker: MediaWorker, tmp_path: Path) -> None:
    good = tones(tmp_path / "good.wav", "-c:a", "pcm_s16le", seconds=1, picture=False).read_bytes()
    at = good.index(b"fmt ") + 8
    for name, offset, value, size in (
        ("channels", 2, 64, 2),
        ("none", 2, 0, 2),
        ("rate", 4, 0, 4),
        ("fast", 4, 1 << 30, 4),
    ):
        file = tmp_path / f"{name}.wav"
        file.write_bytes(good[: at + offset] + value.to_bytes(size, "little") + good[at + offset + size :])
        with pytest.raises(MediaUnreadable) as refused:
            worker.sound_track(file)
        assert len(str(refused.value).splitlines()) == 1
    with pytest.raises(MediaUnreadable, match="no sound stream 7"):
        worker.sound_track(tmp_path / "channels.wav", 7)
    assert worker.lost == 0


def test_samples_that_are_not_there_are_refused(worker: MediaWorker, tmp_path: Path) -> None:
    clip = tones(tmp_path / "clip.wav", "-c:a", "pcm_s16le", seconds=1, picture=False)
    track = worker.sound_track(clip)
    with pytest.raises(FrameOutOfRange, match="0 to 47999"):
        worker.sound(clip, track, 48_000, 1)
    assert worker.sound(clip, track, 47_999, 100).count == 1


def test_damaged_sound_is_told_and_still_exact(worker: MediaWorker, tmp_path: Path) -> None:
    clip = tones(tmp_path / "clip.mkv", "-c:a", "aac", seconds=4)
    data = bytearray(clip.read_bytes())
    draw = random.Random(5)
    for _ in range(60):
        data[draw.randrange(4000, len(data))] ^= 1 << draw.randrange(8)
    clip.write_bytes(bytes(data))
    random_pieces_are_the_sequential_ones(worker, clip, count=6)


# ------------------------------------------------------------------------------------------------ kept, and on the line


def test_a_track_is_kept_and_made_again_when_damaged(worker: MediaWorker, tmp_path: Path) -> None:
    clip = tones(tmp_path / "clip.mp4", "-c:a", "aac", seconds=1)
    with closing(Case.create(tmp_path / "case", "Tones", "Reviewer A")) as case:
        received = receive(case.paths, clip, {}, NullContext())
        exhibit = case.queries.exhibit(case.bus.run(add_exhibit(received, "", None)).numbers[0])
        paths = case.paths
    track = track_of(worker, paths, exhibit, NullContext())
    (place,) = paths.derived_for(exhibit.sha256).glob("*.edso")
    made = place.stat().st_mtime_ns
    again = track_of(worker, paths, exhibit, NullContext())
    assert (again.facts, again.parts, place.stat().st_mtime_ns) == (track.facts, track.parts, made)
    place.write_bytes(place.read_bytes()[:-5])
    assert track_of(worker, paths, exhibit, NullContext()).parts == track.parts
    assert place.stat().st_mtime_ns != made
    foreign = place.read_bytes().replace(exhibit.sha256.encode(), b"0" * 64)
    place.write_bytes(foreign)  # its check no longer fits: a track of another file is not believed
    assert track_of(worker, paths, exhibit, NullContext()).sha256 == exhibit.sha256


def test_the_command_tells_facts_and_writes_the_very_samples(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    clip = tones(tmp_path / "clip.mov", "-c:a", "pcm_s16le", seconds=1)
    out = tmp_path / "part.wav"
    assert main(["sound", str(clip), "--samples", "100..4899", "-o", str(out), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["rate"], found["channels"], found["samples"], found["gaps"]) == (48_000, 2, 48_000, [])
    assert (found["start_after_picture"], found["end_after_picture"]) == ("0/1", "0/1")
    with wave.open(str(out)) as wav:
        assert (wav.getnframes(), wav.getframerate(), wav.getnchannels()) == (4800, 48_000, 2)
        assert wav.readframes(4800) == ffmpeg("-i", str(clip), "-map", "0:a", "-f", "s16le", "-")[400 : 4900 * 4]
    assert found["wav_sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    out.write_text("no WAV")
    assert main(["sound", str(clip), "--samples", "0..9", "-o", str(out)]) == 1
    assert "no WAV" in capsys.readouterr().err
    assert main(["sound", str(clip), "--samples", "0..9"]) == 2
    assert main(["sound", str(clip), "--samples", "0..48000", "-o", str(tmp_path / "x.wav")]) == 1
    assert not (tmp_path / "x.wav").exists()

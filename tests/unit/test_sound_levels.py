"""What the worker makes of samples: 16 bits as ffmpeg does, one channel, levels at every zoom, sane stamps."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from av.audio.frame import AudioFrame

from evidence_desk.domain.frames import NO_STAMP
from evidence_desk.worker import pcm, sound_levels
from evidence_desk.worker.sound_levels import BANDS, SpectrumBuilder, WaveBuilder
from evidence_desk.worker.sound_pass import _Pass
from evidence_desk.worker.sound_source import SoundTable


def test_sixteen_bits_are_rounded_and_held() -> None:
    floats = np.array([[0.0, 1.0, -1.0, 1.5, 0.5 / 32768, 1.5 / 32768]], np.float32)
    assert pcm.to_s16(floats).tolist() == [[0, 32767, -32768, 32767, 0, 2]]
    assert pcm.to_s16(np.array([[0, 128, 255]], np.uint8)).tolist() == [[-32768, 0, 32512]]
    assert pcm.to_s16(np.array([[-1, 65536, 1 << 30]], np.int32)).tolist() == [[-1, 1, 16384]]


def test_one_channel_is_the_mean_at_full_scale_one() -> None:
    for dtype, low, high in ((np.int16, -32768, 0), (np.uint8, 0, 128), (np.float32, -1, 0), (np.int32, -(1 << 31), 0)):
        assert pcm.to_mono(np.array([[low, high], [low, low]], dtype)).tolist() == [-0.5, -1.0], dtype


@pytest.mark.parametrize("chunk", [1, 7, 100, 5000])
def test_levels_do_not_depend_on_how_samples_come(chunk: int) -> None:
    samples = np.random.default_rng(2).integers(-30000, 30000, (20_000, 2)).astype(np.int16)
    if chunk == 1:
        samples = samples[:1500]
    wave, spectrum = WaveBuilder(10), SpectrumBuilder(1000)
    for at in range(0, len(samples), chunk):
        wave.add(samples[at : at + chunk])
        spectrum.add(pcm.to_mono(samples[at : at + chunk]))
    levels = wave.levels()
    low = np.frombuffer(levels[0][0], np.int16)
    assert low.tolist() == samples.reshape(-1, 20).min(axis=1).tolist()
    if len(levels) > 1:
        high = np.frombuffer(levels[1][1], np.int16)
        assert high.tolist() == samples.reshape(-1, 80).max(axis=1).tolist()
        assert len(levels[-1][0]) // 2 <= sound_levels.LEAST_LEVEL
    whole = SpectrumBuilder(1000)
    whole.add(pcm.to_mono(samples))
    assert spectrum.levels() == whole.levels()


def test_channels_against_each_other_do_not_cancel() -> None:
    wave = WaveBuilder(4)
    wave.add(np.array([[9, -9]] * 4, np.int16))
    assert np.frombuffer(wave.levels()[0][0], np.int16).tolist() == [-9]


def test_many_columns_are_folded_and_keep_what_is_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_levels, "MOST_COLUMNS", 64)
    builder = SpectrumBuilder(1000)
    sound = np.zeros(10_000, np.float32)
    sound[5000:5010] = 1
    for at in range(0, len(sound), 333):
        builder.add(sound[at : at + 333])
    levels = builder.levels()
    columns = np.frombuffer(levels[0], np.uint8).reshape(-1, BANDS)
    assert builder.fold >= 8
    assert len(columns) == -(-1000 // builder.fold)
    assert len(columns) <= 130
    at = 5000 // builder.hop
    assert columns[at].max() > 100
    assert columns[: at - 30 // builder.fold - 1].max() == 0


def test_a_stamp_beyond_any_clock_is_told_and_not_believed() -> None:
    stream = SimpleNamespace(time_base=Fraction(1, 1000))
    done = _Pass(cast(Any, SimpleNamespace(stream=stream, read_error="")))
    for pts in (0, 1 << 60, 20):
        frame = AudioFrame.from_ndarray(np.zeros((1, 10), np.int16), format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 1000, pts, Fraction(1, 1000)
        done._note(frame)
    assert [list(column) for column in done._runs] == [[0], [0], [1000]]
    assert "1 of 3 blocks of sound carry a stamp beyond any clock" in " ".join(done._notes())
    assert NO_STAMP not in done._runs[1]


def test_a_table_that_is_cut_is_refused() -> None:
    table = SoundTable()
    table.samples.extend([3, 4])
    table.packet.extend([0, 0])
    table.check.extend([1, 2])
    again = SoundTable.unpack(table.pack())
    assert (again.samples, again.check) == (table.samples, table.check)
    with pytest.raises(ValueError, match="cut"):
        SoundTable.unpack(table.pack()[:-1])

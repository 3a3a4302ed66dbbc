"""The desk and its worker process: errors as one clear line, death and silence survived, cancel, pictures, stills."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from evidence_desk.domain.errors import (
    Cancelled,
    EvidenceDeskError,
    FrameOutOfRange,
    MediaUnreadable,
    WorkerFailed,
    WorkerLost,
)
from evidence_desk.domain.frames import FrameColumns, FrameTable, PacketColumns, TableFacts
from evidence_desk.jobs import CallbackContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.worker_pool import MOST_FILES
from evidence_desk.media.worker_process import BEHIND
from tests.contract.clips import Clip, make_clip

DOUBLES = Path(__file__).with_name("worker_doubles.py")


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as running:
        yield running


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(
        tmp_path_factory.mktemp("clip") / "plain clip é.mp4", Clip(frames=40, gop=12, bframes=2, sound=True)
    )


@pytest.fixture(scope="module")
def table(worker: MediaWorker, clip: Path) -> FrameTable:
    return worker.index(clip)


def double(kind: str, silence: float = 5.0) -> MediaWorker:
    return MediaWorker(silence=silence, command=[sys.executable, str(DOUBLES), kind])


# ------------------------------------------------------------------------------------------------------ plain requests


def test_probe_tells_what_the_file_says(worker: MediaWorker, clip: Path) -> None:
    found = worker.probe(clip)
    assert found.video is not None
    assert (found.video.codec, found.video.width, found.video.height) == ("h264", 96, 64)
    assert found.default_video == found.video.index
    assert len(found.sounds) == 1
    assert any("x264" in trace or "Lavf" in trace for trace in found.encoder_traces)
    assert found.to_json()["size"] == clip.stat().st_size


def test_the_table_counts_and_hashes_every_frame(table: FrameTable, clip: Path) -> None:
    assert len(table) == 40
    assert len({row.hash for row in table}) == 40
    assert table.row(0).key
    assert table.facts.audio_end is not None
    assert table.sha256 == subprocess.run(["sha256sum", clip], capture_output=True, text=True, check=True).stdout[:64]


def test_frames_are_reached_in_the_order_given(worker: MediaWorker, clip: Path, table: FrameTable) -> None:
    order = [39, 0, 13, 12, 11, 13, 38, 1]
    rows = worker.frames_at(clip, table, order)
    assert [row.n for row in rows] == order
    assert [row.hash for row in rows] == [table.hash_of(n) for n in order]
    assert [row.hash for row in worker.frames_at(clip, None, [5])] == [table.hash_of(5)]


def test_steps_back_and_forth_show_the_frame_asked_for(worker: MediaWorker, clip: Path, table: FrameTable) -> None:
    for n in [*range(40), *range(39, -1, -1), 20, 19, 21, 5, 39]:
        picture = worker.picture(clip, table, n)
        assert (picture.n, picture.exact, picture.hash) == (n, True, table.hash_of(n))
        assert len(picture.bgra) == picture.width * picture.height * 4


def test_a_picture_is_made_to_fit(worker: MediaWorker, clip: Path, table: FrameTable) -> None:
    picture = worker.picture(clip, table, 3, (48, 48))
    assert (picture.width, picture.height) == (48, 32)
    assert (picture.native_width, picture.native_height) == (96, 64)


def test_a_still_is_the_same_twice_and_names_its_frame(worker: MediaWorker, clip: Path, table: FrameTable) -> None:
    png = worker.still(clip, table, 7)
    with MediaWorker() as other:
        assert other.still(clip, table, 7) == png
    with Image.open(io.BytesIO(png)) as image:
        words = image.text  # type: ignore[attr-defined]  # PNG images have it
        assert image.size == (96, 64)
    assert words["Frame"] == "7"
    assert words["Frame hash SHA-256"] == table.hash_of(7)
    assert words["Exhibit SHA-256"] == table.sha256
    with Image.open(io.BytesIO(worker.still(clip, table, 7, box=(10, 10, 30, 20)))) as image:
        assert image.size == (30, 20)
    with Image.open(io.BytesIO(worker.thumbnail(clip, table, 7, 32))) as image:
        assert image.height == 32


# ---------------------------------------------------------------------------------------------------------- bad input


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.mp4", b""),
        ("text.mp4", b"this is a text and no film\n"),
        ("noise.mp4", bytes((i * 7919 + i * i) % 251 for i in range(20_000))),
        ("list.mp4", b"#EXTM3U\n#EXTINF:1,\nclip.mp4\n"),
        ("script.mp4", b"ffconcat version 1.0\nfile clip.mp4\n"),
        ("manifest.mp4", b"<?xml version='1.0'?><MPD></MPD>"),
        ("session.sdp", b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"),
    ],
)
def test_what_is_no_media_file_is_refused_in_one_line(
    worker: MediaWorker, tmp_path: Path, name: str, data: bytes
) -> None:
    file = written(tmp_path / name, data)
    for ask in (worker.probe, worker.index, worker.sound_track):
        with pytest.raises(MediaUnreadable) as caught:
            ask(file)
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)


def test_folder_missing_file_and_pipe_are_refused(worker: MediaWorker, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)
    for path in (tmp_path, tmp_path / "absent.mp4", pipe):
        with pytest.raises(MediaUnreadable, match=path.name):
            worker.index(path)


def test_a_file_that_vanished_is_said_in_one_line(worker: MediaWorker, table: FrameTable, tmp_path: Path) -> None:
    gone = tmp_path / "gone.mp4"
    for ask in (lambda: worker.picture(gone, table, 3), lambda: worker.still(gone, table, 3)):
        with pytest.raises(MediaUnreadable) as caught:
            ask()
        assert str(caught.value).startswith("There is no file gone.mp4. What was kept of it is safe.")
        assert "Error" not in str(caught.value)


def test_a_frame_that_does_not_exist_is_out_of_range(worker: MediaWorker, clip: Path, table: FrameTable) -> None:
    for n in (-1, 40, 10**9):
        with pytest.raises(FrameOutOfRange, match="40 frames, 0 to 39"):
            worker.picture(clip, table, n)


def test_a_stream_that_does_not_exist_is_named(worker: MediaWorker, clip: Path) -> None:
    with pytest.raises(MediaUnreadable, match="no picture stream 7"):
        worker.index(clip, stream=7)


def test_a_cut_file_gives_its_frames_and_says_so(worker: MediaWorker, tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "whole.ts", Clip(frames=60, gop=10, bframes=2, container="mpegts"))
    data = bytearray(whole.read_bytes())
    for at in range(len(data) // 2, len(data) // 2 + 3000):
        data[at] ^= 0x5A
    broken = written(tmp_path / "broken.ts", bytes(data[: len(data) * 3 // 4]))
    table = worker.index(broken)
    assert 0 < len(table) < 60
    assert table.damage


def test_a_table_of_another_file_never_passes_as_exact(worker: MediaWorker, tmp_path: Path, table: FrameTable) -> None:
    other = make_clip(tmp_path / "other.mp4", Clip(frames=40, gop=12, bframes=2, shade=90))
    with pytest.raises(MediaUnreadable, match="another picture"):
        worker.frames_at(other, table, [7])
    picture = worker.picture(other, table, 7)
    assert not picture.exact
    assert picture.note
    with pytest.raises(MediaUnreadable, match="No still was made"):
        worker.still(other, table, 7)


# ------------------------------------------------------------------------------------------------- death and silence


def test_a_worker_that_is_killed_is_replaced(clip: Path, table: FrameTable) -> None:
    with MediaWorker() as worker:
        worker.picture(clip, table, 3)
        (pid,) = worker.pids
        os.kill(pid, signal.SIGKILL)
        assert within(5, lambda: pid not in worker.pids)
        picture = worker.picture(clip, table, 4)
        assert picture.exact
        assert (worker.starts, worker.lost) == (2, 1)


def test_a_warm_process_takes_over_from_one_that_died(clip: Path, table: FrameTable) -> None:
    with MediaWorker(spare=True) as worker:
        worker.picture(clip, table, 3)
        at_work, spare = worker.pids
        time.sleep(0.5)  # the spare loads its libraries
        os.kill(at_work, signal.SIGKILL)
        assert within(5, lambda: at_work not in worker.pids)
        start = time.monotonic()
        assert worker.picture(clip, table, 4).exact
        assert time.monotonic() - start < 1
        assert worker.pids[0] == spare
        assert len(worker.pids) == 2  # and the next one waits


def test_the_warm_process_can_be_put_off(clip: Path, table: FrameTable) -> None:
    with MediaWorker(spare=True, spare_after=0.6) as worker:
        start = time.monotonic()
        worker.picture(clip, table, 3)
        worker.picture(clip, table, 4)
        if time.monotonic() - start < 0.5:
            assert len(worker.pids) == 1
        assert within(5, lambda: len(worker.pids) == 2)
        time.sleep(0.8)
        assert len(worker.pids) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="threads are told by /proc")
def test_a_process_for_jobs_gives_way_and_one_for_the_eye_does_not(clip: Path) -> None:
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    with MediaWorker(behind=True) as jobs, MediaWorker() as eye:
        jobs.probe(clip)
        eye.probe(clip)
        threads = Path(f"/proc/{jobs.pids[0]}/task")
        nice = {os.getpriority(os.PRIO_PROCESS, int(task.name)) for task in threads.iterdir()}
        assert nice == {max(usual, BEHIND)}
        assert os.getpriority(os.PRIO_PROCESS, eye.pids[0]) == usual


def test_each_file_has_a_process_of_its_own_and_few_run(clip: Path, tmp_path: Path) -> None:
    files = [clip, *(make_clip(tmp_path / f"{n}.mp4", Clip(frames=3, shade=10 * n)) for n in range(4))]
    with MediaWorker() as worker:
        worker.probe(files[0])
        (first,) = worker.pids
        worker.probe(files[1])
        assert worker.pids[0] == first
        worker.probe(files[0])
        assert worker.starts == 2
        for file in files:
            worker.probe(file)
        assert first not in worker.pids
        assert len(worker.pids) == MOST_FILES + 1  # and a spare
        assert (worker.starts, worker.lost) == (5, 0)


def test_two_files_are_read_at_once(tmp_path: Path) -> None:
    context = CallbackContext()
    with double("hang", silence=30) as worker:
        held = threading.Thread(target=lambda: refused(worker, tmp_path / "one.mp4", context))
        held.start()
        other = threading.Thread(target=lambda: refused(worker, tmp_path / "two.mp4", context))
        other.start()
        assert within(5, lambda: worker.starts == 2)
        context.stop()
        held.join(8)
        other.join(8)
        assert not held.is_alive()
        assert not other.is_alive()


def refused(worker: MediaWorker, path: Path, context: CallbackContext) -> None:
    with contextlib.suppress(Cancelled):
        worker.probe(path, context)


@pytest.mark.parametrize(
    ("kind", "said"), [("crash", "stopped"), ("hang", "no sign of life"), ("garbage", "stopped"), ("mute", "no sign")]
)
def test_a_worker_that_fails_is_one_clear_line_and_is_replaced(kind: str, said: str, tmp_path: Path) -> None:
    with double(kind, silence=0.6) as worker:
        for expected in (1, 2):
            with pytest.raises(WorkerFailed, match=said) as caught:
                worker.probe(tmp_path / "clip.mp4")
            assert "clip.mp4" in str(caught.value)
            assert worker.starts == expected


def small_table(frames: int = 1) -> FrameTable:
    kinds = (array("q"), array("q"), array("I"), array("B"), array("B"))
    columns = FrameColumns(*(array(column.typecode, [0] * frames) for column in kinds))
    return FrameTable(TableFacts(0, Fraction(1, 25), "double"), columns, PacketColumns(), b"")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("oversize", "picture of a wrong size"),
        ("negative", "picture of a wrong size"),
        ("undersize", "no sensible answer"),
        ("unmeasured", "no sensible answer"),
        ("other_frame", "no sensible answer"),
        ("no_facts", "no sensible answer"),
        ("wrong_words", "no sensible answer"),
        ("wrong_progress", "no sensible answer"),
        ("nested", "stopped"),
        ("huge_head", "stopped"),
        ("huge_blob", "stopped"),
    ],
)
def test_a_picture_that_makes_no_sense_ends_the_worker(kind: str, said: str, tmp_path: Path) -> None:
    with double(kind) as worker:
        with pytest.raises(WorkerLost, match=said) as caught:
            worker.picture(tmp_path / "clip.mp4", small_table(), 0)
        assert "clip.mp4" in str(caught.value)
        assert worker.lost == 1
        assert worker.pids == ()


def test_an_error_of_no_kind_we_know_is_one_line_all_the_same(tmp_path: Path) -> None:
    with double("wrong_error") as worker, pytest.raises(WorkerFailed) as caught:
        worker.probe(tmp_path / "clip.mp4")
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) <= 2000


def test_a_false_frame_table_is_refused(tmp_path: Path) -> None:
    with double("false_table") as worker, pytest.raises(EvidenceDeskError, match="frame table"):
        worker.index(tmp_path / "clip.mp4")


def test_a_flood_of_replies_stays_in_the_pipe(tmp_path: Path) -> None:
    context = CallbackContext()
    with double("flood", silence=30) as worker:
        threading.Timer(1, context.stop).start()
        with pytest.raises(Cancelled):
            worker.probe(tmp_path / "clip.mp4", context)
        assert worker.pids == ()


def test_a_process_that_cannot_be_started_is_one_clear_line(tmp_path: Path) -> None:
    absent, leaves = [str(tmp_path / "absent")], [sys.executable, "-c", "raise SystemExit(3)"]
    with MediaWorker(command=absent) as worker, pytest.raises(WorkerFailed, match="could not be started"):
        worker.probe(tmp_path / "clip.mp4")
    with MediaWorker(command=leaves) as worker, pytest.raises(WorkerLost, match="did not start"):
        worker.probe(tmp_path / "clip.mp4")


def test_a_worker_that_reads_nothing_keeps_nobody(tmp_path: Path) -> None:
    with double("deaf", silence=0.6) as worker:
        start = time.monotonic()
        with pytest.raises(WorkerLost, match="no sign of life"):
            worker.picture(tmp_path / "clip.mp4", small_table(100_000), 0)
        assert time.monotonic() - start < 5


def test_progress_keeps_a_slow_worker_alive(tmp_path: Path) -> None:
    seen: list[int] = []
    with double("slow", silence=0.6) as worker:
        worker.ask("probe", tmp_path / "clip.mp4", CallbackContext(lambda done, total, note: seen.append(done)))
    assert seen == [1, 2, 3, 4, 5]


def test_cancel_ends_a_request_and_the_next_one_works(clip: Path, table: FrameTable) -> None:
    with MediaWorker() as worker:
        context: CallbackContext = CallbackContext(lambda done, total, note: context.stop())
        part = make_clip(clip.with_name("part.ts"), Clip(frames=60, gop=20, width=320, height=240))
        long = written(clip.with_name("long.ts"), part.read_bytes() * 60)
        start = time.monotonic()
        with pytest.raises(Cancelled):
            worker.index(long, ctx=context)
        assert time.monotonic() - start < 3
        assert worker.picture(clip, table, 4).exact


def test_a_worker_that_ignores_a_cancel_is_ended(tmp_path: Path) -> None:
    context = CallbackContext()
    threading.Timer(0.3, context.stop).start()
    with double("hang", silence=30) as worker:
        start = time.monotonic()
        with pytest.raises(Cancelled):
            worker.probe(tmp_path / "clip.mp4", context)
        assert time.monotonic() - start < 6
        assert worker.pids == ()


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Wait until something is true; tell whether it became so in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_no_worker_outlives_a_desk_that_is_killed(tmp_path: Path) -> None:
    part = make_clip(tmp_path / "part.ts", Clip(frames=60, gop=20, width=320, height=240))
    long = written(tmp_path / "long.ts", part.read_bytes() * 100)
    code = (
        "import sys,pathlib\n"
        "from evidence_desk.jobs import CallbackContext\n"
        "from evidence_desk.media.client import MediaWorker\n"
        "w = MediaWorker(spare=True); w.probe(pathlib.Path(sys.argv[1])); pids = w.pids\n"
        "w.index(pathlib.Path(sys.argv[1]), ctx=CallbackContext(lambda *_: print(*pids, flush=True)))\n"
    )
    desk = subprocess.Popen([sys.executable, "-c", code, str(long)], stdout=subprocess.PIPE, text=True)
    assert desk.stdout is not None
    children = [int(word) for word in desk.stdout.readline().split()]
    desk.kill()  # while one worker decodes and another waits
    desk.wait()
    desk.stdout.close()
    assert len(children) == 2
    assert within(5, lambda: not any(map(runs, children)))


def test_a_closed_worker_refuses(clip: Path) -> None:
    worker = MediaWorker()
    worker.close()
    with pytest.raises(WorkerFailed, match="closed"):
        worker.probe(clip)


def test_the_desk_never_loads_a_decoder(clip: Path) -> None:
    code = (
        "import sys,pathlib\n"
        "from evidence_desk.media.client import MediaWorker\n"
        "p = pathlib.Path(sys.argv[1])\n"
        "with MediaWorker() as w:\n"
        "    t = w.index(p); w.picture(p, t, 3); w.still(p, t, 3)\n"
        "print(sorted({'av', 'cv2', 'vlc'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(clip)], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("[]", "", 0)


def test_requests_from_several_threads_do_not_mix(worker: MediaWorker, clip: Path, table: FrameTable) -> None:
    wrong: list[int] = []

    def ask(first: int) -> None:
        for n in range(first, 40, 4):
            if worker.picture(clip, table, n).hash != table.hash_of(n):
                wrong.append(n)

    threads = [threading.Thread(target=ask, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []

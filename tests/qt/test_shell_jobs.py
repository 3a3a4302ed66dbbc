"""The runner: results on the window's thread, only to owners that live; progress, cancel, joined at the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject

from evidence_desk.domain.errors import Cancelled, EvidenceDeskError, MediaUnreadable
from evidence_desk.jobs import JobContext
from evidence_desk.ui.job_runner import JobRunner, JobState, JobView
from evidence_desk.ui.window_bars import job_sentence, job_share


@pytest.fixture
def runner(qtbot: Any) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.close()


def test_a_result_arrives_on_the_windows_thread(qtbot: Any, runner: JobRunner) -> None:
    owner, got = QObject(), []

    def work(ctx: JobContext) -> str:
        assert threading.current_thread() is not threading.main_thread()
        return "done"

    with qtbot.waitSignal(runner.finished):
        runner.start("Work", work, owner, lambda value: got.append((value, threading.current_thread())))
    assert got == [("done", threading.main_thread())]
    assert runner.jobs() == ()


def test_progress_is_told_but_not_more_than_twenty_times_a_second(qtbot: Any, runner: JobRunner) -> None:
    told: list[JobView] = []
    threads: set[threading.Thread] = set()
    runner.changed.connect(lambda: told.extend(runner.active()))
    runner.changed.connect(lambda: threads.add(threading.current_thread()))

    def work(ctx: JobContext) -> None:
        began = time.monotonic()
        while time.monotonic() - began < 0.4:
            ctx.progress(int(1000 * (time.monotonic() - began)), 400, "half")

    with qtbot.waitSignal(runner.finished):
        runner.start("Work", work, runner)
    assert 3 <= len(told) <= 14
    assert threads == {threading.main_thread()}
    assert told[-1].note == "half"
    assert told[-1].done > 0


def test_a_known_failure_goes_to_its_handler(qtbot: Any, runner: JobRunner) -> None:
    errors: list[EvidenceDeskError] = []

    def work(ctx: JobContext) -> None:
        raise MediaUnreadable("clip.mp4 cannot be read.")

    with qtbot.waitSignal(runner.finished):
        runner.start("Work", work, runner, failed=errors.append)
    assert [str(error) for error in errors] == ["clip.mp4 cannot be read."]
    assert runner.jobs() == ()


def test_a_failure_without_handler_stays_in_the_list_until_closed(qtbot: Any, runner: JobRunner) -> None:
    def work(ctx: JobContext) -> None:
        raise MediaUnreadable("clip.mp4 cannot be read.")

    with qtbot.waitSignal(runner.failed) as caught:
        job = runner.start("Work", work, runner)
    assert caught.args[0] == "Work"
    assert [view.state for view in runner.jobs()] == [JobState.FAILED]
    assert runner.active() == ()
    runner.cancel(job.id)
    assert runner.jobs() == ()


def test_a_mistake_in_a_task_becomes_one_calm_line(
    qtbot: Any, runner: JobRunner, caplog: pytest.LogCaptureFixture
) -> None:
    def work(ctx: JobContext) -> None:
        raise ZeroDivisionError("oh")

    with qtbot.waitSignal(runner.failed) as caught:
        runner.start("Work", work, runner)
    assert "The case is safe" in str(caught.args[1])
    assert "\n" not in str(caught.args[1])
    assert "ZeroDivisionError" in caplog.text


def test_cancel_stops_at_the_next_report(qtbot: Any, runner: JobRunner) -> None:
    begun = threading.Event()
    errors: list[EvidenceDeskError] = []

    def work(ctx: JobContext) -> None:
        begun.set()
        while True:
            ctx.progress(1, 10)
            time.sleep(0.005)

    job = runner.start("Work", work, runner, failed=errors.append)
    assert begun.wait(2)
    with qtbot.waitSignal(runner.finished, timeout=2000):
        runner.cancel(job.id)
    assert isinstance(errors[0], Cancelled)
    assert runner.jobs() == ()


def test_a_waiting_job_can_be_taken_off(qtbot: Any, runner: JobRunner) -> None:
    release = threading.Event()

    def wait(ctx: JobContext) -> None:
        release.wait(5)

    ran: list[int] = []
    for _ in range(2):
        runner.start("Wait", wait, runner)
    job = runner.start("Never", lambda ctx: ran.append(1), runner)
    runner.cancel(job.id)
    assert "Never" not in [view.title for view in runner.jobs()]
    release.set()
    qtbot.waitUntil(lambda: not runner.active())
    assert ran == []


def test_nothing_is_delivered_to_an_owner_that_is_gone(qtbot: Any, runner: JobRunner) -> None:
    import shiboken6

    owner, release = QObject(), threading.Event()
    got: list[object] = []
    runner.start("Work", lambda ctx: release.wait(5), owner, got.append)
    shiboken6.delete(owner)
    with qtbot.waitSignal(runner.finished):
        release.set()
    assert got == []


def test_close_joins_the_threads_and_starts_nothing_more(qtbot: Any) -> None:
    runner = JobRunner()

    def work(ctx: JobContext) -> None:
        while True:
            ctx.progress(0, 0)
            time.sleep(0.002)

    runner.start("Work", work, runner)
    runner.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("job") and thread.is_alive()]
    with pytest.raises(EvidenceDeskError, match="closing"):
        runner.start("Late", work, runner)


def test_what_is_said_of_a_job() -> None:
    job = JobView(1, "Waveform of EX-002", JobState.RUNNING, 62, 100, "", 8.0)
    assert job_share(job) == "62\u202f%, 0:08 left"
    assert job_sentence(job) == "Waveform of EX-002, 62\u202f%, 0:08 left"
    assert job_share(JobView(1, "T", JobState.QUEUED, 0, 0, "", None)) == "Queued"

"""Joins the services to what they work with: worker processes, exporters, the sample case. No window toolkit here.

What is heavy is imported when it is first asked for, so that the welcome page does not wait for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_desk import __version__
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.jobs import JobContext, NullContext

if TYPE_CHECKING:
    from evidence_desk.media.client import MediaWorker
    from evidence_desk.media.player import Player, PlayerEvent
    from evidence_desk.services.case import Case
    from evidence_desk.services.copying import Copied
    from evidence_desk.services.verify import Report
    from evidence_desk.training.demo import Demo

MakePlayer = Callable[["Callable[[PlayerEvent], None]"], "Player"]
CASE_SUFFIX = ".edcase"
WINDOW_MB = 512  # what pictures kept for stepping may take, of all files together
_JOBS_WINDOW_MB = 96  # jobs go forward and cut stills
_SPARE_AFTER_S = 2.5  # a case that opens needs the processors for itself
SAMPLE_ACTOR = "Sample reviewer"
# What decides how a picture is decoded or a dossier is drawn; the names are those of the package index.
_LIBRARIES = (
    "PySide6-Essentials",
    "PySide6-Pdf",
    "av",
    "opencv-python",
    "numpy",
    "pillow",
    "sqlite-utils",
    "python-vlc",
    "reportlab",
    "pikepdf",
    "bagit",
    "click",
    "fonttools",
)


class Workers:
    """Two holds on processes that open media, each started at first use: one for the eye, one for jobs.

    With one alone, a picture would wait behind an index that takes minutes.
    """

    def __init__(self, window_mb: int = WINDOW_MB, make_player: MakePlayer | None = None) -> None:
        """Start nothing yet; `make_player` is for tests."""
        self._window_mb = window_mb
        self._make_player = make_player
        self._lock = threading.Lock()
        self._running: dict[str, MediaWorker] = {}
        self._closed = False

    @property
    def pictures(self) -> MediaWorker:
        """The processes that decode pictures for the eye; one waits warm, once what was asked for first is shown."""
        return self._worker("pictures", self._window_mb, spare=True, spare_after=_SPARE_AFTER_S)

    @property
    def jobs(self) -> MediaWorker:
        """The processes that probe, index and cut stills for jobs; they give way to what somebody looks at."""
        return self._worker("jobs", _JOBS_WINDOW_MB, behind=True)

    def player(self, heard: Callable[[PlayerEvent], None]) -> Player:
        """Return a player that tells `heard` what it shows; its process is started with the first file."""
        if self._make_player is not None:
            return self._make_player(heard)
        from evidence_desk.media.player import Player

        return Player(heard)

    def why_no_player(self) -> str:
        """Return "" where play with sound can be had, else why not; takes a moment, so this is for jobs."""
        if self._make_player is not None:
            return ""
        from evidence_desk.media.player import available

        return available()

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._closed = True
            running, self._running = self._running, {}
        for worker in running.values():
            worker.close()

    def _worker(
        self, name: str, window_mb: int, *, spare: bool = False, spare_after: float = 0.0, behind: bool = False
    ) -> MediaWorker:
        from evidence_desk.media.client import MediaWorker

        with self._lock:
            if self._closed:
                raise EvidenceDeskError("The desk is closing; no media are opened any more.")
            if name not in self._running:
                self._running[name] = MediaWorker(
                    window_mb=window_mb, spare=spare, spare_after=spare_after, behind=behind
                )
            return self._running[name]


def create_case(
    folder: Path, title: str, actor: str, sheet: dict[str, object] | None = None, codebook: str = ""
) -> Case:
    """Make a case folder with a shipped codebook and open it for writing; raises Refused, NotFound."""
    from evidence_desk.services.case import DEFAULT_CODEBOOK, Case

    return Case.create(folder, title, actor, codebook=codebook or DEFAULT_CODEBOOK, sheet=sheet)


def open_case(folder: Path, actor: str, write: bool = True, ctx: JobContext | None = None) -> Case:
    """Open a case for writing, or to read where another window holds it or its place is read-only.

    As a job it is stopped by `ctx`; who uses the case on another thread calls its `take` there first.
    """
    from evidence_desk.services.case import Case

    case = Case.open(folder, actor, write=write, fall_back=write, ctx=ctx)
    try:
        case.queries.read_ahead(ctx or NullContext())
    except BaseException:
        case.close()
        raise
    return case


def is_case(path: Path) -> bool:
    """Tell whether a path is a case folder, without opening it."""
    return path.is_dir() and (path / "case.db").is_file()


def is_package(path: Path) -> bool:
    """Tell whether a path looks like a package: a BagIt folder, or a zip."""
    return (path / "bagit.txt").is_file() or (path.is_file() and path.suffix.lower() == ".zip")


def save_copy(source: Path, target: Path, ctx: JobContext) -> Copied:
    """Copy a whole case, also while it is open, and check the copy. A job."""
    from evidence_desk.services.copying import save_copy as copy

    return copy(source, target, ctx)


def verify_case(folder: Path, worker: MediaWorker, ctx: JobContext) -> Report:
    """Re-derive every hash, cited frame and the chain of a case. A job."""
    from evidence_desk.services.verify import verify_case as verify

    return verify(folder, worker, ctx=ctx)


def verify_package(path: Path, worker: MediaWorker, ctx: JobContext) -> Report:
    """Re-derive every hash, cited frame, still and the chain of a package. A job."""
    from evidence_desk.services.verify_package import verify_package as verify

    return verify(path, worker, ctx=ctx)


def build_sample(ctx: JobContext) -> Demo:
    """Build the sample case anew in the user's data folder. A job."""
    from evidence_desk.training.demo import build

    return build(None, ctx)


def versions() -> tuple[tuple[str, str], ...]:
    """Return the desk's version and that of each library that decides what is shown and printed."""
    found: list[tuple[str, str]] = [("Evidence Desk", __version__)]
    for name in _LIBRARIES:
        try:
            found.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append((name, "not installed"))
    return tuple(found)


def case_counts(case: Case) -> dict[str, Any]:
    """Return what the list of recent cases shows of a case: title and numbers of records in force."""
    from evidence_desk.domain.records import CLAIM, EXHIBIT, OBSERVATION

    queries = case.queries
    return {
        "title": queries.sheet().title,
        "exhibits": queries.count(EXHIBIT),
        "observations": queries.count(OBSERVATION),
        "claims": queries.count(CLAIM),
        "read_only": case.read_only,
    }

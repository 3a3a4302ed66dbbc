"""Small pictures of exhibits, made by the worker once and kept in `derived/`; nothing here touches a record."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from evidence_desk.domain.errors import EvidenceDeskError, NotFound
from evidence_desk.domain.records import Exhibit
from evidence_desk.jobs import JobContext
from evidence_desk.media import frame_store
from evidence_desk.media.client import MediaWorker
from evidence_desk.services.case import Case
from evidence_desk.services.intake import thumbs_of
from evidence_desk.ui.job_runner import JobRunner
from evidence_desk.ui.safe_view import covered
from evidence_desk.ui.session import Session
from evidence_desk.ui.translate import tr

_HEIGHT = 96
_NAME = "thumbnail.png"


class Thumbnails(QObject):
    """Asks for one picture after the other. Signals: `arrived(str number)` when a picture can be had."""

    arrived = Signal(str)

    def __init__(self, session: Session, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._runner = session, runner
        self._pictures: dict[str, QImage] = {}
        self._tried: set[str] = set()
        self._waiting: list[Exhibit] = []
        self._busy = False
        self._covered: dict[str, bool] = {}
        session.safe_view.changed.connect(self._cover)

    def picture(self, number: str) -> QImage | None:
        """Return the picture of an exhibit, covered where anything of it is; None as long as there is none."""
        picture = self._pictures.get(number)
        # Which frame it shows is not kept with it: where a part is covered, so is the small picture of the whole.
        return picture if picture is None or not self._session.safe_view.covers_any(number) else covered(picture)

    def _cover(self) -> None:
        now = {number: self._session.safe_view.covers_any(number) for number in self._pictures}
        before, self._covered = self._covered, now
        for number, is_covered in now.items():
            if is_covered != before.get(number, False):
                self.arrived.emit(number)

    def ask(self, exhibits: tuple[Exhibit, ...]) -> None:
        """Make the pictures of these exhibits, as far as they have frames and none was made yet."""
        for exhibit in exhibits:
            # Where frames are being counted, the same pass makes the pictures; asking now would only delay it.
            if exhibit.frames and not exhibit.provisional and exhibit.number not in self._tried:
                self._tried.add(exhibit.number)
                self._waiting.append(exhibit)
        self._next()

    def _next(self) -> None:
        if self._busy or not self._waiting or not self._session.is_open:
            return
        exhibit = self._waiting.pop(0)
        paths = self._session.case.paths
        kept = paths.derived_for(exhibit.sha256) / _NAME
        if kept.is_file() and self._take(exhibit.number, kept.read_bytes()):
            self._next()
            return
        self._busy = True
        self._runner.start(
            tr("Thumbnail of {number}", number=exhibit.number),
            partial(_make, self._session.job_worker, self._session.case, exhibit, kept),
            self,
            partial(self._made, exhibit.number),
            self._failed,
            background=True,
        )

    def _made(self, number: str, data: bytes) -> None:
        self._take(number, data)
        self._busy = False
        self._next()

    def _failed(self, _: EvidenceDeskError) -> None:
        # The row keeps its icon; the same failure is told where the picture matters, in Review.
        self._busy = False
        self._next()

    def _take(self, number: str, data: bytes) -> bool:
        picture = QImage.fromData(data)
        if picture.isNull():
            return False
        self._pictures[number] = picture
        self.arrived.emit(number)
        return True


def _make(worker: MediaWorker, case: Case, exhibit: Exhibit, kept: Path, ctx: JobContext) -> bytes:
    place = (exhibit.frames or 1) // 3
    thumbs = thumbs_of(case.paths, exhibit)
    near = thumbs.nearest(place) if thumbs is not None else None
    if near is not None:
        return near[1]
    file = case.paths.exhibit_file(exhibit)
    try:
        table = frame_store.load(case.paths.frame_table(exhibit))
    except OSError as error:
        raise NotFound(f"The frame table of {file.name} is not there; it is made again in Review.") from error
    data = worker.thumbnail(file, table, min(place, len(table) - 1), _HEIGHT, ctx=ctx)
    part = kept.with_suffix(".part")
    try:
        part.write_bytes(data)
        part.replace(kept)
    except OSError:
        # A case on read-only media: the picture serves this session and is not kept.
        part.unlink(missing_ok=True)
    return data

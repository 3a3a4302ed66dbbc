"""A still of a comparison: both clean stills, and a sheet on which they stand side by side as they are seen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.pictures import PictureView
from evidence_desk.ui.marked_still import pair_png
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk
from evidence_desk.ui.rooms.review_compare import CompareDesk
from evidence_desk.ui.rooms.review_stills import caption_of, put_whole
from evidence_desk.ui.translate import number, tr


@dataclass(frozen=True, slots=True)
class _Side:
    """One of both: frame `n` of a clip, shown as `view` says."""

    clip: Clip
    n: int
    view: PictureView

    @property
    def name(self) -> str:
        return f"{self.clip.exhibit.number}-frame-{self.n:06d}"

    @property
    def facts(self) -> dict[str, object]:
        return {"exhibit": self.clip.exhibit.number, "frame": self.n, "frame_hash": self.clip.hash_of(self.n)}


class PairStills(QObject):
    """Saves what is compared."""

    def __init__(self, context: RoomContext, desk: CompareDesk, places: ClipDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._desk, self._places = context, desk, places

    def save(self) -> None:
        """Ask where to, and save in the background."""
        pair = self._desk.pair
        if pair is None or None in self._desk.shown:
            self._context.session.noticed.emit(tr("No second picture is on screen; nothing was saved."), False)
            return
        a = _Side(pair.first, self._places.n, self._places.view)
        b = _Side(pair.other, self._desk.n, self._places.view_of(pair.other.exhibit.number))
        session = self._context.session
        proposed = session.case.paths.exports / f"{a.name}-beside-{b.name}.png"
        kinds = tr("PNG pictures (*.png)")
        target = self._context.prompter.save_file(tr("Save both pictures side by side"), proposed, kinds)
        if target is not None:
            task = partial(_write, session.job_worker, a, b, target)
            title = tr("Still of frames {n} and {m}", n=number(a.n), m=number(b.n))
            self._context.runner.start(title, task, self, then=partial(self._saved, a, b))

    def _saved(self, a: _Side, b: _Side, paths: tuple[Path, ...]) -> None:
        session, (sheet, clean, other) = self._context.session, paths
        if session.writable:
            beside = {**b.facts, "name": other.name}
            session.case.bus.log(
                "still.exported", {**a.facts, "name": clean.name, "beside": beside, "beside_name": sheet.name}
            )
        said = tr("Both stills saved as {first} and {other}", first=clean.name, other=other.name)
        session.noticed.emit(tr("{said}; side by side, not to be cited: {name}", said=said, name=sheet.name), False)


def _write(worker: MediaWorker, a: _Side, b: _Side, target: Path, ctx: JobContext) -> tuple[Path, ...]:
    """Write the sheet and both clean stills, and return their paths in this order."""
    clean = [worker.still(side.clip.path, side.clip.table, side.n, ctx=ctx) for side in (a, b)]
    seen = [worker.still(side.clip.path, side.clip.table, side.n, ctx=ctx, view=side.view) for side in (a, b)]
    caption = (*caption_of(a.clip, a.n, a.view), *caption_of(b.clip, b.n, b.view))
    sheet = pair_png(seen[0], seen[1], caption)
    paths = (target, *(target.with_name(f"{side.name}.png") for side in (a, b)))
    target.parent.mkdir(parents=True, exist_ok=True)
    for path, data in zip(paths, (sheet, *clean), strict=True):
        put_whole(path, data)
    return paths

"""Stills of the frame on screen: the clean one that cites it, and beside it, when asked for, one as it is seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.pictures import AS_IS, PictureView
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk
from evidence_desk.ui.translate import number, tr

WhenExact = Callable[[Callable[[], object]], object]
ADJUSTED = "-adjusted"
"""What the file name of a still that is not the clean one ends with."""


class Stills(QObject):
    """Binds the actions that save a still; in play the frame is that which pausing leaves on screen, known exactly."""

    def __init__(
        self, context: RoomContext, places: ClipDesk, when_exact: WhenExact, room: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._places = context, places
        context.actions.bind("observe.still", partial(when_exact, self.save), room=room)
        context.actions.bind("observe.still_seen", partial(when_exact, self.save_as_seen), room=room)

    def _adjusted(self) -> PictureView | None:
        """Return how the picture is seen, None where that is as it is."""
        return None if self._places.view == AS_IS else self._places.view

    def save(self) -> None:
        """Save the frame as a PNG that names itself; a chosen region is not cut out."""
        self._save(None)

    def save_as_seen(self) -> None:
        """Save the clean still, and beside it the picture as it is adjusted; only the clean one is ever cited."""
        view = self._adjusted()
        if view is None:
            self._context.session.noticed.emit(tr("Nothing is adjusted: the still is the picture as seen."), False)
        else:
            self._save(view)

    def _save(self, view: PictureView | None) -> None:
        clip, n = self._places.clip, self._places.n
        if clip is None:
            return
        proposed = self._context.session.case.paths.exports / f"{clip.exhibit.number}-frame-{n:06d}.png"
        kinds = tr("PNG pictures (*.png)")
        target = self._context.prompter.save_file(tr("Save the still of this frame"), proposed, kinds)
        if target is None:
            return
        task = partial(_write, self._context.session.job_worker, clip, n, target, view)
        title = tr("Still of frame {n}", n=number(n))
        self._context.runner.start(title, task, self, then=partial(self._saved, clip, n, view))

    def _saved(self, clip: Clip, n: int, view: PictureView | None, paths: tuple[Path, ...]) -> None:
        session, target = self._context.session, paths[0]
        if session.writable:
            details: dict[str, object] = {"exhibit": clip.exhibit.number, "frame": n, "frame_hash": clip.hash_of(n)}
            if view is not None:
                details |= {"adjusted": view.words(), "adjusted_name": paths[-1].name}
            session.case.bus.log("still.exported", {**details, "name": target.name})
        said = tr("Still of frame {n} saved as {name}", n=number(n), name=target.name)
        if view is not None:
            said = tr("{said}; as seen, not to be cited: {name}", said=said, name=paths[-1].name)
        session.noticed.emit(said, False)


def adjusted_beside(target: Path) -> Path:
    """Return where the adjusted still of a clean one goes."""
    return target.with_name(f"{target.stem}{ADJUSTED}{target.suffix or '.png'}")


def _write(
    worker: MediaWorker, clip: Clip, n: int, target: Path, view: PictureView | None, ctx: JobContext
) -> tuple[Path, ...]:
    pictures = [(target, worker.still(clip.path, clip.table, n, ctx=ctx))]
    if view is not None:
        pictures.append((adjusted_beside(target), worker.still(clip.path, clip.table, n, ctx=ctx, view=view)))
    target.parent.mkdir(parents=True, exist_ok=True)
    for path, data in pictures:
        _put(path, data)
    return tuple(path for path, _ in pictures)


def _put(target: Path, data: bytes) -> None:
    """Write a file beside its place and put it there whole."""
    part = target.with_name(target.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)

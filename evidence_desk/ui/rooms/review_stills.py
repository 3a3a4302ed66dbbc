"""Stills of the frame on screen: the clean one that cites it, and beside it, when asked for, one adjusted or marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.pictures import AS_IS, PictureView
from evidence_desk.ui.marked_still import drawn_here, marked_png
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.region_view import RegionView

WhenExact = Callable[[Callable[[], object]], object]
ADJUSTED, MARKED = "-adjusted", "-marked"
"""What the file name of a still that is not the clean one ends with."""
_Finish = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class _Beside:
    """A still that goes beside the clean one: how its file name ends, how it is seen, what is laid over it."""

    ending: str
    view: PictureView
    finish: _Finish
    facts: Mapping[str, object]


class Stills(QObject):
    """Binds the actions that save a still; in play the frame is that which pausing leaves on screen, known exactly."""

    def __init__(
        self,
        context: RoomContext,
        places: ClipDesk,
        viewer: RegionView,
        when_exact: WhenExact,
        room: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._places, self._viewer = context, places, viewer
        for action, does in (
            ("observe.still", self.save),
            ("observe.still_seen", self.save_as_seen),
            ("observe.still_marked", self.save_marked),
        ):
            context.actions.bind(action, partial(when_exact, does), room=room)

    def save(self) -> None:
        """Save the frame as a PNG that names itself; a chosen region is not cut out."""
        self._save(None)

    def save_as_seen(self) -> None:
        """Save the clean still, and beside it the picture as it is adjusted; only the clean one is ever cited."""
        view = self._places.view
        if view == AS_IS:
            self._say(tr("Nothing is adjusted: the still is the picture as seen."))
        else:
            self._save(_Beside(ADJUSTED, view, bytes, {"adjusted": view.words()}))

    def save_marked(self) -> None:
        """Save the clean still, and beside it the picture as seen with the regions on this frame and a caption."""
        shapes, geometry, clip = drawn_here(self._viewer.shapes), self._viewer.picture_geometry, self._places.clip
        if clip is None or geometry is None:
            return
        if not shapes:
            self._say(tr("No region stands on this frame: the still is the picture as seen."))
            return
        view, n = self._places.view, self._places.n
        finish = partial(marked_png, shapes=shapes, geometry=geometry, caption=caption_of(clip, n, view))
        facts: dict[str, object] = {"marked": sorted({shape.number for shape in shapes})}
        if view != AS_IS:
            facts["adjusted"] = view.words()
        self._save(_Beside(MARKED, view, finish, facts))

    def _say(self, text: str) -> None:
        self._context.session.noticed.emit(text, False)

    def _save(self, beside: _Beside | None) -> None:
        clip, n = self._places.clip, self._places.n
        if clip is None:
            return
        proposed = self._context.session.case.paths.exports / f"{clip.exhibit.number}-frame-{n:06d}.png"
        kinds = tr("PNG pictures (*.png)")
        target = self._context.prompter.save_file(tr("Save the still of this frame"), proposed, kinds)
        if target is None:
            return
        task = partial(_write, self._context.session.job_worker, clip, n, target, beside)
        title = tr("Still of frame {n}", n=number(n))
        self._context.runner.start(title, task, self, then=partial(self._saved, clip, n, beside))

    def _saved(self, clip: Clip, n: int, beside: _Beside | None, paths: tuple[Path, ...]) -> None:
        session, target = self._context.session, paths[0]
        if session.writable:
            details: dict[str, object] = {"exhibit": clip.exhibit.number, "frame": n, "frame_hash": clip.hash_of(n)}
            if beside is not None:
                details |= {**beside.facts, f"{beside.ending[1:]}_name": paths[-1].name}
            session.case.bus.log("still.exported", {**details, "name": target.name})
        said = tr("Still of frame {n} saved as {name}", n=number(n), name=target.name)
        if beside is not None and beside.ending == ADJUSTED:
            said = tr("{said}; as seen, not to be cited: {name}", said=said, name=paths[-1].name)
        elif beside is not None:
            said = tr("{said}; with its regions, not to be cited: {name}", said=said, name=paths[-1].name)
        self._say(said)


def beside_clean(target: Path, ending: str) -> Path:
    """Return where a still that goes beside a clean one is put."""
    return target.with_name(f"{target.stem}{ending}{target.suffix or '.png'}")


def caption_of(clip: Clip, n: int, view: PictureView) -> list[str]:
    """Say which frame of which file this is, and how it is shown."""
    ref, exhibit = clip.ref(n), clip.exhibit
    place = tr("frame {n} of {count}", n=n, count=len(clip.table))
    if clip.provisional:
        place = tr("{place}, provisional", place=place)
    stamp = tr("no stamp") if ref.pts is None else tr("pts {pts} × {base} s", pts=ref.pts, base=ref.time_base)
    said = [
        f"{exhibit.number} · \u2068{exhibit.received_name}\u2069 · {place} · {stamp}",
        tr("SHA-256 of the file {hash}", hash=exhibit.sha256),
        tr("SHA-256 of the picture {hash}", hash=ref.frame_hash),
    ]
    if view != AS_IS:
        said.append(tr("Shown otherwise than stored: {how}", how=view.words()))
    return said


def _write(
    worker: MediaWorker, clip: Clip, n: int, target: Path, beside: _Beside | None, ctx: JobContext
) -> tuple[Path, ...]:
    pictures = [(target, worker.still(clip.path, clip.table, n, ctx=ctx))]
    if beside is not None:
        seen = worker.still(clip.path, clip.table, n, ctx=ctx, view=beside.view)
        pictures.append((beside_clean(target, beside.ending), beside.finish(seen)))
    target.parent.mkdir(parents=True, exist_ok=True)
    for path, data in pictures:
        put_whole(path, data)
    return tuple(path for path, _ in pictures)


def put_whole(target: Path, data: bytes) -> None:
    """Write a file beside its place and put it there whole."""
    part = target.with_name(target.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)

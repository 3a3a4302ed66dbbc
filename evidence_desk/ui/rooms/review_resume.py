"""Going on where one left: exhibit, frame, zoom, adjustments, panels. Kept per case on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from evidence_desk.media.pictures import AS_IS
from evidence_desk.media.seen_as import SeenAs
from evidence_desk.ui.kept_places import keep, read_kept, whole_numbers
from evidence_desk.ui.widgets.zoomed_picture import Look

if TYPE_CHECKING:
    from evidence_desk.ui.rooms.review import ReviewRoom

PAUSE_MS = 2000
"""After a change it takes so long until it is kept, also where the next one follows: who is ended by force finds it."""
_LOOK = ("zoom", "x", "y")


class Resume(QObject):
    """Takes the places of a room that has just been built, and keeps them from then on."""

    def __init__(self, room: ReviewRoom) -> None:
        super().__init__(room)
        self._room = room
        self._key = f"review/{room.session.case.queries.sheet().uid}"
        self._kept = read_kept(self._key)
        self._look = _look_from(self._kept.get("look"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._due)
        self._take()
        room.clip.showing.connect(self._first_picture)
        for signal in (room.clip.moved, room.clip.opened, room.clip.view_changed, room.centre.viewer.view_changed):
            signal.connect(self._later)
        room.split.splitterMoved.connect(self._widths_moved)
        room.centre.split.splitterMoved.connect(self._heights_moved)
        room.timing.header.toggled.connect(self._later)
        room.adjust.header.toggled.connect(self._later)
        room.float.changed.connect(self._later)
        room.lanes.menu.changed.connect(self._later)

    def _take(self) -> None:
        room, kept = self._room, self._kept
        known = {e.number: e for e in room.session.case.queries.exhibits()}
        frames = kept.get("frames")
        for number, place in (frames if isinstance(frames, dict) else {}).items():
            if number in known and len(whole_numbers(place, 2)) == 2:
                room.clip.left_at[number] = (place[0], place[1])
        views = kept.get("views")
        for number, data in (views if isinstance(views, dict) else {}).items():
            seen = SeenAs.from_json({"view": data})
            if number in known and seen is not None:
                room.clip.start_view(number, seen.view)
        room.kept_widths = whole_numbers(kept.get("widths"))
        room.centre.kept_heights = whole_numbers(kept.get("heights"), 2)
        for name, panel in (("timing", room.timing), ("adjust", room.adjust)):
            if kept.get(name) is True:
                panel.header.setChecked(True)
        room.float.take(kept.get("picture"))
        room.lanes.take(kept.get("lanes"))
        # What was chosen since the case was opened goes before what was left.
        first = next(iter(known), "")
        if kept.get("exhibit") in known and room.session.exhibit in ("", first):
            room.session.select_exhibit(str(kept["exhibit"]))

    def _first_picture(self) -> None:
        """Look at the first picture as the last one was looked at."""
        look, self._look = self._look, None
        if look is not None and self._room.session.exhibit == self._kept.get("exhibit"):
            QTimer.singleShot(0, self._room.centre.viewer, lambda: self._room.centre.viewer.take_look(look))

    def _later(self, _: object = None) -> None:
        if not self._pause.isActive():
            self._pause.start()

    def _due(self) -> None:
        """Keep now; in play once that has ended, or pictures would be late for it."""
        if self._room.clip.playing:
            self._pause.start()
        else:
            self.keep_now()

    def _widths_moved(self) -> None:
        self._room.kept_widths = self._room.split.sizes()
        self._later()

    def _heights_moved(self) -> None:
        if self._room.float.out:
            return  # the picture's share is kept, and it has none here now
        self._room.centre.kept_heights = self._room.centre.split.sizes()
        self._later()

    def keep_now(self) -> None:
        """Keep where everything stands."""
        self._pause.stop()
        room, clip = self._room, self._room.clip
        frames = {number: [head.n, head.count] for number, head in clip.places().items()}
        views = {number: SeenAs(view).to_json()["view"] for number, view in clip.views().items() if view != AS_IS}
        values: dict[str, Any] = {
            **self._kept,
            "exhibit": room.session.exhibit,
            "frames": {**_dict(self._kept.get("frames")), **frames},
            "views": views,
            "widths": room.kept_widths,
            "heights": room.centre.kept_heights,
            "timing": room.timing.header.isChecked(),
            "adjust": room.adjust.header.isChecked(),
            "picture": room.float.kept(),
            "lanes": room.lanes.kept(),
        }
        if room.centre.viewer.shown is not None:
            look = room.centre.viewer.look()
            values["look"] = None if look.fit else {name: getattr(look, name) for name in _LOOK}
        if values != self._kept:
            self._kept = values
            keep(self._key, values)


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _look_from(value: object) -> Look | None:
    if not isinstance(value, dict) or not all(isinstance(value.get(name), int | float) for name in _LOOK):
        return None
    return Look(False, *(float(value[name]) for name in _LOOK))

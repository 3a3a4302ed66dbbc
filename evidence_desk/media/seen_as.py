"""How a picture was shown when an observation was made: to a value that is kept with it, to words, and back.

Kept are the view, the adjustments, the zoom in percent (device pixels to one stored pixel) and the native pixel in the
middle of what was seen, whether it lay under the cover of the safe view, and what it was compared with. None of it
identifies anything: an observation is bound to its frames by their hashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from evidence_desk.media.adjustments import Adjustments
from evidence_desk.media.pictures import AS_IS, PictureView

_FIELDS = ("", "top", "bottom")
_WAYS = {"side": "beside", "wipe": "wiped against", "difference": "as difference from", "blink": "in turn with"}


@dataclass(frozen=True, slots=True)
class Beside:
    """What stood beside the picture: frame `n` of an exhibit, in one of the ways of comparing."""

    exhibit: str
    n: int
    way: str

    def words(self) -> str:
        """Return it in words: `beside EX-002 frame 415`."""
        return f"{_WAYS[self.way]} {self.exhibit} frame {self.n}"


@dataclass(frozen=True, slots=True)
class SeenAs:
    """One way in which a picture was seen; `zoom_percent` is 0 where it is not known, `centre` None for all of it.

    `covered` says that it was seen only grey and blurred; `beside` what it was compared with.
    """

    view: PictureView = AS_IS
    zoom_percent: int = 0
    centre: tuple[int, int] | None = None
    covered: bool = False
    beside: Beside | None = None

    def words(self) -> str:
        """Return it in words: `adjusted: levels 12 to 230; at 200 % around pixel 412, 96`."""
        plain = replace(self.view, adjust=AS_IS.adjust).words()
        parts = [plain] if plain else []
        if not self.view.tone_map:
            parts.append("HDR without tone mapping")
        if self.view.adjust:
            parts.append(f"adjusted: {self.view.adjust.words()}")
        if self.covered:
            parts.insert(0, "covered picture, grey and blurred")
        parts = parts or ["original pixels"]
        if self.beside is not None:
            parts.append(self.beside.words())
        shown = ", ".join(parts)
        where = f" around pixel {self.centre[0]}, {self.centre[1]}" if self.centre else ", whole picture"
        return f"{shown}; at {self.zoom_percent} %{where}" if self.zoom_percent else shown

    def to_json(self) -> dict[str, Any]:
        """Return what is kept with the observation."""
        view, usual = self.view.to_json(), AS_IS.to_json()
        data: dict[str, Any] = {"view": {k: v for k, v in view.items() if v != usual[k]}}
        if self.zoom_percent:
            data["zoom_percent"] = self.zoom_percent
        if self.centre:
            data["centre"] = list(self.centre)
        if self.covered:
            data["covered"] = True
        if self.beside is not None:
            data["beside"] = {"exhibit": self.beside.exhibit, "frame": self.beside.n, "way": self.beside.way}
        return data

    @classmethod
    def from_json(cls, data: object) -> SeenAs | None:
        """Return what was kept, None where nothing was; what makes no sense is left out."""
        if not isinstance(data, Mapping):
            return None
        kept = data.get("view")
        kept = kept if isinstance(kept, Mapping) else {}
        view = PictureView(
            deinterlace=kept.get("deinterlace") is True,
            field=kept["field"] if kept.get("field") in _FIELDS else "",
            first=kept["first"] if kept.get("first") in _FIELDS else "",
            tone_map=kept.get("tone_map") is not False,
            adjust=Adjustments.from_json(kept.get("adjust")),
        )
        zoom, centre = data.get("zoom_percent"), data.get("centre")
        place = None
        if isinstance(centre, list | tuple) and len(centre) == 2 and all(isinstance(v, int) for v in centre):
            place = (int(centre[0]), int(centre[1]))
        known = zoom if isinstance(zoom, int) and zoom > 0 else 0
        return cls(view, known, place, data.get("covered") is True, _beside(data.get("beside")))


def _beside(data: object) -> Beside | None:
    if not isinstance(data, Mapping) or data.get("way") not in _WAYS:
        return None
    exhibit, n = data.get("exhibit"), data.get("frame")
    return Beside(exhibit, n, data["way"]) if isinstance(exhibit, str) and isinstance(n, int) else None

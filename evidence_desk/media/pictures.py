"""What the desk receives from the worker: pictures, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from evidence_desk.media.adjustments import NONE, Adjustments

ADJUSTED = "adjusted: "
"""What the badge's words of a view begin with where the picture is adjusted; it comes last among them."""


@dataclass(frozen=True, slots=True)
class PictureView:
    """How a picture is to be shown; by default as it is, with HDR brought into the range of the display.

    `field` is "top" or "bottom" for the lines of one field alone, then `deinterlace` is without effect; `first` names
    the field taken first where the stream says it wrongly; `adjust` is done last. Display only: the hash is always that
    of the native picture.
    """

    deinterlace: bool = False
    field: str = ""
    first: str = ""
    tone_map: bool = True
    adjust: Adjustments = NONE

    def words(self) -> str:
        """Return what is unusual about it for a badge, "" for the picture as it is."""
        way = f"{self.field} field" if self.field else "deinterlaced" if self.deinterlace else ""
        adjusted = f"{ADJUSTED}{', '.join(self.adjust.names())}" if self.adjust else ""
        return ", ".join(part for part in (way, adjusted) if part)

    def in_play(self) -> PictureView:
        """Return the part of it that is done while playing."""
        return replace(self, deinterlace=False, adjust=self.adjust.in_play())

    def to_json(self) -> dict[str, Any]:
        """Return the fields by name, for the worker."""
        return {
            "deinterlace": self.deinterlace,
            "field": self.field,
            "first": self.first,
            "tone_map": self.tone_map,
            "adjust": self.adjust.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> PictureView:
        """Return the view that `to_json` told of; None is the picture as it is."""
        values = dict(data or {})
        return cls(**{**values, "adjust": Adjustments.from_json(values.get("adjust"))})


AS_IS = PictureView()


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame as shown: BGRX, 4 bytes a pixel, rows without padding; mirrored, turned, with square pixels.

    `rotation` is clockwise degrees, applied after mirroring left to right; `exact` tells whether the decoded picture
    has the hash of the frame table, `note` says why not (or that HDR is shown without tone mapping). `provisional` says
    that the table was not confirmed by decoding yet; `tone_mapped` that HDR was brought into the range of the display;
    `view` names another way of showing the picture than as it is ("top field"), for the badge;
    `shift` is how many shown pixels it was moved right and down to lie on another frame; `tilt` is how it was turned,
    scaled and moved for that: a, b, right, down, where x becomes a·x - b·y + right and y becomes b·x + a·y + down.
    """

    width: int
    height: int
    bgra: bytes = field(repr=False)
    native_width: int
    native_height: int
    rotation: int
    mirrored: bool
    sar: Fraction
    n: int
    pts: int | None
    hash: str
    exact: bool
    note: str = ""
    provisional: bool = False
    tone_mapped: bool = False
    view: str = ""
    shift: tuple[int, int] = (0, 0)
    tilt: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Counters:
    """What reaching single frames has cost: pictures decoded so far, and bytes of the pictures kept now."""

    decoded: int
    held: int

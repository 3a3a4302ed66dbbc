"""What the desk receives from the worker: pictures, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PictureView:
    """How a picture is to be shown; by default as it is, with HDR brought into the range of the display.

    `field` is "top" or "bottom" for the lines of one field alone, then `deinterlace` is without effect; `first` names
    the field taken first where the stream says it wrongly. Display only: the hash is always that of the native picture.
    """

    deinterlace: bool = False
    field: str = ""
    first: str = ""
    tone_map: bool = True

    def words(self) -> str:
        """Return what is unusual about it for a badge, "" for the picture as it is."""
        if self.field:
            return f"{self.field} field"
        return "deinterlaced" if self.deinterlace else ""

    def to_json(self) -> dict[str, bool | str]:
        """Return the fields by name, for the worker."""
        return {"deinterlace": self.deinterlace, "field": self.field, "first": self.first, "tone_map": self.tone_map}


AS_IS = PictureView()


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame as shown: BGRX, 4 bytes a pixel, rows without padding; mirrored, turned, with square pixels.

    `rotation` is clockwise degrees, applied after mirroring left to right; `exact` tells whether the decoded picture
    has the hash of the frame table, `note` says why not (or that HDR is shown without tone mapping). `provisional` says
    that the table was not confirmed by decoding yet; `tone_mapped` that HDR was brought into the range of the display;
    `view` names another way of showing the picture than as it is ("top field"), for the badge.
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


@dataclass(frozen=True, slots=True)
class Counters:
    """What reaching single frames has cost: pictures decoded so far, and bytes of the pictures kept now."""

    decoded: int
    held: int

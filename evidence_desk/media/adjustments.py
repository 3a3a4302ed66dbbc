"""Display adjustments of a picture as one frozen value of whole numbers, and the histogram that levels are set by.

They work on the colours of the screen, after decoding, matrix, turn and mirroring, always in the order in which the
fields stand here. Display only: the frame hash is that of the native picture, whatever is set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import accumulate
from typing import Any

COLOURS = ("", "grey", "red", "green", "blue")
TURNS = (0, 90, 180, 270)
RANGES: Mapping[str, tuple[int, int]] = {
    "denoise": (0, 100),
    "black": (0, 254),
    "white": (1, 255),
    "gamma": (10, 400),
    "contrast": (-100, 100),
    "brightness": (-100, 100),
    "saturation": (-100, 100),
    "hue": (-180, 180),
    "equalise": (0, 80),
    "sharpen": (0, 200),
}
"""Least and greatest value of each number; `gamma` counts hundredths, `equalise` tenths of the clip limit."""
_POINTWISE = ("black", "white", "gamma", "contrast", "brightness", "saturation", "hue", "colours", "turn")
_SIGNED = ("contrast", "brightness", "saturation")


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What is done to a picture for the eye; the values of a new one change nothing.

    `steady_to` is the frame that the others are moved onto, by whole pixels, None for none; with `steady_turn` they are
    turned and scaled onto it as well. `denoise` is the strength
    of a bilateral filter, `black` and `white` the levels that become 0 and 255, `gamma` hundredths (above 100 lifts
    the shadows), `contrast` and `brightness` percent, `saturation` percent (-100 leaves no colour, 100 doubles it) and
    `hue` degrees by which the colours are turned in the plane of Cb and Cr (BT.601), `equalise` the clip limit of CLAHE
    in tenths (8 × 8 tiles, on luma), `sharpen` percent of an unsharp mask of 3 pixels. `colours` is "" for all, "grey"
    for luma, or one channel; `turn` a quarter turn clockwise after the one the file asks for.
    """

    steady_to: int | None = None
    steady_turn: bool = False
    denoise: int = 0
    black: int = 0
    white: int = 255
    gamma: int = 100
    contrast: int = 0
    brightness: int = 0
    saturation: int = 0
    hue: int = 0
    equalise: int = 0
    sharpen: int = 0
    colours: str = ""
    turn: int = 0

    def __bool__(self) -> bool:
        """Tell whether anything is changed."""
        return self != NONE

    def names(self) -> tuple[str, ...]:
        """Return what is adjusted, in the words of a badge."""
        return tuple(name for name, _ in self._parts())

    def words(self) -> str:
        """Return what is adjusted with its values, as a record states it: `levels 12 to 230, gamma 1.40`."""
        return ", ".join(text for _, text in self._parts())

    def _parts(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        if self.steady_to is not None:
            name, more = ("stabilised with turn", " with turn and scale") if self.steady_turn else ("stabilised", "")
            found.append((name, f"stabilised to frame {self.steady_to}{more}"))
        if self.denoise:
            found.append(("denoise", f"denoise {self.denoise} %"))
        if (self.black, self.white) != (0, 255):
            found.append(("levels", f"levels {self.black} to {self.white}"))
        if self.gamma != 100:
            found.append(("gamma", f"gamma {self.gamma // 100}.{self.gamma % 100:02}"))
        found += [(k, f"{k} {getattr(self, k):+} %") for k in _SIGNED if getattr(self, k)]
        if self.hue:
            found.append(("hue", f"hue {self.hue:+}°"))
        if self.equalise:
            found.append(("local contrast", f"local contrast (CLAHE {self.equalise // 10}.{self.equalise % 10})"))
        if self.sharpen:
            found.append(("sharpen", f"sharpen {self.sharpen} %"))
        if self.colours:
            name = "greyscale" if self.colours == "grey" else f"{self.colours} channel"
            found.append((name, name))
        if self.turn:
            found.append(("turned", f"turned {self.turn}°"))
        return found

    def in_play(self) -> Adjustments:
        """Return the part that is done while playing: what each pixel needs no other pixel for."""
        return Adjustments(**{name: getattr(self, name) for name in _POINTWISE})

    def to_json(self) -> dict[str, int | str]:
        """Return what differs from a picture as it is, by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}

    @classmethod
    def from_json(cls, data: object) -> Adjustments:
        """Return what JSON data describe; a value that makes no sense gives way to the one that changes nothing."""
        if not isinstance(data, Mapping):
            return NONE
        values: dict[str, Any] = {k: data[k] for k, (low, high) in RANGES.items() if _within(data.get(k), low, high)}
        values |= {k: data[k] for k, known in (("colours", COLOURS), ("turn", TURNS)) if data.get(k) in known}
        if _within(data.get("steady_to"), 0, 1 << 40):
            values["steady_to"] = data["steady_to"]
            values["steady_turn"] = data.get("steady_turn") is True
        if values.get("black", 0) >= values.get("white", 255):
            values = {k: v for k, v in values.items() if k not in ("black", "white")}
        return cls(**values)


NONE = Adjustments()


def _within(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many pixels have each luma from 0 to 255 in a reduced picture, without and with the adjustments."""

    before: tuple[int, ...]
    after: tuple[int, ...]

    def spread(self, permille: int = 5) -> tuple[int, int]:
        """Return the luma below and above which so many of a thousand pixels lie, at least one step apart."""
        part = sum(self.before) * permille
        low = next((v for v, count in enumerate(accumulate(self.before)) if count * 1000 > part), 0)
        high = 255 - next((v for v, count in enumerate(accumulate(reversed(self.before))) if count * 1000 > part), 0)
        low = min(low, 254)
        return low, max(high, low + 1)

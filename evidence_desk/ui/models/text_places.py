"""Places in a stored text against places in the text field that shows it.

A record counts Unicode characters; Qt counts UTF-16 units and turns every kind of line end into one. Without this a
quotation after an emoji or a CRLF would be kept with the wrong place, and the record would refuse it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

_LINE_ENDS = "\r\n\u2028\u2029"


class TextPlaces:
    """Maps character offsets of `text` to positions in a text field that holds `shown`, and back."""

    def __init__(self, text: str) -> None:
        self.text = text
        widths = [self._width(text, i) for i in range(len(text))]
        # Qt's position before character i; one more entry than characters, for the end.
        self._positions = [0, *accumulate(widths)]

    @property
    def shown(self) -> str:
        """Return the text as it is put into the field: every line end is one line feed."""
        return "".join(
            "\n" if sign in _LINE_ENDS else sign for i, sign in enumerate(self.text) if self._width(self.text, i)
        )

    def position(self, offset: int) -> int:
        """Return the field's position of a character offset; offsets beyond the text give its end."""
        return self._positions[max(0, min(offset, len(self.text)))]

    def offset(self, position: int) -> int:
        """Return the character offset of a field's position; within a surrogate pair, the character itself."""
        return max(0, min(bisect_right(self._positions, position) - 1, len(self.text)))

    def end_offset(self, position: int) -> int:
        """Return the offset at which a passage that ends here ends; half a character counts whole."""
        return min(bisect_left(self._positions, position), len(self.text))

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return the passage without white space at its ends; an empty passage where nothing is left."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    @staticmethod
    def _width(text: str, i: int) -> int:
        if text[i] == "\r" and text[i + 1 : i + 2] == "\n":
            return 0
        return 2 if ord(text[i]) > 0xFFFF else 1

"""Reads the number that a proposition states, with the bounds its words give and no others.

"At least 10" and "more than 10" are different claims, and "around a dozen" states no bounds at all; a chart that drew
the three alike would say something nobody said. What cannot be read is left out rather than guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS: dict[str, int] = {word: value for value, word in enumerate(_UNITS + _TEENS)} | _TENS
_PEOPLE = (
    r"people|persons?|individuals?|figures?|men|women|children|bodies|prisoners?|captives?|soldiers?|civilians?|detainees?|"
    r"residents?|villagers?|others|victims?|casualties|dead|killed|injured|wounded"
)
_NUMBER = (
    r"(?:\d{1,3}(?:[ ,\u2009\u00a0\u202f]\d{3})+|\d+"
    r"|(?:(?:a|an|one|two|three|four|five|half a|half-a)\s+)?(?:dozen|score|hundred)(?!s)"
    rf"|(?:twenty|{'|'.join(_TENS)})[- ](?:{'|'.join(_UNITS[1:10])})"
    rf"|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
)
_END = r"(?![\w.,:]*\d|\w|\s?%|\s+per\s?cent)"


@dataclass(frozen=True, slots=True)
class StatedCount:
    """A number as stated: `phrase` is cut from the text as it stands there.

    `low` and `high` are the bounds the words give (None: no bound on that side); `low_open` and `high_open` tell that
    the bound itself is excluded. `about` is the number of a phrase that states no bounds ("around a dozen"), in which
    case both bounds are None.
    """

    phrase: str
    low: int | None = None
    high: int | None = None
    low_open: bool = False
    high_open: bool = False
    about: int | None = None

    @property
    def largest(self) -> int:
        """Return the largest number named, which is where an axis has to reach at least."""
        return max(n for n in (self.low, self.high, self.about) if n is not None)


_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern.replace("NUM", rf"(?P<n>{_NUMBER}){_END}"), re.IGNORECASE))
    for kind, pattern in (
        ("range", rf"\b(?:between|from)\s+(?P<a>{_NUMBER})\s+(?:and|to)\s+NUM"),
        ("range", rf"\b(?P<a>{_NUMBER})\s?(?:[–—]|to|-(?=\d))\s?(?P<n>{_NUMBER}){_END}(?=\s+(?:{_PEOPLE})\b)"),
        ("at least", r"\b(?:at least|no fewer than|no less than|not fewer than|not less than|a minimum of)\s+NUM"),
        ("at least", r"(?<![\w.,])NUM\s+(?:or more|and more|or above)\b"),
        ("at most", r"\b(?:at most|no more than|not more than|up to|a maximum of)\s+NUM"),
        ("at most", r"(?<![\w.,])NUM\s+(?:or fewer|or less)\b"),
        ("more than", r"\b(?:more than|over|above|upwards of)\s+NUM"),
        ("fewer than", r"\b(?:fewer than|less than|under|below)\s+NUM"),
        ("about", r"(?:\b(?:around|about|approximately|roughly|circa|some|nearly|almost|close to)\s+|~\s?)NUM"),
        ("exactly", r"\b(?:exactly|precisely)\s+NUM"),
        ("exactly", rf"(?<![\w.,])NUM(?=\s+(?:\w+\s+)?(?:{_PEOPLE})\b)"),
    )
)


def stated_count(text: str) -> StatedCount | None:
    """Return the first number that the text states as a count, or None where none can be read.

    A bare number counts only before a word for people; dates, years, percentages and decimals are never taken.
    """
    for kind, pattern in _FORMS:
        found = pattern.search(text)
        if found:
            return _from_match(kind, found)
    return None


def _from_match(kind: str, found: re.Match[str]) -> StatedCount:
    phrase, n = found.group().strip(), _value(found["n"])
    if kind == "range":
        low, high = sorted((_value(found["a"]), n))
        return StatedCount(phrase, low=low, high=high)
    bounds: dict[str, StatedCount] = {
        "at least": StatedCount(phrase, low=n),
        "at most": StatedCount(phrase, high=n),
        "more than": StatedCount(phrase, low=n, low_open=True),
        "fewer than": StatedCount(phrase, high=n, high_open=True),
        "about": StatedCount(phrase, about=n),
        "exactly": StatedCount(phrase, low=n, high=n),
    }
    return bounds[kind]


def _value(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    if digits:
        return int(digits)
    words = re.split(r"[\s-]+", text.casefold())
    scale = {"dozen": 12, "score": 20, "hundred": 100}.get(words[-1])
    if scale is None:
        return sum(_WORDS[w] for w in words)
    if words[0] == "half":
        return scale // 2
    return scale * (_WORDS.get(words[0], 1) if len(words) > 1 else 1)

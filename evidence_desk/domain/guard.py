"""The wording guard: points at words that say what a thing means instead of what is seen or heard.

It never blocks and never rewrites by itself. The list follows the observation rules of technical reporting ("no
inferences") and may grow; each entry names the word forms, why they are pointed at, and an observable form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GuardHit:
    """One word found: character range in the text, the word, why, and an observable form ("" where there is none)."""

    start: int
    end: int
    word: str
    why: str
    seen_form: str

    @property
    def replaceable(self) -> bool:
        """Tell whether the observable form can stand in the word's place and says no more than the picture does.

        One of several, an instruction, or a sound is for a person to choose: put in by a key it would be a finding.
        """
        form = self.seen_form
        several = any(mark in form for mark in ";,")
        return bool(form) and not several and "sound" not in form and not form.startswith(("describe", "say"))


_MEANS = "says what it means"
_WHO = "says who somebody is"
_CAUSE = "names a cause"
_SURE = "claims more than a picture can carry"
_INTENT = "names an intent"

_RULES: tuple[tuple[str, str, str], ...] = (
    (r"surrendering|surrenders|surrendered|surrender", _MEANS, "raise both arms"),
    (r"gun ?shots?|gun ?fire|shots?|shooting|fired|firing", _CAUSE, "impulsive sound"),
    (r"shoots?", _CAUSE, "points a long object; impulsive sound"),
    (r"explosions?|blasts?", _CAUSE, "loud sound; bright flash; cloud"),
    (r"soldiers?|troops?|fighters?|militants?|terrorists?|rebels?|civilians?", _WHO, "figure"),
    (r"captives?|prisoners?|pows?|hostages?|detainees?|victims?", _WHO, "figure"),
    (r"perpetrators?|executioners?|guards?|captors?", _WHO, "figure with armband"),
    (r"corpses?|dead|killed|bodies", _MEANS, "figure lying, no movement seen"),
    (r"execut(?:e|es|ed|ing|ion|ions)|murder(?:s|ed|ing)?|massacre[ds]?", _MEANS, "figure lies down; impulsive sound"),
    (r"tortur(?:e|es|ed|ing)|abus(?:e|es|ed|ing)", _MEANS, "describe the movement that is seen"),
    (r"wounded|injured|bleeding", _MEANS, "dark stain; no movement seen"),
    (r"blood", _MEANS, "dark red stain"),
    (r"unarmed", _MEANS, "hands are empty"),
    (r"armed", _MEANS, "holds a long object"),
    (r"weapons?|rifles?|guns?", _MEANS, "long object"),
    (r"restrained|tied|bound", _MEANS, "wrists together behind the back; say if a band is seen"),
    (r"flee(?:s|ing)?|fled|escap(?:e|es|ed|ing)", _INTENT, "runs out of the picture"),
    (r"threaten(?:s|ed|ing)?|aim(?:s|ed|ing)?", _INTENT, "points a long object at"),
    (r"tr(?:y|ies|ied|ying) to|wants? to|deliberately|intentionally", _INTENT, ""),
    (r"begs?|begging|pleads?|pleading|scared|afraid|panic\w*|angry", _MEANS, "describe face, hands and voice"),
    (r"clearly|obviously|evidently|undoubtedly|certainly", _SURE, ""),
    (r"proves?|proven|confirms?|confirmed|verified|authentic|genuine|fake[ds]?|guilty", _SURE, ""),
    (r"cannot be excluded|can not be excluded|100 ?%", _SURE, ""),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE), why, form) for words, why, form in _RULES)


def check(text: str) -> tuple[GuardHit, ...]:
    """Return the words of an observation's text that state an inference, in order, none overlapping another."""
    found = [
        GuardHit(m.start(), m.end(), m.group(), why, form)
        for pattern, why, form in _PATTERNS
        for m in pattern.finditer(text)
    ]
    found.sort(key=lambda h: (h.start, -h.end))
    kept: list[GuardHit] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return tuple(kept)


def replaced(text: str, hit: GuardHit) -> str:
    """Return the text with the hit's word changed to its observable form; the same text where there is none."""
    return text[: hit.start] + hit.seen_form + text[hit.end :] if hit.seen_form else text

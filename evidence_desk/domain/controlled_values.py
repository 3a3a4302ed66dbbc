"""The controlled values of the records: the words a field may hold, in the order in which they are offered."""

from __future__ import annotations

CONDITIONS = ("not examined", "ok", "damaged", "unreadable", "no frames")
PROVISIONAL, NOT_FOUND = "provisional", "not found"
ANCHORS = ("", PROVISIONAL, NOT_FOUND)
"""How frame numbers stand: as counted, made before the frames were counted, or not among the counted frames."""
ANCHOR_WORDS = {
    "": "",
    PROVISIONAL: " (provisional number)",
    NOT_FOUND: " (picture not among the counted frames; number of before the count)",
}
"""What is said behind a frame number wherever one is printed."""
EXHIBIT_KINDS = ("video", "sound", "image", "page capture", "document", "other")
RELATIONS = ("supports", "contradicts", "fits", "context", "unclear")
BASES = ("seen", "heard", "read", "measured")
PRESENCES = ("observed", "looked for, not seen", "cannot be assessed")
OBSERVED, NOT_SEEN, NOT_ASSESSABLE = PRESENCES
PRESENCE_REASONS = ("occluded", "blurred", "out of frame", "too dark", "too small", "other")
LEGIBILITIES = ("clear", "probable", "doubtful")
CERTAINTIES = ("low", "moderate", "high")
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
RELIABILITY_WORDS = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
PROPOSITION_TYPES = (
    "what-happened",
    "who-did-it",
    "who-was-affected",
    "how-many",
    "where",
    "when",
    "cause",
    "authenticity",
    "completeness",
    "legal",
)
TESTABILITIES = ("from the media alone", "partly from the media", "needs outside evidence", "not assessable")
SHAPES = ("box", "ellipse", "polygon", "polyline", "arrow", "point", "callout", "text")
LIVES = ("frame", "span", "keyed")
"""How long a region lasts: one frame, the span of its observation, or from key frame to key frame."""
REGION_PURPOSES = ("", "instance")
"""What a region is for beside showing where: an instance marks one of those that a count counts."""
SOURCE_KINDS = (
    "eyewitness",
    "uploader",
    "re-uploader",
    "party to the conflict",
    "state body",
    "media",
    "organisation",
    "third-party analyst",
    "unknown",
)
METHODS = (
    "direct handover",
    "browser save",
    "downloader",
    "messenger forward",
    "archive",
    "physical media",
    "screen recording",
    "other",
)
QUESTION_REASONS = (
    "original not obtained",
    "upload time unknown",
    "place not fixed",
    "cut before the event",
    "single angle",
    "source unreachable",
    "no access",
    "audio ambiguous",
    "translation disputed",
)


def presence_words(presence: str, reason: str) -> str:
    """Return a presence with why it cannot be assessed: `cannot be assessed: occluded`."""
    return f"{presence}: {reason}" if reason else presence

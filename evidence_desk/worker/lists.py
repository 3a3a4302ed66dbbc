"""Recognizes, by content, files that name other files or addresses instead of holding pictures and sound."""

from __future__ import annotations

import re

SNIFF = 8192
"""How many bytes from a file's start are looked at."""

_MARKS = {
    "#extm3u": "an HLS playlist",
    "#ext-x-": "an HLS playlist",
    "#extinf": "a playlist",
    "ffconcat version": "a concat script",
    "[playlist]": "a playlist",
    "[reference]": "a playlist",
    "#rtsp": "a stream description",
    "rtsptext": "a stream description",
}
_ROOTS = {
    "mpd": "a DASH manifest",
    "smoothstreamingmedia": "a stream manifest",
    "smil": "a SMIL playlist",
    "asx": "an ASX playlist",
    "playlist": "an XSPF playlist",
    "wpl": "a playlist",
    "rss": "a feed",
    "compositionplaylist": "an IMF composition",
    "assetmap": "an IMF asset map",
    "packinglist": "an IMF packing list",
}
_COMMENT = re.compile(r"(?:[;#](?!ext|rtsp)[^\n]*\n|//[^\n]*\n|\s+|\x00+)+")
_PROLOGUE = re.compile(r"(?:<\?(?!wpl)[^>]*\?>|<!--.*?-->|<!doctype[^>]*>|\s+)+", re.DOTALL)
_ROOT = re.compile(r"<\??(?:[\w.-]+:)?([\w.-]+)")
_ADDRESS = re.compile(r"(?:https?|rtsps?|rtmp\w*|rtp|mms\w?|udp|tcp|ftp|file|smb|concat|subfile)://?\S|file '")


def list_kind(head: bytes) -> str:
    """Return what kind of list the start of a file is, "" where it is none: "an HLS playlist", "a concat script"."""
    text = _text(head).lower()
    text = text[_end(_COMMENT, text) :]
    for mark, kind in _MARKS.items():
        if text.startswith(mark):
            return kind
    if text.startswith("v=0") and "\no=" in text:
        return "a stream description"
    if _ADDRESS.match(text):
        return "a list of addresses"
    root = _ROOT.match(text, _end(_PROLOGUE, text))
    return _ROOTS.get(root[1], "") if root else ""


def _end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


def _text(head: bytes) -> str:
    """Return the bytes as text, whichever Unicode encoding their mark names."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="replace")
    return head.decode("latin-1")

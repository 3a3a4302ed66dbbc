"""Both sides of a comparison in words: which picture, of which frame, how it stands, or why there is none."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from evidence_desk.domain.sync import AFTER, BEFORE, SHOWN
from evidence_desk.domain.time import clock
from evidence_desk.ui.frame_reader import Shown
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import PREVIEW, ClipDesk
from evidence_desk.ui.rooms.review_compare import CompareDesk
from evidence_desk.ui.rooms.review_compare_pictures import Pair
from evidence_desk.ui.safe_view import covered, covered_words
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.compare_view import CompareSide


class CompareSides:
    """Tells what stands on each side; a picture marked as distressing is handed out covered."""

    def __init__(self, context: RoomContext, desk: ClipDesk, compare: CompareDesk) -> None:
        self._context, self._desk, self._compare = context, desk, compare
        self._covers: dict[tuple[str, int, int], QImage] = {}

    def first(self) -> CompareSide:
        """Return side A, the picture at the playhead."""
        clip, shown = self._desk.clip, self._compare.shown[0]
        if clip is None:
            return CompareSide("A")
        if shown is None or shown.exhibit != clip.exhibit.number:
            return CompareSide("", note=tr("Frame {n} is being decoded", n=number(self._desk.n)))
        at = clip.clock.at(shown.n) if shown.n < len(clip.clock) else None
        return self._side("A", shown, self._desk.n, at, skipping=self._desk.state == PREVIEW)

    def second(self) -> CompareSide:
        """Return side B, the picture beside it, or why there is none."""
        compare, pair = self._compare, self._compare.pair
        if pair is None:
            return CompareSide("", note=tr("The frame table of {exhibit} is being read.", exhibit=compare.wanted))
        if compare.place != SHOWN:
            return CompareSide("", note=self._why_none(pair), missing=True)
        if compare.failed:
            return CompareSide("", note=compare.failed)
        shown = compare.shown[1]
        if shown is None:
            return CompareSide("", note=tr("Frame {n} is being decoded", n=number(compare.n)))
        return self._side("B", shown, compare.n, pair.other.clock.at(shown.n))

    def _why_none(self, pair: Pair) -> str:
        exhibit, there = pair.other.exhibit.number, self._compare.there
        if self._compare.place == BEFORE:
            text = tr("{exhibit} has no frame here: it begins {time} later", exhibit=exhibit, time=clock(-there))
        elif self._compare.place == AFTER:
            past = clock(there - pair.other_extent.end)
            text = tr("{exhibit} has no frame here: it ended {time} before", exhibit=exhibit, time=past)
        else:
            text = tr("{exhibit} has no frame here: time is missing in it", exhibit=exhibit)
        return text

    def _side(
        self, letter: str, shown: Shown, wanted: int, at: Fraction | None, *, skipping: bool = False
    ) -> CompareSide:
        picture = shown.picture
        if shown.n != wanted:
            state = tr("frame {n} is awaited", n=number(wanted))
        elif skipping:
            state = tr("preview, frames are left out while playing")
        elif picture.provisional:
            state = tr("provisional number")
        else:
            state = tr("exact") if picture.exact else tr("not the exact frame")
        when = "" if at is None else f"  {clock(at)}"
        words = f"  {picture.view}" if picture.view else ""
        text = tr("{exhibit}  frame {n}", exhibit=shown.exhibit, n=number(shown.n))
        caption = f"{letter}  {text}{when}  {state}{words}"
        wrong = skipping or shown.n != wanted or not (picture.exact or picture.provisional)
        size, image = QSizeF(picture.width, picture.height), shown.image
        if self._context.session.safe_view.covers(shown.exhibit, shown.n):
            image, caption = self._covered(shown), f"{caption}  {covered_words()}"
        return CompareSide(caption, image, size, awaited=wrong, hash=picture.hash)

    def _covered(self, shown: Shown) -> QImage:
        """Return the cover of a picture, made once for as long as it is on screen."""
        key = (shown.exhibit, shown.n, shown.image.cacheKey())
        if key not in self._covers:
            self._covers = {**dict(list(self._covers.items())[-1:]), key: covered(shown.image)}
        return self._covers[key]

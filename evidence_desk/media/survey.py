"""What one decoding pass over a stream gives."""

from __future__ import annotations

from dataclasses import dataclass

from evidence_desk.domain.frames import FrameTable
from evidence_desk.media.thumb_track import ThumbTrack


@dataclass(frozen=True, slots=True)
class Survey:
    """The confirmed frame table with every hash, and the small pictures made on the way."""

    table: FrameTable
    thumbs: ThumbTrack

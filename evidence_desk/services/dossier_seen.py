"""How pictures were shown when observations were made, for the dossier: in words, and beside the clean picture.

The clean picture always stands first. The other is made anew from the same frame, whose hash was checked.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image

from evidence_desk.domain.dossier import Plate, Seen, Technique
from evidence_desk.domain.records import Observation
from evidence_desk.media.pictures import AS_IS, PictureView
from evidence_desk.media.seen_as import SeenAs

Still = Callable[[PictureView], bytes]


def seen_words(observation: Observation) -> str:
    """Return how the picture was shown when the observation was made, "" where that was not kept."""
    kept = SeenAs.from_json(observation.seen_as)
    return kept.words() if kept is not None else ""


def plate_as_seen(observation: Observation, plate: Plate, still: Still) -> Plate | None:
    """Return the plate as it was seen, None where it was seen as it is; `still` makes the PNG under a view."""
    kept = SeenAs.from_json(observation.seen_as)
    if kept is None or kept.view == AS_IS:
        return None
    png = still(kept.view)
    with Image.open(io.BytesIO(png)) as picture:
        width, height = picture.size
    words = SeenAs(kept.view).words()
    return replace(plate, png=png, width=width, height=height, marks=(), details=(), seen_as=words)


def techniques_seen(seen: Sequence[Seen]) -> tuple[Technique, ...]:
    """Return the technique where an observation was made on an adjusted picture, with what it cannot carry."""
    numbers = [s.observation.number for s in seen if s.as_seen is not None]
    if not numbers:
        return ()
    shows = "what was made out under them can be looked at again under the same ones"
    does_not = "detail that the stored picture does not hold; adjusting can also make noise look like a shape"
    return (Technique("Display adjustments", shows, does_not, ", ".join(numbers)),)

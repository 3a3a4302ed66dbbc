"""A still: the rendered picture as PNG; its text chunks hold the frame's identity and all that was done for display."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

import av
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from evidence_desk.domain.frames import FrameRow, FrameTable
from evidence_desk.domain.time import fraction_text
from evidence_desk.media.pictures import AS_IS, PictureView
from evidence_desk.worker.display import Pixels, Rendering

COMPRESSION = 3
"""zlib level: three times as quick as the usual 6 on a grainy 720p frame, for five per cent more bytes."""


def still_words(
    table: FrameTable, row: FrameRow, rendering: Rendering, box: object, view: PictureView = AS_IS
) -> dict[str, str]:
    """Return the text chunks of a still in the order they are written."""
    words = {
        "Exhibit SHA-256": table.sha256,
        "Stream": str(table.stream),
        "Frame": str(row.n),
        "PTS": "none" if row.pts is None else str(row.pts),
        "Time base": fraction_text(table.time_base),
        "Frame hash SHA-256": row.hash,
        "Decoder": table.decoder,
        "Rotation": f"{rendering.orientation.rotation} degrees clockwise",
        "Mirrored": "yes" if rendering.orientation.mirrored else "no",
        "Pixel aspect": fraction_text(rendering.sar),
        "Colour matrix": rendering.matrix,
        "Colour range": rendering.range,
        "Renderer": f"PyAV {av.__version__} / libswscale {'.'.join(map(str, av.library_versions['libswscale']))}",
    }
    if table.provisional:
        words["Frame number"] = "provisional: the frames were not counted yet"
    if isinstance(box, tuple):
        words["Cut-out"] = "x {} y {} width {} height {} native pixels".format(*box)
    if rendering.tone_mapped:
        words["Tone mapping"] = "for display, ITU-R BT.2390"
    if view.deinterlace or view.field:
        words["Lines"] = replace(view, adjust=AS_IS.adjust).words()
    if view.adjust:
        words["Adjusted"] = f"{view.adjust.words()} (for display; the frame hash is that of the native picture)"
    if view != AS_IS:
        words["To be cited"] = "no: this is the picture as it was shown; cite the clean still of the frame named here"
    if rendering.note:
        words["Note"] = rendering.note
    return words


def png(picture: Pixels, words: Mapping[str, str] | None = None) -> bytes:
    """Return the picture as PNG; the same picture and words give the same bytes."""
    info = PngInfo()
    for key, value in (words or {}).items():
        info.add_text(key, value)
    out = io.BytesIO()
    Image.fromarray(picture, "RGB").save(out, "PNG", pnginfo=info, compress_level=COMPRESSION)
    return out.getvalue()

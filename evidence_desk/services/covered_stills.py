"""Stills under their cover, for the preview of a dossier: what is exported is never covered."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PIL import Image

from evidence_desk.domain.distress import Span

if TYPE_CHECKING:
    from evidence_desk.media.client import MediaWorker
    from evidence_desk.services.case import Case

Covers = tuple[tuple[str, Span | None], ...]
"""What is covered: number of an exhibit, and a span of its frames or None for all of them."""
_GRAINS = 14


def covering(worker: MediaWorker, case: Case, covers: Covers) -> MediaWorker:
    """Return the worker, with a cover over each still of what is covered; the worker itself where nothing is."""
    if not covers:
        return worker
    spans: dict[Path, list[Span | None]] = {}
    for number, span in covers:
        spans.setdefault(case.paths.exhibit_file(case.queries.exhibit(number)), []).append(span)
    return cast("MediaWorker", _CoveredStills(worker, spans))


def covered_png(data: bytes) -> bytes:
    """Return a picture of the same size in which light and dark are left, and no shape."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        size = picture.size
        part = _GRAINS / max(size)
        few = picture.convert("L").resize((max(1, round(size[0] * part)), max(1, round(size[1] * part))))
        few.resize(size, Image.Resampling.BICUBIC).convert("RGB").save(out, "PNG")
    return out.getvalue()


class _CoveredStills:
    """A worker whose stills are covered; all else is the worker's own."""

    def __init__(self, worker: MediaWorker, spans: Mapping[Path, list[Span | None]]) -> None:
        self._worker, self._spans = worker, spans

    def still(self, path: Path, table: object, n: int, *given: Any, **named: Any) -> bytes:
        """Return the worker's still, covered where its frame is."""
        data: bytes = cast("Any", self._worker).still(path, table, n, *given, **named)
        covers = self._spans.get(path, ())
        return covered_png(data) if any(s is None or s[0] <= n <= s[1] for s in covers) else data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._worker, name)

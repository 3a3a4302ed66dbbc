"""Stills under their cover in the preview of a dossier."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image

from evidence_desk.media.client import MediaWorker
from evidence_desk.services.case import Case
from evidence_desk.services.covered_stills import covered_png, covering


def striped() -> bytes:
    image = Image.new("RGB", (320, 180))
    image.putdata([(255, 0, 0) if x // 4 % 2 else (0, 0, 255) for _ in range(180) for x in range(320)])
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


class Worker:
    """Gives the same still for every frame."""

    def still(self, *_: object, **__: object) -> bytes:
        return striped()

    def index(self) -> str:
        return "the worker's own"


class Records:
    """A case of two exhibits, as far as a cover asks."""

    queries = paths = property(lambda self: self)

    def exhibit(self, number: str) -> str:
        return number

    def exhibit_file(self, exhibit: str) -> Path:
        return Path(exhibit)


def test_a_cover_keeps_the_size_and_no_colour_or_shape() -> None:
    with Image.open(io.BytesIO(covered_png(striped()))) as found:
        assert found.size == (320, 180)
        colors = found.getcolors(1 << 16)
    assert colors is not None
    assert all(isinstance(c, tuple) and len(set(c)) == 1 for _, c in colors)
    greys = [c[0] for _, c in colors if isinstance(c, tuple)]
    assert max(greys) - min(greys) < 40


@pytest.mark.parametrize(("span", "covered"), [((2, 4), {2, 3, 4}), (None, {1, 2, 3, 4, 5})])
def test_only_what_is_covered_is_covered(span: tuple[int, int] | None, covered: set[int]) -> None:
    worker: Any = covering(cast("MediaWorker", Worker()), cast("Case", Records()), (("EX-001", span),))
    plain = striped()
    assert {n for n in range(1, 6) if worker.still(Path("EX-001"), None, n, max_width=9) != plain} == covered
    assert worker.still(Path("EX-002"), None, 3) == plain
    assert worker.index() == "the worker's own"


def test_nothing_covered_is_the_worker_itself() -> None:
    worker = cast("MediaWorker", Worker())
    assert covering(worker, cast("Case", Records()), ()) is worker

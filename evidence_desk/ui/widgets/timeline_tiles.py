"""Pieces of a row painted once and kept: panning lays them side by side and paints only what comes into view."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from evidence_desk.ui.theme import Theme
from evidence_desk.ui.widgets.timeline_paint import Row, Sheet
from evidence_desk.ui.widgets.timeline_scale import TimeScale

TILE = 256
"""Pixels across one tile."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Which piece it is: `k` tiles of `per_pixel` seconds from frame 0. `token` stands for what is painted on it."""

    token: Hashable
    per_pixel: float
    k: int
    height: int
    ratio: float
    theme: str

    @property
    def start(self) -> float:
        """Return the moment of its left edge, in seconds from frame 0."""
        return self.k * TILE * self.per_pixel

    def sheet(self, sheet: Sheet) -> Sheet:
        """Return the sheet on which this piece alone is painted, its left edge at 0."""
        return Sheet(
            sheet.theme, TimeScale(sheet.scale.length, TILE, self.start, TILE * self.per_pixel), 0, sheet.clock
        )


Maker = Callable[[QPainter, Theme, Tile], None]


class Tiles:
    """Keeps the tiles used last, at most `kept`."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._tiles: OrderedDict[Tile, QImage] = OrderedDict()

    def clear(self) -> None:
        """Forget every tile."""
        self._tiles.clear()

    def forget(self, token: Hashable) -> None:
        """Forget the tiles of one token."""
        for tile in [tile for tile in self._tiles if tile.token == token]:
            del self._tiles[tile]

    def paint(self, p: QPainter, sheet: Sheet, row: Row, token: Hashable, make: Maker) -> None:
        """Draw a row's tiles: those that are kept, and the missing ones made now by `make`, in device pixels."""
        scale, ratio = sheet.scale, p.device().devicePixelRatioF()
        per_pixel = scale.span / scale.width
        origin = scale.start / per_pixel
        p.save()
        p.setClipRect(QRectF(sheet.left, row.top, scale.width, row.height))
        for k in range(math.floor(origin / TILE), math.floor((origin + scale.width) / TILE) + 1):
            tile = self._image(Tile(token, per_pixel, k, row.height, ratio, sheet.theme.name), sheet.theme, make)
            x = round((sheet.left + k * TILE - origin) * ratio) / ratio
            p.drawImage(QPointF(x, row.top), tile)
        p.restore()

    def _image(self, tile: Tile, theme: Theme, make: Maker) -> QImage:
        image = self._tiles.get(tile)
        if image is None:
            ratio = tile.ratio
            image = QImage(round(TILE * ratio), round(tile.height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
            p = QPainter(image)
            make(p, theme, tile)
            p.end()
            image.setDevicePixelRatio(ratio)
            self._tiles[tile] = image
            while len(self._tiles) > self._kept:
                self._tiles.popitem(last=False)
        self._tiles.move_to_end(tile)
        return image

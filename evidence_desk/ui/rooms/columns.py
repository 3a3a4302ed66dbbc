"""A room's columns side by side: the middle takes what the others leave. Moved widths are kept per room and case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from evidence_desk.ui.kept_places import kept_places
from evidence_desk.ui.rooms.room import Room
from evidence_desk.ui.theme import Theme, current_theme


class Columns(QSplitter):
    """The columns of one room; `key` names room and case, under which the widths are kept."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._key = f"columns/{key}"
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._usual: dict[QWidget, int] = {}
        self.splitterMoved.connect(self._keep)

    def set_usual(self, part: QWidget, usual: int) -> None:
        """Let a column be no narrower than four fifths of its usual width, nor than its words need."""
        self._usual[part] = usual
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Follow what the columns need: another page or larger text needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        theme = current_theme()
        for part, usual in self._usual.items():
            part.setMinimumWidth(max(round(grown(usual, theme) * 0.8), part.minimumSizeHint().width()))

    def restore(self, usual: Sequence[int]) -> None:
        """Take the kept widths, or the usual ones where none fit."""
        kept = kept_places().value(self._key, "")
        parts = str(kept or "").split()
        fits = len(parts) == len(usual) and all(part.isdigit() for part in parts)
        self.setSizes([int(part) for part in parts] if fits else list(usual))

    def _keep(self) -> None:
        kept_places().setValue(self._key, " ".join(str(size) for size in self.sizes()))


def lay_out_columns(room: Room, id_: str, parts: Sequence[tuple[QWidget, str]]) -> Iterator[None]:
    """Put (widget, name of its usual width in the tokens) side by side into a room; "" takes what the others leave.

    Stops after each: what is put into its place is dressed with all in it.
    """
    yield
    room.in_turn = tuple(part for part, _ in parts)
    theme = room.context.theme()
    case = room.session.case.queries.sheet().uid
    widths = [(part, theme.width(name) if name else 0) for part, name in parts]
    yield from _in_turn(Columns(f"{id_}/{case}/{theme.scale}"), room, theme, widths)


def grown(width: int, theme: Theme) -> int:
    """Return the width of a side column at a text size.

    It grows half as fast as the text: at 200 % it is half as wide again, and the middle still has room.
    """
    return round(width * (theme.scale + 100) / 200)


def columns_in(room: QWidget, theme: Theme, key: str, parts: Sequence[tuple[QWidget, int]]) -> Columns:
    """Put (widget, usual width) side by side into `room`; width 0 marks the one that takes the rest."""
    columns = Columns(f"{key}/{theme.scale}")
    for _ in _in_turn(columns, room, theme, parts):
        pass
    return columns


def _in_turn(columns: Columns, room: QWidget, theme: Theme, parts: Sequence[tuple[QWidget, int]]) -> Iterator[None]:
    outer = QHBoxLayout(room)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(columns)
    sizes = []
    for place, (part, usual) in enumerate(parts):
        columns.addWidget(part)
        columns.setStretchFactor(place, 0 if usual else 1)
        if usual:
            columns.set_usual(part, usual)
        sizes.append(grown(usual, theme) or 900)
        yield
    columns.restore(sizes)

"""What Intake says of a file that came twice, is damaged or was refused: what happened, what is safe, what to do."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from evidence_desk.domain.records import Exhibit
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.messages import Banner, Banners, Choice


class MessageStrip(QScrollArea):
    """Holds the banners in at most `highest` device independent pixels."""

    def __init__(self, banners: Banners, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banners, self._highest = banners, highest
        self.setWidget(banners)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        banners.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the room that the banners need, none while there are none."""
        if watched is self._banners and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.HideToParent):
            self._fit()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = bool(self._banners.shown())
        self.setVisible(shown)
        if shown:
            layout = self._banners.layout()
            width = self.viewport().width()
            needed = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
            self.setFixedHeight(min(self._highest, max(needed, self._banners.sizeHint().height())))


class IntakeMessages(Banners):
    """Banners of the Intake room. Signals: `show_asked(str number)` an exhibit is to be shown."""

    show_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def duplicate(self, path: Path, number_: str) -> None:
        """Say that the same bytes are already in the case."""
        self.show_banner(
            f"duplicate {number_}",
            Banner(
                "info",
                tr("{name} is already in the case as {number}.", name=path.name, number=number_),
                (
                    (tr("What happened:"), tr("it holds the same bytes; it was not taken in twice.")),
                    (tr("What is safe:"), tr("the exhibit and the file you chose are both unchanged.")),
                    (
                        tr("What to do:"),
                        tr("note where this copy came from in the acquisition of {number}.", number=number_),
                    ),
                ),
                (Choice(tr("Show {number}", number=number_), partial(self.show_asked.emit, number_)),),
            ),
        )

    def examined(self, exhibit: Exhibit) -> None:
        """Say that an exhibit is damaged or cannot be read; nothing for one that is as usual."""
        if exhibit.condition not in ("damaged", "unreadable"):
            return
        note = exhibit.condition_note.rstrip(".")
        if exhibit.condition == "damaged":
            title = tr("{number} is damaged.", number=exhibit.number)
            todo = tr(
                "review the {count} frames that were read; another copy of the file may hold more.",
                count=number(exhibit.frames or 0),
            )
        else:
            title = tr("No picture or sound can be had from {number}.", number=exhibit.number)
            todo = tr("obtain another copy of {name}; keep this one as it was received.", name=exhibit.received_name)
        self.show_banner(
            f"condition {exhibit.number}",
            Banner(
                "warn",
                title,
                (
                    (tr("What happened:"), f"{note}."),
                    (tr("What is safe:"), tr("the file is kept as it was received, under its SHA-256.")),
                    (tr("What to do:"), todo),
                ),
                (Choice(tr("Show {number}", number=exhibit.number), partial(self.show_asked.emit, exhibit.number)),),
            ),
        )

    def refused(self, path: Path, line: str) -> None:
        """Say why a file was not taken in."""
        title = tr("{name} was not taken in.", name=path.name)
        self.show_banner(f"refused {path}", Banner("error", title, (("", line),)))

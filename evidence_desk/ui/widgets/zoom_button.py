"""The field that says how large the picture is shown, with the usual sizes to choose from."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import DeskButton
from evidence_desk.ui.widgets.zoomed_picture import ZoomedPicture

SIZES = (25, 50, 100, 200, 400, 800, 1600, 3200)


class ZoomButton(DeskButton):
    """Follows the zoom of a picture and sets it."""

    def __init__(self, viewer: ZoomedPicture) -> None:
        super().__init__("", size="small")
        self.setAccessibleName(tr("Zoom of the picture"))
        menu = QMenu(self)
        menu.addAction(tr("Fit")).triggered.connect(viewer.fit)
        for percent in SIZES:
            menu.addAction(f"{percent}\u202f%").triggered.connect(partial(viewer.zoom_to, percent / 100))
        self.setMenu(menu)
        viewer.zoom_changed.connect(self.setText)

"""The bar above the preview: how old the draft is, the page, the zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_desk.ui.panels.page_view import FIT_PAGE, FIT_WIDTH, ZOOMS
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.translate import number, tr
from evidence_desk.ui.widgets.buttons import icon_button, link_button
from evidence_desk.ui.widgets.labels import ElidedLabel
from evidence_desk.ui.widgets.panel import PanelHeader


class PreviewBar(PanelHeader):
    """Signals: `turn_asked(int by)`, `zoom_chosen(str)`, `build_asked()`."""

    turn_asked = Signal(int)
    zoom_chosen = Signal(str)
    build_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Preview"), parent=parent)
        self._again = link_button(tr("Build again"))
        self._again.clicked.connect(self.build_asked)
        self._back = icon_button("step_back", tr("Previous page"))
        self._forth = icon_button("step_forward", tr("Next page"))
        self._back.clicked.connect(self._turn_back)
        self._forth.clicked.connect(self._turn_forth)
        self._page = ElidedLabel("", "section")
        self._page.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        names = {FIT_PAGE: tr("Fit page"), FIT_WIDTH: tr("Fit width")}
        self._zoom = WordCombo([(zoom, names.get(zoom, f"{zoom}\u202f%")) for zoom in ZOOMS])
        self._zoom.setAccessibleName(tr("Zoom"))
        self._zoom.currentIndexChanged.connect(self._zoomed)
        for part in (self._again, self._back, self._page, self._forth, self._zoom):
            self.add(part)
        self._again.hide()
        self.show_page(-1, 0)

    def show_state(self, text: str, offer: bool) -> None:
        """Say how old the draft is; `offer` to build it again."""
        self.set_count(text)
        self._again.setVisible(offer)

    def show_page(self, page: int, pages: int) -> None:
        """Show page `page` (from 0) of `pages`, nothing for -1."""
        known = page >= 0
        text = tr("Page {page} of {pages}", page=number(page + 1), pages=number(pages)) if known else tr("No pages")
        self._page.setText(text)
        self._back.setEnabled(known and page > 0)
        self._forth.setEnabled(known and page < pages - 1)

    def show_zoom(self, zoom: str) -> None:
        """Show a zoom without telling."""
        self._zoom.blockSignals(True)
        self._zoom.set_value(zoom)
        self._zoom.blockSignals(False)

    def _turn_back(self) -> None:
        self.turn_asked.emit(-1)

    def _turn_forth(self) -> None:
        self.turn_asked.emit(1)

    def _zoomed(self) -> None:
        self.zoom_chosen.emit(self._zoom.value())

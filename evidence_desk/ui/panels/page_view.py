"""Pages of the built draft, drawn sharp at any zoom; the keys turn them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from evidence_desk.ui.translate import number, tr

FIT_PAGE, FIT_WIDTH = "page", "width"
ZOOMS = (FIT_PAGE, FIT_WIDTH, "75", "100", "150", "200")
_MARGIN = 8
_TURN = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
}


class Sheet(QWidget):
    """One page, as large as the zoom says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        """Show a rendered page; its device pixel ratio tells its size."""
        self._image = image
        self.resize(image.deviceIndependentSize().toSize())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page without scaling it."""
        painter = QPainter(self)
        if not self._image.isNull():
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            painter.drawImage(0, 0, self._image)
        painter.end()


class PageView(QScrollArea):
    """Shows one page of a PDF at a time. Signals: `page_changed(int page)` from 0, -1 where there is no document."""

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._document = QPdfDocument(self)
        self._sheet = Sheet()
        self.setWidget(self._sheet)
        self._page = -1
        self._zoom = FIT_PAGE
        self.setAccessibleName(tr("Preview of the dossier"))

    @property
    def page(self) -> int:
        """The page shown, from 0; -1 for none."""
        return self._page

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._document.pageCount() if self._page >= 0 else 0

    @property
    def zoom(self) -> str:
        """One of ZOOMS."""
        return self._zoom

    def load(self, file: Path) -> bool:
        """Show another PDF, at the same page where it has one; tell whether it could be read."""
        wanted = max(0, self._page)
        self._document.close()
        if self._document.load(str(file)) != QPdfDocument.Error.None_ or self._document.pageCount() == 0:
            self._page = -1
            self._sheet.show_image(QImage())
            self.page_changed.emit(-1)
            return False
        self._page = min(wanted, self._document.pageCount() - 1)
        self._render()
        self.page_changed.emit(self._page)
        return True

    def close_document(self) -> None:
        """Let the file go."""
        self._document.close()
        self._page = -1

    def bookmarks(self) -> tuple[tuple[str, int], ...]:
        """Return (title, page from 0) of the outline's first level, in order."""
        model = QPdfBookmarkModel(self)
        model.setDocument(self._document)
        role = QPdfBookmarkModel.Role
        found = []
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            found.append((str(index.data(role.Title)), int(index.data(role.Page) or 0)))
        model.deleteLater()
        return tuple(found)

    def go_to(self, page: int) -> None:
        """Show a page; one that does not exist is no news."""
        if page != self._page and 0 <= page < self.pages:
            self._page = page
            self._render()
            self.verticalScrollBar().setValue(0)
            self.page_changed.emit(page)

    def turn(self, by: int) -> None:
        """Go `by` pages on, or back where it is negative."""
        self.go_to(self._page + by)

    def set_zoom(self, zoom: str) -> None:
        """Show pages at another zoom."""
        self._zoom = zoom
        self._render()

    def step_zoom(self, by: int) -> None:
        """Go to the next larger or smaller of the fixed zooms."""
        fixed = ZOOMS[2:]
        place = fixed.index(self._zoom) + by if self._zoom in fixed else (1 if by > 0 else 0)
        self.set_zoom(fixed[max(0, min(len(fixed) - 1, place))])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys and arrows turn pages; arrows scroll first where the page is taller than the room."""
        key = Qt.Key(event.key())
        bar = self.verticalScrollBar()
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if key == Qt.Key.Key_Home else self.pages - 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and bar.maximum() > 0:
            bar.setValue(bar.value() + (60 if key == Qt.Key.Key_Down else -60))
        elif key in _TURN:
            self.go_to(self._page + _TURN[key])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls a tall page and turns a page that fits."""
        if self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        elif event.angleDelta().y():
            self.go_to(self._page + (1 if event.angleDelta().y() < 0 else -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._render()

    def _render(self) -> None:
        if self._page < 0:
            return
        size = self._page_size()
        ratio = self.devicePixelRatioF()
        pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
        image = self._document.render(self._page, pixels, QPdfDocumentRenderOptions())
        image.setDevicePixelRatio(ratio)
        self._sheet.show_image(image)
        self._sheet.setAccessibleName(
            tr("Page {page} of {pages}", page=number(self._page + 1), pages=number(self.pages))
        )

    def _page_size(self) -> QSize:
        points = self._document.pagePointSize(self._page)
        room = self.viewport().size()
        across = (room.width() - 2 * _MARGIN) / max(1.0, points.width())
        down = (room.height() - 2 * _MARGIN) / max(1.0, points.height())
        if self._zoom == FIT_PAGE:
            factor = min(across, down)
        elif self._zoom == FIT_WIDTH:
            factor = across - 12 / max(1.0, points.width())
        else:
            # 100 % means as large as on paper at 96 dots per inch.
            factor = int(self._zoom) / 100 * 96 / 72
        factor = max(0.1, factor)
        return QSize(max(1, round(points.width() * factor)), max(1, round(points.height() * factor)))

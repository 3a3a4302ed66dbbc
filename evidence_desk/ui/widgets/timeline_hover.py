"""A small picture of the frame under the pointer, above the timeline; it takes no focus and no clicks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.widgets.labels import label

HEIGHT = 108
"""Of the picture, in device independent pixels at 100 % text."""


class HoverPicture(QFrame):
    """Picture and words; placed by the timeline over whatever lies above it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hoverPicture")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = label("", "note")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(2)
        column.addWidget(self._picture)
        column.addWidget(self._words)
        self.hide()

    def show_words(self, words: str) -> None:
        """Say which frame is meant; the picture of the frame before stays no longer."""
        self._picture.clear()
        self._picture.hide()
        self._words.setText(words)

    def show_picture(self, image: QImage, words: str) -> None:
        """Show the picture, and say of which frame it is."""
        ratio = self.devicePixelRatioF()
        high = round(current_theme().px(HEIGHT) * ratio)
        pixmap = QPixmap.fromImage(image.scaledToHeight(high, Qt.TransformationMode.SmoothTransformation))
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)
        self._picture.show()
        self._words.setText(words)

    @property
    def words(self) -> str:
        """Return what it says."""
        return self._words.text()

    @property
    def has_picture(self) -> bool:
        """Tell whether a picture is shown."""
        return not self._picture.pixmap().isNull()

    def stand_over(self, place: QPoint, width: int) -> None:
        """Stand with the middle of the foot at a place of the parent, held inside its `width`."""
        self.adjustSize()
        x = min(max(place.x() - self.width() // 2, 0), max(width - self.width(), 0))
        self.move(x, max(place.y() - self.height(), 0))
        self.show()
        self.raise_()

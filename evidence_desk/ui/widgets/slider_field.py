"""A number with a slider beside it; both show the same value."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QValidator
from PySide6.QtWidgets import QHBoxLayout, QSlider, QSpinBox, QWidget

from evidence_desk.ui.theme import current_theme, keeper
from evidence_desk.ui.widgets.labels import label


class HundredthsBox(QSpinBox):
    """A field of whole hundredths that are written with a point: 140 as 1.40."""

    def textFromValue(self, value: int) -> str:
        """Return the number with two decimals."""
        return f"{value // 100}.{value % 100:02}"

    def valueFromText(self, text: str) -> int:
        """Return the hundredths that a person typed, with a point or a comma."""
        whole, _, part = text.strip().replace(",", ".").partition(".")
        return int(whole or 0) * 100 + int((part + "00")[:2])

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Take digits and one point."""
        packed = text.strip().replace(",", ".")
        if packed.count(".") <= 1 and packed.replace(".", "").isdigit():
            return QValidator.State.Acceptable, text, place
        return QValidator.State.Intermediate if packed in ("", ".") else QValidator.State.Invalid, text, place


class _Slider(QSlider):
    """Double click goes back to the usual value. Signals: `reset_asked()`."""

    reset_asked = Signal()

    def mouseDoubleClickEvent(self, _: QMouseEvent) -> None:
        self.reset_asked.emit()


class SliderField(QWidget):
    """Signals: `changed(int)` when a person chose another value."""

    changed = Signal(int)

    def __init__(
        self,
        name: str,
        bounds: tuple[int, int],
        usual: int,
        tip: str = "",
        hundredths: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._usual = usual
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.name = label(name, "label")
        row.addWidget(self.name)
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(*bounds)
        self.slider.setAccessibleName(name)
        self.slider.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.slider.reset_asked.connect(self._reset)
        row.addWidget(self.slider, 1)
        self.box = HundredthsBox() if hundredths else QSpinBox()
        self.box.setRange(*bounds)
        self.box.setSingleStep(5 if hundredths else 1)
        self.box.setAccessibleName(f"{name}, {tip}" if tip else name)
        self.box.setKeyboardTracking(False)
        self.box.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.box)
        self.name.setBuddy(self.box)
        for part in (self.name, self.slider, self.box):
            part.setToolTip(tip)
        self.set_value(usual)
        self.slider.valueChanged.connect(self._slid)
        self.box.valueChanged.connect(self._typed)
        self._dress()
        keeper().changed.connect(self._dress)

    def value(self) -> int:
        """Return the value shown."""
        return self.box.value()

    def set_value(self, value: int) -> None:
        """Show a value without telling."""
        for part in (self.slider, self.box):
            part.blockSignals(True)
            part.setValue(value)
            part.blockSignals(False)

    def _slid(self, value: int) -> None:
        self.set_value(value)
        self.changed.emit(value)

    def _typed(self, value: int) -> None:
        self.set_value(value)
        self.changed.emit(value)

    def _reset(self) -> None:
        self._slid(self._usual)

    def _dress(self) -> None:
        theme = current_theme()
        self.name.setFixedWidth(theme.px(96))
        self.box.setFixedWidth(theme.px(64))
        self.setMinimumHeight(theme.row("form_field"))

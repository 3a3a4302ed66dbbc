"""Named sets of adjustments: the desk's own, and those of this person, which are kept in the settings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from evidence_desk.media.adjustments import NONE, Adjustments
from evidence_desk.settings import SettingsFile
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import link_button

OWN: tuple[tuple[str, Adjustments], ...] = (
    ("Lift shadows", Adjustments(gamma=180)),
    ("Local contrast", Adjustments(equalise=25)),
    ("Dark and noisy", Adjustments(denoise=40, gamma=160, equalise=15)),
    ("Sharper edges", Adjustments(sharpen=80)),
    ("Greyscale", Adjustments(colours="grey")),
)
LONGEST_NAME = 40


class PresetRow(QWidget):
    """Choose a set, keep the present one under a name, forget one. Signals: `chosen(Adjustments)`, `said(str)`."""

    chosen = Signal(object)
    said = Signal(str)

    def __init__(self, settings: SettingsFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._values = settings, NONE
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.combo = QComboBox()
        self.combo.setAccessibleName(tr("Preset of adjustments"))
        self.combo.setMinimumContentsLength(8)
        self.combo.activated.connect(self._picked)
        row.addWidget(self.combo, 1)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name"))
        self.name.setAccessibleName(tr("Name under which these adjustments are kept"))
        self.name.setMaxLength(LONGEST_NAME)
        self.name.returnPressed.connect(self.keep)
        row.addWidget(self.name, 1)
        self.keep_button = link_button(tr("Keep"))
        self.keep_button.setToolTip(tr("Keep these adjustments under the name"))
        self.keep_button.clicked.connect(self.keep)
        row.addWidget(self.keep_button)
        self.forget_button = link_button(tr("Forget"))
        self.forget_button.setToolTip(tr("Take the chosen preset off the list"))
        self.forget_button.clicked.connect(self.forget)
        row.addWidget(self.forget_button)
        self._fill()

    def _all(self) -> list[tuple[str, Adjustments]]:
        mine = self._settings.value.adjust_presets
        return [*((tr(name), a) for name, a in OWN), *((n, Adjustments.from_json(v)) for n, v in mine.items())]

    def _fill(self) -> None:
        self.combo.clear()
        self.combo.addItem(tr("Preset…"))
        for name, values in self._all():
            self.combo.addItem(name, values.to_json())
        self.show_values(self._values)

    def show_values(self, values: Adjustments) -> None:
        """Show the preset that these values are, if they are one."""
        self._values = values
        place = next((i for i, (_, kept) in enumerate(self._all(), 1) if kept == values), 0)
        self.combo.setCurrentIndex(place if values else 0)
        self.forget_button.setVisible(self.combo.currentText() in self._settings.value.adjust_presets)

    def _picked(self, place: int) -> None:
        if place > 0:
            self.chosen.emit(Adjustments.from_json(self.combo.itemData(place)))

    def keep(self) -> None:
        """Keep the present adjustments under the typed name."""
        name = " ".join(self.name.text().split())
        if not name or not self._values or name in {tr(own) for own, _ in OWN}:
            why = tr("Set an adjustment first.") if name and not self._values else tr("Type a name of your own first.")
            self.said.emit(why)
            self.name.setFocus()
            return
        if name in self._settings.value.adjust_presets:
            self.said.emit(tr("There is a preset “{name}” already. Forget it first, or type another name.", name=name))
            self.name.setFocus()
            return
        # Which frame others are moved onto belongs to one exhibit, not to a set for all.
        data = {k: v for k, v in self._values.to_json().items() if k not in ("steady_to", "steady_turn")}
        self._settings.change(adjust_presets={**self._settings.value.adjust_presets, name: data})
        self.name.clear()
        self._fill()
        self.said.emit(self._settings.problem or tr("Kept as “{name}”.", name=name))

    def forget(self) -> None:
        """Take the chosen preset of this person off the list."""
        name = self.combo.currentText()
        mine = {k: v for k, v in self._settings.value.adjust_presets.items() if k != name}
        self._settings.change(adjust_presets=mine)
        self._fill()
        self.said.emit(self._settings.problem or tr("“{name}” is forgotten.", name=name))

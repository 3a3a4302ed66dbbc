"""Safe view in the bar of rooms: whether anything is covered, and when a person wants to be reminded of a break."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from evidence_desk.settings import BREAKS, SettingsFile
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.safe_view import SafeView
from evidence_desk.ui.translate import plural, tr
from evidence_desk.ui.widgets.buttons import DeskButton


class SafeViewButton(DeskButton):
    """Says how safe view stands; its menu uncovers, marks, and sets the reminder."""

    def __init__(
        self, safe: SafeView, settings: SettingsFile, registry: ActionRegistry, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "ghost", "safe_view", parent=parent)
        self._safe, self._settings = safe, settings
        menu = QMenu(self)
        for id_ in ("view.uncover", "observe.distressing"):
            menu.addAction(registry.action(id_))
        menu.addSeparator()
        breaks = menu.addMenu(tr("Remind me of a break"))
        group = QActionGroup(breaks)
        for minutes in BREAKS:
            words = plural(minutes, "After {count} minute", "After {count} minutes") if minutes else tr("Never")
            choice = breaks.addAction(words)
            choice.setCheckable(True)
            choice.setChecked(minutes == settings.value.break_minutes)
            choice.triggered.connect(partial(self._remind, minutes))
            group.addAction(choice)
        breaks.setToolTip(tr("Minutes spent on what is marked as distressing; they are kept nowhere"))
        self.setMenu(menu)
        safe.changed.connect(self._show)
        self._show()

    def _remind(self, minutes: int) -> None:
        self._settings.change(break_minutes=minutes)

    def _show(self) -> None:
        marked, covers = self._safe.count_marked, self._safe.count_covered
        if not marked:
            text, tip = tr("Safe view"), tr("Nothing of this case is marked as distressing")
        elif covers:
            text = tr("{count} covered", count=covers)
            tip = plural(
                marked, "{count} exhibit is marked as distressing", "{count} exhibits are marked as distressing"
            )
        else:
            text, tip = tr("Uncovered"), tr("What is marked as distressing was uncovered, until the case is closed")
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(tr("Safe view: {state}", state=f"{text}. {tip}" if marked else tip))

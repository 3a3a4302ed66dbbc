"""The frame of every dialog: what it is about, a body, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import DeskButton, ghost_button, primary_button
from evidence_desk.ui.widgets.labels import label

_AROUND, _REST, _LEAST_BODY = 40, 190, 80
"""Free of the screen beside a dialog; what heading, words, foot and frame take of its height; the least of a body."""


class DeskDialog(QDialog):
    """A dialog with a heading, a column for the body and a foot. Enter does `action`, Esc leaves.

    A body that `scrolls` never makes the dialog higher than the screen.
    """

    def __init__(
        self,
        title: str,
        text: str = "",
        action: str = "",
        parent: QWidget | None = None,
        width: int = 460,
        scrolls: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setModal(True)
        self.setMinimumWidth(min(current_theme().px(width), self.screen().availableSize().width() - _AROUND))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 18, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(_packed(label(title, "lead", wrap=True)))
        if text:
            outer.addWidget(_packed(label(text, "muted", wrap=True)))
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        if scrolls:
            outer.addWidget(_ScrolledBody(self.body, title), 1)
        else:
            outer.addLayout(self.body, 1)
        self.problem = label("", "danger", wrap=True)
        self.problem.hide()
        outer.addWidget(self.problem)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        outer.addSpacing(4)
        outer.addLayout(self.foot)
        self.primary: DeskButton | None = None
        if action:
            self.primary = primary_button(action, "Enter")
            self.primary.clicked.connect(self.try_accept)
            self.foot.addWidget(self.primary)
        self.leave = ghost_button(tr("Leave"), "Esc")
        self.leave.clicked.connect(self.reject)
        self.foot.addWidget(self.leave)
        self.foot.addStretch()

    def check(self) -> str:
        """Say what keeps the dialog from being answered, "" for nothing."""
        return ""

    def try_accept(self) -> None:
        """Close with the answer, or say what is missing."""
        problem = self.check()
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if not problem:
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers from every field; in a text of several lines Ctrl+Enter does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.primary is not None:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            focus = self.focusWidget()
            if control or not isinstance(focus, QTextEdit | DeskButton):
                self.try_accept()
                return
            if isinstance(focus, DeskButton):
                focus.click()
                return
        super().keyPressEvent(event)


class _ScrolledBody(QScrollArea):
    """As high as its column where the screen has room for it."""

    def __init__(self, column: QVBoxLayout, name: str) -> None:
        inner = QWidget()
        inner.setLayout(column)
        column.setContentsMargins(6, 4, 6, 4)
        self._inner = inner
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the column, no higher than the screen allows."""
        hint = self._inner.sizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(max(hint.width(), self._inner.minimumSizeHint().width()) + bar + 4, body_height(hint.height()))

    def sizeHint(self) -> QSize:
        """Return the same."""
        return self.minimumSizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the column."""
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            dialog = self.window()
            dialog.resize(dialog.size().expandedTo(dialog.sizeHint()))
        return handled


def body_height(length: int) -> int:
    """Return a height in pixels that is wanted for a body that scrolls, or what the screen leaves of it."""
    theme = current_theme()
    left = QGuiApplication.primaryScreen().availableSize().height() - theme.px(_REST)
    return max(theme.px(_LEAST_BODY), min(length, left))


def _packed(shown: QLabel) -> QLabel:
    """Return the label held to its own height: without a body, room to spare would drive the lines apart."""
    policy = shown.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)
    shown.setSizePolicy(policy)
    return shown

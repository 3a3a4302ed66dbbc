"""The command palette: one line to find commands, records and frames."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from evidence_desk.ui import palette_entries
from evidence_desk.ui.actions.registry import ActionRegistry
from evidence_desk.ui.by_and_by import ByAndBy
from evidence_desk.ui.overlay import Overlay
from evidence_desk.ui.palette_entries import Entry, FindPlace
from evidence_desk.ui.palette_records import PaletteRecords
from evidence_desk.ui.palette_words import WordsOfRecords
from evidence_desk.ui.pieces import Pieces, at_once
from evidence_desk.ui.session import Session
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.labels import IconLabel, KeyCap, label

ENTRY_ROLE = Qt.ItemDataRole.UserRole
_MOST_RECENT = 8
_ACTING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
AT_ONCE = 3000
"""Records up to which they are looked through at once; for more the window must not wait."""
Index = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractListModel):
    """Entries with the name of each group above its first one; a group's name is a plain text row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[Entry | str] = []

    def show(self, entries: Sequence[Entry], coming: str = "") -> None:
        """Replace all rows; `coming` says what is not there yet."""
        self.beginResetModel()
        self._rows = []
        for entry in entries:
            group = entry.group
            if not any(isinstance(row, str) and row == group for row in self._rows):
                self._rows.append(group)
            self._rows.append(entry)
        if coming:
            self._rows.append(coming)
        self.endResetModel()

    def first(self) -> QModelIndex:
        """The first entry."""
        return self.index(1, 0) if len(self._rows) > 1 and isinstance(self._rows[1], Entry) else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows, names of groups among them."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the entry, or the text that a screen reader says."""
        row = self._rows[index.row()]
        if role == ENTRY_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (
                row if isinstance(row, str) else ", ".join(part for part in (row.title, row.detail, *row.keys) if part)
            )
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A group's name cannot be chosen."""
        if isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class EntryDelegate(QStyledItemDelegate):
    """Draws icon, title with the typed words strong, detail, and key caps at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words: tuple[str, ...] = ()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A name of a group is lower than an entry."""
        theme = current_theme()
        group = isinstance(index.data(ENTRY_ROLE), str)
        return QSize(0, theme.px(28) if group else theme.row("palette_item"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        theme, row = current_theme(), index.data(ENTRY_ROLE)
        rect = option.rect.adjusted(12, 0, -12, 0)
        painter.save()
        if isinstance(row, str):
            painter.setFont(theme.ui_font("small"))
            painter.setPen(theme.color("text.tertiary"))
            painter.drawText(rect.adjusted(0, 6, 0, 0), Qt.AlignmentFlag.AlignVCenter, row)
        elif isinstance(row, Entry):
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, theme.color("surface.selected"))
            self._paint_entry(painter, rect, row)
        painter.restore()

    def _paint_entry(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        theme = current_theme()
        side = theme.px(16)
        icon = QRect(rect.left(), rect.center().y() - side // 2, side, side)
        theme.icon(entry.icon or "run").paint(painter, icon)
        right = self._paint_caps(painter, rect, entry.keys)
        left = self._paint_title(
            painter, QRect(icon.right() + 12, rect.top(), right - icon.right() - 24, rect.height()), entry
        )
        painter.setFont(theme.ui_font("small"))
        painter.setPen(theme.color("text.secondary"))
        rest = QRect(left + 10, rect.top(), max(0, right - left - 22), rect.height())
        detail = painter.fontMetrics().elidedText(entry.detail, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, detail)

    def _paint_title(self, painter: QPainter, rect: QRect, entry: Entry) -> int:
        theme = current_theme()
        plain, strong = theme.ui_font("body"), theme.ui_font("body", QFont.Weight.DemiBold)
        title = QFontMetrics(strong).elidedText(entry.title, Qt.TextElideMode.ElideRight, rect.width())
        painter.setPen(theme.color("text.primary"))
        x = rect.left()
        for text, found in parts(title, self.words):
            painter.setFont(strong if found else plain)
            painter.drawText(QRect(x, rect.top(), rect.width(), rect.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += painter.fontMetrics().horizontalAdvance(text)
        return x

    def _paint_caps(self, painter: QPainter, rect: QRect, keys: Sequence[str]) -> int:
        theme = current_theme()
        painter.setFont(theme.ui_font("caption"))
        metrics = painter.fontMetrics()
        right = rect.right()
        for key in reversed(keys):
            width = max(metrics.horizontalAdvance(key) + 10, metrics.height())
            cap = QRect(right - width, rect.center().y() - metrics.height() // 2 - 1, width, metrics.height() + 2)
            painter.setPen(QPen(theme.color("line.strong"), 1))
            painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(theme.color("text.secondary"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            right -= width + 5
        return right


class PaletteLine(QLineEdit):
    """The line that is typed into; arrows, Enter and Tab are the list's."""

    def __init__(self, palette: CommandPalette) -> None:
        super().__init__()
        self._palette = palette

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys of the list on."""
        if not self._palette.take_key(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        """Tab shows the record instead of moving the focus."""
        return False


class CommandPalette(Overlay):
    """Opened by Ctrl+K."""

    def __init__(self, window: QWidget, registry: ActionRegistry, session: Session) -> None:
        super().__init__(window, tr("Search the case or run a command"), 600)
        self._registry, self._session = registry, session
        self.find_place: FindPlace | None = None
        self._words = WordsOfRecords(session, self)
        self._words.read_all.connect(self._words_read)
        self._recent: list[str] = []
        self._commands: tuple[Entry, ...] = ()
        self._records = PaletteRecords(session)
        self._work = ByAndBy(self)
        self.closed.connect(self._work.stop)
        session.case_closing.connect(self._forget)
        self.line = PaletteLine(self)
        self.line.setProperty("shown", "bare")
        self.line.setPlaceholderText(tr("Search the case, run a command, or type +10, 0:27.5, pts 416148"))
        self.line.setAccessibleName(tr("Search the case or run a command"))
        self.line.textChanged.connect(self._list)
        self.model = EntryModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(tr("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet("QListView { background: transparent; }")
        self.list.clicked.connect(self._run_index)
        self._delegate = EntryDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self._head, self._foot = _head(self.line), _foot()
        self.column.addWidget(self._head)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self._foot)

    @property
    def is_at_work(self) -> bool:
        """Tell whether records are still being looked through."""
        return self._work.is_at_work

    def first_focus(self) -> QWidget:
        """The line."""
        return self.line

    def open(self) -> None:
        """Ask anew what can be found, and show it."""
        self._commands = palette_entries.command_entries(self._registry)
        self._words.read()
        self.line.clear()
        self._list()
        super().open()

    def wanted_height(self) -> int:
        """As many rows as are found, and the two bars."""
        rows = sum(self.list.sizeHintForRow(row) for row in range(self.model.rowCount()))
        return (
            self._head.sizeHint().height()
            + max(rows, current_theme().row("palette_item"))
            + self._foot.sizeHint().height()
            + 10
        )

    def take_key(self, key: Qt.Key) -> bool:
        """Do what a key of the list asks; tell whether it was one."""
        if key in _ACTING:
            self._work.finish()  # what is done is what the words find, not what stood there before
        match key:
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self._move(1 if key == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run_index(self.list.currentIndex())
            case Qt.Key.Key_Tab:
                self._preview()
            case Qt.Key.Key_Escape:
                self.leave()
            case _:
                return False
        return True

    def _list(self) -> None:
        """Show what is found now: records, where they are many, a moment later."""
        self._delegate.words = tuple(self.line.text().lstrip("#@>").casefold().split())
        pieces = self._found()
        if not self._records.are_many(AT_ONCE):
            at_once(pieces)
        elif not self._work.start(pieces) and not self._records.is_read:
            self._show((), tr("Records in this case: reading…"))

    def _found(self) -> Pieces[None]:
        words, limit = palette_entries.records_asked(self.line.text())
        found: tuple[Entry, ...] = ()
        if limit:
            yield from self._records.read()
            found = yield from self._records.found(words, self._words.holding, limit)
        self._show(found)

    def _show(self, records: Sequence[Entry], coming: str = "") -> None:
        text = self.line.text()
        places = palette_entries.place_entries(self._session, text, self.find_place)
        self.model.show(palette_entries.listed(self._commands, records, places, text, self._recent), coming)
        self.list.setCurrentIndex(self.model.first())
        if self.isVisible():
            self.place()

    def _forget(self) -> None:
        self._work.stop()
        self._records.forget()

    def _words_read(self) -> None:
        if self.isVisible() and self.line.text():
            self._list()

    def _move(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        while 0 <= row < self.model.rowCount():
            index = self.model.index(row, 0)
            if self.model.flags(index) & Qt.ItemFlag.ItemIsSelectable:
                self.list.setCurrentIndex(index)
                return
            row += by

    def _run_index(self, index: Index) -> None:
        entry = index.data(ENTRY_ROLE) if index.isValid() else None
        if not isinstance(entry, Entry):
            return
        self._recent = [entry.id, *(id_ for id_ in self._recent if id_ != entry.id)][:_MOST_RECENT]
        self.leave()
        entry.run()

    def _preview(self) -> None:
        index = self.list.currentIndex()
        entry = index.data(ENTRY_ROLE) if index.isValid() else None
        if isinstance(entry, Entry) and entry.preview is not None:
            entry.preview()
            self.raise_()
            self.line.setFocus()


def parts(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """Return `text` in pieces; True marks a piece that one of the words found."""
    folded, marks = text.casefold(), [False] * len(text)
    if len(folded) != len(text):
        return [(text, False)]
    for word in words:
        start = folded.find(word)
        if start >= 0:
            marks[start : start + len(word)] = [True] * len(word)
    pieces: list[tuple[str, bool]] = []
    for sign, mark in zip(text, marks, strict=True):
        if pieces and pieces[-1][1] == mark:
            pieces[-1] = (pieces[-1][0] + sign, mark)
        else:
            pieces.append((sign, mark))
    return pieces


def _head(line: QLineEdit) -> QFrame:
    head = QFrame()
    head.setObjectName("paletteHead")
    row = QHBoxLayout(head)
    row.setContentsMargins(14, 8, 14, 8)
    row.setSpacing(8)
    row.addWidget(IconLabel("search"))
    row.addWidget(line, 1)
    for key, word in (("#", tr("frame")), ("@", tr("record")), (">", tr("command"))):
        row.addWidget(KeyCap(key))
        row.addWidget(label(word, "caption"))
    return head


def _foot() -> QFrame:
    foot = QFrame()
    foot.setObjectName("paletteFoot")
    row = QHBoxLayout(foot)
    row.setContentsMargins(12, 6, 12, 6)
    row.setSpacing(6)
    for keys, word in ((("↑", "↓"), tr("choose")), (("Enter",), tr("run")), (("Tab",), tr("show record"))):
        for key in keys:
            row.addWidget(KeyCap(key))
        row.addWidget(label(word, "caption"))
        row.addSpacing(8)
    row.addStretch()
    row.addWidget(KeyCap("Esc"))
    row.addWidget(label(tr("leave"), "caption"))
    return foot

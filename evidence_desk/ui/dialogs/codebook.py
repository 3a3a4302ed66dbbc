"""The codebook editor: categories and terms at the left, the chosen one at the right; kept whole as a new version."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidence_desk.domain.codebook import CATEGORIES, Vocabulary
from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.services.codebooks import codebook_of_file, file_of_codebook
from evidence_desk.services.drafts import Drafts
from evidence_desk.ui.actions.registry import keys_text
from evidence_desk.ui.dialogs.codebook_keeping import CodebookKeeping
from evidence_desk.ui.dialogs.desk_dialog import DeskDialog, body_height
from evidence_desk.ui.models.codebook_draft import CodebookDraft, Entry
from evidence_desk.ui.panels.term_form import CategoryForm, TermForm
from evidence_desk.ui.prompter import Prompter
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import ghost_button, icon_button
from evidence_desk.ui.widgets.labels import label

Index = QModelIndex | QPersistentModelIndex


class EntryRows(QAbstractListModel):
    """Every category with its terms below it."""

    def __init__(self, draft: CodebookDraft, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft = draft
        self.entries = draft.entries()

    def again(self) -> None:
        """Show the draft as it is now."""
        entries = self._draft.entries()
        if entries != self.entries:
            self.beginResetModel()
            self.entries = entries
            self.endResetModel()
        elif entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(entries) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many entries."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give name, icon and what a screen reader says."""
        entry = self.entries[index.row()]
        if entry.is_category:
            category = self._draft.category(entry.id)
            name, icon, colour, key = category.label, category.icon, category.colour, ""
        else:
            term = self._draft.term(entry.id)
            category = self._draft.category(term.category)
            name, icon, colour, key = term.label, term.icon or category.icon, category.colour, term.key
        if role == Qt.ItemDataRole.DisplayRole:
            shown = f"{name}   ·   {keys_text(key)}" if key else name
            return shown if entry.is_category else f"      {shown}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = tr("Category") if entry.is_category else tr("Term")
            return ", ".join(part for part in (kind, name, key and tr("key {key}", key=keys_text(key))) if part)
        if role == Qt.ItemDataRole.FontRole and entry.is_category:
            return current_theme().ui_font("body", QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.DecorationRole and colour in CATEGORIES:
            try:
                return current_theme().icon(icon or "ph.tag-simple", f"category.{colour}")
            except EvidenceDeskError:  # an imported file may name an icon that this typeface lacks
                return current_theme().icon("ph.question", f"category.{colour}")
        return None


class CodebookDialog(DeskDialog):
    """Shows the codebook in force; `book()` is what it became. Read alone where the case cannot be written."""

    def __init__(
        self,
        book: Vocabulary,
        used: Mapping[str, int],
        writable: bool,
        prompter: Prompter,
        parent: QWidget | None = None,
        drafts: Drafts | None = None,
    ) -> None:
        super().__init__(
            tr("Codebook: {title}", title=book.title),
            tr("The words for what is seen and heard. A change is a new version; observations keep theirs."),
            tr("Keep") if writable else "",
            parent,
            width=520,
        )
        self.draft = CodebookDraft(book, used)
        self._prompter, self._writable, self._warned = prompter, writable, False
        self.keeping = CodebookKeeping(self, self.draft, drafts if writable else None)
        self.keeping.offer()
        self.rows = EntryRows(self.draft, self)
        self.list = QListView()
        self.list.setObjectName("entries")
        self.list.setModel(self.rows)
        self.list.setAccessibleName(tr("Categories and terms"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        side = current_theme().px(16)
        self.list.setIconSize(QSize(side, side))
        self.terms, self.categories = TermForm(self.draft), CategoryForm(self.draft)
        self._pages = QStackedWidget()
        self.said = label("", "caption", wrap=True)
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._show_entry)
        self.keeping.strip.keep_asked.connect(self.try_accept)
        self.keeping.strip.discard_asked.connect(self._discard)
        self.terms.edited.connect(self._edited)
        self.categories.edited.connect(self._edited)
        self._choose(next((e for e in self.rows.entries if not e.is_category), self.rows.entries[0]))
        self._edited()
        # Wide where there is room; never wider than the screen, also with large text.
        self.resize(min(current_theme().px(900), self.screen().availableSize().width() - 40), self.height())
        self.list.setFocus()

    def book(self) -> Vocabulary:
        """The codebook as it stands in the editor, with the version that is proposed for it."""
        book = self.draft.named()
        return Vocabulary(book.name, self.draft.version, book.title, book.categories, book.terms)

    def check(self) -> str:
        """A codebook that breaks no rule."""
        return self.draft.problem()

    def reject(self) -> None:
        """Leave; what was changed is dropped only when it was asked for twice."""
        if self.draft.differs and self._writable and not self._warned:
            self._warned = True
            self._say(tr("Not kept yet. Keep it, or leave once more to drop the changes."), "danger")
            return
        if self._warned:
            self.keeping.drop()
        super().reject()

    def done(self, answer: int) -> None:
        """Close; what was changed waits until it is on record or was dropped."""
        self.keeping.end()
        super().done(answer)

    # --------------------------------------------------------------------------------------------------------- parts

    def _lay_out(self) -> None:
        self.body.addWidget(self.keeping.strip)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(self._left(), 1)
        for form in (self.terms, self.categories):
            form.setEnabled(self._writable)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(form)
            self._pages.addWidget(area)
        self._pages.setMinimumHeight(min(body_height(current_theme().px(430)), 500))
        row.addWidget(self._pages, 2)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.said)
        import_, export = ghost_button(tr("Import…")), ghost_button(tr("Export…"))
        import_.clicked.connect(self._import)
        export.clicked.connect(self._export)
        if self._writable:
            self.foot.addWidget(import_)
        self.foot.addWidget(export)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        self.list.setMinimumWidth(min(current_theme().px(240), 360))
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.add_term = ghost_button(tr("Term"), icon="add")
        self.add_category = ghost_button(tr("Category"), icon="add")
        self.add_term.setAccessibleName(tr("Add a term"))
        self.add_category.setAccessibleName(tr("Add a category"))
        up, down = icon_button("ph.arrow-up", tr("Move up")), icon_button("ph.arrow-down", tr("Move down"))
        self.remove = icon_button("withdraw", tr("Remove"))
        self.add_term.clicked.connect(self._add_term)
        self.add_category.clicked.connect(self._add_category)
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        self.remove.clicked.connect(self._remove)
        for part in (self.add_term, self.add_category, up, down, self.remove):
            row.addWidget(part)
            part.setVisible(self._writable)
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addStretch()
        column.addLayout(row)
        return column

    # -------------------------------------------------------------------------------------------------------- doings

    @property
    def entry(self) -> Entry | None:
        """The chosen entry."""
        row = self.list.currentIndex().row()
        return self.rows.entries[row] if 0 <= row < len(self.rows.entries) else None

    def _choose(self, entry: Entry) -> None:
        if entry in self.rows.entries:
            self.list.setCurrentIndex(self.rows.index(self.rows.entries.index(entry), 0))

    def _show_entry(self, _: QModelIndex) -> None:
        entry = self.entry
        if entry is None:
            return
        if entry.is_category:
            self.categories.show_category(self.draft.category(entry.id))
            self._pages.setCurrentIndex(1)
        else:
            self.terms.show_term(entry.id)
            self._pages.setCurrentIndex(0)

    def _discard(self) -> None:
        self.keeping.drop()
        self.draft.take_back()
        self.rows.again()
        self._choose(self.rows.entries[0])
        self._edited()

    def _edited(self) -> None:
        self._warned = False
        self.keeping.edited()
        entry = self.entry
        self.rows.again()
        if entry is not None and entry != self.entry:
            self._choose(entry)
        version = f"{self.draft.book.name} {self.draft.version}"
        if self.primary is not None:
            self.primary.setEnabled(self.draft.differs)
            self.primary.setText(tr("Keep as {version}", version=version) if self.draft.differs else tr("Keep"))
        self._say(self.draft.problem() if self.draft.differs else self._counts(), "caption")

    def _counts(self) -> str:
        book = self.draft.book
        return tr(
            "{name} {version}: {terms} terms in {categories} categories, {used} of them used.",
            name=book.name,
            version=book.version,
            terms=len(book.terms),
            categories=len(book.categories),
            used=sum(1 for count in self.draft.used.values() if count),
        )

    def _say(self, text: str, role: str) -> None:
        from evidence_desk.ui.widgets.labels import set_role

        self.said.setText(text)
        set_role(self.said, role)

    def _add_term(self) -> None:
        entry = self.entry
        categories = self.draft.book.categories
        home = categories[0].id
        if entry is not None:
            home = entry.id if entry.is_category else self.draft.term(entry.id).category
        self._added(Entry(self.draft.add_term(home), False))
        self.terms.label.setFocus()
        self.terms.label.selectAll()

    def _add_category(self) -> None:
        self._added(Entry(self.draft.add_category(), True))
        self.categories.label.setFocus()
        self.categories.label.selectAll()

    def _added(self, entry: Entry) -> None:
        self.rows.again()
        self._choose(entry)
        self._edited()

    def _move(self, by: int) -> None:
        if self.entry is not None:
            self.draft.move(self.entry, by)
            self._edited()

    def _remove(self) -> None:
        entry = self.entry
        if entry is None:
            return
        try:
            self.draft.remove(entry)
        except EvidenceDeskError as error:
            self._say(str(error), "danger")
            return
        self.rows.again()
        self._choose(self.rows.entries[0])
        self._edited()

    def _import(self) -> None:
        path = self._prompter.open_file(tr("Import a codebook"), kinds=tr("Codebooks (*.json)"))
        if path is None:
            return
        try:
            self.draft.take(codebook_of_file(path))
        except EvidenceDeskError as error:
            self._say(str(error), "danger")
            return
        self.rows.again()
        self._choose(self.rows.entries[0])
        self._edited()

    def _export(self) -> None:
        book = self.book() if self.draft.differs else self.draft.book
        path = self._prompter.save_file(tr("Export the codebook"), Path(f"{book.name}.json"), tr("Codebooks (*.json)"))
        if path is None:
            return
        try:
            path.write_text(file_of_codebook(book), encoding="utf-8")
        except OSError as error:
            self._say(tr("{path} cannot be written ({why}).", path=path, why=error.strerror), "danger")
            return
        self._say(tr("Written to {path}.", path=path), "caption")

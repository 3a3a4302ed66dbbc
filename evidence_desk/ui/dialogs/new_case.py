"""A new case: its title, its number, what was asked, and the folder it is made in."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QWidget

from evidence_desk.services.case import DEFAULT_CODEBOOK
from evidence_desk.services.codebooks import shipped_codebooks
from evidence_desk.settings import Settings
from evidence_desk.ui.dialogs.desk_dialog import DeskDialog
from evidence_desk.ui.panels.record_fields import WordCombo
from evidence_desk.ui.prompter import Prompter
from evidence_desk.ui.theme import current_theme
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import plain_button
from evidence_desk.ui.widgets.forms import FormRow
from evidence_desk.ui.widgets.labels import ElidedLabel

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
SUFFIX = ".edcase"


def folder_name(title: str) -> str:
    """Return a folder name for a title: signs that some system refuses become a dash."""
    name = _UNFIT.sub("-", title).strip(" .-")
    return f"{name[:80].rstrip()}{SUFFIX}" if name else ""


class NewCaseDialog(DeskDialog):
    """Asks for all that a new case needs; who is working is asked only where nobody is known yet."""

    def __init__(self, settings: Settings, prompter: Prompter, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            tr("New case"),
            tr(
                "A folder that holds the case and copies of its exhibits. It can be copied, zipped and opened anywhere."
            ),
            tr("Make the case"),
            parent,
            width=540,
        )
        self._prompter = prompter
        self._known_actor = settings.actor
        self._title = QLineEdit(title)
        self._title.setPlaceholderText(tr("Neutral, e.g. a place and a date"))
        self._number = QLineEdit()
        self._number.setPlaceholderText(tr("Optional"))
        self._mandate = QTextEdit()
        self._mandate.setTabChangesFocus(True)
        self._mandate.setAcceptRichText(False)
        self._mandate.setFixedHeight(current_theme().px(56))
        self._mandate.setPlaceholderText(tr("Optional: who asked for what"))
        self._codebook = WordCombo([(book.name, tr(book.title)) for book in shipped_codebooks().values()])
        self._codebook.set_value(DEFAULT_CODEBOOK)
        self._parent_folder = QLineEdit(str(settings.case_folder))
        self._whole = ElidedLabel("", "caption")
        self._whole.setElideMode(Qt.TextElideMode.ElideMiddle)
        self._actor, self._role = QLineEdit(settings.actor), QLineEdit(settings.role)
        self._lay_out()
        self._title.textChanged.connect(self._show_folder)
        self._parent_folder.textChanged.connect(self._show_folder)
        self._show_folder()
        self._title.setFocus()

    @property
    def title(self) -> str:
        """The title without blanks around it."""
        return self._title.text().strip()

    @property
    def folder(self) -> Path:
        """The case folder to make."""
        return Path(self._parent_folder.text().strip()).expanduser() / folder_name(self.title)

    @property
    def codebook(self) -> str:
        """The shipped codebook that the case begins with; it can be changed in the case."""
        return self._codebook.value()

    @property
    def actor(self) -> str:
        """Who is working."""
        return self._actor.text().strip()

    @property
    def role(self) -> str:
        """The role of who is working."""
        return self._role.text().strip()

    def sheet(self) -> dict[str, object]:
        """The fields of the case sheet that were filled."""
        fields = {"case_number": self._number.text().strip(), "mandate": self._mandate.toPlainText().strip()}
        return {name: text for name, text in fields.items() if text}

    def check(self) -> str:
        """Title, place and actor are needed; an existing folder is left alone."""
        if not self.title:
            return tr("A title is needed; it names the folder too.")
        if not folder_name(self.title):
            return tr("The title needs at least one letter or digit.")
        if not self.actor:
            return tr("A name is needed before anything can be written.")
        if not self._parent_folder.text().strip():
            return tr("A folder is needed.")
        if self.folder.exists():
            return tr(
                "{folder} exists already and is left as it is. Choose another title or folder.", folder=self.folder
            )
        return ""

    def _lay_out(self) -> None:
        width = 96
        self.body.addWidget(FormRow(tr("Title"), self._title, width=width))
        self.body.addWidget(FormRow(tr("Number"), self._number, width=width))
        self.body.addWidget(FormRow(tr("Mandate"), self._mandate, width=width))
        help_ = tr("The words for what is seen and heard; they can be changed in the case.")
        self.body.addWidget(FormRow(tr("Codebook"), self._codebook, help_, width=width))
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._parent_folder, 1)
        choose = plain_button(tr("Choose…"), icon="folder")
        choose.clicked.connect(self._choose)
        row.addWidget(choose)
        self._parent_folder.setAccessibleName(tr("Folder"))
        self.body.addWidget(FormRow(tr("Folder"), place, width=width))
        self._whole.setContentsMargins(current_theme().px(width) + 8, 0, 0, 0)
        self.body.addWidget(self._whole)
        if not self._known_actor:
            self._actor.setPlaceholderText(tr("Reviewer A"))
            help_ = tr("Asked once. Every event of the case names who caused it.")
            self.body.addSpacing(6)
            self.body.addWidget(FormRow(tr("Your name"), self._actor, help_, width=width))
            self._role.setPlaceholderText(tr("Optional, e.g. second reviewer"))
            self.body.addWidget(FormRow(tr("Your role"), self._role, width=width))

    def _choose(self) -> None:
        found = self._prompter.open_folder(tr("Where the case is made"), Path(self._parent_folder.text()))
        if found is not None:
            self._parent_folder.setText(str(found))

    def _show_folder(self) -> None:
        self._whole.setText(str(self.folder) if folder_name(self.title) else "")

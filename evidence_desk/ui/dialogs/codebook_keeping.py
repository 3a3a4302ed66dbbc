"""What is changed in the codebook editor is put aside while it is typed, and offered when the editor opens again."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from evidence_desk.services.drafts import Drafts
from evidence_desk.ui.field_keeping import FieldKeeping, begun_words
from evidence_desk.ui.models.codebook_draft import CodebookDraft
from evidence_desk.ui.panels.draft_strip import DraftStrip
from evidence_desk.ui.translate import tr

KEY = "codebook"


class CodebookKeeping(QObject):
    """A codebook is kept whole, so what is typed waits as a draft. Without `drafts` nothing is put aside."""

    def __init__(self, dialog: QWidget, draft: CodebookDraft, drafts: Drafts | None) -> None:
        super().__init__(dialog)
        self._draft, self._drafts = draft, drafts
        self.strip = DraftStrip()
        self._timing = FieldKeeping(dialog)
        self._timing.due.connect(self._put_aside)

    def offer(self) -> None:
        """Show what was put aside before and not kept."""
        stored = self._drafts.get(KEY) if self._drafts is not None else None
        if stored is None or not self._draft.restore(stored.body) or not self._draft.differs:
            return
        other = tr("The codebook has had another version since; look at both before you keep it.")
        self.strip.say(f"{begun_words(stored)} {other if self._draft.is_of_another(stored.body) else ''}".strip())

    def edited(self) -> None:
        """A person changed something: it is put aside once its field is left, or after an idle second."""
        self._timing.edited()

    def drop(self) -> None:
        """What was typed is not wanted any more."""
        self._timing.settled()
        self.strip.say("")
        if self._drafts is not None:
            self._drafts.drop(KEY)

    def end(self) -> None:
        """The editor closes: nothing is put aside after it."""
        if self._timing.waiting:
            self._put_aside()
        self._timing.settled()

    def _put_aside(self) -> None:
        if self._drafts is None:
            return
        if self._draft.differs:
            self._drafts.put(KEY, self._draft.state())
        else:
            self._drafts.drop(KEY)

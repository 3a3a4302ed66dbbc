"""The links of the selected observation: shown in the form, made with the picker, withdrawn with a reason."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from evidence_desk.store.drafts import StoredDraft
from evidence_desk.ui.field_keeping import FieldKeeping, begun_words
from evidence_desk.ui.panels.link_list import LinkCard
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_observe import ObserveDesk
from evidence_desk.ui.translate import tr

_KEY = "link:"


class LinkHands(QObject):
    """Joins the form's links to the records; `picture` takes the keyboard back once a link is made."""

    def __init__(self, context: RoomContext, observe: ObserveDesk, form: ObservationForm, picture: QWidget) -> None:
        super().__init__(form)
        self._context, self._observe, self._form, self._picture = context, observe, form, picture
        self._for = ""
        self._left: set[str] = set()
        """Observations whose begun link was left: it is there again when it is asked for, not by itself."""
        self._keeping = FieldKeeping(form.picker)
        self._keeping.due.connect(self.put_aside)
        form.picker.edited.connect(self._keeping.edited)
        form.picker.closing.connect(self.put_aside)
        form.link_asked.connect(self.open_picker)
        form.picker.made.connect(self._link)
        form.picker.left.connect(self._leave)
        form.links.withdraw_asked.connect(self._withdraw)
        form.links.opened.connect(context.session.show_record)

    def show(self) -> None:
        """Show the links of the selected observation."""
        observe = self._observe
        if not observe.current:
            self._form.set_links(())
            return
        links = self._context.session.case.queries.links(origin=observe.current)
        self._form.set_links(
            [LinkCard(li.number, li.relation, li.target, observe.words_of(li.target), li.because) for li in links]
        )
        if observe.current not in self._left and self._form.picker.isHidden() and self._begun() is not None:
            self._open(focus=False)

    def open_picker(self) -> None:
        """Lay the link picker open for the selected observation, with what was begun before."""
        if self._observe.current and self._observe.writable and self._observe.settle():
            self._open(focus=True)

    def _open(self, focus: bool) -> None:
        begun = self._begun()
        self._for = self._observe.current
        self._form.open_picker(self._observe.targets(), focus)
        if begun is not None:
            self._form.picker.put(begun.body)
            self._form.say(begun_words(begun))

    def _begun(self) -> StoredDraft | None:
        """Return the link that was begun for the selected observation and is not made yet."""
        return self._context.session.case.drafts.get(_KEY + self._observe.current) if self._observe.writable else None

    def put_aside(self) -> None:
        """Put aside a link whose reason was begun."""
        self._keeping.settled()
        if not self._observe.writable:
            return
        picker, drafts = self._form.picker, self._context.session.case.drafts
        if self._for and picker.typed:
            drafts.put(_KEY + self._for, picker.state())
        elif self._for:
            drafts.drop(_KEY + self._for)

    def _leave(self) -> None:
        self._left.add(self._observe.current)
        self._form.close_picker()

    def _link(self, target: str, relation: str, because: str) -> None:
        if self._observe.link(target, relation, because):
            self._context.session.case.drafts.drop(_KEY + self._for)
            self._for = ""
            self._form.close_picker()
            self._picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def _withdraw(self, link: str) -> None:
        title = tr("Withdraw {number}", number=link)
        reason = self._context.prompter.ask_line(title, tr("Reason"), tr("Withdraw"))
        if reason:
            self._observe.withdraw(link, reason)

"""The links of the selected observation: shown in the form, made with the picker, withdrawn with a reason."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from evidence_desk.ui.panels.link_list import LinkCard
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_observe import ObserveDesk
from evidence_desk.ui.translate import tr


class LinkHands(QObject):
    """Joins the form's links to the records; `picture` takes the keyboard back once a link is made."""

    def __init__(self, context: RoomContext, observe: ObserveDesk, form: ObservationForm, picture: QWidget) -> None:
        super().__init__(form)
        self._context, self._observe, self._form, self._picture = context, observe, form, picture
        form.link_asked.connect(self.open_picker)
        form.picker.made.connect(self._link)
        form.picker.left.connect(form.close_picker)
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

    def open_picker(self) -> None:
        """Lay the link picker open for the selected observation."""
        if self._observe.current and self._observe.writable and self._observe.settle():
            self._form.open_picker(self._observe.targets())

    def _link(self, target: str, relation: str, because: str) -> None:
        if self._observe.link(target, relation, because):
            self._form.close_picker()
            self._picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def _withdraw(self, link: str) -> None:
        title = tr("Withdraw {number}", number=link)
        reason = self._context.prompter.ask_line(title, tr("Reason"), tr("Withdraw"))
        if reason:
            self._observe.withdraw(link, reason)

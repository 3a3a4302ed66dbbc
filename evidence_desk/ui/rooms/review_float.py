"""The picture in a window of its own, as for a second screen: taken out of the room, brought back, found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.ui.actions.registry import EVERY_ROOM
from evidence_desk.ui.focus_across import FocusAcross
from evidence_desk.ui.in_sight import SightWatch
from evidence_desk.ui.panels.picture_window import FULL, NORMAL, PictureWindow, Place, Screens, opening_place
from evidence_desk.ui.panels.picture_window import screens_here as _screens_here
from evidence_desk.ui.refusals import Refusals, is_refusal
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.buttons import plain_button
from evidence_desk.ui.widgets.key_caps import follow_keys
from evidence_desk.ui.widgets.messages import Toasts
from evidence_desk.ui.widgets.panel import EmptyState

if TYPE_CHECKING:
    from evidence_desk.ui.rooms.review import ReviewRoom

ROOM, FLOAT, FULL_SCREEN = "review", "view.float", "view.full_screen"


class PictureFloat(QObject):
    """Moves the picture with its head and clocks into a window and back; all that shows the picture moves with it.

    Signals: `changed()` the picture went out or came back, or its window lies elsewhere.
    """

    changed = Signal()

    def __init__(self, context: RoomContext, room: ReviewRoom, screens: Screens = _screens_here) -> None:
        super().__init__(room)
        self._context, self._room, self._screens = context, room, screens
        self._window: PictureWindow | None = None
        self._toasts: Toasts | None = None
        self._refusals: Refusals | None = None
        self._across: FocusAcross | None = None
        self._place: Place | None = None
        self._wanted = self._out = False
        self._sight = SightWatch(room.centre.pages, room.clip.pause, self._in_sight, self)
        again = follow_keys(context.actions, FLOAT, plain_button(tr("Bring it back")))
        again.clicked.connect(self.bring_home)
        self._stand_in = EmptyState("ph.monitor", tr("The picture is in its own window"), " ", (again,))
        self._stand_in.hide()
        room.centre.column.insertWidget(0, self._stand_in, 1)
        context.actions.bind(FLOAT, self.toggle, room=ROOM)
        context.actions.bind(FULL_SCREEN, self._full_screen, room=ROOM)
        room.clip.opened.connect(self._name)
        context.session.noticed.connect(self._say)
        context.session.failed.connect(self._refused)
        context.actions.action("go.level_up").triggered.connect(self._refusal_read)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self._screen_gone)

    # ------------------------------------------------------------------------------------------------- out and home

    @property
    def out(self) -> bool:
        """Tell whether the picture stands in its own window."""
        return self._out

    @property
    def window(self) -> PictureWindow | None:
        """Return the window, None before the picture was taken out for the first time."""
        return self._window

    def toggle(self) -> None:
        """Take the picture out, or bring it back."""
        if self._out:
            self.bring_home()
        else:
            self.take_out()

    def take_out(self, active: bool = True) -> None:
        """Show the picture in a window of its own, which gets the keyboard where it is `active`."""
        if not self._out:
            window, centre = self._made(), self._room.centre
            self._out = self._wanted = True
            window.column.addWidget(centre.header)
            window.column.addWidget(centre.pages, 1)
            window.column.addWidget(centre.clocks)
            self._stand_in.show()
            self._show(active)
            self._tell()

    def bring_home(self) -> None:
        """Put the picture back into the room, with the keyboard where the picture had it."""
        if self._out and self._window is not None:
            had_keyboard = self._window.isActiveWindow()
            self._wanted = False
            self._put_back()
            self._tell()
            if had_keyboard:
                self._room.window().activateWindow()
                self._room.centre.viewer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_back(self) -> None:
        if self._window is None or not self._out:
            return
        centre = self._room.centre
        self._place = self._window.place()
        self._out = False
        self._stand_in.hide()
        centre.column.insertWidget(0, centre.header)
        centre.column.insertWidget(1, centre.pages, 1)
        centre.lines.insertWidget(1, centre.clocks)
        self._window.hide()
        self._context.actions.action(FULL_SCREEN).setChecked(self._room.window().isFullScreen())
        centre.fit_timeline()

    def _made(self) -> PictureWindow:
        """Return the window; the desk's actions act in it as in the main window."""
        if self._window is None:
            made = PictureWindow(self._room.window())
            registry = self._context.actions
            made.addActions([registry.action(spec.id) for spec in registry.specs])
            made.home_asked.connect(self.bring_home)
            made.placed.connect(self._placed)
            self._toasts = Toasts(made, spoken=False, room=self._room.centre.pages.geometry)
            self._toasts.undo_asked.connect(self._context.session.undo)
            self._context.session.changed.connect(self._toasts.offer_no_undo)
            self._refusals = Refusals(made, self._context.session)
            self._window = made
            self._sight.watch(made)
            self._name()
        return self._window

    def _show(self, active: bool) -> None:
        window, main = self._window, self._room.window()
        if window is None:
            return
        place = opening_place(self._place, self._screens(), main.frameGeometry())
        window.open_at(place, active)
        self._place = place
        if self._across is None:
            self._across = FocusAcross((main, window), window)
        self._room.centre.fit_timeline()
        if active:
            self._room.centre.viewer.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------------------------ what it follows

    def enter(self) -> None:
        """The room is shown: so is the window, where the picture was out."""
        self._sight.watch(self._room.window())
        if self._out:
            self._show(active=False)
        elif self._wanted:
            self.take_out(active=False)

    def leave(self) -> None:
        """Another room is shown: its keys must not act on a picture that stands alone."""
        if self._window is not None and self._out:
            self._place = self._window.place()
            self._window.hide()

    def release(self) -> None:
        """The room is about to go: everything comes home, the window goes."""
        self._put_back()
        self._context.actions.action(FLOAT).setChecked(False)
        if self._window is not None:
            self._window.deleteLater()
            self._window = self._toasts = self._refusals = self._across = None

    def escape(self) -> bool:
        """Leave full screen, else bring the picture home; tell whether the keyboard was in its window."""
        window = self._window
        if window is None or not self._in_use():
            return False
        if window.isFullScreen():
            self._set_state(NORMAL)
        else:
            self.bring_home()
        return True

    def _full_screen(self) -> None:
        """Full screen is for the window that is in use."""
        window = self._window
        if window is not None and self._in_use():
            self._set_state(NORMAL if window.isFullScreen() else FULL)
            return
        usual = self._context.actions.handler(FULL_SCREEN, EVERY_ROOM)
        if usual is not None:
            usual()

    def _set_state(self, state: str) -> None:
        if self._window is not None:
            self._window.set_state(state)

    def _placed(self) -> None:
        if self._out and self._window is not None and self._window.isVisible():
            self._place = self._window.place()
            self._context.actions.action(FULL_SCREEN).setChecked(self._place.state == FULL)
            self._where()
            self.changed.emit()

    def _in_sight(self) -> None:
        """Paint what can be seen again: from now on it counts as looked at."""
        self._room.centre.viewer.viewport().update()
        self._room.compare.panel.view.update()

    def _screen_gone(self, _: QScreen) -> None:
        """A screen was taken away: once the others have their new places, the window goes where it can be seen."""
        QTimer.singleShot(0, self, self._come_into_view)

    def _come_into_view(self) -> None:
        if self._out and self._window is not None and self._window.isVisible():
            self._show(active=False)

    # ---------------------------------------------------------------------------------------------------- kept, said

    def take(self, kept: object) -> None:
        """Take what was kept of the last time: the place, and whether the picture was out."""
        if isinstance(kept, dict):
            self._place = Place.from_json(kept)
            self._wanted = kept.get("out") is True

    def kept(self) -> dict[str, object]:
        """Return what is kept for the next time."""
        place = self._place.to_json() if self._place is not None else {}
        return {**place, "out": self._wanted}

    def _tell(self) -> None:
        self._context.actions.action(FLOAT).setChecked(self._out)
        self._where()
        self.changed.emit()

    def _name(self) -> None:
        clip = self._room.clip.clip
        if self._window is not None:
            self._window.set_exhibit(clip.exhibit.number if clip is not None else "")

    def _where(self) -> None:
        """Say where the picture is, for people with two screens."""
        window, main = self._window, self._room.window()
        if window is None:
            return
        names = [screen.name() for screen in QGuiApplication.screens()]
        here, there = (_screen_name(part) for part in (main, window))
        if here == there or there not in names:
            text = tr("It lies beside this window. Every key acts there as here.")
        else:
            text = tr("It lies on screen {n}. Every key acts there as here.", n=names.index(there) + 1)
        self._stand_in.text.setText(text)
        self._stand_in.setAccessibleName(self._stand_in.title.text())
        self._stand_in.setAccessibleDescription(text)

    def _say(self, text: str, undo: bool) -> None:
        """Say beside the picture what is said in the main window, for whoever works here."""
        if self._toasts is not None and self._in_use():
            self._toasts.say(text, undo)

    def _refused(self, error: EvidenceDeskError) -> None:
        if self._refusals is not None and self._in_use() and is_refusal(error):
            self._refusals.say(error)

    def _refusal_read(self) -> None:
        if self._refusals is not None:
            self._refusals.leave()

    def _in_use(self) -> bool:
        return self._out and self._window is not None and self._window.isActiveWindow()


def _screen_name(part: QWidget) -> str:
    return part.screen().name()

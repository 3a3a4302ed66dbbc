"""What is known of the sound of play: volume, mute, and why nothing can be heard where that is so."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.records import Exhibit
from evidence_desk.jobs import JobContext
from evidence_desk.media.player import SoundFound
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.translate import tr

PACKAGES = "libvlc5 vlc-plugin-base"
"""What brings libvlc with its sound on Debian and Ubuntu."""
FULL_VOLUME = 100
_STEP = 10


class PlaySound(QObject):
    """Signals: `changed()` anything of it; `wished(bool)` volume or mute, True where silence is to end."""

    changed = Signal()
    wished = Signal(bool)

    def __init__(self, context: RoomContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._looked = False
        self.volume, self.muted = FULL_VOLUME, False
        self._hushed = False
        self.no_player = ""
        self.no_way_out = self.has_way_out = False
        self.stream: int | None = None
        self.stream_heard: int | None = None

    @property
    def why_silent(self) -> str:
        """Return why nothing can be heard, "" where something can, or nothing is known yet."""
        if self._hushed:
            return tr("Marked as distressing: no sound under the cover")
        if self.no_player:
            return tr("Play has no sound: install {packages}", packages=PACKAGES)
        return tr("No sound output was found; play is silent") if self.no_way_out else ""

    def begin(self, exhibit: Exhibit) -> None:
        """Another exhibit is open: its sound starts muted where it was marked as distressing."""
        self.no_way_out = self.has_way_out = False
        self.stream = self.stream_heard = None
        self.muted, self._hushed = exhibit.distressing, False
        if not self._looked:
            self._looked = True
            self._context.runner.start(
                tr("Player"), self._look, self, then=self.lose_player, failed=self._not_looked, background=True
            )
        self.changed.emit()

    def _look(self, _ctx: JobContext) -> str:
        return self._context.session.why_no_player()

    def _not_looked(self, error: object) -> None:
        self.lose_player(str(error))

    def lose_player(self, why: str) -> None:
        """There is no player, and why; "" where there is one."""
        self.no_player = why
        self.changed.emit()

    def found(self, sound: SoundFound) -> None:
        """The sound of a run has found a way out, or not; of which stream it is, libvlc says."""
        self.no_way_out, self.has_way_out = not sound.works, sound.works
        self.stream_heard = sound.stream
        self.changed.emit()

    def choose(self, stream: int | None) -> None:
        """Let this stream of the file be heard from now on, the first one without; absolute index."""
        if stream == self.stream:
            return
        self.stream, self.stream_heard = stream, None
        self.has_way_out = False
        self.wished.emit(not self.silent)

    def set_muted(self, muted: bool) -> None:
        """Let sound be heard or not."""
        self.muted = muted
        self.wished.emit(not self.silent)
        self.changed.emit()

    @property
    def silent(self) -> bool:
        """Tell whether nothing is to be heard: muted, or hushed under a cover."""
        return self.muted or self._hushed

    def hush(self, hushed: bool) -> None:
        """Let nothing be heard as long as what is on screen is covered."""
        if hushed != self._hushed:
            self._hushed = hushed
            self.wished.emit(not self.silent)
            self.changed.emit()

    def set_volume(self, volume: int) -> None:
        """Set the volume in percent."""
        self.volume = min(max(volume, 0), FULL_VOLUME)
        self.wished.emit(False)
        self.changed.emit()

    def louder(self, by: int) -> None:
        """One step louder (1) or quieter (-1)."""
        self.set_volume(self.volume + by * _STEP)

"""What the timeline shows of the sound: the track made or fetched by a job, and closer peaks where it is enlarged."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from evidence_desk.domain.errors import EvidenceDeskError
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.media.sound_track import SoundTrack
from evidence_desk.media.sound_view import FinePart, WaveView
from evidence_desk.services.sound import picture_start, track_of
from evidence_desk.store.paths import CasePaths
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk
from evidence_desk.ui.translate import tr
from evidence_desk.ui.widgets.timeline import Timeline

_CLOSER_WAIT_MS = 150
_TRACKS_KEPT = 3
_MARGIN = 0.5
"""Of what is visible, fetched on both sides besides: a short pan needs nothing new."""


class SoundFeed(QObject):
    """Gives the timeline the sound of the clip that is open.

    Signals: `sound_shown()` after the spectrogram came or went, `track_shown(SoundTrack or None)` with what is shown.
    """

    sound_shown = Signal()
    track_shown = Signal(object)

    def __init__(self, context: RoomContext, desk: ClipDesk, timeline: Timeline, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._desk, self._timeline = context, desk, timeline
        self._tracks: dict[tuple[str, int | None], WaveView | None] = {}
        self._chosen: dict[str, int] = {}
        self._view: WaveView | None = None
        self._fetching = False
        self._asked: tuple[WaveView, tuple[int, int], int] | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_CLOSER_WAIT_MS)
        self._wait.timeout.connect(self._fetch_closer)
        timeline.zoomed.connect(self._wait.start)
        timeline.show_spectrum(context.settings.value.spectrogram)

    @property
    def track(self) -> SoundTrack | None:
        """The sound that is shown, None where there is none or it is still read."""
        return self._view.track if self._view is not None else None

    @property
    def has_more_streams(self) -> bool:
        """Tell whether the file has several sound streams."""
        return self.track is not None and len(self.track.facts.streams) > 1

    def begin(self, clip: Clip) -> None:
        """Another clip is shown: get its sound, of the stream chosen last."""
        self._timeline.expect_sound(_has_sound(clip))
        self._desk.sound.choose(self._chosen.get(clip.exhibit.number))
        self._show(clip, None)
        self._ask(clip)

    def _ask(self, clip: Clip) -> None:
        key = (clip.exhibit.number, self._chosen.get(clip.exhibit.number))
        if key in self._tracks:
            self._show(clip, self._tracks[key])
        elif _has_sound(clip):
            title = tr("Sound of {exhibit}", exhibit=clip.exhibit.number)
            session = self._context.session
            task = partial(_read, session.job_worker, session.case.paths, clip, key[1])
            self._context.runner.start(
                title, task, self, then=partial(self._heard, clip, key), failed=self._quietly, background=True
            )

    def toggle_spectrum(self) -> None:
        """Show the spectrogram or leave it out, from now on."""
        shown = not self._context.settings.value.spectrogram
        self._context.settings.change(spectrogram=shown)
        self._timeline.show_spectrum(shown)
        self.tell_spectrum()
        self.sound_shown.emit()

    def tell_spectrum(self) -> None:
        """Let the menu entry say whether the spectrogram is shown."""
        self._context.actions.action("view.spectrogram").setChecked(self._context.settings.value.spectrogram)

    def next_stream(self) -> None:
        """Show the next sound stream of the file, after the last the first again."""
        clip, track = self._desk.clip, self.track
        if clip is None or track is None or not self.has_more_streams:
            return
        streams = track.facts.streams
        chosen = streams[(streams.index(track.facts.stream) + 1) % len(streams)]
        self._chosen[clip.exhibit.number] = chosen
        self._desk.sound.choose(chosen)
        self._ask(clip)

    def _heard(self, clip: Clip, key: tuple[str, int | None], view: WaveView) -> None:
        self._tracks[key] = view
        while len(self._tracks) > _TRACKS_KEPT:
            del self._tracks[next(iter(self._tracks))]
        if self._is_open(clip) and self._chosen.get(clip.exhibit.number) == key[1]:
            self._show(clip, view)

    def _show(self, clip: Clip, view: WaveView | None) -> None:
        self._view = view
        self._timeline.set_sound(view, picture_start(clip.clock))
        self.track_shown.emit(self.track)
        if view is not None:
            self._context.actions.refresh()
            self._wait.start()

    def _is_open(self, clip: Clip) -> bool:
        return self._desk.clip is not None and self._desk.clip.exhibit.number == clip.exhibit.number

    def _quietly(self, _: EvidenceDeskError) -> None:
        """Where it cannot be read its lane stays empty; nothing else is affected."""
        self._fetching = False

    # --------------------------------------------------------------------------------------------------------- closer

    def _fetch_closer(self) -> None:
        """Where a pixel is shorter than the finest stretch of the pyramid, ask for the peaks of what is visible."""
        clip, view, scale = self._desk.clip, self._view, self._timeline.scale
        if clip is None or view is None or scale is None or self._fetching or not view.track.wave:
            return
        rate, finest = view.track.facts.rate, view.track.wave[0].hop
        pixel = scale.span / scale.width / self._timeline.devicePixelRatioF() * rate
        if pixel >= finest:
            return
        zero = float(picture_start(clip.clock))
        seen = view.samples_between(zero + scale.start, zero + scale.end)
        hop = 1 << max(int(pixel).bit_length() - 1, 0)
        fine = view.fine
        if seen[0] >= seen[1] or (fine is not None and fine.covers(*seen) and fine.level.hop <= hop):
            return
        margin = scale.span * _MARGIN
        span = view.samples_between(zero + scale.start - margin, zero + scale.end + margin)
        if self._asked == (view, span, hop):
            return
        self._fetching, self._asked = True, (view, span, hop)
        title = tr("Waveform of {exhibit}", exhibit=clip.exhibit.number)
        task = partial(_closer, self._context.session.job_worker, clip, view.track, span, hop)
        self._context.runner.start(
            title, task, self, then=partial(self._closer_came, view), failed=self._quietly, background=True
        )

    def _closer_came(self, view: WaveView, part: FinePart) -> None:
        self._fetching = False
        if view is self._view:
            self._timeline.set_fine_sound(part)
            self._wait.start()


def _has_sound(clip: Clip) -> bool:
    return any(s.get("kind") == "audio" for s in (clip.exhibit.facts or {}).get("streams", ()))


def _read(worker: MediaWorker, paths: CasePaths, clip: Clip, stream: int | None, ctx: JobContext) -> WaveView:
    view = WaveView(track_of(worker, paths, clip.exhibit, ctx, stream))
    view.columns(0.0, 1.0, 1)  # unpacks the levels here and not in the interface thread
    return view


def _closer(
    worker: MediaWorker, clip: Clip, track: SoundTrack, span: tuple[int, int], hop: int, ctx: JobContext
) -> FinePart:
    return worker.sound_wave(clip.path, track, span, hop, ctx)

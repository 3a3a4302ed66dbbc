"""The observations as Review shows them: read anew after each change, one of them current."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from evidence_desk.domain.changes import Area, Changes
from evidence_desk.domain.codebook import Term
from evidence_desk.domain.controlled_values import NOT_FOUND
from evidence_desk.domain.errors import NotFound
from evidence_desk.domain.records import (
    Claim,
    Observation,
    Proposition,
)
from evidence_desk.domain.timing import span_bounds
from evidence_desk.services.commands import RegionDraft
from evidence_desk.ui.collecting import settle
from evidence_desk.ui.models.kept_rows import KeptRows
from evidence_desk.ui.models.observations import ObservationRow
from evidence_desk.ui.panels.observation_form import ObservationForm
from evidence_desk.ui.pieces import Pieces
from evidence_desk.ui.rooms import RoomContext
from evidence_desk.ui.rooms.review_clip import Clip, ClipDesk
from evidence_desk.ui.translate import plural, tr

NOTE = "note"
_AREAS = (
    Area.OBSERVATIONS,
    Area.REGIONS,
    Area.LINKS,
    Area.CODEBOOKS,
    Area.EXHIBITS,
    Area.CLAIMS,
    Area.PROPOSITIONS,
    Area.SOURCES,
    Area.QUESTIONS,
)


class ObserveRecords(QObject):
    """Keeps list, form and lanes on one set of records.

    Signals: `reloaded()` the records were read anew; `selected(str)` another observation is the current one.
    """

    reloaded = Signal()
    selected = Signal(str)

    def __init__(self, context: RoomContext, clip: ClipDesk, form: ObservationForm, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._clip, self._form = context, clip, form
        self._session = context.session
        self.terms: dict[str, Term] = {}
        self.kept_rows = KeptRows()
        self._read_at = (-1, 0)
        self.rows: tuple[ObservationRow, ...] = ()
        self.current = ""
        self.new_regions: tuple[RegionDraft, ...] = ()
        self._keeping = False
        """While an observation is being kept: who keeps it reads the records once it is the current one."""
        self._session.changed.connect(self._changed)

    # -------------------------------------------------------------------------------------------------------- records

    def read_ahead(self) -> Pieces[None]:
        """Make the rows piece by piece, so that the first `reload` finds them made."""
        queries = self._session.case.queries
        self.terms = {t.id: t for t in queries.terms()}
        seen, links = queries.observations(), queries.links()
        read_at = queries.at_hand.mark()
        for _ in self.kept_rows.in_pieces(seen, self.terms, links):
            settle()  # what is made here stays: a search of a hundred thousand rows for garbage would be felt
            yield
        self._read_at = read_at

    def reload(self) -> None:
        """Read the records anew and bring everything that shows them up to date."""
        queries = self._session.case.queries
        self.terms = {t.id: t for t in queries.terms()}
        seen, links = queries.observations(), queries.links()
        written = queries.at_hand.written_since(self._read_at)
        self._read_at = queries.at_hand.mark()
        self.rows = self.kept_rows.read(seen, self.terms, links, written, queries.at_hand.of_numbers)
        if self.current and self.observation(self.current) is None:
            self.current = ""
        self._form.prepare(self.terms)
        self.reloaded.emit()
        if not (self._form.is_new and self._form.dirty):
            self.show_current()

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_AREAS) and not self._keeping:
            self.reload()

    def observation(self, wanted: str) -> Observation | None:
        """Return an observation in force, None where there is none of that number."""
        row = self.kept_rows.row(wanted)
        return row.observation if row is not None else None

    def here(self) -> tuple[ObservationRow, ...]:
        """Return the rows of the exhibit that is open."""
        return self.kept_rows.of_exhibit(self._session.exhibit)

    def row_here(self, wanted: str) -> ObservationRow | None:
        """Return the row of an observation of the exhibit that is open, None where it is none."""
        row = self.kept_rows.row(wanted)
        return row if row is not None and row.observation.exhibit == self._session.exhibit else None

    @property
    def writable(self) -> bool:
        """Tell whether the case may be written."""
        return self._session.writable

    # ------------------------------------------------------------------------------------------------------ selection

    def select(self, wanted: str) -> bool:
        """Make an observation the current one, keeping what the form holds first; False where it has to stay."""
        if wanted == self.current and not self._form.is_new:
            return True
        if not self.settle():
            self.selected.emit(self.current)
            return False
        self.current = wanted
        self.show_current()
        self._session.select_observation(wanted)
        self.selected.emit(wanted)
        return True

    def show_current(self) -> None:
        """Show the current observation in the form; what is typed into it for the same one stays."""
        record = self.observation(self.current) if self.current else None
        if record is None:
            self._form.show_nothing(self._clip.has_frames and self.writable)
        else:
            self._follow(record)

    def _follow(self, record: Observation) -> None:
        clip, form = self._on_clip(record), self._form
        same = form.record is not None and form.record.number == record.number
        show = form.follow if same else form.show_record
        show(record, self.terms, clip.clock if clip is not None else None, self._clip.n)
        form.about.show_times(_times_of(record, clip))

    def _on_clip(self, record: Observation) -> Clip | None:
        clip = self._clip.clip
        return clip if clip is not None and clip.exhibit.number == record.exhibit else None

    def go_neighbour(self, direction: int) -> None:
        """Select the next or previous observation of this exhibit and go to its first frame."""
        found = self.kept_rows.neighbour(self._session.exhibit, self.current, self._clip.n, direction)
        if found is not None and self.select(found.number):
            self.show_place(found)

    def show_place(self, record: Observation) -> None:
        """Go to the first frame of an observation, opening its exhibit where another is shown."""
        if record.exhibit != self._session.exhibit:
            self._session.go_to(record.exhibit, record.first_frame or 0)
        elif record.first_frame is not None:
            self._clip.go(record.first_frame)

    def words_of(self, target: str) -> str:
        """Return what a claim or proposition says, "" where it is gone."""
        try:
            record = self._session.case.queries.get(target)
        except NotFound:
            return ""
        if isinstance(record, Proposition):
            return record.text
        return record.quote if isinstance(record, Claim) else ""

    def reach_of(self, observation: str) -> list[str]:
        """Return one sentence for each kind of record that is withdrawn with an observation."""
        queries = self._session.case.queries
        links, regions = len(queries.links(origin=observation)), len(queries.regions(observation))
        found = [plural(links, "{count} link goes with it.", "{count} links go with it.")] if links else []
        if regions:
            found.append(plural(regions, "{count} region goes with it.", "{count} regions go with it."))
        return found

    def settle(self, asked: bool = False) -> bool:
        """Keep an edited form before it is left; the one who keeps knows how."""
        return not self._form.dirty


def _times_of(record: Observation, clip: Clip | None) -> str:
    """Return between which frames and times what is recorded began and ended, "" where no frame says it."""
    first, last = record.first_frame, record.last_frame
    if clip is None or first is None or last is None or not first <= last < len(clip.table):
        return ""
    if record.anchor == NOT_FOUND:
        return ""  # its numbers are those of before the count
    bounds = span_bounds(clip.table, first, last)
    return tr("Began {began}. Ended {ended}.", began=bounds.began.words(), ended=bounds.ended.words())

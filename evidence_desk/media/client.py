"""What the desk asks of media files: facts, frame tables, pictures, stills, sound; the worker gives each answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from evidence_desk.domain import errors
from evidence_desk.domain.frames import FrameRow, FrameTable
from evidence_desk.jobs import JobContext
from evidence_desk.media import frame_store, thumb_track
from evidence_desk.media.adjustments import Histogram
from evidence_desk.media.asking import answered
from evidence_desk.media.match_questions import MatchQuestions
from evidence_desk.media.pictures import AS_IS, Counters, Picture, PictureView
from evidence_desk.media.probe_facts import Probe, probe_from
from evidence_desk.media.sample_questions import SampleQuestions
from evidence_desk.media.sound_questions import SoundQuestions
from evidence_desk.media.survey import Survey
from evidence_desk.media.track_questions import TrackQuestions


class MediaWorker(SoundQuestions, MatchQuestions, TrackQuestions, SampleQuestions):
    """The desk's hold on the process that opens media; safe to use from several threads."""

    # ---------------------------------------------------------------------------------------------------- whole files

    @answered
    def probe(self, path: Path, ctx: JobContext | None = None) -> Probe:
        """Return what the file says of itself; raises MediaUnreadable, WorkerFailed, Cancelled."""
        return probe_from(self.ask("probe", path, ctx).head["probe"])

    @answered
    def outline(
        self, path: Path, stream: int | None = None, ctx: JobContext | None = None, sha256: str = ""
    ) -> FrameTable:
        """Return the provisional table of the stream, read off its packets without decoding; it holds no hashes.

        `stream` is as for `index`; `sha256` is written into the table as it is given. `index` confirms what is said
        here. Raises MediaUnreadable, WorkerFailed, Cancelled.
        """
        return frame_store.unpack(self.ask("outline", path, ctx, stream=stream, sha256=sha256).blob)

    @answered
    def index(
        self,
        path: Path,
        stream: int | None = None,
        hashes: bool = True,
        ctx: JobContext | None = None,
        sha256: str = "",
    ) -> FrameTable:
        """Decode the whole stream once and return its table, every frame hashed.

        `stream` is ffmpeg's absolute index, by default the first that is no cover; `sha256` spares hashing the file
        where it is known. Raises MediaUnreadable, WorkerFailed, Cancelled.
        """
        reply = self.ask("index", path, ctx, stream=stream, hashes=hashes, sha256=sha256)
        return frame_store.unpack(reply.blob)

    @answered
    def survey(self, path: Path, stream: int | None = None, ctx: JobContext | None = None, sha256: str = "") -> Survey:
        """Decode the whole stream once and return its table, every frame hashed, with thumbnails made on the way.

        Words and errors are those of `index`.
        """
        reply = self.ask("survey", path, ctx, stream=stream, sha256=sha256)
        cut = int(reply.head["table"])
        return Survey(frame_store.unpack(reply.blob[:cut]), thumb_track.unpack(reply.blob[cut:]))

    # --------------------------------------------------------------------------------------------------- single frames

    @answered
    def frames_at(
        self, path: Path, table: FrameTable | None, numbers: Sequence[int], ctx: JobContext | None = None
    ) -> list[FrameRow]:
        """Reach each frame by a seek of its own, in the order given, and return its row with the hash found there.

        Without a table the stream is decoded once to make it. On a provisional table nothing tells whether the frame
        found is the one meant; its hash is the one found. Raises FrameOutOfRange, and MediaUnreadable where a frame
        could not be reached as the table has it.
        """
        known = table if table is not None else self.index(path, ctx=ctx)
        found = self.reached_at(path, known, numbers, ctx)
        for row, exact in found:
            if not exact and not known.provisional:
                raise errors.MediaUnreadable(
                    f"Frame {row.n} of {path.name} decodes to another picture than the recorded one."
                    " Nothing was changed."
                )
        return [row for row, _ in found]

    @answered
    def reached_at(
        self, path: Path, table: FrameTable, numbers: Sequence[int], ctx: JobContext | None = None
    ) -> list[tuple[FrameRow, bool]]:
        """Return each row with the hash found there, and whether it is the one in the table."""
        reply = self.ask_frame("frames_at", path, table, ctx, frames=list(numbers))
        return [(replace(table.row(n), hash=digest), bool(exact)) for n, digest, exact, _ in reply.head["rows"]]

    @answered
    def picture(
        self,
        path: Path,
        table: FrameTable,
        n: int,
        max_size: tuple[int, int] | None = None,
        ctx: JobContext | None = None,
        view: PictureView = AS_IS,
    ) -> Picture:
        """Return frame n as BGRX for display, no larger than `max_size`; raises FrameOutOfRange, MediaUnreadable."""
        size = list(max_size) if max_size else None
        reply = self.ask_frame("picture", path, table, ctx, n=n, max=size, view=view.to_json())
        head = reply.head
        if len(reply.blob) != 4 * head["width"] * head["height"] or head["n"] != n:
            raise ValueError("the picture is of another size or another frame")
        a, b, right, down = (float(v) for v in head["tilt"])
        return Picture(
            width=head["width"],
            height=head["height"],
            bgra=reply.blob,
            native_width=head["native"][0],
            native_height=head["native"][1],
            rotation=head["rotation"],
            mirrored=head["mirrored"],
            sar=Fraction(head["sar"]),
            n=head["n"],
            pts=head["pts"],
            hash=head["hash"],
            exact=head["exact"],
            note=head["note"],
            provisional=head["provisional"],
            tone_mapped=head["tone_mapped"],
            view=head["view"],
            shift=(int(head["shift"][0]), int(head["shift"][1])),
            tilt=(a, b, right, down),
        )

    def counters(self, path: Path) -> Counters:
        """Return what reaching single frames of the file has cost so far, in the process that runs for it now."""
        head = self.ask("counters", path, None).head
        return Counters(decoded=int(head["decoded"]), held=int(head["held"]))

    def still(  # noqa: PLR0913 - what is shown of it and how, all but four by name
        self,
        path: Path,
        table: FrameTable,
        n: int,
        box: tuple[int, int, int, int] | None = None,
        max_width: int | None = None,
        ctx: JobContext | None = None,
        view: PictureView = AS_IS,
    ) -> bytes:
        """Return frame n as PNG with its identity in text chunks; the same request gives the same bytes.

        `box` is x, y, width, height in native pixels before rotation. Raises MediaUnreadable where the frame could not
        be had exactly: a still is never made of another picture.
        One under a provisional number says so in its text chunks, as does one that is shown another way than as it is.
        """
        place = list(box) if box else None
        reply = self.ask_frame("still", path, table, ctx, n=n, box=place, max_width=max_width, view=view.to_json())
        return reply.blob

    @answered
    def histogram(self, path: Path, table: FrameTable, n: int, view: PictureView = AS_IS) -> Histogram:
        """Return how the luma of frame n is spread, counted in a reduced picture, without and with adjustments."""
        head = self.ask_frame("histogram", path, table, None, n=n, view=view.to_json()).head
        return Histogram(tuple(int(v) for v in head["before"]), tuple(int(v) for v in head["after"]))

    def thumbnail(self, path: Path, table: FrameTable, n: int, height: int, ctx: JobContext | None = None) -> bytes:
        """Return frame n as a small PNG, at most `height` pixels high."""
        return self.ask_frame("thumbnail", path, table, ctx, n=n, height=height).blob

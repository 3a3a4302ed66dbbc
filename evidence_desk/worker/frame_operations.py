"""What the worker answers about single frames. Keeps the tables it was given and the files it has open."""

from __future__ import annotations

import gc
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import Any

from av.video.frame import VideoFrame

from evidence_desk.domain.errors import FrameOutOfRange, MediaUnreadable, WorkerFailed
from evidence_desk.domain.frames import FrameRow, FrameTable
from evidence_desk.domain.time import fraction_text
from evidence_desk.media import frame_store
from evidence_desk.media.adjustments import Adjustments
from evidence_desk.media.pictures import PictureView
from evidence_desk.worker.adjusting import histogram, turned_further
from evidence_desk.worker.deinterlacing import deinterlaced
from evidence_desk.worker.display import Pixels, Renderer, Rendering, orientation_of
from evidence_desk.worker.frame_window import FrameWindow
from evidence_desk.worker.matching import find_frame, picture_from
from evidence_desk.worker.random_access import ExactReader, Reached
from evidence_desk.worker.reply import Operation, Reply
from evidence_desk.worker.sampling import sample
from evidence_desk.worker.sequential import Beat
from evidence_desk.worker.steadying import Adjuster
from evidence_desk.worker.stills import png, still_words
from evidence_desk.worker.tracking import follow

_TABLES = 8
_READERS = 2  # each with a window of its own, as for two streams of the file side by side
_OTHERS_SHARE = 8
_COUNTED = (480, 480)  # a histogram is counted in a picture no larger than this
UNKNOWN_TABLE = "unknown table"


class FrameOperations:
    """Answers that rest on a frame table."""

    def __init__(self, window_budget: int) -> None:
        self._budget = window_budget
        self._tables: OrderedDict[int, FrameTable] = OrderedDict()
        self._readers: OrderedDict[tuple[str, int, int], ExactReader] = OrderedDict()
        self._renderer = Renderer()
        self._adjuster = Adjuster()
        self._decoded_before = 0
        gc.freeze()  # what is loaded by now stays: collections look at pictures and little else

    def known(self) -> dict[str, Operation]:
        """Return the operations by name."""
        return {
            "table": self._table,
            "frames_at": self._frames_at,
            "picture": self._picture,
            "still": self._still,
            "histogram": self._histogram,
            "sample": self._sample,
            "thumbnail": self._thumbnail,
            "match": self._match,
            "track": self._track,
            "counters": self._counters,
        }

    def set_window(self, budget: int) -> None:
        """Change how many bytes of pictures are kept, in the readers that are open too."""
        self._budget = budget
        self._share()

    def answered(self) -> None:
        """Learn that the reply is sent: now pictures may be decoded ahead."""
        for reader in self._readers.values():
            reader.answered()

    def rest(self) -> None:
        """Stop decoding ahead until a frame is asked for: another operation wants the decoder's messages for itself."""
        for reader in self._readers.values():
            reader.rest()

    def _share(self) -> None:
        """Divide the memory for pictures: nearly all of it goes to the reader used last."""
        others = self._budget // _OTHERS_SHARE
        for place, reader in enumerate(reversed(self._readers.values())):
            reader.set_window(others if place else self._budget - others * (len(self._readers) - 1))

    def _counters(self, _head: dict[str, Any], _blob: bytes, _beat: Beat) -> Reply:
        readers = self._readers.values()
        decoded = self._decoded_before + sum(reader.decoded for reader in readers)
        return {"decoded": decoded, "held": sum(reader.held for reader in readers)}, b"", False

    def _table(self, head: dict[str, Any], blob: bytes, _beat: Beat) -> Reply:
        self._tables[int(head["key"])] = frame_store.unpack(blob)
        while len(self._tables) > _TABLES:
            self._tables.popitem(last=False)
        return {}, b"", False

    def _frames_at(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        table, reader = self._open(head)
        rows: list[list[Any]] = []
        for i, n in enumerate(head["frames"]):
            _in_range(table, n, head["path"])
            reader.forget()
            reached = reader.reach(n, beat, look_ahead=False)
            row = table.row(n)
            rows.append([n, reader.digest(reached.frame), reached.exact, row.pts])
            beat(i, len(head["frames"]))
        reader.forget()
        return {"rows": rows}, b"", False

    def _picture(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        table, row, reached, reader = self._reach(head, beat)
        view = PictureView.from_json(head.get("view"))
        max_size = head.get("max")
        limit = (max_size[0], max_size[1]) if max_size else None
        frame = _woven(reader, len(table), reached, view, beat)
        turn = turned_further(orientation_of(reached.frame), view.adjust)
        shown = self._renderer.render(frame, reader.sar, limit, as_bgra=True, orientation=turn, view=view)
        shown = self._finish(shown, head, view, beat, bgrx=True)
        height, width, _ = shown.pixels.shape
        facts = {
            "width": width,
            "height": height,
            "native": [reached.frame.width, reached.frame.height],
            "rotation": shown.orientation.rotation,
            "mirrored": shown.orientation.mirrored,
            "sar": fraction_text(shown.sar),
            "n": row.n,
            "pts": row.pts,
            "hash": row.hash or reader.digest(reached.frame),
            "exact": reached.exact,
            "note": reached.note or shown.note,
            "provisional": table.provisional,
            "tone_mapped": shown.tone_mapped,
            "view": shown.view,
            "shift": list(shown.shift),
            "tilt": list(shown.tilt),
        }
        return facts, shown.pixels.data.cast("B"), True

    def _still(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        table, row, reached, reader = self._reach(head, beat)
        if not reached.exact and not table.provisional:
            name = Path(head["path"]).name
            raise MediaUnreadable(f"Frame {row.n} of {name}: {reached.note}. No still was made.")
        box = _box(head.get("box"), reached.frame.width, reached.frame.height)
        width = head.get("max_width")
        limit = (int(width), 1 << 20) if width else None
        view = PictureView.from_json(head.get("view"))
        frame = _woven(reader, len(table), reached, view, beat)
        turn = turned_further(orientation_of(reached.frame), view.adjust)
        shown = self._renderer.render(frame, reader.sar, limit, box, orientation=turn, fine=True, view=view)
        shown = self._finish(shown, head, view, beat, bgrx=False)
        row = replace(row, hash=row.hash or reader.digest(reached.frame))
        return {}, png(shown.pixels, still_words(table, row, shown, box, view)), False

    def _histogram(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        _, _, reached, reader = self._reach(head, beat)
        view = PictureView.from_json(head.get("view"))
        shown = self._renderer.render(reached.frame, reader.sar, _COUNTED, as_bgra=True, view=view)
        found = histogram(shown.pixels, view.adjust)
        return {"before": list(found.before), "after": list(found.after)}, b"", False

    def _finish(
        self, shown: Rendering, head: dict[str, Any], view: PictureView, beat: Beat, *, bgrx: bool
    ) -> Rendering:
        """Return the picture adjusted; the frame it is moved onto is shown in the same way and size."""
        table, reader = self._open(head)
        onto = view.adjust.steady_to
        height, width, _ = shown.pixels.shape

        def reference() -> Pixels:
            frame = reader.reach(onto if onto is not None and onto < len(table) else 0, beat, look_ahead=False).frame
            turn, size = turned_further(orientation_of(frame), view.adjust), (width, height)
            return self._renderer.render(frame, reader.sar, size, as_bgra=bgrx, orientation=turn, view=view).pixels

        plain = replace(view, adjust=Adjustments(steady_to=onto, turn=view.adjust.turn))
        return self._adjuster.finish(shown, view.adjust, (id(reader), plain, width, bgrx), reference, bgrx=bgrx)

    def _sample(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        _, _, reached, _ = self._reach(head, beat)
        frame = reached.frame
        x, y = min(max(int(head["x"]), 0), frame.width - 1), min(max(int(head["y"]), 0), frame.height - 1)
        values, matrix, how_far = sample(frame, x, y)
        words = {"layout": frame.format.name, "matrix": matrix, "range": how_far}
        return {"x": x, "y": y, "values": [list(value) for value in values], **words}, b"", False

    def _thumbnail(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        _, _, reached, reader = self._reach(head, beat)
        shown = self._renderer.render(reached.frame, reader.sar, (1 << 16, int(head["height"])))
        return {"exact": reached.exact}, png(shown.pixels), False

    def _match(self, head: dict[str, Any], blob: bytes, beat: Beat) -> Reply:
        table, reader = self._open(head)
        width, height = (int(v) for v in head["size"])
        wanted = picture_from(str(head["format"]), (width, height), blob)
        found = find_frame(reader, len(table), wanted, int(head["near"]), beat)
        return {"n": found.n, "equal": found.equal, "near": found.near, "difference": found.difference}, b"", False

    def _track(self, head: dict[str, Any], _blob: bytes, beat: Beat) -> Reply:
        table, reader = self._open(head)
        first, start, end = head["first"], head["start"], int(head["end"])
        for n in (first[0], start[0], end):
            _in_range(table, int(n), head["path"])
        found = follow(reader, _place_of(first), _place_of(start), end, beat)
        rows = [[n, *rect] for n, rect in found.places]
        return {"places": rows, "lost": found.lost, "lost_at": found.lost_at}, b"", False

    def _reach(self, head: dict[str, Any], beat: Beat) -> tuple[FrameTable, FrameRow, Reached, ExactReader]:
        table, reader = self._open(head)
        n = int(head["n"])
        _in_range(table, n, head["path"])
        return table, table.row(n), reader.reach(n, beat), reader

    def _open(self, head: dict[str, Any]) -> tuple[FrameTable, ExactReader]:
        """Return the table named by the request and a reader of the file, kept open from the request before."""
        key = int(head["table"])
        table = self._tables.get(key)
        if table is None:
            raise WorkerFailed(UNKNOWN_TABLE)
        self._tables.move_to_end(key)
        path = str(head["path"])
        stat = Path(path).stat()
        place = (path, key, stat.st_mtime_ns ^ stat.st_size)
        reader = self._readers.get(place)
        if reader is None:
            while len(self._readers) >= _READERS:
                oldest = self._readers.popitem(last=False)[1]
                oldest.close()
                self._decoded_before += oldest.decoded
            reader = self._readers[place] = ExactReader(path, table, FrameWindow(self._budget))
            self._share()
        elif next(reversed(self._readers)) != place:
            self._readers.move_to_end(place)
            self._share()
        return table, reader


def _woven(reader: ExactReader, count: int, reached: Reached, view: PictureView, beat: Beat) -> VideoFrame:
    """Return the frame as it came, or deinterlaced with its neighbours where that is asked for."""
    frame = reached.frame
    if not view.deinterlace or view.field:
        return frame
    kind = (frame.width, frame.height, frame.format.name)
    sides: list[VideoFrame | None] = []
    for n in (reached.n - 1, reached.n + 1):
        side = reader.reach(n, beat, look_ahead=False).frame if 0 <= n < count else None
        same = side is not None and (side.width, side.height, side.format.name) == kind
        sides.append(side if same else None)
    return deinterlaced(sides[0], frame, sides[1], view.first)


def _place_of(row: list[Any]) -> tuple[int, tuple[int, int, int, int]]:
    n, x, y, w, h = (int(v) for v in row)
    return n, (x, y, w, h)


def _in_range(table: FrameTable, n: int, path: str) -> None:
    if not 0 <= n < len(table):
        name = Path(path).name
        raise FrameOutOfRange(f"There is no frame {n}: {name} has {len(table)} frames, 0 to {len(table) - 1}.")


def _box(value: Any, width: int, height: int) -> tuple[int, int, int, int] | None:
    """Return the cut-out as whole native pixels inside the picture, None where none was asked for."""
    if value is None:
        return None
    x, y, w, h = (int(v) for v in value)
    left, top = max(0, min(x, width - 1)), max(0, min(y, height - 1))
    return left, top, max(1, min(x + w, width) - left), max(1, min(y + h, height) - top)

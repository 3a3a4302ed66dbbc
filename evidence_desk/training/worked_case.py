"""A worked exercise: what a reviewer enters, as data, and its entry through the commands of the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from evidence_desk import resources
from evidence_desk.domain.errors import CaseError
from evidence_desk.domain.frames import FrameTable
from evidence_desk.domain.records import Exhibit
from evidence_desk.domain.time import FrameRef
from evidence_desk.jobs import JobContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services import intake
from evidence_desk.services.case import Case

EXERCISE = "kestrel"


@dataclass(slots=True)
class Entered:
    """The numbers that the records of the exercise were given, by their names in its data."""

    numbers: dict[str, str] = field(default_factory=dict)
    tables: dict[str, FrameTable] = field(default_factory=dict)

    def number(self, name: str) -> str:
        """Return the number given to a name; names that are numbers already pass through."""
        return self.numbers.get(name, name)


def exercise_folder(name: str = EXERCISE) -> Path:
    """Return the folder of a shipped exercise."""
    return resources.path("exercises", name)


def worked(name: str = EXERCISE) -> dict[str, Any]:
    """Return the worked exercise's data."""
    data: dict[str, Any] = json.loads((exercise_folder(name) / "worked.json").read_text(encoding="utf-8"))
    return data


def enter(case: Case, worker: MediaWorker, data: Mapping[str, Any], folder: Path, ctx: JobContext) -> Entered:
    """Take in the exercise's clips and enter everything its data holds; raises EvidenceDeskError as the desk would."""
    done = Entered()
    clips = data["exhibits"]
    for step, clip in enumerate(clips):
        ctx.progress(step, len(clips) + 1, clip["title"])
        _take_in(case, worker, clip, folder, done, ctx)
    for source in data["sources"]:
        text = (folder / source["file"]).read_text(encoding="utf-8")
        fields = {k: v for k, v in source.items() if k not in ("file", "id")}
        done.numbers[source["id"]] = case.bus.run(c.add_source(**fields, text=text)).numbers[0]
    for claim in data["claims"]:
        _enter_claim(case, claim, done)
    for observation in data["observations"]:
        _enter_observation(case, observation, done)
    for link in data["links"]:
        command = c.add_link(done.number(link["from"]), done.number(link["to"]), link["relation"], link["because"])
        case.bus.run(command)
    for question in data["questions"]:
        bears_on = ", ".join(done.number(name) for name in question.get("bears_on", ()))
        command = c.add_question(
            question["text"],
            question["would_answer"],
            question.get("reason_code", ""),
            bears_on,
            question.get("tried", ""),
        )
        case.bus.run(command)
    ctx.progress(len(clips) + 1, len(clips) + 1, "entered")
    return done


def frame_ref(exhibit: Exhibit, table: FrameTable, n: int) -> FrameRef:
    """Return the full identity of frame n of an examined exhibit."""
    return FrameRef(exhibit.sha256, table.stream, n, table.pts(n), table.time_base, table.hash_of(n), table.decoder)


def _take_in(
    case: Case, worker: MediaWorker, clip: Mapping[str, Any], folder: Path, done: Entered, ctx: JobContext
) -> None:
    received = intake.receive(case.paths, folder / clip["file"], case.known_hashes(), ctx)
    number = case.bus.run(c.add_exhibit(received, clip["title"], clip["acquisition"])).numbers[0]
    examination = intake.examine(worker, case.paths, received, ctx)
    case.bus.run(c.record_examination(number, examination))
    about = {k: done.number(v) for k, v in clip.items() if k in ("description", "repost_of")}
    if about:
        case.bus.run(c.edit(number, about))
    exhibit = case.queries.exhibit(number)
    if not exhibit.frames:
        raise CaseError(f"{clip['file']} of the exercise shows no frames ({exhibit.condition_note}). Install it again.")
    done.numbers[clip["id"]] = number
    done.tables[number] = intake.table_of(worker, case.paths, exhibit, ctx)


def _enter_claim(case: Case, claim: Mapping[str, Any], done: Entered) -> None:
    fields = {k: v for k, v in claim.items() if k in ("claimant", "dated", "language", "translation", "note")}
    command = c.add_claim(done.number(claim["source"]), claim["quote"], claim.get("at"), **fields)
    number = done.numbers[claim["id"]] = case.bus.run(command).numbers[0]
    for part in claim["propositions"]:
        split = c.split_claim(number, part["text"], part["type"], part.get("testable", ""))
        done.numbers[part["id"]] = case.bus.run(split).numbers[0]


def _enter_observation(case: Case, data: Mapping[str, Any], done: Entered) -> None:
    number = done.number(data["exhibit"])
    exhibit, table = case.queries.exhibit(number), done.tables[number]
    first, last = (frame_ref(exhibit, table, _frame(n, table)) for n in data["frames"])
    regions = [
        c.RegionDraft(
            frame=box["frame"],
            frame_hash=table.hash_of(box["frame"]),
            points=tuple(int(Fraction(v) * 16) for v in box["box"]),
            label=box.get("label", ""),
        )
        for box in data.get("boxes", ())
    ]
    low_best_high = data.get("count")
    command = c.add_observation(
        number,
        data["term"],
        first,
        last,
        statement=data["statement"],
        basis=data.get("basis", ""),
        presence=data.get("presence", "observed"),
        count=tuple(low_best_high) if low_best_high else None,
        legibility=data.get("legibility", ""),
        certainty=data.get("certainty", ""),
        attributes=data.get("attributes"),
        alternatives=data.get("alternatives", ""),
        sound=tuple(data["sound"]) if data.get("sound") else None,
        regions=regions,
    )
    done.numbers[data["id"]] = case.bus.run(command).numbers[0]


def _frame(n: int, table: FrameTable) -> int:
    """Return a frame number of the data; negative ones count from the end, so that -1 is the last frame."""
    return n if n >= 0 else len(table) + n

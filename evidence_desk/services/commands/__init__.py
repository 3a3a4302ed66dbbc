"""The commands: every change of a record that a window, a script or the sample case can ask for."""

from evidence_desk.services.commands.claims import add_claim, add_source, split_claim
from evidence_desk.services.commands.codebooks import set_codebook
from evidence_desk.services.commands.exhibits import add_exhibit, edit_sheet, record_examination, set_acquisition
from evidence_desk.services.commands.frames import frame_again, record_findings
from evidence_desk.services.commands.observations import RegionDraft, add_observation, add_region
from evidence_desk.services.commands.questions import add_link, add_question
from evidence_desk.services.commands.records import batch, edit, restore, withdraw
from evidence_desk.services.commands.regions import (
    accept_tracked,
    keep_track,
    place_region,
    remove_key_frame,
    set_key_frame,
    set_life,
)
from evidence_desk.services.commands.spans import merge_observations, move_span, split_observation
from evidence_desk.services.commands.syncs import add_moment, add_sync, name_moment, remove_moment, shared_moment

__all__ = [
    "RegionDraft",
    "accept_tracked",
    "add_claim",
    "add_exhibit",
    "add_link",
    "add_moment",
    "add_observation",
    "add_question",
    "add_region",
    "add_source",
    "add_sync",
    "batch",
    "edit",
    "edit_sheet",
    "frame_again",
    "keep_track",
    "merge_observations",
    "move_span",
    "name_moment",
    "place_region",
    "record_examination",
    "record_findings",
    "remove_key_frame",
    "remove_moment",
    "restore",
    "set_acquisition",
    "set_codebook",
    "set_key_frame",
    "set_life",
    "shared_moment",
    "split_claim",
    "split_observation",
    "withdraw",
]

"""The commands: every change of a record that a window, a script or the sample case can ask for."""

from evidence_desk.services.commands.claims import add_claim, add_source, split_claim
from evidence_desk.services.commands.exhibits import add_exhibit, edit_sheet, record_examination, set_acquisition
from evidence_desk.services.commands.frames import frame_again, record_findings
from evidence_desk.services.commands.observations import RegionDraft, add_observation, add_region
from evidence_desk.services.commands.questions import add_link, add_question
from evidence_desk.services.commands.records import batch, edit, restore, withdraw

__all__ = [
    "RegionDraft",
    "add_claim",
    "add_exhibit",
    "add_link",
    "add_observation",
    "add_question",
    "add_region",
    "add_source",
    "batch",
    "edit",
    "edit_sheet",
    "frame_again",
    "record_examination",
    "record_findings",
    "restore",
    "set_acquisition",
    "split_claim",
    "withdraw",
]

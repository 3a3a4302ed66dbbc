"""Links with their because, and questions with what would answer them."""

from __future__ import annotations

from evidence_desk.services.bus import Command
from evidence_desk.services.commands.records import AddRecord


def add_link(origin: str, target: str, relation: str, because: str) -> Command:
    """Tie an observation, exhibit or source to a claim or proposition."""
    return AddRecord("link", {"origin": origin, "target": target, "relation": relation, "because": because.strip()})


def add_question(text: str, would_answer: str, reason_code: str = "", bears_on: str = "", tried: str = "") -> Command:
    """Record what is not known; `bears_on` lists record numbers parted by commas."""
    values = {
        "text": text,
        "would_answer": would_answer,
        "reason_code": reason_code,
        "bears_on": bears_on,
        "tried": tried,
    }
    return AddRecord("question", values)

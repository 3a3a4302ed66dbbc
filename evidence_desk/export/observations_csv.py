"""Observations as CSV for a spreadsheet: one line each, with exhibit, exact frames and hashes."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from evidence_desk.export.content import Content
from evidence_desk.jobs import JobContext

COLUMNS = (
    "number",
    "exhibit",
    "exhibit_sha256",
    "term",
    "statement",
    "basis",
    "presence",
    "presence_reason",
    "time_base",
    "first_frame",
    "first_pts",
    "first_hash",
    "last_frame",
    "last_pts",
    "last_hash",
    "count_min",
    "count_best",
    "count_max",
    "legibility",
    "certainty",
    "alternatives",
    "created_by",
    "created_at",
    "revision",
    "withdrawn",
)


def write_csv(content: Content, target: Path, ctx: JobContext) -> None:
    """Write the observations, withdrawn ones too, as UTF-8 CSV with a header line."""
    ctx.progress(0, 1, "observations")
    hashes = {e["number"]: e["sha256"] for e in content.records.get("exhibits", ())}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in content.records.get("observations", ()):
        values = {**row, "exhibit_sha256": hashes.get(row["exhibit"], "")}
        writer.writerow([cell(values[name]) for name in COLUMNS])
    target.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode("utf-8"))
    ctx.progress(1, 1, "observations")


def cell(value: Any) -> str:
    """Return a cell's text; one that a spreadsheet would run as a formula is led by an apostrophe (CWE-1236)."""
    text = "" if value is None else str(value)
    harmless = isinstance(value, int) or not text.startswith(("=", "+", "-", "@", "\t", "\r"))
    return text if harmless else f"'{text}"

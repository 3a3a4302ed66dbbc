"""The whole case as JSON, and the schema that says what each field means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, get_origin, get_type_hints

from evidence_desk import resources
from evidence_desk.domain.records import KINDS, Kind
from evidence_desk.export.content import Content
from evidence_desk.jobs import JobContext

FORMAT = "evidence-desk case"
FORMAT_VERSION = 1


def case_json(content: Content) -> dict[str, Any]:
    """Return the document: format, version, the last change of a record, and every record of every kind."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "case_version": content.case_version,
        "content_head": dict(content.content_head),
        "records": {table: [dict(r) for r in rows] for table, rows in content.records.items()},
    }


def json_bytes(value: Any) -> bytes:
    """Return JSON for people and programs: UTF-8, indented, fields in their order, one line feed at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def write_json(content: Content, target: Path, ctx: JobContext) -> None:
    """Write the whole case as one JSON file."""
    ctx.progress(0, 1, "records")
    target.write_bytes(json_bytes(case_json(content)))
    ctx.progress(1, 1, "records")


def descriptions() -> dict[str, dict[str, str]]:
    """Return what each field of each kind means; the fields every record carries stand under "record"."""
    told: dict[str, dict[str, str]] = json.loads(resources.read_text("package", "fields.json"))
    return told


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `case_json`, with a description for every field."""
    told = descriptions()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A case of the Evidence Desk, complete",
        "type": "object",
        "required": ["format", "format_version", "case_version", "content_head", "records"],
        "properties": {
            "format": {"const": FORMAT},
            "format_version": {"const": FORMAT_VERSION},
            "case_version": {"type": "integer", "description": "Version of the case file the records come from."},
            "content_head": {
                "type": "object",
                "description": "The last event that changed a record: its place in audit.jsonl, its hash and moment.",
                "properties": {
                    "seq": {"type": "integer"},
                    "hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                    "at": {"type": "string"},
                },
            },
            "records": {
                "type": "object",
                "properties": {k.table: {"type": "array", "items": _kind_schema(k, told)} for k in KINDS},
            },
        },
    }


def _kind_schema(kind: Kind, told: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    hints = get_type_hints(kind.record)
    own, common = told.get(kind.name, {}), told["record"]
    properties = {
        f.name: {**_type(hints[f.name]), "description": own.get(f.name) or common[f.name]} for f in fields(kind.record)
    }
    required = [f.name for f in fields(kind.record) if f.default is MISSING]
    return {"title": kind.name, "type": "object", "properties": properties, "required": required}


def _type(hint: Any) -> dict[str, Any]:
    if hint is bool:
        return {"type": "boolean"}
    if hint is int:
        return {"type": "integer"}
    if hint is str:
        return {"type": "string"}
    if get_origin(hint) is tuple:
        return {"type": "array"}
    return {"type": ["object", "null"] if "dict" in str(hint) else ["integer", "null"]}

"""Version 1: the records of a case, its counters and its audit log. Frozen; never edited once released."""

from __future__ import annotations

import sqlite3

VERSION = 1
WHY = "The first form of the case file."

_TABLES = """
    CREATE TABLE case_sheets (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL,
        case_number TEXT NOT NULL DEFAULT '',
        mandate TEXT NOT NULL DEFAULT '',
        scope TEXT NOT NULL DEFAULT '',
        not_asked TEXT NOT NULL DEFAULT '',
        standard TEXT NOT NULL DEFAULT '',
        asked_by TEXT NOT NULL DEFAULT '',
        people TEXT,
        time_zone TEXT NOT NULL DEFAULT 'UTC',
        languages TEXT NOT NULL DEFAULT '',
        content_notice TEXT NOT NULL DEFAULT '',
        distribution TEXT NOT NULL DEFAULT ''
    ) STRICT;

    CREATE TABLE exhibits (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        sha512 TEXT NOT NULL,
        size INTEGER NOT NULL DEFAULT 0,
        received_name TEXT NOT NULL,
        vault_path TEXT NOT NULL,
        taken_in_at TEXT NOT NULL,
        condition TEXT NOT NULL DEFAULT 'not examined',
        condition_note TEXT NOT NULL DEFAULT '',
        stream INTEGER,
        time_base TEXT NOT NULL DEFAULT '',
        decoder TEXT NOT NULL DEFAULT '',
        frames INTEGER,
        declared_frames INTEGER,
        frames_digest TEXT NOT NULL DEFAULT '',
        first_pts INTEGER,
        last_pts INTEGER,
        length TEXT NOT NULL DEFAULT '',
        width INTEGER,
        height INTEGER,
        rotation INTEGER NOT NULL DEFAULT 0,
        variable_rate INTEGER NOT NULL DEFAULT 0,
        facts TEXT,
        examined_at TEXT NOT NULL DEFAULT ''
    ) STRICT;

    CREATE TABLE acquisitions (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        exhibit TEXT NOT NULL,
        source_url TEXT NOT NULL DEFAULT '',
        page_source TEXT NOT NULL DEFAULT '',
        page_capture TEXT NOT NULL DEFAULT '',
        embedded_media TEXT NOT NULL DEFAULT '',
        embedded_metadata TEXT NOT NULL DEFAULT '',
        context TEXT NOT NULL DEFAULT '',
        collected_by TEXT NOT NULL DEFAULT '',
        collected_at TEXT NOT NULL DEFAULT '',
        method TEXT NOT NULL DEFAULT '',
        tool TEXT NOT NULL DEFAULT '',
        hash_at_collection TEXT NOT NULL DEFAULT '',
        platform TEXT NOT NULL DEFAULT '',
        account TEXT NOT NULL DEFAULT '',
        posted_at TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT ''
    ) STRICT;

    CREATE TABLE sources (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL,
        kind TEXT NOT NULL DEFAULT '',
        publisher TEXT NOT NULL DEFAULT '',
        author TEXT NOT NULL DEFAULT '',
        dated TEXT NOT NULL DEFAULT '',
        url TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL DEFAULT '',
        reliability TEXT NOT NULL DEFAULT '',
        reliability_basis TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT ''
    ) STRICT;

    CREATE TABLE claims (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        source TEXT NOT NULL,
        quote TEXT NOT NULL,
        start INTEGER NOT NULL DEFAULT 0,
        end INTEGER NOT NULL DEFAULT 0,
        claimant TEXT NOT NULL DEFAULT '',
        dated TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT '',
        translation TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT ''
    ) STRICT;

    CREATE TABLE propositions (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        claim TEXT NOT NULL,
        text TEXT NOT NULL,
        type TEXT NOT NULL,
        testable TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT ''
    ) STRICT;

    CREATE TABLE observations (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        exhibit TEXT NOT NULL,
        term TEXT NOT NULL,
        statement TEXT NOT NULL DEFAULT '',
        basis TEXT NOT NULL DEFAULT 'seen',
        presence TEXT NOT NULL DEFAULT 'observed',
        stream INTEGER,
        time_base TEXT NOT NULL DEFAULT '',
        decoder TEXT NOT NULL DEFAULT '',
        first_frame INTEGER,
        first_pts INTEGER,
        first_hash TEXT NOT NULL DEFAULT '',
        last_frame INTEGER,
        last_pts INTEGER,
        last_hash TEXT NOT NULL DEFAULT '',
        sound_start INTEGER,
        sound_end INTEGER,
        sound_time_base TEXT NOT NULL DEFAULT '',
        attributes TEXT,
        count_min INTEGER,
        count_best INTEGER,
        count_max INTEGER,
        legibility TEXT NOT NULL DEFAULT '',
        certainty TEXT NOT NULL DEFAULT '',
        codebook TEXT NOT NULL DEFAULT ''
    ) STRICT;

    CREATE TABLE regions (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        observation TEXT NOT NULL,
        shape TEXT NOT NULL,
        frame INTEGER NOT NULL DEFAULT 0,
        frame_hash TEXT NOT NULL,
        points TEXT,
        label TEXT NOT NULL DEFAULT ''
    ) STRICT;

    CREATE TABLE links (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        origin TEXT NOT NULL,
        target TEXT NOT NULL,
        relation TEXT NOT NULL,
        because TEXT NOT NULL
    ) STRICT;

    CREATE TABLE questions (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL,
        would_answer TEXT NOT NULL,
        reason_code TEXT NOT NULL DEFAULT '',
        bears_on TEXT NOT NULL DEFAULT '',
        tried TEXT NOT NULL DEFAULT ''
    ) STRICT;

    CREATE TABLE codebooks (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL,
        version TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        terms TEXT
    ) STRICT;

    CREATE TABLE counters (prefix TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;

    CREATE TABLE events (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        record TEXT NOT NULL,
        kind TEXT NOT NULL,
        cause TEXT NOT NULL,
        content INTEGER NOT NULL,
        before TEXT,
        after TEXT,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE INDEX observations_by_exhibit ON observations (exhibit);
    CREATE INDEX regions_by_observation ON regions (observation);
    CREATE INDEX links_by_origin ON links (origin);
    CREATE INDEX links_by_target ON links (target);
    CREATE INDEX propositions_by_claim ON propositions (claim);
    CREATE INDEX events_by_record ON events (record);
"""

# UPDATE and DELETE triggers alone are passed by INSERT OR REPLACE: a sequence that must grow by one closes that door.
_TRIGGERS = """
    CREATE TRIGGER events_no_update BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
    CREATE TRIGGER events_no_delete BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
    CREATE TRIGGER events_in_order BEFORE INSERT ON events
        WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM events)
        BEGIN SELECT RAISE(ABORT, 'an event follows the last one'); END;
"""

_RECORDS = (
    "case_sheets",
    "exhibits",
    "acquisitions",
    "sources",
    "claims",
    "propositions",
    "observations",
    "regions",
    "links",
    "questions",
    "codebooks",
)


def apply(connection: sqlite3.Connection) -> None:
    """Make the tables, indexes and triggers."""
    for statement in (_TABLES + _TRIGGERS).split(";\n\n"):
        _run(connection, statement)
    for table in _RECORDS:
        connection.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END"
        )


def _run(connection: sqlite3.Connection, script: str) -> None:
    # executescript would commit the transaction that the step runs in.
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            connection.execute(pending)
            pending = ""
    if pending.strip():
        connection.execute(pending)

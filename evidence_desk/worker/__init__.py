"""The process that opens media: started by the desk, never imported by it. It sees one file at a time and no case."""

from __future__ import annotations


def main(arguments: list[str]) -> int:
    """Serve requests from stdin until it closes; return the exit status. `arguments` name the picture memory."""
    from evidence_desk.worker.serve import serve

    return serve(arguments)

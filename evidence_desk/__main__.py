"""The one entry point: the window, the command line, or a process that opens media or plays it.

Each part is imported only when it is the one asked for, so that the media worker never loads Qt
and the desk never loads a video decoder.
"""

import sys

WORKER_FLAG = "--worker"
PLAYER_FLAG = "--player"
PAINTED_FLAG = "--until-painted"


def main(argv: list[str] | None = None) -> int:
    """Run what `argv` (default: the process's arguments) asks for and return its exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == [WORKER_FLAG]:
        from evidence_desk.worker import main as worker_main

        return worker_main(arguments[1:])
    if arguments[:1] == [PLAYER_FLAG]:
        from evidence_desk.worker.player import serve_player

        return serve_player(arguments[1:])
    if arguments == [PAINTED_FLAG]:
        from evidence_desk.app import run

        return run([], until_painted=True)
    if arguments and not _for_the_window(arguments):
        from evidence_desk.cli import main as cli_main

        return cli_main(arguments)
    from evidence_desk.app import run

    return run(arguments)


def _for_the_window(arguments: list[str]) -> bool:
    """Tell whether these open the window: a case folder, and who works in it; all else is the command line's."""
    named = 1 if arguments[0].startswith("--as=") else 2 if arguments[0] == "--as" else 0
    if len(arguments) < named:
        return False
    places = arguments[named:]
    return not places or places[0].rstrip("/\\").endswith(".edcase")


if __name__ == "__main__":
    sys.exit(main())

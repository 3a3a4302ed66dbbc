"""Starts Evidence Desk, preparing on the first start what is missing.

    python3 packaging/run.py               the sample case, made and opened (paths only, where there is no display)
    python3 packaging/run.py -- ARGS       evidence-desk ARGS, e.g.  -- new MyCase --title "A first look"

Standard library only. Its own messages go to stderr; stdout, stdin, working directory and exit status are the desk's.
"""

import sys

if not (3, 11) <= sys.version_info < (3, 14):
    sys.stderr.write(
        "Evidence Desk needs Python 3.11, 3.12 or 3.13; this is {}.{}. Start it with one of those, for example: "
        "python3.12 packaging/run.py\n".format(*sys.version_info[:2])
    )
    sys.exit(1)

import signal
import subprocess
from types import FrameType

import setup_environment


def main() -> int:
    """Prepare, start the desk, and return its exit status."""
    own = sys.argv[1:]
    if own and own[0] != "--":
        asked = own[0] in ("-h", "--help")
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    arguments = own[1:] if own else ["demo", "--open"]
    try:
        setup_environment.prepare("run")
    except setup_environment.SetupFailed as failure:
        setup_environment.say(str(failure))
        return 1
    except KeyboardInterrupt:
        setup_environment.say("Stopped. The next start goes on from a clean state.")
        return 1
    return start([str(setup_environment.python()), "-P", "-m", "evidence_desk", *arguments])


def start(command: list[str]) -> int:
    """Run `command` in this terminal and return its exit status; 1 and one line where a signal ended it."""
    # -P above: a file lying in the working folder, named like one of our libraries, must not be loaded instead.
    # Ctrl+C reaches the child by itself, and what it then does is its own affair: we only wait.
    signal.signal(signal.SIGINT, lambda _number, _frame: None)
    child = subprocess.Popen(command, env=setup_environment.clean_variables())

    def pass_on(number: int, _frame: "FrameType | None") -> None:
        child.send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, pass_on)
    status = child.wait()
    if status < 0:
        name = signal.Signals(-status).name
        setup_environment.say(f"Evidence Desk was ended by {name}. What was saved before that is safe.")
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())

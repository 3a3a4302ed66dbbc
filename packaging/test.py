"""Checks everything: format, lint, types, layers, then the tests, whose summary comes last.

    python3 packaging/test.py                    all of it
    python3 packaging/test.py --quick            a minute: no slow tests, no windows
    python3 packaging/test.py --coverage         all of it, and how much of each layer the tests reach
    python3 packaging/test.py [--quick] -- ARGS  ARGS go to pytest, e.g.  -- -k audit

Standard library only. The exit status is that of the first step that failed.
"""

import sys

if not (3, 11) <= sys.version_info < (3, 14):
    sys.stderr.write(
        "Evidence Desk needs Python 3.11, 3.12 or 3.13; this is {}.{}. Start this with one of those, for example: "
        "python3.12 packaging/test.py\n".format(*sys.version_info[:2])
    )
    sys.exit(1)

import os
import subprocess
import time

import setup_environment
from setup_environment import REPOSITORY, say

QUICK_TESTS = ["tests/unit", "tests/contract", "tests/architecture"]


def main() -> int:
    """Prepare, run every step, return the status of the first that failed."""
    own, for_pytest = _split(sys.argv[1:])
    if set(own) - {"--quick", "--coverage"}:
        print(__doc__, file=sys.stderr)
        return 0 if set(own) & {"-h", "--help"} else 2
    try:
        setup_environment.prepare("test")
    except setup_environment.SetupFailed as failure:
        say(str(failure))
        return 1
    failed: list[tuple[str, int]] = []
    for name, command in _checks():
        status = _step(name, command)
        if status:
            failed.append((name, status))
    if failed:
        say("\nNot passed before the tests: " + ", ".join(name for name, _ in failed))
    status = _tests("--quick" in own, "--coverage" in own, for_pytest)
    return failed[0][1] if failed else status


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def _checks() -> list[tuple[str, list[str]]]:
    here = str(setup_environment.python())
    linter = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return [
        ("format", [here, "-m", "ruff", "format", "--check", "."]),
        ("lint", [here, "-m", "ruff", "check", "."]),
        ("types", [here, "-m", "mypy"]),
        ("types of packaging", [here, "-m", "mypy", "packaging"]),
        ("layers", [here, "-c", linter]),
    ]


def _tests(quick: bool, coverage: bool, more: list[str]) -> int:
    # Two processes: the machines this runs on have two cores. One module's tests stay together, and so share what is
    # dear to make: a sample case, a window, a virtual screen.
    command = [str(setup_environment.python()), "-m", "pytest", "-q", "-n", "2", "--dist", "loadscope"]
    if quick:
        command += ["-m", "not slow and not journey", *(path for path in QUICK_TESTS if (REPOSITORY / path).is_dir())]
    if coverage:
        command += ["--cov", "--cov-report="]
    status = _step("tests", [*command, *more])
    if coverage:
        subprocess.run([str(setup_environment.python()), str(setup_environment.PACKAGING / "coverage_by_layer.py")],
                       cwd=REPOSITORY, check=False)  # fmt: skip
    return status


def _step(name: str, command: list[str]) -> int:
    """Run one step from the repository's root, telling its name and duration; return its exit status."""
    say(f"\n== {name}")
    started = time.monotonic()
    variables = setup_environment.clean_variables()
    if name == "types of packaging":
        # These are scripts beside each other, not a package: a package of that name is a library.
        folders = [setup_environment.PACKAGING, setup_environment.PACKAGING / "exercise"]
        variables["MYPYPATH"] = os.pathsep.join(str(folder) for folder in folders)
    try:
        status = subprocess.run(command, cwd=REPOSITORY, env=variables, check=False).returncode
    except KeyboardInterrupt:
        return 1
    sys.stdout.flush()
    if name != "tests":
        say(f"   {'passed' if status == 0 else 'FAILED'} in {time.monotonic() - started:.1f} s")
    return status if status >= 0 else 1


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())

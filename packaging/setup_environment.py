"""Prepares what Evidence Desk needs on this machine: system libraries, a private environment, the typefaces.

Standard library only, and shared by run.py and test.py. Every step is skipped where its result is already there;
messages go to stderr and are written for the person at the keyboard. Tried on Debian 12 and Ubuntu's naming of
libraries; the branches for Windows and macOS are written but UNTRIED.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGING = REPOSITORY / "packaging"
ENVIRONMENT = REPOSITORY / ".venv"
STAMP = ENVIRONMENT / "evidence-desk-stamp.json"
HALF_MADE = ENVIRONMENT / "evidence-desk-half-made"
LOG = ENVIRONMENT / "evidence-desk-setup.log"
LOCKS = {"run": PACKAGING / "requirements.lock", "test": PACKAGING / "requirements-dev.lock"}
FONT_SOURCES = ("evidence_desk/fonts.py", "evidence_desk/symbol_font.py", "packaging/cut_fonts.py")
# Raised when a prepared environment has to be prepared again although no input of it changed.
RECIPE = 2
NEEDED_BYTES = 1_800_000_000

# What PySide6's window plug-in and OpenCV load at run time and their wheels do not carry.
APT_RUN = (
    "libbrotli1",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libgssapi-krb5-2",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
# What plays with sound. vlc-plugin-base holds decoding, the way out for pictures, PulseAudio (so PipeWire) and ALSA;
# libvlc-bin keeps the list of plug-ins without which each start would look at all of them. The desk runs without.
APT_PLAY = ("libvlc-bin", "libvlc5", "vlc-plugin-base")
APT_TEST = ("ffmpeg", "poppler-utils", "qpdf", "xdotool", "xvfb")

# What pip and venv say, and what a person should read instead.
TROUBLES = (
    (
        ("No space left on device", "Errno 28"),
        "The disk is full. Free about 2 GB and run this again.",
    ),
    (
        ("Temporary failure in name resolution", "NewConnectionError", "ConnectTimeoutError", "Network is unreachable",
         "getaddrinfo failed", "nodename nor servname", "ProxyError", "Read timed out", "Connection refused"),
        "The package index cannot be reached. Only the first start needs the network; the desk itself never does.",
    ),
    (
        ("DO NOT MATCH THE HASHES",),
        "A downloaded package is not the one that was locked, and was not installed. Try another network or mirror.",
    ),
    (
        ("No matching distribution found", "is not a supported wheel on this platform"),
        "A locked package has no build for this system (wanted: 64-bit Linux with glibc 2.34 or newer, Windows 10, "
        "macOS 13 or newer).",
    ),
    (
        ("Permission denied", "Read-only file system"),
        f"{REPOSITORY} cannot be written. Copy the folder to a place of your own and run this again.",
    ),
)  # fmt: skip


class SetupFailed(Exception):
    """The environment could not be prepared; the text is the one line to show."""


def say(text: str) -> None:
    """Show one line to the person, never on stdout, which belongs to the program that is started."""
    print(text, file=sys.stderr, flush=True)


def python() -> Path:
    """The Python of the private environment."""
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / "python.exe"
    return ENVIRONMENT / "bin" / "python"


def clean_variables() -> dict[str, str]:
    """This process's variables without those that would mix another Python's packages into the locked ones."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    if os.name == "nt":  # untried; elsewhere Python speaks UTF-8 by itself
        kept.setdefault("PYTHONUTF8", "1")
    return kept


def prepare(level: str) -> None:
    """Prepare for running ("run") or for running and testing ("test"). Raises SetupFailed with one line."""
    _system_packages(APT_RUN + (APT_TEST if level == "test" else ()))
    if _is_prepared(level):
        return
    # Once, and never in the way: play without sound is told of by the desk itself.
    _player_packages()
    try:
        with _one_at_a_time():
            if not _is_prepared(level):
                _make_environment(level)
    except OSError as error:
        raise SetupFailed(_explain(str(error))) from error


# ------------------------------------------------------------------------------------------------ system packages


def _is_debian() -> bool:
    try:
        text = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return False
    words = {word for line in text.splitlines() if line.startswith(("ID=", "ID_LIKE=")) for word in
             line.split("=", 1)[1].strip().strip('"').split()}  # fmt: skip
    return bool(words & {"debian", "ubuntu"}) and shutil.which("dpkg-query") is not None


def _missing(wanted: Sequence[str]) -> list[str]:
    """Those of the Debian packages that are not installed. Newer releases call some of them NAMEt64."""
    names = [name for package in wanted for name in (package, package + "t64")]
    answer = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    installed = {line.split()[0] for line in answer.stdout.splitlines() if line.endswith(" installed")}
    return [package for package in wanted if not installed & {package, package + "t64"}]


def _system_packages(wanted: Sequence[str]) -> None:
    """Install missing system libraries as root, else name the command; the desk starts with what there is."""
    if not _is_debian():
        return
    missing = _missing(wanted)
    if missing and not _install(missing):
        say("Some system libraries are missing; parts of the desk may not work. To add them:")
        say("  sudo apt-get install " + " ".join(missing))


def _player_packages() -> None:
    """Install what plays with sound as root, else name the command; nothing waits for it."""
    if not _is_debian():
        return
    missing = _missing(APT_PLAY)
    if missing and not _install(missing):
        say("Clips will play without sound until libvlc is there; all else works. To add it:")
        say("  sudo apt-get install " + " ".join(missing))


def _install(packages: Sequence[str]) -> bool:
    """Install Debian packages if this is root; tell whether they are there now."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    say("Installing system libraries: " + " ".join(packages))
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "--quiet=2", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=120"]
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    for command in ([*apt, "update"], install):
        # stdin belongs to the program that is started afterwards.
        done = subprocess.run(
            command, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        say("apt-get: " + (done.stderr.strip().splitlines() or ["no message"])[-1])
    return not _missing(packages)


# ------------------------------------------------------------------------------------------------ the environment


def _key() -> str:
    """What the environment is made from; a change of any of it makes it anew."""
    digest = hashlib.sha256()
    version = ".".join(str(part) for part in sys.version_info[:3])
    for text in (str(RECIPE), version, sys.platform, str(ENVIRONMENT)):
        digest.update(text.encode() + b"\0")
    for path in (*LOCKS.values(), *(REPOSITORY / name for name in FONT_SOURCES)):
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def _site_packages() -> Path:
    if os.name == "nt":
        return ENVIRONMENT / "Lib" / "site-packages"
    return ENVIRONMENT / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


def _packages() -> list[str]:
    return sorted(path.name for path in _site_packages().glob("*.dist-info") if (path / "RECORD").is_file())


def _read_stamp() -> dict[str, Any]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _is_prepared(level: str) -> bool:
    """Tell in milliseconds whether nothing is left to do: the stamp fits and everything it names is there."""
    stamp = _read_stamp()
    return (
        not _is_lent()
        and stamp.get("key") == _key()
        and level in stamp.get("levels", [])
        and python().exists()
        and not HALF_MADE.exists()
        and set(stamp.get("packages", ["?"])) <= set(_packages())
    )


def _is_lent() -> bool:
    """Tell whether the environment is a link: preparing another checkout's would turn that one to ours."""
    return ENVIRONMENT.is_symlink()


def _make_environment(level: str) -> None:
    stamp = {} if _is_lent() else _read_stamp()
    if "test" in stamp.get("levels", []):
        level = "test"  # what was prepared for tests stays so when the locks change
    free = shutil.disk_usage(REPOSITORY).free
    fresh = _is_lent() or HALF_MADE.exists() or not _works()
    if fresh and free < NEEDED_BYTES:
        raise SetupFailed(f"Not enough disk space in {REPOSITORY}: {free // 10**6} MB free, about 1800 MB needed.")
    if _is_lent():
        say(".venv is a link to another environment, which stays as it is; this checkout gets its own.")
    say("Preparing Evidence Desk; this happens once, takes a minute or two and about 1 GB of disk.")
    if fresh:
        _create()
    HALF_MADE.touch()
    STAMP.unlink(missing_ok=True)
    _install_locked(LOCKS[level])
    # The checkout itself is what runs, from whatever folder it is started. Written in ASCII, because each Python reads
    # such a file in its own encoding.
    line = f"import sys; sys.path.append({str(REPOSITORY)!a})\n"
    (_site_packages() / "evidence_desk_checkout.pth").write_text(line, encoding="ascii")
    _logged([str(python()), str(PACKAGING / "cut_fonts.py")])
    levels = ["run", "test"] if level == "test" else ["run"]
    stamp = {"key": _key(), "levels": levels, "packages": _packages()}
    STAMP.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    HALF_MADE.unlink()
    say("Ready.")


def _works() -> bool:
    """Tell whether there is an environment of this very Python that can be added to."""
    if not python().exists() or not _site_packages().is_dir():
        return False
    question = "import sys, pip; print(*sys.version_info[:3], sep='.')"
    try:
        answer = subprocess.run([str(python()), "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() == ".".join(str(part) for part in sys.version_info[:3])


def _create() -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not (_is_debian() and _install([package])):
            hint = f"sudo apt-get install {package}" if _is_debian() else "the full installer from your Python's makers"
            raise SetupFailed(f"This Python has no venv module. Add it with: {hint}")
        importlib.invalidate_caches()
    if ENVIRONMENT.is_symlink() or ENVIRONMENT.is_file():
        ENVIRONMENT.unlink()
    elif ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    ENVIRONMENT.mkdir()
    HALF_MADE.touch()
    _logged([sys.executable, "-m", "venv", str(ENVIRONMENT)])


def _install_locked(lock: Path) -> None:
    """Install exactly what the lock names. The person's own pip settings (index, proxy, certificates) stay in force."""
    command = [
        str(python()), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input", "--no-user",
        "--disable-pip-version-check", "--progress-bar", "off",
        # Nothing is compiled here: a package without a build for this system is an error that can be told plainly.
        # bagit alone is published as plain Python source.
        "--only-binary", ":all:", "--no-binary", "bagit", "--requirement", str(lock),
    ]  # fmt: skip
    _logged(command)


def _logged(command: Sequence[str]) -> None:
    """Run one step of the set-up, its output in the log; raise SetupFailed with one line if it fails."""
    variables = clean_variables()
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_REQUIREMENT", "PIP_CONSTRAINT"):
        variables.pop(name, None)
    with LOG.open("a", encoding="utf-8") as log:
        log.write("\n> " + " ".join(command) + "\n")
        log.flush()
        start = log.tell()
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=variables, check=False
        )
    if done.returncode != 0:
        with LOG.open("rb") as log_bytes:
            log_bytes.seek(start)
            raise SetupFailed(_explain(log_bytes.read().decode("utf-8", "replace")))


def _explain(output: str) -> str:
    """One plain line for what went wrong, from what a tool printed."""
    for signs, line in TROUBLES:
        if any(sign in output for sign in signs):
            return line
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("ERROR", "Error", "error"))]
    last = (told or lines or ["no message"])[-1]
    return f"Set-up stopped: {last} (the whole output is in {LOG})"


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold off a second set-up of the same checkout until this one is done. The system drops the lock with us."""
    with (REPOSITORY / ".venv.lock").open("a+b") as file:
        if os.name == "nt":  # untried
            import msvcrt

            locking: Any = msvcrt
            locking.locking(file.fileno(), locking.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield

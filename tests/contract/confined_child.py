"""Run by a test as a process of its own: locks itself in with a file and then tries everything it must not do.

`python confined_child.py KIND FILE PLANS`: PLANS is JSON with paths, ports and sockets made by the test. Prints JSON:
the protections, and for each attempt "done" or the name of the error.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidence_desk.worker.confinement import confine
from evidence_desk.worker.limits import apply_limits

MEDIA = Path(sys.argv[2])
PLANS: dict[str, Any] = json.loads(sys.argv[3])
OPEN_BEFORE = Path(PLANS["other"]).open("rb")  # noqa: SIM115 - open for the life of this process
LIBC = ctypes.CDLL(None, use_errno=True)


def connect(family: int, address: Any) -> None:
    with socket.socket(family) as one:
        one.settimeout(2)
        one.connect(address)


def send_datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", ("127.0.0.1", PLANS["port"]))


def fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def c_call(name: str, *arguments: Any) -> None:
    if getattr(LIBC, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)


def reopen() -> None:
    Path(f"/proc/self/fd/{OPEN_BEFORE.fileno()}").read_bytes()


def more_memory() -> None:
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard + 1))


def own_thread() -> None:
    done: list[int] = []
    thread = threading.Thread(target=lambda: done.append(1))
    thread.start()
    thread.join()
    assert done == [1]


def thread_reads_other() -> None:
    said: list[str] = []

    def run() -> None:
        said.append(tried(lambda: Path(PLANS["other"]).read_bytes()))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if said != ["done"]:
        raise PermissionError(errno.EACCES, "in a thread")


def late_import() -> None:
    import sqlite3  # noqa: F401  # any module that nothing above has loaded, with a library of its own
    import wave  # noqa: F401


def own_memory() -> None:
    descriptor = os.memfd_create("x")
    os.write(descriptor, b"x")
    os.close(descriptor)


ATTEMPTS: dict[str, Callable[[], Any]] = {
    "read its file": MEDIA.read_bytes,
    "import late": late_import,
    "start a thread": own_thread,
    "make memory": own_memory,
    "read another file": lambda: Path(PLANS["other"]).read_bytes(),
    "read another file in a thread": thread_reads_other,
    "read another file by a link": lambda: Path(PLANS["link"]).read_bytes(),
    "read the home folder": lambda: list(Path(PLANS["home"]).iterdir()),
    "list its own folder": lambda: list(MEDIA.parent.iterdir()),
    "read passwords": lambda: Path("/etc/shadow").read_bytes(),
    "read its memory map": lambda: Path("/proc/self/maps").read_bytes(),
    "open again what was open before": reopen,
    "write to its file": lambda: MEDIA.open("r+b").close(),
    "make a file": lambda: Path(PLANS["home"], "new").write_bytes(b"x"),
    "make a file in the temporary folder": lambda: Path("/tmp", f"new-{os.getpid()}").write_bytes(b"x"),
    "remove its file": MEDIA.unlink,
    "rename its file": lambda: MEDIA.rename(MEDIA.with_name("renamed")),
    "link to another file": lambda: os.link(PLANS["other"], MEDIA.with_name("hard")),
    "change its file's mode": lambda: MEDIA.chmod(0o777),
    "make a folder": lambda: MEDIA.with_name("folder").mkdir(),
    "connect to loopback": lambda: connect(socket.AF_INET, ("127.0.0.1", PLANS["port"])),
    "connect to loopback, IPv6": lambda: connect(socket.AF_INET6, ("::1", PLANS["port"])),
    "send a datagram": send_datagram,
    "connect to a socket of this machine": lambda: connect(socket.AF_UNIX, PLANS["socket"]),
    "connect to the sound server": lambda: connect(socket.AF_UNIX, str(Path(PLANS["runtime"], "pulse", "native"))),
    "see that another file is there": Path(PLANS["other"]).stat,
    "connect to a nameless socket": lambda: connect(socket.AF_UNIX, "\0" + PLANS["abstract"]),
    "make a pair of sockets": socket.socketpair,
    "start a program": lambda: subprocess.run(["/bin/true"], check=True),
    "become a program": lambda: os.execv("/bin/true", ["true"]),
    "fork": fork,
    "signal its parent": lambda: os.kill(os.getppid(), 0),
    "signal its group": lambda: os.kill(0, signal.SIGCONT),
    "trace its parent": lambda: c_call("ptrace", 16, os.getppid(), 0, 0),
    "mount": lambda: c_call("mount", b"none", b"/tmp", b"tmpfs", 0, None),
    "leave its namespace": lambda: c_call("unshare", 0x10000000),
    "become another user": lambda: os.setuid(os.getuid()),
    "allow itself more memory": more_memory,
}


def tried(attempt: Callable[[], Any]) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    except ValueError as error:
        return type(error).__name__
    return "done"


if __name__ == "__main__":
    apply_limits()
    protections = confine(sys.argv[1], str(MEDIA))
    answers = {name: tried(run) for name, run in ATTEMPTS.items()}
    sys.stdout.write(json.dumps({"protections": protections.to_json(), **answers}))

"""A process that opens media, locked in: what it may do, what it may not, and the same without the kernel's help."""

from __future__ import annotations

import json
import os
import platform
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidence_desk.media.client import MediaWorker
from evidence_desk.media.protections import PROTECTIONS, Protections, protections_from
from evidence_desk.worker import landlock
from evidence_desk.worker.syscall_filter import build_filter
from tests.contract.clips import Clip, make_clip

CHILD = Path(__file__).with_name("confined_child.py")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the protections are those of Linux")
ALLOWED = ("read its file", "import late", "start a thread", "make memory")
SEEN = "see that another file is there"  # its name and size; Landlock covers opening and listing
PLAYER_TOO = ("connect to the sound server", "make a pair of sockets")


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Give a home folder with a file, and servers that would answer."""
    home = tmp_path_factory.mktemp("home")
    other = home / "letter.txt"
    other.write_bytes(b"private")
    runtime = home / "run"
    (runtime / "pulse").mkdir(parents=True)
    link = home / "link.mp4"
    link.symlink_to(other)
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as local,
        socket.socket(socket.AF_UNIX) as sound,
    ):
        local.bind(str(home / "s"))
        sound.bind(str(runtime / "pulse/native"))
        sound.listen()
        local.listen()
        with socket.socket(socket.AF_UNIX) as nameless:
            nameless.bind(f"\0{home.name}-{os.getpid()}")
            nameless.listen()
            yield {
                "runtime": str(runtime),
                "home": str(home),
                "other": str(other),
                "link": str(link),
                "port": server.getsockname()[1],
                "socket": str(home / "s"),
                "abstract": f"{home.name}-{os.getpid()}",
            }


def tries(kind: str, plans: dict[str, Any], tmp_path: Path) -> tuple[Protections, dict[str, str]]:
    media = tmp_path / "clip.mp4"
    media.write_bytes(b"a film")
    done = subprocess.run(
        [sys.executable, str(CHILD), kind, str(media), json.dumps(plans)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(CHILD.parents[2]), "XDG_RUNTIME_DIR": plans["runtime"]},
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert media.read_bytes() == b"a film"
    return protections_from(found.pop("protections")), found


@LINUX
def test_the_decoder_reaches_its_file_and_nothing_else(plans: dict[str, Any], tmp_path: Path) -> None:
    protections, found = tries("decoder", plans, tmp_path)
    if protections.off:
        pytest.skip(f"not all protections are to be had here: {protections.off}")
    assert set(protections.on) == set(PROTECTIONS)
    for name, outcome in found.items():
        assert (outcome == "done") == (name in (*ALLOWED, SEEN)), f"{name}: {outcome}"


@LINUX
def test_the_player_reaches_a_sound_server_besides(plans: dict[str, Any], tmp_path: Path) -> None:
    protections, found = tries("player", plans, tmp_path)
    if protections.off:
        pytest.skip(f"not all protections are to be had here: {protections.off}")
    for name, outcome in found.items():
        assert (outcome == "done") == (name in ALLOWED + PLAYER_TOO), f"{name}: {outcome}"


@LINUX
def test_a_path_that_is_no_file_leaves_none(plans: dict[str, Any], tmp_path: Path) -> None:
    if not landlock.version():
        pytest.skip("the kernel has no Landlock")
    code = (
        "import os, sys\n"
        "from evidence_desk.worker.confinement import confine\n"
        "confine('decoder', sys.argv[1])\n"
        "try:\n    os.listdir(sys.argv[2])\n"
        "except PermissionError:\n    print('refused')\n"
    )
    for path in (plans["home"], "", str(tmp_path / "absent")):
        done = subprocess.run(
            [sys.executable, "-c", code, path, plans["home"]], capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "refused"


def test_a_machine_without_these_means_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    from evidence_desk.worker import confinement

    monkeypatch.setattr("sys.platform", "darwin")
    found = confinement.confine("decoder", "")
    assert found.on == ("process", "limits")
    assert {name for name, _ in found.off} | set(found.on) == set(PROTECTIONS)


@LINUX
@pytest.mark.parametrize("missing", ["landlock", "seccomp"])
def test_what_the_kernel_lacks_is_said_and_the_rest_is_on(missing: str, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"private")
    patch = {
        "landlock": "landlock.version = lambda: 0",
        "seccomp": "confinement.load_filter = lambda kind: 'the kernel refused the filter'",
    }[missing]
    code = (
        "import json, os, sys\n"
        "from evidence_desk.worker import confinement, landlock\n"
        f"{patch}\n"
        "found = confinement.confine('decoder', '')\n"
        "writes = False\n"
        "try:\n    os.close(os.open('/dev/null', os.O_WRONLY)); writes = True\n"
        "except OSError:\n    pass\n"
        "print(json.dumps([found.to_json(), writes, os.path.exists(sys.argv[1])]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(letter)], capture_output=True, text=True, check=True)
    data, writes, seen = json.loads(done.stdout)
    found = protections_from(data)
    off = dict(found.off)
    assert set(found.on).isdisjoint(off)
    assert set(found.on) | set(off) == set(PROTECTIONS)
    assert off.keys() == ({"files"} if missing == "landlock" else {"network", "services", "programs", "others"})
    assert not writes
    assert seen == ("hidden instead" not in off.get("files", ""))


@pytest.mark.parametrize("machine", ["x86_64", "aarch64", "riscv64"])
@pytest.mark.parametrize("kind", ["decoder", "player"])
def test_every_path_through_the_filter_ends_in_an_answer(machine: str, kind: str) -> None:
    program = build_filter(kind, machine, 4711)
    assert len(program) < 4096
    for place, (code, yes, no, _) in enumerate(program):
        if code & 7 == 5:  # a jump
            assert place + 1 + max(yes, no) < len(program)
    assert program[-1][0] == 0x06


@LINUX
@pytest.mark.skipif(platform.machine() != "x86_64", reason="compared with the table of this machine")
def test_the_numbers_are_those_of_the_kernel_headers() -> None:
    import re

    from evidence_desk.worker import syscall_filter as source

    lists = (source._NETWORK, source._SHARED, source._ALWAYS, source._ABSENT, source._OWN, source._CLONE)
    calls = " ".join((*lists, source._LIMIT, source._OPEN, source._OPENAT, source._IOCTL, source._FCNTL)).split()
    for column, header in (
        (1, "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
        (2, "/usr/include/asm-generic/unistd.h"),
    ):
        if not Path(header).is_file():
            pytest.skip("no kernel headers here")
        text = Path(header).read_text()
        known = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text))
        for call in calls:
            name, number = call.split(":")[0], call.split(":")[column]
            assert known.get(name, "-") == number, call


@LINUX
def test_a_running_worker_says_what_holds_it(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", Clip(frames=3))
    with MediaWorker() as worker:
        asked = worker.protections()
        worker.probe(clip)
        assert asked.kind == "decoder"
        assert "process" in asked.on
        if landlock.version():
            assert "files" in asked.on, asked.off  # not so where a library starts a thread as it is imported
        status = Path(f"/proc/{worker.pids[0]}/status").read_text()
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    if "programs" in asked.on:
        assert fields["Seccomp"] == "2"
    if "privileges" in asked.on:
        assert int(fields["CapEff"], 16) == int(fields["CapPrm"], 16) == 0
        assert fields["NoNewPrivs"] == "1"


@LINUX
def test_nonsense_about_protections_is_no_protection() -> None:
    for data in ({}, {"on": 3, "off": [], "kind": ""}, {"on": [], "off": [["a"]], "kind": ""}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            protections_from(data)


def limited(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process that has set its limits."""
    start = "import os, resource, tempfile\nfrom evidence_desk.worker.limits import apply_limits, probing_limit\n"
    return subprocess.run(
        [sys.executable, "-c", f"{start}apply_limits()\n{code}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@LINUX
def test_looking_at_a_file_ends_when_it_takes_too_much_processor_time() -> None:
    done = limited("with probing_limit(0):\n    while True: pass\n")
    assert done.returncode == -signal.SIGXCPU
    after = limited("before = resource.getrlimit(resource.RLIMIT_CPU)\nwith probing_limit(0): pass\n"
                    "assert resource.getrlimit(resource.RLIMIT_CPU) == before\n")  # fmt: skip
    assert after.returncode == 0, after.stderr


@LINUX
def test_memory_files_and_what_they_may_grow_to_are_bounded() -> None:
    assert "MemoryError" in limited("bytearray(1 << 44)").stderr
    assert "Too many open files" in limited("kept = [os.open('/dev/null', os.O_RDONLY) for _ in range(500)]").stderr
    grown = limited("file = tempfile.TemporaryFile()\nfile.truncate(1 << 30)\n")
    assert "File too large" in grown.stderr
    assert limited("assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0").returncode == 0

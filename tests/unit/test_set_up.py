"""The scripts that prepare and start the desk: what passes through, and what a person reads when something is wrong."""

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

STARTER = """
import sys
sys.path.insert(0, {packaging!r})
import run
sys.exit(run.start([sys.executable, "-c", {program!r}]))
"""


@pytest.fixture(scope="module")
def set_up(repository: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "setup_environment", repository / "packaging" / "setup_environment.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _start(repository: Path, program: str, folder: Path, words: str = "") -> "subprocess.CompletedProcess[str]":
    starter = STARTER.format(packaging=str(repository / "packaging"), program=program)
    command = [sys.executable, "-c", starter]
    return subprocess.run(command, cwd=folder, input=words, capture_output=True, text=True, check=False, timeout=60)


def test_input_folder_and_status_pass_through(repository: Path, tmp_path: Path) -> None:
    program = "import os, sys; print(os.getcwd()); print(sys.stdin.read()); sys.exit(7)"
    done = _start(repository, program, tmp_path, "so it is")
    assert (done.returncode, done.stdout.split("\n")[:2]) == (7, [str(tmp_path), "so it is"])
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are POSIX")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGSEGV", "SIGTERM"])
def test_death_by_signal_is_status_one_and_one_line(repository: Path, tmp_path: Path, name: str) -> None:
    done = _start(repository, f"import os, signal; os.kill(os.getpid(), signal.{name})", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert name in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are POSIX")
def test_termination_reaches_the_child(repository: Path) -> None:
    program = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(5))\n"
        "print('up', flush=True)\n"
        "time.sleep(30)"
    )
    starter = STARTER.format(packaging=str(repository / "packaging"), program=program)
    with subprocess.Popen([sys.executable, "-c", starter], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert running.stdout.readline() == "up\n"
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=30) == 5


def test_other_arguments_are_a_usage_error(repository: Path) -> None:
    command = [sys.executable, str(repository / "packaging" / "run.py")]
    wrong = subprocess.run([*command, "demo"], capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "run.py -- ARGS" in wrong.stderr
    asked = subprocess.run([*command, "--help"], capture_output=True, text=True, check=False)
    assert (asked.returncode, asked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError('<pip>: Failed to establish a new connection')", "cannot be reached"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "was not installed"),
        ("ERROR: No matching distribution found for av==18.1.0", "no build for this system"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "cannot be written"),
        ("noise\nERROR: something new\nmore noise", "ERROR: something new"),
        ("", "no message"),
    ],
)
def test_troubles_are_told_in_one_line(set_up: ModuleType, printed: str, told: str) -> None:
    line = set_up._explain(printed)
    assert told in line
    assert "\n" not in line


def test_a_missing_player_is_named_and_stops_nothing(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "_is_debian", lambda: True)
    monkeypatch.setattr(set_up, "_missing", lambda wanted: [p for p in wanted if "vlc" in p])
    monkeypatch.setattr(set_up, "_install", lambda _: False)
    assert not [p for p in set_up.APT_RUN if "vlc" in p]
    set_up._player_packages()
    assert "sudo apt-get install libvlc-bin libvlc5 vlc-plugin-base" in capsys.readouterr().err


def test_stamp_is_worth_nothing_when_a_package_is_gone(
    set_up: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = tmp_path / ".venv"
    monkeypatch.setattr(set_up, "ENVIRONMENT", environment)
    monkeypatch.setattr(set_up, "STAMP", environment / "stamp.json")
    monkeypatch.setattr(set_up, "HALF_MADE", environment / "half-made")
    record = set_up._site_packages() / "av-1.dist-info" / "RECORD"
    for path in (record, set_up.python()):
        path.parent.mkdir(parents=True)
        path.touch()
    text = '{{"key": "{}", "levels": ["run"], "packages": ["av-1.dist-info"]}}'
    set_up.STAMP.write_text(text.format(set_up._key()))
    assert set_up._is_prepared("run")
    assert not set_up._is_prepared("test")
    record.unlink()
    assert not set_up._is_prepared("run")
    record.touch()
    set_up.HALF_MADE.touch()
    assert not set_up._is_prepared("run")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_the_environment_of_another_checkout_is_left_as_it_is(
    set_up: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other, own = tmp_path / "other", tmp_path / "here" / ".venv"
    packages = other / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    packages.mkdir(parents=True)
    pointer = packages / "evidence_desk_checkout.pth"
    pointer.write_text("the other checkout")
    own.parent.mkdir()
    own.symlink_to(other, target_is_directory=True)
    for name, place in (
        ("ENVIRONMENT", own),
        ("STAMP", own / "stamp"),
        ("HALF_MADE", own / "half"),
        ("LOG", own / "log"),
    ):
        monkeypatch.setattr(set_up, name, place)
    monkeypatch.setattr(set_up, "_works", lambda: True)
    monkeypatch.setattr(set_up, "_logged", lambda _: None)
    monkeypatch.setattr(set_up, "_packages", lambda: [])
    made = own / packages.relative_to(other)
    monkeypatch.setattr(set_up, "_site_packages", lambda: made)
    monkeypatch.setattr(set_up, "_install_locked", lambda _: made.mkdir(parents=True, exist_ok=True))
    (other / "stamp").write_text(f'{{"key": "{set_up._key()}", "levels": ["run"]}}')
    assert not set_up._is_prepared("run")
    set_up._make_environment("run")
    assert pointer.read_text() == "the other checkout"
    assert sorted(p.name for p in other.iterdir()) == ["lib", "stamp"]
    assert not own.is_symlink()
    assert (made / pointer.name).exists()
    assert "gets its own" in capsys.readouterr().err


def test_variables_of_another_python_are_left_out(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("EVIDENCE_DESK_ACTOR", "Reviewer A")
    kept = set_up.clean_variables()
    assert "PYTHONPATH" not in kept
    assert kept["EVIDENCE_DESK_ACTOR"] == "Reviewer A"

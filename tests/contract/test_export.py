"""Exports: whole or not at all, the same bytes for the same content, and checkable without the program."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from evidence_desk.domain.errors import Cancelled, MediaUnreadable, NotFound, Refused
from evidence_desk.jobs import CallbackContext, NullContext
from evidence_desk.media.client import MediaWorker
from evidence_desk.services import commands as c
from evidence_desk.services import exporting, verify, verify_package
from evidence_desk.services.case import Case
from evidence_desk.services.exporting import ExportOptions
from evidence_desk.training.worked_case import frame_ref
from tests.contract import export_case

pytestmark = pytest.mark.skipif(not export_case.has_ffmpeg(), reason="ffmpeg makes the clips of these tests")


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    """One process that opens media."""
    with MediaWorker() as made:
        yield made


@pytest.fixture(scope="module")
def case(worker: MediaWorker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """The case all of these export; none of them changes a record of it."""
    made = export_case.build(tmp_path_factory.mktemp("export"), worker)
    yield made
    made.close()


@pytest.fixture(scope="module")
def pdf(case: Case, worker: MediaWorker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier."""
    return exporting.export(case, worker, "pdf", tmp_path_factory.mktemp("pdf") / "dossier.pdf")


@pytest.fixture(scope="module")
def package(case: Case, worker: MediaWorker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as a folder."""
    return exporting.export(case, worker, "package", tmp_path_factory.mktemp("package") / "пакет")


def text_of(pdf: Path) -> str:
    """Return the dossier's text as pdftotext reads it, in plain letters."""
    run = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return unicodedata.normalize("NFKC", run.stdout.decode("utf-8"))


def printed_command(readme: str) -> str:
    """Return the arguments of the ffmpeg line as the package's README prints it, over two lines."""
    found = re.search(r"ffmpeg (-noautorotate[^\n]*?)\\\n\s*([^\n]*)", readme)
    assert found is not None
    return f"{found[1]} {found[2]}"


def test_the_dossier_has_every_section_bookmarks_and_working_links(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert [t.split()[0] for t in titles] == [*"123456789", "11", "12", "13", "14", "15", "16", "17", "A"]
        names = {str(k) for k in document.Root.Dests} if "/Dests" in document.Root else set()
        links = [a for p in document.pages for a in p.get("/Annots", []) if a.Subtype == "/Link"]
        assert len(links) > 30
        assert all(int(a.F) == 4 for a in links)
        assert all(str(a.Dest) in names for a in links if isinstance(a.Dest, pikepdf.Name))
        fonts = {str(f.BaseFont) for p in document.pages for f in p.Resources.Font.values()}
        assert not any("Helvetica" in f or "Times" in f for f in fonts)
        assert len(document.pages) > 10


def test_each_record_and_each_identity_is_printed(pdf: Path, case: Case) -> None:
    text = text_of(pdf)
    for number in ("EX-001", "OB-006", "CL-003.1", "QN-001", "SR-001"):
        assert number in text
    assert "QN-002" not in re.sub(r"(?s)Audit excerpt.*", "", text)
    observation = case.queries.observations("EX-001")[0]
    first = " ".join(observation.first_hash[i : i + 4] for i in range(0, 16, 4))
    assert first in text
    exhibit = case.queries.exhibit("EX-001")
    assert exhibit.sha256[:32] in text
    assert exhibit.sha256[32:] in text
    head = case.queries.content_head()
    assert head is not None
    assert head.hash.replace(" ", "")[:12] in text
    assert re.search(r"\b1 of \d+", text)


def test_letters_of_every_script_are_kept_and_markup_is_not_obeyed(pdf: Path) -> None:
    text = text_of(pdf)
    flat = " ".join(text.split())
    assert "Жовта смуга" in flat
    assert "Τουλάχιστον" in flat
    assert "[U+6F22]" in flat
    assert "<b>& not markup</b>" in flat
    # poppler gives right-to-left words in reading order once the joined forms are normalised
    assert "أيديهم" in flat or "مهيديأ" in flat


def test_nothing_says_more_than_it_may(pdf: Path) -> None:
    words = set(re.findall(r"[a-z]+", text_of(pdf).lower()))
    assert not words & {"proves", "proven", "fake", "guilty", "confirmed", "authentic", "clearly"}


def test_the_same_content_gives_the_same_bytes_anywhere(case: Case, pdf: Path, tmp_path: Path) -> None:
    # Another process, folder, time zone, locale and hash seed; and the log has grown by exports meanwhile.
    out = tmp_path / "еще раз.pdf"
    script = (
        "import sys; from pathlib import Path; from evidence_desk.media.client import MediaWorker\n"
        "from evidence_desk.services import exporting\n"
        "with MediaWorker() as w: exporting.render(Path(sys.argv[1]), w, 'pdf', Path(sys.argv[2]))\n"
    )
    environment = {**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOSTNAME": "elsewhere"}
    subprocess.run(
        [sys.executable, "-c", script, str(case.folder), str(out)], check=True, cwd=tmp_path, env=environment
    )
    assert hashlib.sha256(out.read_bytes()).hexdigest() == hashlib.sha256(pdf.read_bytes()).hexdigest()
    data = pdf.read_bytes()
    assert str(case.folder).encode() not in data
    assert b"/CreationDate" not in data


def test_stock_bagit_accepts_the_package(package: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", str(package)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "is valid" in run.stderr
    names = {p.name for p in (package / "data").iterdir()}
    assert names == {"dossier.pdf", "case.json", "schema.json", "audit.jsonl", "README.txt", "exhibits", "stills"}


def test_the_script_in_the_readme_walks_the_log(package: Path) -> None:
    readme = (package / "data" / "README.txt").read_text(encoding="utf-8")
    block = readme.split("With Python alone:")[1].split("The last event that changed")[0]
    lines = [line[5:] for line in block.splitlines()]
    run = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, cwd=package, check=False
    )
    assert run.stdout.startswith("unbroken, head "), run.stderr
    last = json.loads((package / "data" / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert run.stdout.split()[-1] == last["hash"]


def test_ffmpeg_alone_gives_every_cited_frame_hash(package: Path) -> None:
    readme = (package / "data" / "README.txt").read_text(encoding="utf-8")
    stills = json.loads((package / "data" / "stills" / "stills.json").read_text(encoding="utf-8"))
    assert len(stills) >= 6
    for number in {s["exhibit"] for s in stills}:
        file = next((package / "data" / "exhibits").glob(f"{number}.*"))
        line = shlex.split("ffmpeg -v error " + printed_command(readme))
        out = subprocess.run(
            [str(file) if w == "FILE" else w for w in line], capture_output=True, text=True, check=True
        )
        hashes = [row.split(",")[-1].strip() for row in out.stdout.splitlines() if not row.startswith("#")]
        for still in (s for s in stills if s["exhibit"] == number):
            assert hashes[still["frame"]] == still["frame_hash"]


def test_the_schema_describes_every_field_of_every_record(package: Path, case: Case) -> None:
    schema = json.loads((package / "data" / "schema.json").read_text(encoding="utf-8"))
    document = json.loads((package / "data" / "case.json").read_text(encoding="utf-8"))
    kinds = schema["properties"]["records"]["properties"]
    assert set(kinds) == set(document["records"])
    types = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}
    for table, rows in document["records"].items():
        fields = kinds[table]["items"]["properties"]
        assert all(f["description"] for f in fields.values())
        for row in rows:
            assert set(row) == set(fields)
            for name, value in row.items():
                allowed = fields[name]["type"]
                assert isinstance(value, tuple(types[t] for t in ([allowed] if isinstance(allowed, str) else allowed)))
    assert [q["withdrawn"] for q in document["records"]["questions"]] == ["", "asked twice"]


def test_verify_says_same_for_folder_and_zip(case: Case, package: Path, worker: MediaWorker, tmp_path: Path) -> None:
    report = verify_package.verify_package(package, worker)
    assert report.same, report.lines()
    assert report.frames_checked >= 12
    options = ExportOptions(with_exhibits=False)
    slim = exporting.export(case, worker, "package", tmp_path / "slim.zip", options)
    with zipfile.ZipFile(slim) as archive:
        assert not [n for n in archive.namelist() if "/exhibits/" in n]
        # One folder that a person sees after unpacking, and that stock tools accept as it lies there.
        assert {n.split("/")[0] for n in archive.namelist()} == {"T-1-package"}
        archive.extractall(tmp_path / "unpacked")
    unpacked = tmp_path / "unpacked" / "T-1-package"
    stock = [sys.executable, "-m", "bagit", "--validate", str(unpacked)]
    assert subprocess.run(stock, capture_output=True, check=False).returncode == 0
    without = verify_package.verify_package(slim, worker)
    assert without.same
    assert without.frames_not_checked >= 12
    assert verify.verify_case(case.folder, worker).same
    head = case.queries.head()
    assert head is not None
    assert not verify_package.verify_package(package, worker, head="0" * 64).same


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("data/case.json", lambda b: b.replace(b'"count_best": 6', b'"count_best": 8', 1)),
        ("data/audit.jsonl", lambda b: b.replace(b"six are visible", b"ten are visible", 1)),
        ("data/stills/EX-001-frame-000003.png", lambda b: b[:-30] + b"x" + b[-29:]),
        ("data/dossier.pdf", lambda b: b + b" "),
        ("data/exhibits/EX-001.mp4", lambda b: b[:-9] + b"x" + b[-8:]),
    ],
)
def test_a_changed_part_is_found(package: Path, worker: MediaWorker, tmp_path: Path, name: str, change: object) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    file = copy / name
    file.chmod(0o644)
    before = file.read_bytes()
    after = change(before)  # type: ignore[operator]
    assert after != before
    file.write_bytes(after)
    assert not verify_package.verify_package(copy, worker).same


def test_a_consistent_forgery_of_a_still_is_found_by_rendering_it_anew(
    package: Path, worker: MediaWorker, tmp_path: Path
) -> None:
    import shutil

    import bagit

    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    stills = copy / "data" / "stills"
    shutil.copyfile(stills / "EX-001-frame-000009.png", stills / "EX-001-frame-000003.png")
    bagit.Bag(str(copy)).save(manifests=True)
    report = verify_package.verify_package(copy, worker)
    assert [k.what for k in report.checks if k.state == "differs"] == ["EX-001 stills"]


def test_targets_are_refused_and_nothing_is_left(case: Case, worker: MediaWorker, tmp_path: Path) -> None:
    taken = tmp_path / "taken.pdf"
    taken.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="exists already"):
        exporting.export(case, worker, "pdf", taken)
    with pytest.raises(Refused, match="does not exist"):
        exporting.export(case, worker, "pdf", tmp_path / "no" / "x.pdf")
    with pytest.raises(NotFound, match="no format"):
        exporting.export(case, worker, "docx", tmp_path / "x.docx")
    ctx = CallbackContext()
    ctx.stop()
    for form in ("pdf", "package", "json", "csv"):
        with pytest.raises(Cancelled):
            exporting.render(case.folder, worker, form, tmp_path / f"stopped-{form}", ctx=ctx)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["taken.pdf"]
    assert taken.read_text(encoding="utf-8") == "mine"


def test_sections_can_be_left_out_but_not_limits_and_contrary(case: Case, worker: MediaWorker, tmp_path: Path) -> None:
    short = exporting.export(case, worker, "pdf", tmp_path / "short.pdf", ExportOptions(sections=("exhibits",)))
    with pikepdf.open(short) as document, document.open_outline() as outline:
        assert [item.title.split()[0] for item in outline.root] == ["5", "13", "14"]


def test_csv_cannot_start_a_formula(case: Case, worker: MediaWorker, tmp_path: Path) -> None:
    from evidence_desk.export.observations_csv import cell

    assert [cell(v) for v in ("=1+1", "@x", "+1", "-1", -1, None, "fine")] == [
        "'=1+1",
        "'@x",
        "'+1",
        "'-1",
        "-1",
        "",
        "fine",
    ]
    out = exporting.export(case, worker, "csv", tmp_path / "o.csv")
    assert out.read_text(encoding="utf-8-sig").count("\n") == 1 + len(case.queries.observations(withdrawn=True))


def test_an_empty_case_prints_what_is_missing(worker: MediaWorker, tmp_path: Path) -> None:
    empty = Case.create(tmp_path / "empty", "Nothing yet", "Reviewer A")
    try:
        text = " ".join(text_of(exporting.export(empty, worker, "pdf", tmp_path / "empty.pdf")).split())
    finally:
        empty.close()
    for sentence in (
        "No assessment has been written.",
        "No claim is recorded.",
        "No exhibit.",
        "No observation is recorded.",
        "No count is recorded.",
        "No open question is recorded. This is unusual.",
        "Nobody has reviewed this dossier.",
        "Nothing was redacted.",
        "No frame is cited.",
    ):
        assert sentence in text


def test_a_frame_that_is_not_the_cited_one_stops_the_export(worker: MediaWorker, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    case = Case.create(folder / "k", "A case", "Reviewer A")
    try:
        export_case.take_in(case, worker, export_case.make_clip(folder, "a.mp4"))
        exhibit, table = export_case.table_of(case, worker, "EX-001")
        reference = frame_ref(exhibit, table, 2)
        from dataclasses import replace

        case.bus.run(c.add_observation("EX-001", "cut", replace(reference, frame_hash=table.hash_of(5))))
        with pytest.raises(MediaUnreadable, match="frame 2 is not the picture that was cited"):
            exporting.export(case, worker, "pdf", tmp_path / "x.pdf")
        assert not (tmp_path / "x.pdf").exists()
        assert not verify.verify_case(case.folder, worker, ctx=NullContext()).same
    finally:
        case.close()

"""The pages: settle, stay inside the paper, keep every letter, and carry each still once, as it was compressed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from evidence_desk.domain.dossier import SECTIONS, Dossier, Tied, chosen
from evidence_desk.domain.errors import Cancelled
from evidence_desk.export.pdf import write_pdf
from evidence_desk.jobs import CallbackContext, NullContext
from tests.unit.dossier_values import dossier, drawn, plate, seen

ARABIC = "خرجوا من الباب رافعين أيديهم، وكان عددهم 8 / 9 / 10 أشخاص في الساحة."
MIXED = f"{ARABIC} Then — «Жовта смуга» — Τουλάχιστον δέκα άνθρωποι 漢 🙂 <b>&amp; not markup</b>"


def made(value: Dossier, folder: Path) -> Path:
    """Return the written dossier."""
    target = folder / "dossier.pdf"
    write_pdf(value, target, NullContext())
    return target


def text_of(pdf: Path) -> str:
    """Return the text as poppler reads it, joined forms made plain, on one line."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (sudo apt-get install poppler-utils)")
    run = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return " ".join(unicodedata.normalize("NFKC", run.stdout.decode("utf-8")).split())


def images(document: pikepdf.Pdf) -> list[pikepdf.Stream]:
    """Return the picture objects of a file."""
    return [o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]


def target_of(item: pikepdf.OutlineItem) -> tuple[int, int]:
    """Return the page object that a bookmark leads to."""
    assert isinstance(item.destination, pikepdf.Array)
    return item.destination[0].objgen


def test_a_still_is_in_the_file_once_and_unchanged(tmp_path: Path) -> None:
    value = dossier((seen(1), seen(2), seen(3, boxes=0), seen(4, boxes=0)))
    with pikepdf.open(made(value, tmp_path)) as document:
        # Clean, marked and on the frame sheet: three places, one object each.
        assert len(images(document)) == 4
        for image in images(document):
            assert image.Filter == "/FlateDecode"
            assert int(image.DecodeParms.Predictor) == 15
        found = {pikepdf.PdfImage(i).as_pil_image().convert("RGB").tobytes() for i in images(document)}
    expected = {Image.open(io.BytesIO(p.png)).convert("RGB").tobytes() for p in value.frames}
    assert found == expected


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "1"])
def test_a_still_of_another_kind_of_pixels_is_made_opaque_true_colour(tmp_path: Path, mode: str) -> None:
    from dataclasses import replace

    entry = seen(1)
    odd = replace(entry, plates=(plate(4, entry.plates[0].marks, png=drawn(4, mode=mode)),))
    with pikepdf.open(made(dossier((odd,)), tmp_path)) as document:
        [image] = images(document)
        assert image.ColorSpace == "/DeviceRGB"
        assert "/SMask" not in image
        assert (int(image.Width), int(image.Height)) == (320, 180)


def test_two_hundred_observations_stay_a_book(tmp_path: Path) -> None:
    value = dossier(tuple(seen(n, boxes=n % 3) for n in range(1, 201)))
    pdf = made(value, tmp_path)
    with pikepdf.open(pdf) as document:
        assert 80 < len(document.pages) < 190
        assert len(images(document)) == 200
    text = text_of(pdf)
    assert "OB-200" in text
    assert re.search(r"Table \d+, continued", text)


@pytest.mark.parametrize(
    "said",
    [
        "word " * 1500,
        "x" * 4000,
        f"{ARABIC} " * 60,
        "ا" * 1500,
        "line\n" * 150,
        MIXED * 12,
        "\u202e\u2066 hidden \u2069 \x00 \ud800 \u200d end",
    ],
    ids=["long", "one word", "arabic", "one arabic word", "many lines", "mixed", "controls"],
)
def test_no_text_of_a_person_stops_an_export(tmp_path: Path, said: str) -> None:
    entries = (seen(1, statement=said), seen(2, statement=said, boxes=0), seen(3, statement=said, first_frame=None))
    pdf = made(dossier(entries, title=said[:900], quote=said), tmp_path)
    with pikepdf.open(pdf) as document:
        assert len(document.pages) > 10


def test_letters_of_all_scripts_are_printed_and_none_is_dropped(tmp_path: Path) -> None:
    text = text_of(made(dossier((seen(1, statement=MIXED),), quote=MIXED, title="Κέστρελ Ψ"), tmp_path))
    for piece in ("«Жовта смуга»", "Τουλάχιστον δέκα άνθρωποι", "<b>&amp; not markup</b>", "Κέστρελ Ψ"):
        assert piece in text
    # No face carries these: their codes stand in their place.
    assert "[U+6F22]" in text
    assert "[U+1F642]" in text
    assert "أيديهم" in text or "مهيديأ" in text


def test_nothing_leaves_the_page(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (sudo apt-get install poppler-utils)")
    value = dossier((seen(1, statement=MIXED), seen(2, boxes=13), seen(3, boxes=0)), title="W" * 120, quote=MIXED)
    pdf = made(value, tmp_path)
    out = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout.decode("utf-8")
    words = re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">', out)
    assert len(words) > 500
    mm = 72 / 25.4
    for left, top, right, bottom in (map(float, w) for w in words):
        assert left > 21.5 * mm
        assert right < (210 - 17.5) * mm
        assert top > 9 * mm
        assert bottom < (297 - 9) * mm


def test_marks_are_numbers_where_there_is_something_to_count(tmp_path: Path) -> None:
    text = text_of(made(dossier((seen(1, boxes=13), seen(2, boxes=2))), tmp_path))
    assert "marks 1 to 13 drawn on top" in text
    assert "marks A to B drawn on top" in text
    plain = text_of(made(dossier((seen(1, boxes=2),), marked=False), tmp_path))
    assert "drawn on top" not in plain


def test_only_what_was_chosen_is_printed_and_links_lead_somewhere(tmp_path: Path) -> None:
    pdf = made(dossier((seen(1),), sections=("boards",)), tmp_path)
    with pikepdf.open(pdf) as document:
        with document.open_outline() as outline:
            assert [x.title.split()[0] for x in outline.root] == ["8", "13", "14"]
        pages = {p.obj.objgen for p in document.pages}
        links = [a for p in document.pages for a in p.get("/Annots", [])]
        assert len(links) >= 5
        assert all(a.Dest[0].objgen in pages for a in links)
    assert chosen(()) == tuple(s.id for s in SECTIONS if s.locked) == ("limits", "contrary")


def test_pages_are_counted_and_the_contents_are_true(tmp_path: Path) -> None:
    pdf = made(dossier(tuple(seen(n) for n in range(1, 8))), tmp_path)
    with pikepdf.open(pdf) as document:
        total = len(document.pages)
        page_of = {p.obj.objgen: n for n, p in enumerate(document.pages, 1)}
        with document.open_outline() as outline:
            starts = {x.title.split("  ")[0]: page_of[target_of(x)] for x in outline.root}
    text = text_of(pdf)
    assert all(f"{n} of {total}" in text for n in range(1, total + 1))
    assert f"Frame sheet {starts['A']}" in text
    assert f"Claim boards {starts['8']}" in text


def test_the_definition_of_a_term_is_never_printed_as_the_words_of_the_observer(tmp_path: Path) -> None:
    text = text_of(made(dossier((seen(1, ""), seen(2, "", boxes=0))), tmp_path))
    assert "Both arms are above the head." in text
    for said in text.split("Both arms are above the head.")[:-1]:
        assert said.rstrip().endswith("none of the observer's own. The codebook defines “Arms raised” as:")


def test_a_range_in_the_sound_is_stated_as_time_and_in_its_own_ticks(tmp_path: Path) -> None:
    heard = seen(1, basis="heard", sound_start=24000, sound_end=72000, sound_time_base="1/48000")
    text = " ".join(text_of(made(dossier((replace(heard, sound=(Fraction(0), Fraction(1))),)), tmp_path)).split())
    assert "sound 00:00:00.000 to 00:00:01.000 (24000 to 72000 \u00d7 1/48000 s of the file's clock)" in text


def test_faces_are_embedded_and_no_clock_is_in_the_bytes(tmp_path: Path) -> None:
    pdf = made(dossier((seen(1),)), tmp_path)
    with pikepdf.open(pdf) as document:
        fonts = {f.objgen: f for p in document.pages for f in p.Resources.Font.values()}
        assert len(fonts) > 5
        assert all("/FontFile2" in f.FontDescriptor for f in fonts.values())
        assert document.pdf_version == "1.4"
        assert "/Info" not in document.trailer
        assert "/Group" not in document.pages[0]
        assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
    data = pdf.read_bytes()
    assert b"CreationDate" not in data
    assert str(tmp_path).encode() not in data
    assert made(dossier((seen(1),)), tmp_path).read_bytes() == data


def test_a_stopped_export_leaves_no_file(tmp_path: Path) -> None:
    context = CallbackContext()
    context.stop()
    with pytest.raises(Cancelled):
        write_pdf(dossier((seen(71),)), tmp_path / "x.pdf", context)
    assert not list(tmp_path.iterdir())


PREFLIGHT = (
    "preflight",
    "pdfbox2",
    "fontbox2",
    "xmpbox",
    "commons-io",
    "commons-logging",
    "javax.activation",
    "jaxb-api",
)


@pytest.mark.slow
def test_a_checker_of_others_takes_the_file_as_pdf_a(tmp_path: Path) -> None:
    jars = [Path("/usr/share/java") / f"{name}.jar" for name in PREFLIGHT]
    if shutil.which("java") is None or not all(jar.is_file() for jar in jars):
        pytest.skip("PDFBox preflight is not installed (sudo apt-get install libpdfbox2-java default-jre-headless)")
    pdf = made(dossier((seen(1, statement=MIXED), seen(2, boxes=7), seen(3, boxes=0)), quote=MIXED), tmp_path)
    classes = ":".join(map(str, jars))
    command = ["java", "-cp", classes, "org.apache.pdfbox.preflight.Validator_A1b", str(pdf)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "is a valid PDF/A-1b file" in run.stdout, run.stdout + run.stderr


def test_dates_are_read_as_far_as_they_are_dates_and_a_recording_has_a_latest_bound_only() -> None:
    from evidence_desk.domain.dossier import Dated
    from evidence_desk.export.pdf import faces

    faces.register()
    from evidence_desk.export.pdf.dates import moment, moments

    told = [moment(t) for t in ("2031-05-09", "2031-05-09 08:02 local time, as displayed", "May 2031", "2031-13-40")]
    assert [t and t.strftime("%m-%d %H:%M") for t in told] == ["05-09 00:00", "05-09 08:02", None, None]
    value = dossier((seen(1),))
    dated = (
        Dated("2031-05-11 08:04 UTC", "taken in", "EX-001", "event log"),
        Dated("2031-05-09 08:02 UTC", "posted", "EX-001", "as displayed"),
        Dated("some day", "said", "SR-001", "stated"),
    )
    rows = moments(dated, value.exhibits)
    assert [(r.what, r.span, r.checked) for r in rows] == [
        ("Recording of EX-001", True, False),
        ("posted", False, False),
        ("taken in", False, True),
    ]
    assert rows[0].at == rows[1].at


def test_two_exhibits_tied_by_moments_stand_after_the_sheets_line_by_line(tmp_path: Path) -> None:
    lines = (("Offset", "time in EX-002 = time in EX-001 -290.0 ms"), ("Moment 1 flash", f"residual +5.0 ms {MIXED}"))
    value = replace(dossier((seen(1),)), syncs=(Tied("SY-001", "EX-001", "EX-002", lines),))
    text = text_of(made(value, tmp_path))
    assert "SY-001: EX-001 and EX-002, tied by shared moments" in text
    assert "time in EX-002 = time in EX-001 -290.0 ms" in text
    assert "residual +5.0 ms" in text
    assert "how far a moment lies off the line" in text
    assert "tied by shared moments" not in text_of(made(dossier((seen(1),)), tmp_path))

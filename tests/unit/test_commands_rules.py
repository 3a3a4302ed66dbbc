"""What a record must satisfy: each broken rule is refused in one clear line, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from evidence_desk.domain.errors import EvidenceDeskError, NotFound, Refused
from evidence_desk.domain.time import FrameRef
from evidence_desk.services import commands as c
from evidence_desk.services.bus import Command
from evidence_desk.services.case import Case
from evidence_desk.services.commands.claims import place_of

FrameOf = Callable[[int], FrameRef]
BOX = (16, 16, 160, 160)
SHARED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _refused(case: Case, command: Command, line: str) -> None:
    """Assert that the command is refused with that line, and nothing is written."""
    before = case.store.events()
    with pytest.raises(EvidenceDeskError, match=line) as caught:
        case.bus.run(command)
    assert "\n" not in str(caught.value)
    assert "Nothing was" in str(caught.value)
    assert case.store.events() == before


@pytest.fixture
def worked(with_frames: Case, frame_ref: FrameOf) -> Case:
    """A case with a claim, a proposition, an observation on frames 10 to 20 with a region, and a link."""
    run = with_frames.bus.run
    run(c.add_claim("SR-001", "raised their hands"))
    run(c.split_claim("CL-001", "Hands were raised", "what-happened"))
    draft = c.RegionDraft(12, "0" * 64, BOX)
    run(c.add_observation("EX-001", "arms-raised", frame_ref(10), frame_ref(20), regions=[draft]))
    run(c.add_link("OB-001", "CL-001.1", "supports", "Both arms"))
    return with_frames


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (c.edit_sheet({"title": "  "}), "needs a title"),
        (c.add_source(title=" "), "A source needs a title"),
        (c.add_source(title="Post", reliability="G"), r"G is no reliability.*A, B, C, D, E, F"),
        (c.add_claim("SR-001", "lowered their hands"), "was not found in the text of SR-001"),
        (c.add_claim("SR-001", "hree men"), "stands more than once in SR-001, first at characters 1 and 37"),
        (c.add_claim("SR-001", "raised", at=3), "does not stand at character 3"),
        (c.add_claim("SR-001", "raised", at=-90), "does not stand at character -90"),
        (c.add_claim("SR-001", "  "), "needs its quotation"),
        (c.add_claim("SR-002", "raised"), "no record SR-002"),
        (c.add_claim("EX-001", "raised"), "EX-001 is no source"),
        (c.split_claim("CL-001", " ", "how-many"), "needs its text"),
        (c.split_claim("CL-001", "Part", "how much"), r"how much is no type.*what-happened"),
        (c.split_claim("CL-001", "Part", "when", testable="maybe"), "maybe is no testability"),
        (c.split_claim("CL-007", "Part", "when"), "no record CL-007"),
        (c.add_link("OB-001", "CL-001", "proves", "x"), r"proves is no relation.*supports, contradicts, fits"),
        (c.add_link("OB-001", "CL-001", "supports", "  "), "needs its because"),
        (c.add_link("CL-001", "CL-001.1", "supports", "x"), "CL-001 cannot be linked"),
        (c.add_link("OB-001", "OB-001", "supports", "x"), "OB-001 is no claim or proposition"),
        (c.add_link("OB-009", "CL-001", "supports", "x"), "no record OB-009"),
        (c.add_link("OB-001", "CL-001.7", "supports", "x"), r"no record CL-001\.7"),
        (c.add_question(" ", "x"), "A question needs its text"),
        (c.add_question("What?", "x", bears_on="CL-001, CL-009"), "no record CL-009"),
        (c.edit("OB-001", {"first_hash": "0" * 63, "statement": "x"}), "binds its frames by their hash"),
        (c.edit("OB-001", {"first_frame": 13}), "RG-001 is drawn on frame 12"),
        (c.edit("OB-001", {"last_frame": 100}), "counted from 0 to 99"),
        (c.edit("OB-001", {"exhibit": "EX-001"}), "exhibit of OB-001 is never changed"),
        (c.edit("OB-001", {"uid": "x"}), "uid of OB-001 is never changed"),
        (c.edit("CL-001", {"quote": "x"}), "quote of CL-001 is never changed"),
        (c.edit("SR-001", {"text": "x"}), "text of SR-001 is never changed"),
        (c.edit("EX-001", {"sha256": "x"}), "sha256 of EX-001 is never changed"),
        (c.edit("EX-001", {"repost_of": "EX-001"}), "cannot be a re-post of EX-001"),
        (c.edit("EX-001", {"repost_of": "SR-001"}), "cannot be a re-post of SR-001"),
        (c.edit("EX-001", {"kind": "film"}), "film is no exhibit kind"),
        (c.edit("QN-001", {"text": "x"}), "no record QN-001"),
        (c.edit("nonsense", {"text": "x"}), "nonsense is no record number"),
        (c.edit("SR-001", {"colour": "x"}), "has no field colour"),
        (c.edit("SR-001", {"title": "Post"}), "Nothing differs in SR-001"),
        (c.edit("OB-001", {"term": "Arms raised"}), "is a label; the record keeps the term's id"),
        (c.edit("OB-001", {"term": "surrender"}), "has no term surrender"),
        (c.edit("OB-001", {"count_min": "three"}), "does not fit the case file"),
        (c.edit("OB-001", {"count_min": 0, "count_best": 0, "count_max": 2**70}), "does not fit the case file"),
        (c.edit("OB-001", {"statement": "\udce9"}), "statement holds bytes that are no text"),
        (c.withdraw("OB-001", "  "), "needs a reason"),
        (c.restore("OB-001"), "is not withdrawn"),
        (c.set_acquisition("EX-009", {"note": "x"}), "no record EX-009"),
    ],
)
def test_a_broken_rule_is_refused(worked: Case, command: Command, line: str) -> None:
    _refused(worked, command, line)


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"term": "surrender"}, r"has no term surrender.*arms-raised"),
        ({"exhibit": "EX-002"}, "no record EX-002"),
        ({"basis": "guessed"}, r"guessed is no basis.*seen, heard"),
        ({"presence": "absent"}, "absent is no presence"),
        ({"presence_reason": "occluded"}, r"A reason belongs to “cannot be assessed” alone, not to “observed”"),
        ({"presence": "cannot be assessed", "presence_reason": "tired"}, r"tired is no reason.*occluded, blurred"),
        ({"legibility": "fine"}, "fine is no legibility"),
        ({"certainty": "sure"}, r"sure is no certainty.*low, moderate, high"),
        ({"count": (-1, 0, 1)}, r"Min cannot be below 0 \(-1, 0, 1\)"),
        ({"count": (2, 1, 3)}, r"Best cannot be below min \(2, 1, 3\)"),
        ({"count": (1, 4, 3)}, r"Best cannot be above max \(1, 4, 3\)"),
        ({"sound": (5, 4, "1/1000")}, "A sound range has a start and an end"),
        ({"sound": (4, 5, "0/1")}, "names its time base"),
        ({"sound": (4, 5, "x")}, "names its time base"),
        ({"first": None}, "An observation on EX-001 names its frames"),
    ],
)
def test_an_observation_that_breaks_a_rule_is_refused(
    worked: Case, frame_ref: FrameOf, fields: dict[str, Any], line: str
) -> None:
    given: dict[str, Any] = {"exhibit": "EX-001", "term": "note", "first": frame_ref(1), **fields}
    _refused(worked, c.add_observation(given.pop("exhibit"), given.pop("term"), given.pop("first"), **given), line)


def test_a_term_is_found_by_id_or_label_and_kept_by_id(worked: Case, frame_ref: FrameOf) -> None:
    for name in ("arms-raised", "Arms raised", " ARMS RAISED "):
        number = worked.bus.run(c.add_observation("EX-001", name, frame_ref(1))).numbers[0]
        record = next(o for o in worked.queries.observations() if o.number == number)
        assert (record.term, record.basis, record.codebook) == ("arms-raised", "seen", "custody 1.0")


@SHARED
@given(first=st.integers(-3, 103), last=st.integers(-3, 103))
def test_frames_lie_in_the_exhibit_and_in_order(with_frames: Case, frame_ref: FrameOf, first: int, last: int) -> None:
    # Hashes of the made-up frames need a number that is not negative.
    start, end = (FrameRef("0" * 64, 0, n, n, frame_ref(0).time_base, "0" * 64, "made up") for n in (first, last))
    command = c.add_observation("EX-001", "note", start, end)
    if 0 <= first <= last < 100:
        number = with_frames.bus.run(command).numbers[0]
        record = next(o for o in with_frames.queries.observations() if o.number == number)
        assert (record.first_frame, record.last_frame, record.time_base) == (first, last, "1/25")
    else:
        _refused(with_frames, command, "counted from 0 to 99")


@SHARED
@given(st.tuples(*[st.integers(-40, 1200)] * 4))
def test_a_box_lies_in_the_picture_half_open(worked: Case, points: tuple[int, int, int, int]) -> None:
    x, y, width, height = points
    command = c.add_region("OB-001", c.RegionDraft(15, "0" * 64, points))
    if width > 0 and height > 0 and x >= 0 and y >= 0 and x + width <= 64 * 16 and y + height <= 48 * 16:
        number = worked.bus.run(command).numbers[0]
        assert next(r for r in worked.queries.regions() if r.number == number).points == points
    else:
        _refused(worked, command, "height above 0|leaves the picture")


def test_a_region_lies_on_a_frame_of_its_observation_and_has_a_known_shape(worked: Case) -> None:
    for frame in (9, 21):
        _refused(worked, c.add_region("OB-001", c.RegionDraft(frame, "0" * 64, BOX)), f"Frame {frame} is not among")
    _refused(worked, c.add_region("OB-001", c.RegionDraft(15, "0" * 64, BOX, shape="heart")), "heart is no shape")
    _refused(worked, c.add_region("OB-001", c.RegionDraft(15, "0" * 64, (1, 2))), "width and a height")
    assert worked.bus.run(c.add_region("OB-001", c.RegionDraft(10, "0" * 64, (0, 0, 1024, 768)))).numbers


@SHARED
@given(st.lists(st.integers(-2, 9), min_size=3, max_size=3))
def test_counts_are_in_order_or_refused(with_frames: Case, frame_ref: FrameOf, counts: list[int]) -> None:
    low, best, high = counts
    command = c.add_observation("EX-001", "note", frame_ref(1), count=(low, best, high))
    if 0 <= low <= best <= high:
        assert with_frames.bus.run(command).numbers
    else:
        _refused(with_frames, command, "cannot be")


LETTERS = st.text(alphabet="ab\u0301й🙂 \n", max_size=24)


@SHARED
@given(before=LETTERS, quote=LETTERS, after=LETTERS)
def test_a_quotation_has_exactly_one_place_or_is_refused(case: Case, before: str, quote: str, after: str) -> None:
    text = before + quote + after
    assume(quote.strip())
    places = [n for n in range(len(text)) if text.startswith(quote, n)]
    source = case.bus.run(c.add_source(title="Source", text=text)).numbers[0]
    if len(places) == 1:
        number = case.bus.run(c.add_claim(source, quote)).numbers[0]
        claim = next(x for x in case.queries.claims(source) if x.number == number)
        assert (claim.start, claim.end) == (places[0], places[0] + len(quote))
    else:
        _refused(case, c.add_claim(source, quote), f"first at characters {places[0]} and {places[1]}")
    for place in places:
        case.bus.run(c.add_claim(source, quote, at=place))
    assert [x.start for x in case.queries.claims(source)][-len(places) :] == places


def test_the_text_of_a_source_has_one_kind_of_line_end(case: Case) -> None:
    case.bus.run(c.add_source(title="Source", text="one\r\ntwo\rthree\n"))
    source = case.queries.sources()[0]
    assert source.text == "one\ntwo\nthree\n"
    assert place_of(source, "two\nthree", None) == 4


def test_a_claim_takes_speaker_and_date_from_its_source_unless_told(case: Case) -> None:
    case.bus.run(c.add_source(title="Post", text="One. Two.", author="Person A", publisher="Channel", dated="4 May"))
    case.bus.run(c.add_claim("SR-001", "One"))
    case.bus.run(c.add_claim("SR-001", "Two", claimant="Person B", dated="5 May"))
    assert [(x.claimant, x.dated) for x in case.queries.claims()] == [("Person A", "4 May"), ("Person B", "5 May")]


def test_numbers_are_never_given_twice(case: Case) -> None:
    case.bus.run(c.add_question("One?", "A record"))
    case.bus.undo()
    assert case.bus.run(c.add_question("Two?", "A record")).numbers == ("QN-002",)
    case.bus.run(c.add_source(title="Source", text="One"))
    case.bus.run(c.add_claim("SR-001", "One"))
    for part in range(3):
        case.bus.run(c.split_claim("CL-001", f"Part {part}", "when"))
    case.bus.run(c.withdraw("CL-001.3", "Not needed"))
    assert case.bus.run(c.split_claim("CL-001", "Part", "when")).numbers == ("CL-001.4",)


def test_the_thousandth_record_has_a_number_too(case: Case) -> None:
    case.bus.run(c.batch("Many", [c.add_question(f"{n}?", "A record") for n in range(1001)]))
    numbers = [q.number for q in case.queries.questions()]
    assert numbers[-2:] == ["QN-1000", "QN-1001"]
    assert case.queries.get("QN-1000").number == "QN-1000"


@pytest.mark.parametrize(
    "number", ["", "EX", "EX-", "XX-001", "ex-001", "-", "CL-001.1.1", "EX-001'; DROP TABLE events"]
)
def test_what_is_no_number_is_not_found(worked: Case, number: str) -> None:
    with pytest.raises(NotFound):
        worked.queries.get(number)


def test_a_second_exhibit_with_the_same_bytes_cannot_come_back_into_force(
    case: Case, take_in: Callable[[Case, str, bytes], str]
) -> None:
    take_in(case, "one.mp4", b"the same")
    case.bus.run(c.withdraw("EX-001", "By mistake"))
    take_in(case, "two.mp4", b"the same")
    with pytest.raises(Refused, match="EX-001 and EX-002 hold the same bytes"):
        case.bus.run(c.restore("EX-001"))


def test_a_text_longer_than_a_dossier_can_print_is_refused(case: Case) -> None:
    with pytest.raises(Refused, match="holds 20,001 characters, 20,000 at the most"):
        case.bus.run(c.add_question("x" * 20_001, "an answer"))
    assert case.queries.questions() == ()
    case.bus.run(c.add_question("x" * 20_000, "an answer"))
    case.bus.run(c.add_source(title="A long text", text="word " * 20_000))
    assert len(case.queries.sources()[0].text) == 100_000

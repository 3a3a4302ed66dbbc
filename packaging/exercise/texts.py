"""What is known of the fictional source texts (kept in texts/), quotations in them, and the exercise itself."""

import json
from pathlib import Path
from typing import Any

VERSION = 1
TEXTS = Path(__file__).parent / "texts"
MINISTRY, STAFF = "Ministry of Foreign Affairs of Party A", "General Staff of the Armed Forces of Party C"
COUNCIL = "Council for Prisoners' Rights (Party A)"

SOURCES: tuple[dict[str, Any], ...] = (
    {
        "id": "ministry",
        "file": "sources/ministry-statement.txt",
        "title": "Statement on two videos",
        "kind": "party to the conflict",
        "publisher": MINISTRY,
        "author": "Press service",
        "dated": "2025-03-14",
        "url": "https://mfa.party-a.example/statements/2025-03-14",
        "language": "en",
        "reliability": "C",
        "reliability_basis": "A party to the conflict speaking about its adversary; earlier statements were partly "
        "borne out. Gives no date or place of filming, and two different numbers.",
    },
    {
        "id": "council",
        "file": "sources/council-post.txt",
        "title": "Post naming a village",
        "kind": "organisation",
        "publisher": COUNCIL,
        "author": "Chair of the council",
        "dated": "2025-03-14",
        "url": "https://channel.example/council-a/1178",
        "language": "ar, en",
        "reliability": "C",
        "reliability_basis": "Linked to Party A; not present at the place; passes on material from unnamed readers.",
    },
    {
        "id": "army",
        "file": "sources/army-summary.txt",
        "title": "Evening summary, 12 March",
        "kind": "party to the conflict",
        "publisher": STAFF,
        "author": "Press office",
        "dated": "2025-03-12",
        "url": "https://staff.party-c.example/summary/2025-03-12",
        "language": "uk, en",
        "reliability": "C",
        "reliability_basis": "A party to the conflict speaking about itself, two days before the accusation; "
        "does not mention the videos.",
    },
    {
        "id": "newsroom",
        "file": "sources/newsroom-article.txt",
        "title": "Party A accuses Party C of killing prisoners; videos under examination",
        "kind": "media",
        "publisher": "Newsroom N",
        "author": "Staff reporter",
        "dated": "2025-03-15",
        "url": "https://newsroom-n.example/2025/03/15/videos-under-examination",
        "language": "en",
        "reliability": "B",
        "reliability_basis": "Independent of both parties; says what it could not verify; names its sources.",
    },
)

QUOTATIONS: tuple[dict[str, str], ...] = (
    {
        "source": "ministry",
        "quote": "at least 10 prisoners were executed after they had laid down their arms",
        "claimant": MINISTRY,
    },
    {"source": "ministry", "quote": "The shooting of more than 10 restrained people", "claimant": MINISTRY},
    {"source": "ministry", "quote": "The recording breaks off as shots are heard.", "claimant": MINISTRY},
    {"source": "council", "quote": "This happened in Village M., Region R.", "claimant": COUNCIL},
    {
        "source": "council",
        "quote": "كانوا قد خرجوا رافعين أيديهم، ثم أُطلقت عليهم النار.",
        "claimant": COUNCIL,
        "language": "ar",
        "translation": "They had come out with their hands raised and were then fired upon.",
    },
    {
        "source": "army",
        "quote": "підрозділи угруповання «Північ» повернули контроль над селом М. у регіоні Р.",
        "claimant": STAFF,
        "language": "uk",
        "translation": "units of Group North regained control of Village M. in Region R.",
    },
    {
        "source": "newsroom",
        "quote": "shows around a dozen people lying motionless on the ground",
        "claimant": "Newsroom N",
    },
    {
        "source": "newsroom",
        "quote": "could not verify when or where either video was filmed",
        "claimant": "Newsroom N",
    },
)

NOISE: tuple[dict[str, str], ...] = (
    {"source": "ministry", "text": "Donate to the Reconstruction Fund: every contribution counts."},
    {"source": "council", "text": "3.1K views, 214 reactions."},
    {"source": "newsroom", "text": "More than 10 000 readers already support Newsroom N. Give today."},
    {"source": "newsroom", "text": "Sign up for our newsletter, at least 3 stories every morning."},
)

CLIPS: tuple[dict[str, str], ...] = (
    {
        "id": "A",
        "file": "kestrel-ground.mp4",
        "title": "Ground-level clip",
        "description": "Figures in a yard with a brick wall and an outbuilding; sound; irregular frame timing; "
        "stored on its side.",
    },
    {
        "id": "B",
        "file": "kestrel-above.mp4",
        "title": "Clip from above",
        "description": "Figures lying on the ground of a walled yard, seen from above; no sound.",
    },
    {
        "id": "C",
        "file": "kestrel-repost.mp4",
        "title": "Second copy of the ground-level clip",
        "description": "Smaller, cut at the edges, constant frame rate; goes on after the other copy ends.",
    },
)

QUESTIONS = (
    "When was each clip filmed?",
    "Do the two clips show the same yard, and the same people?",
    "What happens after the last picture of the first clip?",
    "How many people are there, in each clip and in each text?",
    "Is anyone restrained?",
    "Who asked the accused party, and what did it answer?",
)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def write(out: Path, seed: int) -> None:
    """Write sources/, sources.json, exercise.json and README.txt; stop at a quotation not found exactly once."""
    (out / "sources").mkdir(parents=True, exist_ok=True)
    texts = {}
    for source in SOURCES:
        texts[source["id"]] = text = (TEXTS / Path(source["file"]).name).read_text(encoding="utf-8")
        (out / source["file"]).write_text(text, encoding="utf-8")
    quotations = []
    for quotation in QUOTATIONS:
        text, quote = texts[quotation["source"]], quotation["quote"]
        if text.count(quote) != 1:
            raise SystemExit(f"quotation not found exactly once: {quote}")
        start = text.index(quote)
        quotations.append({**quotation, "start": start, "end": start + len(quote)})
    (out / "sources.json").write_text(_json({"fictional": True, "sources": list(SOURCES)}), encoding="utf-8")
    exercise = {
        "id": "kestrel",
        "version": VERSION,
        "seed": seed,
        "fictional": True,
        "title": "Exercise Kestrel",
        "description": "Three clips and four texts about one disputed event. Say what is seen and heard, frame by "
        "frame; keep it apart from what the texts say; show where they agree, where they differ, and what nobody can "
        "know from this material.",
        "warning": "Fictional and drawn. No injury is shown; figures lie on the ground and loud sounds are heard.",
        "minutes": 60,
        "poster": "poster.jpg",
        "order": [c["file"] for c in CLIPS] + [s["file"] for s in SOURCES],
        "clips": list(CLIPS),
        "sources": "sources.json",
        "answer_key": "answer_key.json",
        "quotations": quotations,
        "noise": list(NOISE),
        "questions": list(QUESTIONS),
    }
    (out / "exercise.json").write_text(_json(exercise), encoding="utf-8")
    (out / "README.txt").write_text((TEXTS / "README.txt").read_text(encoding="utf-8"), encoding="utf-8")

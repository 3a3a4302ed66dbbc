"""The fields of the observation form in groups that are kept one by one: their plain state, and how one is set.

The plain state of a group is what a person typed or chose, as text, also where it makes no sense yet: so it can be put
aside in a draft and laid into the form again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QWidget

from evidence_desk.domain import guard
from evidence_desk.domain.sound_range import SoundRange
from evidence_desk.ui.models.observation_draft import Draft
from evidence_desk.ui.translate import tr

if TYPE_CHECKING:
    from evidence_desk.ui.panels.observation_fields import ObservationFields

Plain = dict[str, Any]

PARTS: Mapping[str, tuple[str, ...]] = {
    "term": ("term", "basis"),
    "frames": ("first", "last"),
    "sound": ("sound",),
    "basis": ("basis",),
    "statement": ("statement", "guard_reason"),
    "attributes": ("attributes",),
    "count": ("count",),
    "legibility": ("legibility",),
    "certainty": ("certainty",),
    "presence": ("presence", "presence_reason"),
    "alternatives": ("alternatives",),
}
"""Which parts of a draft belong to a group. A term brings its basis along."""
_COLUMNS = {
    "count": ("count_min", "count_best", "count_max"),
    "sound": ("sound_start", "sound_end", "sound_time_base"),
}
NUMBERS = ("frames", "sound", "count")
"""Groups of which a half makes another sense than the whole: kept once they are left, not at an idle second."""


def word_of(group: str) -> str:
    """Return what the form calls a group."""
    words = {
        "term": tr("Term"),
        "frames": tr("Frames"),
        "sound": tr("Sound"),
        "basis": tr("Basis"),
        "statement": tr("What is seen"),
        "attributes": tr("Facts"),
        "count": tr("Count"),
        "legibility": tr("Legibility"),
        "certainty": tr("Certainty"),
        "presence": tr("Presence"),
        "alternatives": tr("Otherwise"),
    }
    return words[group]


def plain_of(draft: Draft) -> Plain:
    """Return the plain state that shows a draft."""
    low_best_high = draft.count if draft.count is not None else ("", "", "")
    return {
        "term": draft.term,
        "frames": ["" if n is None else str(n) for n in (draft.first, draft.last)],
        "sound": _moments(draft),
        "basis": draft.basis,
        "statement": [draft.statement, draft.guard_reason],
        "attributes": {k: v for k, v in draft.attributes.items() if v},
        "count": [str(n) for n in low_best_high],
        "legibility": draft.legibility,
        "certainty": draft.certainty,
        "presence": [draft.presence, draft.presence_reason],
        "alternatives": draft.alternatives,
    }


def _moments(draft: Draft) -> list[str]:
    held = SoundRange.of(draft.sound) if draft.sound is not None else None
    return ["", ""] if held is None else [str(held.begin), str(held.end)]


def plain(fields: ObservationFields) -> Plain:
    """Return the plain state of the form; a reason that is being typed is the third part of the statement."""
    statement = [fields.statement.toPlainText(), fields.reason]
    half = fields.guard.reason_line.text().strip()
    if not fields.guard.reason_line.isHidden() and half and half != fields.reason:
        statement.append(half)
    return {
        "term": fields.term.value(),
        "frames": [fields.frames.first.text(), fields.frames.last.text()],
        "sound": fields.sound.texts(),
        "basis": fields.basis.value(),
        "statement": statement,
        "attributes": {k: v for k, v in fields.attributes.values().items() if v},
        "count": list(fields.count.texts()),
        "legibility": fields.legibility.value(),
        "certainty": fields.certainty.value(),
        "presence": [fields.presence.value(), fields.why.reason()],
        "alternatives": fields.alternatives.text(),
    }


def put(fields: ObservationFields, state: Mapping[str, Any]) -> None:
    """Show the plain state of some groups; nothing counts as edited, and what is as it should be is left alone.

    A draft may come from a stranger: what is no such state is passed over.
    """
    before = fields.blockSignals(True)
    try:
        for group, value in state.items():
            if group in PARTS and plain(fields)[group] != value and _fits(group, value):
                _put(fields, group, value)
    finally:
        fields.blockSignals(before)


def as_shown(draft: Draft) -> Draft:
    """Return a draft of a record as the form says it again, which leaves out what has no meaning any more."""
    return replace(
        draft,
        basis=draft.basis or "seen",
        presence=draft.presence or "observed",
        guard_reason=draft.guard_reason if guard.check(draft.statement) else "",
    )


def edited_groups(fields: ObservationFields, loaded: Draft) -> tuple[str, ...]:
    """Return the groups in which the form differs from the record, those too that cannot be kept as they stand."""
    shown, base, wrong = plain(fields), plain_of(loaded), held(fields)
    said = changed_groups(loaded, fields.read())
    with_term = ("basis",) if "term" in said else ()
    return tuple(g for g in PARTS if (g in said or g in wrong) and g not in with_term and shown[g] != base[g])


def changed_groups(before: Draft, now: Draft) -> tuple[str, ...]:
    """Return the groups in which two drafts say something else; a basis that comes with its term is no change apart."""
    a, b = _said(before), _said(now)
    found = [group for group in PARTS if group != "term" and any(a[p] != b[p] for p in PARTS[group])]
    if a["term"] != b["term"]:
        found = ["term", *(group for group in found if group != "basis")]
    return tuple(found)


def columns(group: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of an observation's columns that belong to a group; what no other group has are the frames'."""
    homes = {
        column: name for name in (*PARTS, "basis") for part in PARTS[name] for column in _COLUMNS.get(part, (part,))
    }
    own = {column: value for column, value in values.items() if homes.get(column, "frames") == group}
    if group == "term" and "basis" in values:
        own["basis"] = values["basis"]
    return own


def focused_group(fields: ObservationFields) -> str:
    """Return the group that has the keyboard, "" for none."""
    focus = QApplication.focusWidget()
    if focus is None or not fields.isAncestorOf(focus):
        return ""
    homes: dict[str, tuple[QWidget, ...]] = {
        "statement": (fields.statement, fields.guard),
        "attributes": (fields.attributes,),
        "presence": (fields.presence, fields.why),
    }
    for group in PARTS:
        found = homes.get(group) or (fields.rows[group],)
        if any(home is focus or home.isAncestorOf(focus) for home in found):
            return group
    return ""


def _said(draft: Draft) -> dict[str, Any]:
    """Return the parts of a draft without what makes no difference to the record."""
    return {
        **{part: getattr(draft, part) for parts in PARTS.values() for part in parts},
        "statement": draft.statement.strip(),
        "guard_reason": draft.guard_reason.strip(),
        "alternatives": draft.alternatives.strip(),
        "attributes": {k: v for k, v in draft.attributes.items() if v},
        "sound": SoundRange.of(draft.sound) if draft.sound is not None else None,  # whatever base it is told in
    }


def _fits(group: str, value: Any) -> bool:
    if group == "attributes":
        return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    lengths = {"frames": (2,), "sound": (2,), "statement": (2, 3), "count": (3,), "presence": (2,)}.get(group)
    if lengths is None:
        return isinstance(value, str)
    return isinstance(value, list) and len(value) in lengths and all(isinstance(v, str) for v in value)


def _put(fields: ObservationFields, group: str, value: Any) -> None:
    if group == "term":
        fields.term.set_value(value)
        fields.show_term()
    elif group == "frames":
        fields.frames.set_texts(*value)
    elif group == "sound":
        fields.sound.set_texts(*value)
    elif group == "basis":
        fields.basis.set_value(value)
        fields.name_statement()
    elif group == "statement":
        _put_statement(fields, *value)
    elif group == "attributes":
        fields.attributes.put(value)
    elif group == "count":
        fields.count.set_texts(value)
        fields.rows["count"].show()
    elif group == "presence":
        fields.presence.set_value(value[0])
        fields.why.set_value(value[1])
        fields.more.setChecked(fields.more.isChecked() or value[0] != "observed")
        fields.show_more(fields.more.isChecked())
    elif group == "alternatives":
        fields.alternatives.setText(value)
        fields.more.setChecked(fields.more.isChecked() or bool(value))
    else:
        (fields.legibility if group == "legibility" else fields.certainty).set_value(value)


def _put_statement(fields: ObservationFields, text: str, reason: str, half: str = "") -> None:
    fields.reason = reason
    if fields.statement.toPlainText() != text:
        place = fields.statement.textCursor().position()
        fields.statement.setPlainText(text)
        cursor = fields.statement.textCursor()
        cursor.setPosition(min(place, len(text.encode("utf-16-le")) // 2))
        fields.statement.setTextCursor(cursor)
    fields.look()
    if half:
        fields.guard.show_half(half)


def held(fields: ObservationFields, reasonless: bool = False) -> dict[str, str]:
    """Return why groups cannot be kept as they stand, by the group; `reasonless` lets a word stay without a reason."""
    found = {
        "frames": fields.frames_problem(),
        "sound": fields.sound.problem(),
        "count": fields.count.problem(),
    }
    if fields.guard.open_question and not reasonless:
        found["statement"] = tr("{word} asks for a reason or other words.", word=fields.guard.word)
    return {group: why for group, why in found.items() if why}

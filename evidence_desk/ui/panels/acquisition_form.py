"""How an exhibit came to be held: eight items with a meter, and the details of its collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields as fields_of
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from evidence_desk.domain.acquisition import ITEMS, held, missing
from evidence_desk.domain.controlled_values import METHODS
from evidence_desk.domain.distress import marked_spans, spans_from_text, spans_text, stored_spans
from evidence_desk.domain.records import Acquisition, Exhibit
from evidence_desk.services import commands as c
from evidence_desk.services.bus import Command
from evidence_desk.ui.models.moments import moment_text
from evidence_desk.ui.panels.record_fields import YES, FieldSpec, RecordFields, WordCombo
from evidence_desk.ui.translate import listed, tr
from evidence_desk.ui.widgets.buttons import link_button, primary_button
from evidence_desk.ui.widgets.forms import CompletenessMeter
from evidence_desk.ui.widgets.labels import IconLabel, hairline, label
from evidence_desk.ui.widgets.panel import PanelFooter

_EXHIBIT_FIELDS = ("title", "description", "repost_of", "distressing", "distressing_spans")


def words_of(values: Sequence[str], none: str) -> tuple[tuple[str, str], ...]:
    """Return choices for a combo from plain values, led by one for nothing."""
    return (("", none), *((value, value[:1].upper() + value[1:]) for value in values))


class ItemRow(QWidget):
    """One of the eight items: a sign whether it is held, then its field."""

    def __init__(self, row: QWidget) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        side = QVBoxLayout()
        side.setContentsMargins(0, 7, 0, 0)
        self._sign = IconLabel("ph.circle-dashed", "text.tertiary", 14)
        side.addWidget(self._sign)
        side.addStretch()
        line.addLayout(side)
        line.addWidget(row, 1)

    def show_held(self, has: bool) -> None:
        """Show whether the item is recorded."""
        self._sign.set_icon("ph.check-circle" if has else "ph.circle-dashed", "accent.text" if has else "text.tertiary")
        self._sign.setAccessibleName(tr("recorded") if has else tr("not recorded"))


class AcquisitionForm(QWidget):
    """The form of one exhibit.

    Signals: `keep_asked()` the button was pressed; `edited()` a field changed; `help_asked()` what the items mean.
    """

    keep_asked = Signal()
    edited = Signal()
    help_asked = Signal()

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writable = writable
        self._exhibit: Exhibit | None = None
        self._acquisition: Acquisition | None = None
        self._items = RecordFields(_item_specs(), writable, 118)
        self._details = RecordFields(_detail_specs(), writable, 118)
        self._signs: list[ItemRow] = []
        self._build()
        for part in (self._items, self._details):
            part.edited.connect(self._edited)

    def show_exhibit(self, exhibit: Exhibit, acquisition: Acquisition | None, others: Sequence[Exhibit]) -> None:
        """Show what is recorded of an exhibit; `others` are those it may be a re-post of.

        Of the same exhibit only what is not being typed is shown anew.
        """
        same = self._exhibit is not None and self._exhibit.number == exhibit.number
        self._exhibit, self._acquisition = exhibit, acquisition
        combo = self._details.field("repost_of")
        if isinstance(combo, WordCombo):
            combo.set_choices(
                (("", tr("None known")), *((e.number, f"{e.number}, {e.title or e.received_name}") for e in others))
            )
        recorded = {f.name: getattr(acquisition, f.name) for f in fields_of(Acquisition)} if acquisition else {}
        own = {name: getattr(exhibit, name) for name in _EXHIBIT_FIELDS}
        own["distressing_spans"] = spans_text(marked_spans(exhibit, alone=True))
        if own["title"] == exhibit.received_name:
            own["title"] = ""
        items, details = {**recorded, "collection": _collection(acquisition)}, {**recorded, **own}
        self._show_meter(acquisition)
        if same:
            self._items.follow(items)
            self._details.follow(details)
            return
        self._items.load(items)
        self._details.load(details)
        self.say("")

    @property
    def parts(self) -> tuple[RecordFields, RecordFields]:
        """The two groups of fields."""
        return self._items, self._details

    def step(self, name: str, value: str, title: str) -> Command | None:
        """Return the step that keeps one field, None where nothing differs; raises EvidenceDeskError."""
        """Return what keeping the form would do: nothing where nothing differs."""
        exhibit = self._exhibit
        if exhibit is None:
            return None
        if name not in _EXHIBIT_FIELDS:
            return c.set_acquisition(exhibit.number, {name: value}, title)
        now: Any = value
        if name == "distressing":
            now = value == YES
        elif name == "distressing_spans":
            now = stored_spans(spans_from_text(value), exhibit.frames)
        elif name == "title":
            now = value or exhibit.received_name
        return c.edit(exhibit.number, {name: now}, step=title) if now != getattr(exhibit, name) else None

    @property
    def exhibit(self) -> str:
        """Number of the exhibit shown, "" for none."""
        return self._exhibit.number if self._exhibit else ""

    def changed(self) -> bool:
        """Tell whether something was typed and not kept."""
        return bool(self._items.changes() or self._details.changes())

    def focus_first(self) -> None:
        """Put the focus on the first field."""
        self._details.focus_first()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(12, 10, 12, 12)
        inner.setSpacing(6)
        inner.addLayout(self._head())
        self.meter = CompletenessMeter()
        inner.addWidget(self.meter)
        self._missing = label("", "label", wrap=True)
        inner.addWidget(self._missing)
        inner.addSpacing(6)
        inner.addWidget(hairline())
        inner.addSpacing(6)
        for spec in _item_specs():
            sign = ItemRow(self._items.row(spec.name))
            self._signs.append(sign)
            inner.addWidget(sign)
        self._items.setParent(body)
        self._items.hide()
        inner.addSpacing(6)
        inner.addWidget(hairline())
        inner.addSpacing(6)
        # The labels stand under those of the items, whose signs take this much.
        indent = QHBoxLayout()
        indent.addSpacing(14 + 8)
        indent.addWidget(self._details, 1)
        inner.addLayout(indent)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(scroll, 1)
        keep = primary_button(tr("Keep"), "Ctrl Enter")
        keep.clicked.connect(self.keep_asked)
        self.footer = PanelFooter((keep,))
        column.addWidget(self.footer)
        self.footer.setVisible(self._writable)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(6)
        self._count = label("", "lead")
        head.addWidget(self._count)
        head.addWidget(label(tr("items recorded"), "label"), 1)
        about = link_button(tr("What the items mean"))
        about.clicked.connect(self.help_asked)
        head.addWidget(about)
        return head

    def _show_meter(self, acquisition: Acquisition | None) -> None:
        have = held(acquisition)
        absent = missing(acquisition)
        self._count.setText(tr("{count} of {total}", count=sum(have), total=len(ITEMS)))
        self.meter.set_value(sum(have), absent)
        if absent:
            text = tr(
                "Missing: {names}. The dossier lists what is missing; nothing blocks the review.", names=listed(absent)
            )
        else:
            text = tr("All eight items are recorded.")
        self._missing.setText(text)
        for sign, has in zip(self._signs, have, strict=True):
            sign.show_held(has)

    def _edited(self) -> None:
        self.say(tr("Not kept yet") if self.changed() else "")
        self.edited.emit()

    def say(self, text: str) -> None:
        """Say how far the form is kept, "" for the moment at which its hash was taken."""
        taken = moment_text(self._exhibit.taken_in_at) if self._exhibit else ""
        self.footer.note.setText(text or (tr("Hash taken {when}", when=taken) if taken else ""))


def _item_specs() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("source_url", tr("Target URL")),
        FieldSpec("page_source", tr("Page source")),
        FieldSpec("page_capture", tr("Full-page capture")),
        FieldSpec("embedded_media", tr("Embedded media")),
        FieldSpec("embedded_metadata", tr("Embedded metadata")),
        FieldSpec("context", tr("Context")),
        FieldSpec("collection", tr("Collection data"), kind="fixed"),
        FieldSpec("hash_at_collection", tr("Hash at collection")),
    )


def _detail_specs() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("title", tr("Title"), hint=tr("No title yet")),
        FieldSpec("collected_by", tr("Collected by")),
        FieldSpec("collected_at", tr("Collected at"), hint=tr("Not recorded")),
        FieldSpec("method", tr("Method"), "combo", words_of(METHODS, tr("Not recorded"))),
        FieldSpec("tool", tr("Tool")),
        FieldSpec("platform", tr("Platform")),
        FieldSpec("account", tr("Account")),
        FieldSpec("posted_at", tr("Posted at"), hint=tr("As displayed, with its zone")),
        FieldSpec("repost_of", tr("Re-post of"), "combo", (("", tr("None known")),)),
        FieldSpec(
            "distressing",
            tr("Distressing"),
            "check",
            ((YES, tr("Yes, covered and muted at first")),),
            hint=tr("Covered and muted at first"),
            tip=tr("Mark what shows or lets hear people being hurt or dead: it stays covered and mute until you ask"),
        ),
        FieldSpec(
            "distressing_spans",
            tr("Distressing parts"),
            hint=tr("Frames, as 120-180, 300-310"),
            whole=True,
            tip=tr("These frames stay covered and mute until you uncover them; Review marks them from in to out"),
        ),
        FieldSpec("description", tr("Description"), "text"),
        FieldSpec("note", tr("Note"), "text"),
    )


def _collection(acquisition: Acquisition | None) -> str:
    if acquisition is None:
        return ""
    return ", ".join(v for v in (acquisition.collected_by, acquisition.collected_at, acquisition.method) if v)

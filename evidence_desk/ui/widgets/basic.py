"""The common parts of the window in one place to import from."""

from evidence_desk.ui.widgets.buttons import (
    Chip,
    DeskButton,
    ghost_button,
    icon_button,
    link_button,
    plain_button,
    primary_button,
)
from evidence_desk.ui.widgets.choice import Choice
from evidence_desk.ui.widgets.filter_field import FilterField
from evidence_desk.ui.widgets.forms import (
    CompletenessMeter,
    CountFields,
    FormRow,
    mark_wrong,
    paint_meter,
    show_as_text,
)
from evidence_desk.ui.widgets.labels import (
    Badge,
    ElidedLabel,
    IconLabel,
    KeyCap,
    hairline,
    label,
    section_label,
    set_role,
)
from evidence_desk.ui.widgets.messages import Banner, Banners, Toasts
from evidence_desk.ui.widgets.panel import Elastic, EmptyState, FoldHeader, PanelFooter, PanelHeader
from evidence_desk.ui.widgets.relation_edge import paint_edge

__all__ = [
    "Badge",
    "Banner",
    "Banners",
    "Chip",
    "Choice",
    "CompletenessMeter",
    "CountFields",
    "DeskButton",
    "Elastic",
    "ElidedLabel",
    "EmptyState",
    "FilterField",
    "FoldHeader",
    "FormRow",
    "IconLabel",
    "KeyCap",
    "PanelFooter",
    "PanelHeader",
    "Toasts",
    "ghost_button",
    "hairline",
    "icon_button",
    "label",
    "link_button",
    "mark_wrong",
    "paint_edge",
    "paint_meter",
    "plain_button",
    "primary_button",
    "section_label",
    "set_role",
    "show_as_text",
]

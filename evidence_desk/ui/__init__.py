"""The window: everything that draws or takes keys. No rules of the record live here."""

from evidence_desk.ui.reference_counts import keep_constants_alive

keep_constants_alive()

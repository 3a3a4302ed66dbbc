"""The window: everything that draws or takes keys. No rules of the record live here."""

from evidence_desk.ui.lasting_singletons import make_lasting

make_lasting()

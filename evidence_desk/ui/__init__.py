"""The window: everything that draws or takes keys. No rules of the record live here."""

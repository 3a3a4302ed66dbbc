"""Dialogs: only for work that cannot be taken back or has several steps."""

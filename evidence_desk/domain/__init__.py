"""Frozen values and rules of the desk; standard library only."""

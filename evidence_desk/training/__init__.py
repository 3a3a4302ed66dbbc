"""Exercises: the sample case worked through the same services that a person's clicks reach."""

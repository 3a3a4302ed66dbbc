"""Finds the files that belong to the program: in a checkout, in a wheel, in a frozen bundle."""

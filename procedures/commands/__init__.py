"""Verbs of the catalogue: one command a file, one transaction each, opened and closed by the caller."""

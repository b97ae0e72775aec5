"""Reads of the catalogue: never write."""

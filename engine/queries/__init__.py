"""Reads: never write."""

"""Secrets that are shown once and kept as a hash."""

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    """Return a new secret of 256 bits; a prefix lets scanners recognise it."""
    return prefix + secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """Return what is kept of a secret. Secrets are random, so a plain hash suffices."""
    return hashlib.sha256(secret.encode()).hexdigest()

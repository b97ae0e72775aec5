"""Who acts: what the engine needs to know of a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at a moment.

    `groups` are the opaque keys of the positions held; `heads` the codes of the units led; `oversees` is true for the
    leadership and auditors, who see every case; `commands` for the leadership alone, who may also stop one.
    """

    id: int
    name: str
    groups: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    oversees: bool = False
    commands: bool = False


SYSTEM = Actor(id=0, name="")
"""The worker, where nobody acts."""

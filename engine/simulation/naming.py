"""What a scenario names, found in the procedure. What is not there is refused with what is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from bpmn.elements import Node
from bpmn.folding import same_text
from engine.errors import UnknownChoice
from engine.virtual import as_written, is_called, label

Value = TypeVar("Value")


def by_element(named: Mapping[str, Value], nodes: Sequence[Node]) -> dict[str, Value]:
    """The values by element id. Raises UnknownChoice."""
    return {find(name, nodes).id: value for name, value in named.items()}


def find(name: str, nodes: Sequence[Node]) -> Node:
    """The node with that number or id, else the one with that name."""
    found = next((node for node in nodes if is_called(node, name)), None)
    found = found or next((node for node in nodes if same_text(node.name, name)), None)
    if found is None:
        raise UnknownChoice(step=name, known=[label(node) for node in nodes])
    return found


def written(shares: Mapping[str, Value], offered: Iterable[str], *, step: str) -> dict[str, Value]:
    """The shares with outcomes as the file writes them. Raises UnknownChoice."""
    known = list(dict.fromkeys(offered))
    return {as_written(outcome, known, step=step): share for outcome, share in shares.items()}


def by_position(named: Mapping[str, Value], positions: Collection[str]) -> dict[str, Value]:
    """The values by position; a name without unit stands for that position in every unit. Raises UnknownChoice."""
    found: dict[str, Value] = {}
    for name, value in named.items():
        meant = [position for position in positions if same_text(position, name)]
        meant = meant or [each for each in positions if same_text(each.partition(", ")[0], name)]
        if not meant:
            raise UnknownChoice(position=name, known=sorted(positions))
        found.update(dict.fromkeys(meant, value))
    return found

"""Moves of tokens on flows, and a player that plays them: what a trace is made of."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Move:
    """One element lets tokens through.

    `takes` and `gives` name flows; `how` says which of `takes` lose a token: `one` (any that has one), `all`, or
    `present` (every one that has one).  `kills`: all other tokens of the same process part end with it.
    """

    element: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    how: str = "one"
    kills: bool = False


Recipe: TypeAlias = "tuple[Recipe, Recipe] | Move | None"
"""Moves in order, as a binary tree: joining two is one step, however long they are."""


def joined(first: Recipe, second: Recipe) -> Recipe:
    return second if first is None else first if second is None else (first, second)


def moves_of(recipe: Recipe) -> Iterator[Move]:
    """The moves from left to right, without recursion."""
    waiting = [recipe]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Move):
            yield part
        elif part is not None:
            waiting += (part[1], part[0])


@dataclass(frozen=True, slots=True)
class Step:
    """A move as it was played: the flows that lost a token and those that got one."""

    element: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    joins: bool = False
    kills: bool = False


class Player:
    """Plays moves from one token on `origin`; `marking` says where tokens lie, `history` where they lay."""

    def __init__(self, origin: str) -> None:
        self.marking = Counter([origin])
        self.steps: list[Step] = []
        self.history: list[Counter[str]] = [self.marking.copy()]

    def play(self, moves: Iterable[Move]) -> None:
        self.replay(
            Step(move.element, self.taken(move), move.gives, move.how == "present", move.kills) for move in moves
        )

    def replay(self, steps: Iterable[Step]) -> None:
        for step in steps:
            self.marking.subtract(step.takes)
            self.marking = Counter() if step.kills else +self.marking
            self.marking.update(step.gives)
            self.steps.append(step)
            self.history.append(self.marking.copy())

    def taken(self, move: Move) -> tuple[str, ...]:
        if move.how == "all":
            return move.takes
        present = tuple(flow for flow in move.takes if self.marking[flow])
        return present[:1] if move.how == "one" else present

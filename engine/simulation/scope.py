"""Tokens, and the scopes that hold them: a case, and each sub-process or call that is open in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from simpy import Event, Process

from engine.simulation.place import Place


@dataclass(slots=True, eq=False)
class Token:
    """A token at a place; `via` is the flow it came by. `parked` at a join it has no process."""

    scope: "Scope"
    place: Place
    via: str = ""
    process: Process | None = None
    parked: bool = False


@dataclass(slots=True, eq=False)
class Scope:
    """What is open in one container: `done` happens when no token is left.

    `host` is the activity that it lies in, None for the case itself.
    """

    done: Event
    host: Place | None = None
    tokens: list[Token] = field(default_factory=list)
    end: str | None = None

    @property
    def parked(self) -> list[Token]:
        return [token for token in self.tokens if token.parked]

    def add(self, place: Place, via: str = "") -> Token:
        token = Token(self, place, via)
        self.tokens.append(token)
        return token

    def park(self, token: Token) -> None:
        """Let a token wait at a join; whoever came later stands behind it."""
        token.parked, token.process = True, None
        self.tokens.remove(token)
        self.tokens.append(token)

    def waiting(self, place: Place) -> dict[str, Token]:
        """The oldest token parked at a join for each flow that has one."""
        found: dict[str, Token] = {}
        for token in self.tokens:
            if token.parked and token.place is place:
                found.setdefault(token.via, token)
        return found

    def inclusive(self) -> Iterator[tuple[Place, dict[str, Token]]]:
        """The inclusive joins that may go on now, by the age of their tokens, with what waits there."""
        for place in dict.fromkeys(token.place for token in self.tokens if token.parked and token.place.feeds):
            waiting = self.waiting(place)
            if not any(is_expected(token, place, waiting) for token in self.tokens):
                yield place, waiting


def is_expected(token: Token, gateway: Place, waiting: dict[str, Token]) -> bool:
    """Whether the token may still come to an empty flow of the gateway, and to none that has one already.

    Source: BPMN 2.0.2, table 13.2.
    """
    if token.place is gateway:
        return not token.parked and token.via not in ("", *waiting)
    reached = gateway.feeds.get(token.place.node.id, frozenset())
    return bool(reached) and reached.isdisjoint(waiting)

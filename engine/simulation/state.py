"""What is kept of a case while it is open."""

from collections import Counter
from dataclasses import dataclass, field

from engine.simulation.place import Place
from engine.simulation.timeline import Seconds
from engine.simulation.world import Acting, World

__all__ = ["Acting", "CaseState"]


@dataclass(slots=True, eq=False)
class CaseState:
    """`clock` is where the limit and calendar days count from, `queued` the working seconds its steps waited for an
    officer, `blocks` when each shared limit began, `visits` how often each place was
    met, `had` how often chance gave it an outcome."""

    world: World
    number: int
    clock: Seconds
    outcomes: dict[str, str] = field(default_factory=dict)
    visits: Counter[int] = field(default_factory=Counter)
    blocks: dict[str, Seconds] = field(default_factory=dict)
    queued: int = 0
    had: Counter[tuple[int, str]] = field(default_factory=Counter)

    @property
    def now(self) -> Seconds:
        return int(self.world.env.now)

    def turn(self, place: Place) -> int:
        """Count a visit of a place; return how many there were before."""
        self.visits[place.index] += 1
        return self.visits[place.index] - 1

    def chance(self, place: Place, turn: int, instance: int = 0) -> tuple[float, float, float]:
        """Three numbers for one visit of a place, and for each of its instances."""
        return self.world.chance.three(self.number, place.index, turn * 1_000 + instance)

"""The durable step: in each round the ceiling, the plain way and ours; medians of the rounds.

`python -m benchmarks.durable [URL]`: with a PostgreSQL URL, ours and the plain way run there, in a schema of their own.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.reference import Store, commits, naive_starts, naive_steps, postgresql, sqlite
from benchmarks.steps import Town, our_starts, our_steps

MODELS = Path(__file__).parent / "models"
ROUNDS, STEPS, WARM = 5, 200, 20
LONG = 600  # steps of one case of the loop
Step = Callable[[], object]


class Cost(NamedTuple):
    """Median µs of one step: passed on the wall, and of this process's CPU."""

    wall: float
    cpu: float


def main(url: str | None = None) -> None:
    heads = ("ceiling µs", "naive µs", "ours µs", "× naive", "CPU naive", "CPU ours", "× CPU", "% ceiling")
    print(f"{'':16}" + "".join(f"{head:>11}" for head in heads))
    for name in ("w5", "linear50"):
        rounds = [one_round(MODELS / f"{name}.bpmn", url) for _ in range(ROUNDS)]
        report(f"{name} step", [(ceiling, naive, ours) for ceiling, (naive, ours), _ in rounds])
        report(f"{name} start", [(ceiling, naive, ours) for ceiling, _, (naive, ours) in rounds])
    first, last = flat(url)
    print(f"{'loop':16} first tenth {first:.0f} µs, last tenth {last:.0f} µs of CPU: {last / first:.2f}")


def report(name: str, rounds: Sequence[tuple[Cost, Cost, Cost]]) -> None:
    ceiling, naive, ours = ([round_[place] for round_ in rounds] for place in range(3))
    ratio = median(plain.wall / mine.wall for _, plain, mine in rounds)
    saved = median(plain.cpu / mine.cpu for _, plain, mine in rounds)
    share = median(bare.wall / mine.wall for bare, _, mine in rounds)
    times = (median(cost.wall for cost in costs) for costs in (ceiling, naive, ours))
    cpu = (median(cost.cpu for cost in costs) for costs in (naive, ours))
    print(f"{name:16}{row(times)}{ratio:11.2f}{row(cpu)}{saved:11.2f}{share:11.0%}")


def row(figures: Iterator[float]) -> str:
    return "".join(f"{figure:11.0f}" for figure in figures)


def one_round(model: Path, url: str | None) -> tuple[Cost, tuple[Cost, Cost], tuple[Cost, Cost]]:
    """Return a bare commit, then naive and ours of a step and of a start."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        bare, plain = stores(place, url)
        ours = Town(url or f"sqlite:///{place / 'ours.db'}", model)
        return (
            timed(commits(bare)),
            (timed(naive_steps(plain, model)), timed(our_steps(ours))),
            (timed(naive_starts(plain, model)), timed(our_starts(ours))),
        )


def stores(place: Path, url: str | None) -> tuple[Store, Store]:
    if url is not None:
        return postgresql(url), postgresql(url)
    return sqlite(place / "ceiling.db"), sqlite(place / "naive.db")


def timed(steps: Iterator[Step]) -> Cost:
    """Return what a step costs; what lies between two steps is not counted."""
    costs = []
    for step in islice(steps, WARM + STEPS):
        wall, cpu = time.perf_counter(), time.process_time()
        step()
        costs.append((time.perf_counter() - wall, time.process_time() - cpu))
    walls, cpus = zip(*costs[WARM:], strict=True)
    return Cost(median(walls) * 1e6, median(cpus) * 1e6)


def flat(url: str | None) -> tuple[float, float]:
    """Return the CPU µs of a step in the first and in the last tenth of one long case."""
    with tempfile.TemporaryDirectory() as folder:
        town = Town(url or f"sqlite:///{Path(folder) / 'loop.db'}", MODELS / "loop.bpmn", again=True)
        costs = []
        for step in islice(our_steps(town), WARM + LONG):
            before = time.process_time()
            step()
            costs.append(time.process_time() - before)
    tenth = LONG // 10
    return median(costs[WARM : WARM + tenth]) * 1e6, median(costs[-tenth:]) * 1e6


if __name__ == "__main__":
    main(*sys.argv[1:2] or [None])

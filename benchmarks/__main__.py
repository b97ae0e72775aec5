"""Run all, one after the other, each as by itself.

The durable step: in each round the ceiling, the plain way and ours; medians of the rounds.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks import layout, simulation, soundness
from benchmarks.reference import commits, naive_steps, open_sqlite
from benchmarks.steps import our_steps

MODELS = Path(__file__).parent / "models"
ROUNDS, STEPS, WARM = 3, 200, 20


def main() -> None:
    for name, benchmark in BENCHMARKS.items():
        print(f"{name}:", flush=True)
        benchmark()
        print(flush=True)


def durable_step() -> None:
    print(f"{'model':10} {'ceiling µs':>11} {'naive µs':>9} {'ours µs':>8} {'× naive':>8} {'% ceiling':>10}")
    for name in ("w5", "linear50"):
        rounds = [one_round(MODELS / f"{name}.bpmn") for _ in range(ROUNDS)]
        ceiling, naive, ours = (median(column) for column in zip(*rounds, strict=True))
        ratio = median(row[1] / row[2] for row in rounds)
        share = median(row[0] / row[2] for row in rounds)
        print(f"{name:10} {ceiling:11.0f} {naive:9.0f} {ours:8.0f} {ratio:8.2f} {share:10.0%}")


def one_round(model: Path) -> tuple[float, float, float]:
    """Return the median µs of a bare commit, of the plain step and of ours."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        return (
            timed(commits(open_sqlite(place / "ceiling.db"))),
            timed(naive_steps(open_sqlite(place / "naive.db"), model)),
            timed(our_steps(f"sqlite:///{place / 'ours.db'}", model)),
        )


def timed(steps: Iterator[None]) -> float:
    """Return the median wall time of a step in µs."""
    times = []
    for _ in islice(steps, WARM):
        pass
    for _ in range(STEPS):
        before = time.perf_counter()
        next(steps)
        times.append(time.perf_counter() - before)
    return median(times) * 1e6


BENCHMARKS: Mapping[str, Callable[[], None]] = {
    "A durable step": durable_step,
    "The layout of a long procedure": layout.main,
    "A simulation": simulation.main,
    "Soundness": soundness.main,
}
"""All that need no server, as `benchmarks.guards` does, by their heads in docs/benchmarks.md."""


if __name__ == "__main__":
    main()

"""Run all, one after the other, each as by itself."""

from collections.abc import Callable, Mapping

from benchmarks import durable, layout, simulation, soundness


def main() -> None:
    for name, benchmark in BENCHMARKS.items():
        print(f"{name}:", flush=True)
        benchmark()
        print(flush=True)


BENCHMARKS: Mapping[str, Callable[[], None]] = {
    "A durable step": durable.main,
    "The layout of a long procedure": layout.main,
    "A simulation": simulation.main,
    "Soundness": soundness.main,
}
"""All that need no server, as `benchmarks.guards` does, by their heads in docs/benchmarks.md."""


if __name__ == "__main__":
    main()

"""Soundness of models far beyond the gate's size. `python -m benchmarks.soundness` prints; docs/benchmarks.md keeps."""

import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.soundness_models import crossed, mixed, parallel, sequence
from bpmn.document import Document, read_document
from bpmn.elements import Process
from bpmn.examine import Town, check_document
from bpmn.soundness import faults

ROUNDS = 5
LINEAR = Path(__file__).parent / "models" / "linear50.bpmn"
MODELS: dict[str, Process] = {
    "4,000 in a row": sequence(4_000),
    "20 parallel": parallel(20),
    "20 parallel, nested": parallel(20, depth=3),
    "20 parallel, all may leave": parallel(20, leave=20),
    "20 parallel knots": crossed(20),
    "1,000 mixed": mixed(1_000),
    "4,000 mixed": mixed(4_000),
}


def main() -> None:
    document = read_document(LINEAR.read_bytes()).document
    assert document is not None
    print(f"{'model':28} {'ms':>8} {'peak MB':>8} {'faults':>7}")
    report("50 steps, all rules", partial(traced, document))
    for name, process in MODELS.items():
        report(name, partial(all_faults, process))
    print(f"{'a million additions':28} {milliseconds(reference):8.1f}")


def all_faults(process: Process) -> list[object]:
    return list(faults(process))


def traced(document: Document) -> list[object]:
    """What all rules find of faults with a way to them."""
    return [finding for finding in check_document(document, "x", Town()).findings if "trace" in finding.facts]


def report(name: str, judge: Callable[[], list[object]]) -> None:
    tracemalloc.start()
    found = len(judge())
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"{name:28} {milliseconds(judge):8.1f} {peak:8.1f} {found:7}")


def milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return median(times) * 1e3


def reference() -> int:
    """What this machine does in plain Python."""
    total = 0
    for number in range(1_000_000):
        total += number
    return total


if __name__ == "__main__":
    main()

"""Cases of a procedure of twelve steps in a second of one core. `python -m benchmarks.simulation` prints.

Beside it, as the reference of the same run, the bare event loop of SimPy with as many events.
"""

import time
from collections.abc import Callable, Generator
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from simpy import Environment, Event

from bpmn.convert import read_yaml, table_to_bpmn
from bpmn.document import Document, read_document
from engine.simulation import Arrivals, Scenario, simulate
from engine.worktime import ZONE, WorkCalendar

SAMPLE = Path(__file__).parents[1] / "tests/files/samples/04_cap_phep_xay_dung_nha_o_rieng_le.yaml"
CASES, EVENTS_A_CASE = 10_000, 62
SCENARIO = Scenario(
    datetime(2026, 1, 5, 7, tzinfo=ZONE),
    cases=CASES,
    arrivals=Arrivals(Fraction(4)),
    officers=4,
    shares={"6": {"không đồng ý": Fraction(1, 5)}, "1": {"thiếu thành phần": Fraction(1, 5)}},
)


def main() -> None:
    document = permit()
    ours = seconds(lambda: simulate(document, WorkCalendar.shipped(), SCENARIO))
    bare = seconds(lambda: bare_events(CASES * EVENTS_A_CASE))
    print(f"{CASES} cases  ours {ours:.1f} s  bare event loop {bare:.1f} s  × {ours / bare:.1f}")


def permit() -> Document:
    table = read_yaml(SAMPLE.read_bytes()).table
    assert table is not None
    document = read_document(table_to_bpmn(table)).document
    assert document is not None
    return document


def bare_events(count: int) -> None:
    env = Environment()

    def ticks() -> Generator[Event, object, None]:
        for _ in range(count):
            yield env.timeout(1)

    env.process(ticks())
    env.run()


def seconds(act: Callable[[], object]) -> float:
    """Seconds of processor time."""
    before = time.process_time()
    act()
    return time.process_time() - before


if __name__ == "__main__":
    main()

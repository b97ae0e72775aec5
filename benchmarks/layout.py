"""The layout of 100 steps in 8 lanes: `python -m benchmarks.layout`.

*reference*: parsing and writing the same file once.  Both are medians of processor time in the same run.
"""

import time
from collections.abc import Callable
from fractions import Fraction
from statistics import median

from lxml import etree

from bpmn.convert import table_to_bpmn
from bpmn.fiveclear import Branch, Duration, FiveClear, Performer, Step, TimeUnit
from bpmn.layout import add_diagram

RUNS = 15
DAY = Duration("01 ngày làm việc", TimeUnit.WORKING_DAY, Fraction(1))
NAME = "Kiểm tra hồ sơ, dự thảo văn bản trình lãnh đạo"


def procedure(steps: int, lanes: int) -> FiveClear:
    """A procedure of citizens: steps that wander through the lanes; every seventh can be sent back four steps, every
    eleventh waits for the citizen, three of every twenty are done at once, one of them with a silence rule."""
    rows = tuple(
        Step(
            str(number),
            f"{NAME} {number}",
            performer=Performer(f"Vị trí {number * 3 % lanes}", "Phòng A"),
            duration=DAY,
            parallel_group=f"g{number // 20}" if number % 20 in (13, 14, 15) else None,
        )
        for number in range(1, steps + 1)
    )
    back = [Branch(str(number), "không đồng ý", str(number - 4)) for number in range(7, steps, 7) if number % 20 > 16]
    back += [Branch(str(number), "chưa đạt", str(number - 4)) for number in range(9, steps, 7) if number % 20 < 13]
    wait = [
        Branch(str(number), "thiếu thành phần", "wait_citizen") for number in range(11, steps, 11) if number % 20 < 13
    ]
    silent = [Branch(str(number), "quá hạn", str(number + 2), note="silent_consent") for number in range(14, steps, 20)]
    return FiveClear("Quy trình dài", rows, tuple(back + wait + silent), kind="tthc", unit_name="Phòng A")


def timed(work: Callable[[], object]) -> float:
    """Return the median processor time in ms."""
    times = []
    for _ in range(RUNS):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return median(times) * 1e3


def main() -> None:
    print(f"{'steps × lanes':14} {'edges':>6} {'reference ms':>13} {'layout ms':>10}")
    for steps, lanes in ((12, 5), (50, 8), (100, 8), (200, 8)):
        data = table_to_bpmn(procedure(steps, lanes))
        root = etree.fromstring(data)
        edges = sum(1 for element in root.iter("*") if str(element.tag).endswith(("}sequenceFlow", "}messageFlow")))
        reference = timed(lambda data=data: etree.tostring(etree.fromstring(data)))
        print(f"{steps:5} × {lanes:<6} {edges:6} {reference:13.1f} {timed(lambda root=root: add_diagram(root)):10.1f}")


if __name__ == "__main__":
    main()

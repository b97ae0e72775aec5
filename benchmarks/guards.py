"""Two guards of a step on PostgreSQL: the row lock before the load, and a version compared at the end.

`python -m benchmarks.guards postgresql+psycopg://…` prints µs per step for one worker, and for eight on the same row
with how often the work was done in vain.
"""

import sys
import threading
import time
from collections.abc import Callable
from statistics import median

from sqlalchemy import Connection, Engine, create_engine, text

STEPS, WORKERS = 300, 8
THINK = 0.001  # seconds that a step works between load and save
ROW = "SELECT state, version FROM guard_bench WHERE id = :id"
SAVE = "UPDATE guard_bench SET state = state || 'x', version = version + 1 WHERE id = :id AND version = :version"
Step = Callable[[Connection, int], bool]


def locked(connection: Connection, row: int) -> bool:
    found = connection.execute(text(ROW + " FOR UPDATE"), {"id": row}).one()
    time.sleep(THINK)
    return connection.execute(text(SAVE), {"id": row, "version": found.version}).rowcount == 1


def compared(connection: Connection, row: int) -> bool:
    found = connection.execute(text(ROW), {"id": row}).one()
    time.sleep(THINK)
    return connection.execute(text(SAVE), {"id": row, "version": found.version}).rowcount == 1


def alone(bind: Engine, step: Step) -> float:
    times = []
    for _ in range(STEPS):
        before = time.perf_counter()
        with bind.begin() as connection:
            step(connection, 1)
        times.append(time.perf_counter() - before)
    return median(times) * 1e6


def together(bind: Engine, step: Step) -> tuple[float, int]:
    """Return µs per step that came through, and how many were done in vain."""
    vain = [0] * WORKERS

    def work(number: int) -> None:
        done = 0
        while done < STEPS // WORKERS:
            with bind.begin() as connection:
                through = step(connection, 2)
            done += through
            vain[number] += not through

    before = time.perf_counter()
    threads = [threading.Thread(target=work, args=(number,)) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - before) * 1e6 / STEPS, sum(vain)


def main(url: str) -> None:
    bind = create_engine(url, pool_size=WORKERS)
    with bind.begin() as connection:
        connection.execute(text("CREATE TABLE guard_bench (id int PRIMARY KEY, state text, version int)"))
        connection.execute(text("INSERT INTO guard_bench VALUES (1, '', 0), (2, '', 0)"))
    try:
        for name, step in (("FOR UPDATE", locked), ("version", compared)):
            contended, vain = together(bind, step)
            single = alone(bind, step)
            print(f"{name:11} alone {single:6.0f} µs   {WORKERS} on one row {contended:6.0f} µs, {vain} in vain")
    finally:
        with bind.begin() as connection:
            connection.execute(text("DROP TABLE guard_bench"))


if __name__ == "__main__":
    main(sys.argv[1])

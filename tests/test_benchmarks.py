"""`make bench` runs every benchmark that needs nothing but the repository, and the documentation keeps its numbers."""

import re
from importlib import import_module
from inspect import signature
from pathlib import Path

from benchmarks.__main__ import BENCHMARKS, durable_step

ROOT = Path(__file__).parent.parent


def test_every_benchmark_that_can_be_run_by_itself_is_run_by_make_bench() -> None:
    names = [file.stem for file in (ROOT / "benchmarks").glob("*.py") if not file.stem.startswith("__")]
    mains = [getattr(import_module(f"benchmarks.{name}"), "main", None) for name in names]

    alone = {main for main in mains if main is not None and not signature(main).parameters}
    assert alone | {durable_step} == set(BENCHMARKS.values())
    assert re.search(
        r"^bench:.*\n\t@\$\(BIN\)/python -m benchmarks$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )


def test_every_benchmark_has_its_numbers_in_the_documentation() -> None:
    heads = re.findall(r"^## (.*?) \(`", (ROOT / "docs" / "benchmarks.md").read_text("utf-8"), re.MULTILINE)

    assert heads == list(BENCHMARKS)

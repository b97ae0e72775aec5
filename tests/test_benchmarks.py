"""`make bench` runs every benchmark that needs nothing but the repository, and the documentation keeps its numbers."""

import re
from collections.abc import Callable
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path

from benchmarks.__main__ import BENCHMARKS

ROOT = Path(__file__).parent.parent


def test_every_benchmark_that_can_be_run_by_itself_is_run_by_make_bench() -> None:
    names = [file.stem for file in (ROOT / "benchmarks").glob("*.py") if not file.stem.startswith("__")]
    mains = [getattr(import_module(f"benchmarks.{name}"), "main", None) for name in names]

    assert {main for main in mains if main is not None and needs_nothing(main)} == set(BENCHMARKS.values())
    assert re.search(
        r"^bench:.*\n\t@\$\(BIN\)/python -m benchmarks$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )


def needs_nothing(main: Callable[..., None]) -> bool:
    return all(each.default is not Parameter.empty for each in signature(main).parameters.values())


def test_every_benchmark_has_its_numbers_in_the_documentation() -> None:
    heads = re.findall(r"^## (.*?) \(`", (ROOT / "docs" / "benchmarks.md").read_text("utf-8"), re.MULTILINE)

    assert heads == list(BENCHMARKS)

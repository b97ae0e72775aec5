"""`make bench` runs every benchmark that needs nothing but the repository, and the documentation keeps its numbers."""

import re
from collections.abc import Callable
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path

from benchmarks.__main__ import BENCHMARKS

ROOT = Path(__file__).parent.parent
BY_THEMSELVES = {"editor": "The editor at 100 steps"}
"""Benchmarks that need more than the repository: a browser and the built front end."""


def test_every_benchmark_that_can_be_run_by_itself_is_run_by_make_bench() -> None:
    files = (ROOT / "benchmarks").glob("*.py")
    names = [file.stem for file in files if not file.stem.startswith("__") and file.stem not in BY_THEMSELVES]
    mains = [getattr(import_module(f"benchmarks.{name}"), "main", None) for name in names]

    assert {main for main in mains if main is not None and needs_nothing(main)} == set(BENCHMARKS.values())
    assert re.search(
        r"^bench:.*\n\t@\$\(BIN\)/python -m benchmarks$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )


def needs_nothing(main: Callable[..., None]) -> bool:
    return all(each.default is not Parameter.empty for each in signature(main).parameters.values())


def test_every_benchmark_has_its_numbers_in_the_documentation() -> None:
    heads = re.findall(r"^## (.*?) \(`", (ROOT / "docs" / "benchmarks.md").read_text("utf-8"), re.MULTILINE)

    assert heads == [*BENCHMARKS, *BY_THEMSELVES.values()]

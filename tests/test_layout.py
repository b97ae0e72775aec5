"""The house's own rules that no linter knows: sizes, imports, and that our four names are ours."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bpmn", "engine", "procedures", "web")
LONGEST_FILE, LONGEST_FUNCTION = 300, 40  # lines
IMPORTED_NAMES = (ast.Import, ast.ImportFrom)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    return sorted(file for file in files if not {"node_modules", "migrations"} & set(file.parts))


def is_record(file: Path) -> bool:
    """A migration is a record of what was done, as Alembic wrote it: nobody reads it to understand the product."""
    return file.parent == ROOT / "engine" / "migrations" / "versions"


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines of a function without its decorators and docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_there_is_something_to_look_at() -> None:
    assert {file.relative_to(ROOT).parts[0] for file in modules()} == set(PACKAGES)


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_stays_small_and_imports_at_its_top(file: Path) -> None:
    text = file.read_text()
    tree = ast.parse(text)

    too_long = [f"{each.name}: {length(each)}" for each in functions(tree) if length(each) > LONGEST_FUNCTION]
    lazy = [node.lineno for each in functions(tree) for node in ast.walk(each) if isinstance(node, IMPORTED_NAMES)]

    assert not lazy
    assert is_record(file) or len(text.splitlines()) <= LONGEST_FILE
    assert is_record(file) or not too_long


def test_the_length_of_a_function_leaves_out_its_docstring() -> None:
    (function,) = functions(ast.parse('@cached\ndef f():\n    """One.\n\n    Two.\n    """\n    return 1\n'))

    assert length(function) == 2


def test_the_tests_are_no_packages() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_of_that_name_is_ours(name: str) -> None:
    file = importlib.import_module(name).__file__

    assert file is not None
    assert Path(file).is_relative_to(ROOT)


@pytest.mark.parametrize("name", PACKAGES)
def test_no_other_distribution_brings_a_package_of_that_name(name: str) -> None:
    assert set(packages_distributions().get(name, ["namro"])) == {"namro"}


def test_the_imports_keep_to_their_contracts() -> None:
    command = [Path(sys.prefix) / "bin" / "lint-imports", "--no-logo"]

    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout + ended.stderr

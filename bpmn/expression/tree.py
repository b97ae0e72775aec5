"""The tree of an expression: our own frozen nodes, so that nothing of the interpreter's syntax tree is ever run."""

from dataclasses import dataclass

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Literal:
    value: Scalar


@dataclass(frozen=True, slots=True)
class Name:
    id: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list written out."""

    items: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """`operator`: not, -, +."""

    operator: str
    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Binary:
    """`operator`: + - * / // %."""

    operator: str
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True, slots=True)
class Logic:
    """`operator`: and, or; evaluated from the left until it is decided."""

    operator: str
    operands: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A chain `first op value op value …`; `operator`: == != < <= > >= in, not in."""

    first: "Tree"
    rest: tuple[tuple[str, "Tree"], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One of the known functions."""

    function: str
    arguments: tuple["Tree", ...]


Tree = Literal | Name | Items | Unary | Binary | Logic | Comparison | Call

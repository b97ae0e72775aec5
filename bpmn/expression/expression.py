"""An expression that was read: its text, its tree, and what it refers to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bpmn.expression.evaluate import Value, evaluate, truth
from bpmn.expression.tree import Tree


@dataclass(frozen=True, slots=True)
class Expression:
    """`names` are the variables that it reads, `outcomes` the element ids that it asks `ket_qua` about."""

    text: str
    tree: Tree
    names: frozenset[str]
    outcomes: frozenset[str]

    def evaluate(self, names: Mapping[str, object], outcome: Callable[[str], str]) -> Value:
        """The value. Raises ExpressionError `unknown-name`, `expression-type`, `expression-value` or
        `expression-limit`."""
        return evaluate(self.tree, names, outcome)

    def holds(self, names: Mapping[str, object], outcome: Callable[[str], str]) -> bool:
        """Whether the expression is true, as a condition; raises as `evaluate` does."""
        return truth(self.evaluate(names, outcome))

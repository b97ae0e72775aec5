"""A decision table, and how it decides (DMN 1.3, chapter 8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bpmn.dmn.cells import AnyOf, Names, Outcome, Scope, alike
from bpmn.errors import DecisionError
from bpmn.expression import Expression, Value
from bpmn.expression.evaluate import extreme, number


class HitPolicy(StrEnum):
    """Which of the rules that match count."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    ANY = "ANY"
    PRIORITY = "PRIORITY"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"


LISTS = frozenset({HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT})
AGGREGATES = frozenset({"SUM", "MIN", "MAX", "COUNT"})


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results. `values` gives its possible values, the most important first; `default` where no rule is."""

    name: str
    values: tuple[Expression, ...] = ()
    default: Expression | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: a test for each input, an entry for each output (None: nothing)."""

    tests: tuple[AnyOf, ...]
    entries: tuple[Expression | None, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision table as read."""

    id: str
    inputs: tuple[Expression, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    policy: HitPolicy = HitPolicy.UNIQUE
    aggregate: str | None = None

    def decide(self, names: Names, outcome: Outcome) -> dict[str, Value]:
        """The value of each output by its name.

        A policy of lists gives a list per output, its order that of the rules; an aggregate gives a number. Where no
        rule matches, an output has its default, else None; a list is empty, a sum, least or greatest of nothing None.
        Raises DecisionError `decision-several` for two rules of UNIQUE or unequal ones of ANY, ExpressionError for a
        cell that fails.
        """
        scope = Scope(names, outcome)
        given = [scope.value(each) for each in self.inputs]
        hits = [rule for rule in self.rules if matches(rule, given, scope)]
        if not hits and self.policy not in LISTS:
            return {each.name: None if each.default is None else scope.value(each.default) for each in self.outputs}
        rows = self.chosen([row(rule, scope) for rule in hits], scope)
        if self.aggregate is not None:
            return {self.outputs[0].name: aggregated(self.aggregate, [first for first, *_ in rows])}
        if self.policy in LISTS:
            return {each.name: [found[at] for found in rows] for at, each in enumerate(self.outputs)}
        return {each.name: rows[0][at] for at, each in enumerate(self.outputs)}

    def chosen(self, rows: list[list[Value]], scope: Scope) -> list[list[Value]]:
        """The rows that count, in their order."""
        if self.policy is HitPolicy.UNIQUE and len(rows) > 1:
            raise DecisionError("decision-several", decision=self.id, count=len(rows))
        if self.policy is HitPolicy.ANY and any(not equal(found, rows[0]) for found in rows):
            raise DecisionError("decision-several", decision=self.id, count=len(rows))
        if self.policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER):
            return sorted(rows, key=self.ranking(scope))
        return rows

    def ranking(self, scope: Scope) -> Callable[[Sequence[Value]], tuple[int, ...]]:
        """How a row ranks: by the place of its outputs among the values listed, the first output first."""
        listed = [[scope.value(value) for value in each.values] for each in self.outputs]

        def rank(found: Sequence[Value]) -> tuple[int, ...]:
            return tuple(place(value, values) for value, values in zip(found, listed, strict=True))

        return rank


def matches(rule: Rule, given: Sequence[Value], scope: Scope) -> bool:
    return all(test.holds(value, scope) for test, value in zip(rule.tests, given, strict=True))


def row(rule: Rule, scope: Scope) -> list[Value]:
    return [None if entry is None else scope.value(entry) for entry in rule.entries]


def equal(one: Sequence[Value], other: Sequence[Value]) -> bool:
    return all(alike(left, right) for left, right in zip(one, other, strict=True))


def place(value: Value, values: Sequence[Value]) -> int:
    """Where a value stands; one that is not listed comes last."""
    return next((at for at, each in enumerate(values) if alike(value, each)), len(values))


def aggregated(kind: str, values: Sequence[Value]) -> Value:
    if kind == "COUNT":
        return len(values)
    if not values:
        return None
    if kind == "SUM":
        return sum(number(value) for value in values)
    return extreme(kind.lower(), list(values))

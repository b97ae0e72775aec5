"""Cells of a decision table: a unary test says whether it holds of an input, an output entry gives a value.

Expressions are of our own language; FEEL's `true`, `false`, `null` and `=` are understood besides.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bpmn.errors import ExpressionError
from bpmn.expression import Expression, Value, parse, same
from bpmn.expression.evaluate import ordered

ANYTHING = ("", "-", "–")
WORDS = {"true": "True", "false": "False", "null": "None"}
TOKEN = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\.\.|[<>!=]=|[^\W\d]\w*|.""", re.DOTALL)
SIGNS = ("<=", ">=", "!=", "==", "<", ">", "=")
OPEN, CLOSE = frozenset("([{"), frozenset(")]}")

Names = Mapping[str, object]
Outcome = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a cell may ask about: variables, and the outcomes of steps."""

    names: Names
    outcome: Outcome

    def value(self, expression: Expression) -> Value:
        return expression.evaluate(self.names, self.outcome)


@dataclass(frozen=True, slots=True)
class Comparing:
    """`< 5`, `!= "x"`; `==` where only a value stands: equal to it, or among it where it is a list."""

    sign: str
    operand: Expression

    def holds(self, value: Value, scope: Scope) -> bool:
        wanted = scope.value(self.operand)
        if self.sign in ("==", "!="):
            among = wanted if isinstance(wanted, list) and not isinstance(value, list) else [wanted]
            return any(alike(value, each) for each in among) == (self.sign == "==")
        return value is not None and ordered(self.sign, value, wanted)


@dataclass(frozen=True, slots=True)
class Range:
    """`[1..5)`: from low to high, each end taken in or left out."""

    low: Expression
    high: Expression
    from_low: str
    to_high: str

    def holds(self, value: Value, scope: Scope) -> bool:
        if value is None:
            return False
        low, high = scope.value(self.low), scope.value(self.high)
        return ordered(self.from_low, value, low) and ordered(self.to_high, value, high)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Tests between commas, one of which must hold; `negated` where `not(...)` stands around them. None: anything."""

    tests: tuple["Comparing | Range | AnyOf", ...] | None
    negated: bool = False

    def holds(self, value: Value, scope: Scope) -> bool:
        if self.tests is None:
            return not self.negated
        return any(test.holds(value, scope) for test in self.tests) != self.negated


def alike(one: Value, other: Value) -> bool:
    """Equal, and both or neither a truth value: true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and same(one, other)


def read_test(text: str | None) -> AnyOf:
    """Read an input entry.  Raises ExpressionError."""
    plain = (text or "").strip()
    if plain in ANYTHING:
        return AnyOf(None)
    inner = inside_not(plain)
    if inner is not None:
        return AnyOf(read_test(inner).tests, negated=True)
    return AnyOf(tuple(read_one(part) for part in split(plain)))


def inside_not(text: str) -> str | None:
    """What stands between the brackets of a `not(...)` that is the whole text."""
    match = re.fullmatch(r"not\s*\((.*)\)", text, re.DOTALL)
    return match[1] if match and balanced(match[1]) else None


def balanced(text: str) -> bool:
    depth = 0
    for token in TOKEN.findall(text):
        depth += (token in OPEN) - (token in CLOSE)
        if depth < 0:
            return False
    return depth == 0


def read_one(text: str) -> Comparing | Range | AnyOf:
    plain = text.strip()
    inner = inside_not(plain)
    if inner is not None:
        return read_test(plain)
    ends = range_ends(plain)
    if ends is not None:
        low, high = (read_value(end) for end in ends)
        return Range(low, high, ">=" if plain[0] == "[" else ">", "<=" if plain[-1] == "]" else "<")
    sign = next((sign for sign in SIGNS if plain.startswith(sign)), "")
    return Comparing("==" if sign in ("", "=") else sign, read_value(plain[len(sign) :]))


def range_ends(text: str) -> tuple[str, str] | None:
    """Both ends of `[a..b]`, `(a..b)`, `]a..b[`; None where the text is no range."""
    if len(text) < 6 or text[0] not in "[(]" or text[-1] not in "])[":
        return None
    parts = split(text[1:-1], mark="..")
    return (parts[0], parts[1]) if len(parts) == 2 else None


def split(text: str, *, mark: str = ",") -> Sequence[str]:
    """The parts between marks that stand in no brackets and no quotes. `]1..5[` is a range with its brackets turned."""
    parts, depth, turned = [""], 0, False
    for word in TOKEN.findall(text):
        if word == mark and depth == 0:
            parts.append("")
            turned = False
            continue
        opens, closes = word in OPEN, word in CLOSE
        if word == "]" and depth == 0 and not parts[-1].strip():
            opens, closes, turned = True, False, True
        elif word == "[" and depth == 1 and turned:
            opens, closes, turned = False, True, False
        depth += opens - closes
        parts[-1] += word
    return parts


def read_value(text: str) -> Expression:
    """Read an expression of ours, with FEEL's words for truth and nothing.  Raises ExpressionError."""
    plain = text.strip()
    if not plain:
        raise ExpressionError("expression-syntax", reason="empty")
    return parse("".join(WORDS.get(token, token) for token in TOKEN.findall(plain)))

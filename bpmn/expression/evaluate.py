"""Walk the tree of an expression. Bounded: no loop, no attribute, no call but the five functions."""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from unicodedata import normalize

from bpmn.errors import ExpressionError
from bpmn.expression.tree import Binary, Call, Comparison, Items, Literal, Logic, Name, Tree, Unary

Value = object
"""str, int, float, bool, None or a list of these; a variable may hold anything, but only these can be reckoned with."""

ARITHMETIC: Mapping[str, Callable[[int | float, int | float], int | float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
DIVISIONS = frozenset({"/", "//", "%"})
MAX_NUMBER = 10**18
MAX_STRING = 10_000


def evaluate(tree: Tree, names: Mapping[str, object], outcome: Callable[[str], str]) -> Value:
    """The value of the tree. Raises ExpressionError `unknown-name`, `expression-type`, `-value` or `-limit`."""
    match tree:
        case Literal(value):
            return value
        case Name(name):
            return look_up(name, names)
        case Items(items):
            return [evaluate(item, names, outcome) for item in items]
        case Call("ket_qua", (argument,)):
            return outcome(text(evaluate(argument, names, outcome)))
    return compound(tree, lambda operand: evaluate(operand, names, outcome))


def compound(tree: Tree, run: Callable[[Tree], Value]) -> Value:
    """The value of a node with operands, each of which `run` evaluates."""
    match tree:
        case Unary(sign, operand):
            return unary(sign, run(operand))
        case Binary(sign, left, right):
            return binary(sign, run(left), run(right))
        case Logic(sign, operands):
            return logic(sign, operands, run)
        case Comparison(first, rest):
            return chain(first, rest, run)
        case Call(function, arguments):
            return call(function, [run(argument) for argument in arguments])
    raise ExpressionError("expression-syntax", form=kind(tree))


def look_up(name: str, names: Mapping[str, object]) -> Value:
    if name not in names:
        raise ExpressionError("unknown-name", name=name)
    return names[name]


def truth(value: Value) -> bool:
    """The truth of a value: empty, zero and None are false."""
    if value is None or isinstance(value, (bool, int, float, str, list, tuple, dict)):
        return bool(value)
    raise ExpressionError("expression-type", given=kind(value))


def logic(sign: str, operands: Sequence[Tree], run: Callable[[Tree], Value]) -> bool:
    if sign == "and":
        return all(truth(run(operand)) for operand in operands)
    return any(truth(run(operand)) for operand in operands)


def chain(first: Tree, rest: Sequence[tuple[str, Tree]], run: Callable[[Tree], Value]) -> bool:
    left = run(first)
    for sign, operand in rest:
        right = run(operand)
        if not compare(sign, left, right):
            return False
        left = right
    return True


def compare(sign: str, left: Value, right: Value) -> bool:
    match sign:
        case "==":
            return same(left, right)
        case "!=":
            return not same(left, right)
        case "in":
            return contains(right, left)
        case "not in":
            return not contains(right, left)
    return ordered(sign, left, right)


def folded(value: Value) -> Value:
    """A string as it is compared: NFC, trimmed, case-blind; anything else as it is."""
    return normalize("NFC", value).strip().casefold() if isinstance(value, str) else value


def same(left: Value, right: Value) -> bool:
    """Whether two values are equal; strings are compared NFC, trimmed and case-blind."""
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(same(one, other) for one, other in zip(left, right, strict=True))
    return bool(folded(left) == folded(right))


def contains(container: Value, item: Value) -> bool:
    if isinstance(container, str) and isinstance(item, str):
        return str(folded(item)) in str(folded(container))
    if isinstance(container, (list, tuple)):
        return any(same(member, item) for member in container)
    raise ExpressionError("expression-type", given=kind(container), wanted="list")


def ordered(sign: str, left: Value, right: Value) -> bool:
    """Texts by their folded form, numbers by size; nothing else has an order."""
    if isinstance(left, str) and isinstance(right, str):
        one, other = str(folded(left)), str(folded(right))
        below, equal = one < other, one == other
    else:
        a, b = number(left), number(right)
        below, equal = a < b, a == b
    return {"<": below, "<=": below or equal, ">": not (below or equal), ">=": not below}[sign]


def unary(sign: str, value: Value) -> Value:
    if sign == "not":
        return not truth(value)
    return -number(value) if sign == "-" else number(value)


def binary(sign: str, left: Value, right: Value) -> Value:
    if sign == "+" and isinstance(left, str) and isinstance(right, str):
        return bounded_text(left + right)
    a, b = number(left), number(right)
    if sign in DIVISIONS and b == 0:
        raise ExpressionError("expression-value", reason="division-by-zero")
    return bounded(ARITHMETIC[sign](a, b))


def call(function: str, values: Sequence[Value]) -> Value:
    match function, values:
        case "len", [str() | list() | tuple() | dict() as value]:
            return len(value)
        case "abs", [value]:
            return abs(number(value))
        case "min" | "max", [list() as members]:
            return extreme(function, members)
        case "min" | "max", [_, _, *_]:
            return extreme(function, values)
        case "round", [value]:
            return round(number(value))
        case "round", [value, int() as digits] if -18 <= digits <= 18:
            return bounded(round(number(value), digits))
    raise ExpressionError("expression-type", function=function)


def extreme(function: str, members: Sequence[Value]) -> int | float:
    if not members:
        raise ExpressionError("expression-value", reason="empty-list")
    numbers = [number(member) for member in members]
    return min(numbers) if function == "min" else max(numbers)


def number(value: Value) -> int | float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ExpressionError("expression-type", given=kind(value), wanted="number")
    return bounded(value)


def bounded(value: int | float) -> int | float:
    if isinstance(value, float) and not math.isfinite(value):
        raise ExpressionError("expression-limit", limit=MAX_NUMBER)
    if abs(value) > MAX_NUMBER:
        raise ExpressionError("expression-limit", limit=MAX_NUMBER)
    return value


def text(value: Value) -> str:
    if not isinstance(value, str):
        raise ExpressionError("expression-type", given=kind(value), wanted="text")
    return value


def bounded_text(value: str) -> str:
    if len(value) > MAX_STRING:
        raise ExpressionError("expression-limit", limit=MAX_STRING)
    return value


def kind(value: Value) -> str:
    return type(value).__name__

"""Where conditions hold: each as boxes of values, so that an overlap or a gap can be proved and shown by an example.

What is no comparison of one variable with a written value is opaque: it can prove that two conditions exclude each
other (`a > b` and `a <= b`), never that they overlap.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bpmn.expression.domains import EVERY, Choices, Domain, Numbers, Texts, compared, empty, met
from bpmn.expression.evaluate import folded
from bpmn.expression.tree import Call, Comparison, Items, Literal, Logic, Name, Tree, Unary

Key = Tree
Box = Mapping[Key, Domain]
MAX_BOXES = 256
NEGATED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "in": "not in", "not in": "in"}
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
ORDERS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
"""What a sign leaves open of less, equal and greater."""


class Unknown(Exception):  # noqa: N818  # it names what is known
    """Nothing can be said: too many cases, or one variable compared with values of different kinds."""


@dataclass(frozen=True, slots=True)
class Example:
    """A value for each variable: a variable's name, or `ket_qua("…")`, with a text, number or truth."""

    values: Mapping[str, str | int | float | bool]


def region(tree: Tree, *, holds: bool = True) -> list[Box]:
    """The boxes in which a condition holds, or does not. Raises `Unknown`."""
    match tree:
        case Logic(operator, operands):
            regions = [region(operand, holds=holds) for operand in operands]
            return product(regions) if (operator == "and") == holds else union(regions)
        case Unary("not", operand):
            return region(operand, holds=not holds)
        case Comparison(first, rest):
            lefts = [first, *(value for _, value in rest)]
            atoms = [
                [box]
                for left, (sign, right) in zip(lefts, rest, strict=False)
                for box in [atom(left, sign if holds else NEGATED[sign], right)]
            ]
            parts = [[box for box in boxes if possible(box)] for boxes in atoms]
            return product(parts) if holds else union(parts)
        case Literal(value):
            return [{}] if bool(value) == holds else []
    return [{tree: Choices("truth", frozenset([holds]))}]


def union(regions: Sequence[list[Box]]) -> list[Box]:
    found = [box for boxes in regions for box in boxes]
    if len(found) > MAX_BOXES:
        raise Unknown
    return found


def product(regions: Sequence[list[Box]]) -> list[Box]:
    """The boxes that lie in all of the regions. Raises `Unknown`."""
    found: list[Box] = [{}]
    for boxes in regions:
        if len(found) * len(boxes) > MAX_BOXES:
            raise Unknown
        found = [joined for one in found for other in boxes if possible(joined := join(one, other))]
    return found


def join(one: Box, other: Box) -> Box:
    joined = dict(one)
    for key, domain in other.items():
        both = met(joined[key], domain) if key in joined else domain
        if both is None:
            raise Unknown
        joined[key] = both
    return joined


def possible(box: Box) -> bool:
    return not any(empty(domain) for domain in box.values())


def atom(left: Tree, sign: str, right: Tree) -> Box:
    """One comparison as a box."""
    if isinstance(left, Literal) and isinstance(right, Literal):
        return constant(left, sign, right)
    if isinstance(left, Literal) and sign in TURNED:
        left, sign, right = right, TURNED[sign], left
    domain = listed(sign, right) if isinstance(right, Items) else written(sign, right)
    if domain is not None:
        return {left: domain}
    if sign in TURNED:
        first, second = sorted((left, right), key=repr)
        signs = ORDERS[sign if first == left else TURNED[sign]]
        return {Comparison(first, (("<=>", second),)): Choices("order", frozenset(signs))}
    return {Comparison(left, (("in", right),)): Choices("truth", frozenset([sign == "in"]))}


def constant(left: Literal, sign: str, right: Literal) -> Box:
    """A comparison of two written values; only equality is told, anything else is left open."""
    if sign in ("==", "!="):
        holds = (folded(left.value) == folded(right.value)) == (sign == "==")
        return {} if holds else {left: Texts(frozenset())}
    return {Comparison(left, ((sign, right),)): Choices("truth", frozenset([True]))}


def written(sign: str, value: Tree) -> Domain | None:
    """The values that a comparison with one written value leaves, None where it leaves no set of ours."""
    number = numeral(value)
    if number is not None and sign in TURNED:
        return compared(sign, number)
    match value:
        case Literal(bool(truth)) if sign in ("==", "!="):
            return Choices("truth", frozenset([truth == (sign == "==")]))
        case Literal(str(text)) if sign in ("==", "!="):
            return Texts(frozenset([str(folded(text))]), others=sign == "!=")
        case Literal(None) if sign in ("==", "!="):
            return Choices("given", frozenset([sign == "!="]))
    return None


def numeral(value: Tree) -> Fraction | None:
    """A written number, with its sign."""
    match value:
        case Literal(bool()):
            return None
        case Literal(int(number) | float(number)):
            return Fraction(number) if isinstance(number, int) else Fraction(str(number))
        case Unary("-", operand):
            below = numeral(operand)
            return None if below is None else -below
    return None


def listed(sign: str, items: Items) -> Domain | None:
    """The values that membership in a written list leaves."""
    if sign not in ("in", "not in"):
        return None
    texts = [folded(item.value) for item in items.items if isinstance(item, Literal) and isinstance(item.value, str)]
    if len(texts) == len(items.items):
        return Texts(frozenset(str(text) for text in texts), others=sign == "not in")
    numbers = sorted({number for item in items.items if (number := numeral(item)) is not None})
    if any(numeral(item) is None for item in items.items):
        return None
    return outside(numbers) if sign == "not in" else Numbers(tuple((each, True, each, True) for each in numbers))


def outside(numbers: Sequence[Fraction]) -> Numbers:
    """Every number but these."""
    found = EVERY
    for number in numbers:
        found = found.meet(compared("!=", number))
    return found


def examples(boxes: Sequence[Box], known: Mapping[str, Sequence[str]]) -> Iterator[Example]:
    """An example of each box that has one for certain. `known` are the outcomes of each element, by its id."""
    for box in boxes:
        values = {shown(key): value_in(key, domain, known) for key, domain in box.items() if is_plain(key)}
        outcomes = [key for key in box if isinstance(key, Call)]
        if len(values) == len(box) and len(outcomes) < 2 and None not in values.values():
            yield Example({key: value for key, value in values.items() if value is not None})


def is_plain(key: Key) -> bool:
    return isinstance(key, Name) or (isinstance(key, Call) and key.function == "ket_qua")


def shown(key: Key) -> str:
    match key:
        case Name(name):
            return name
        case Call("ket_qua", (Literal(element),)):
            return f'ket_qua("{element}")'
    return repr(key)


def value_in(key: Key, domain: Domain, known: Mapping[str, Sequence[str]]) -> str | int | float | bool | None:
    """A value that the variable can have, None where none is certain."""
    match key, domain:
        case _, Numbers(parts):
            value = domain.witness()
            ends = [end for part in parts for end in (part[0], part[2]) if isinstance(end, Fraction)]
            if value is None or (value.denominator != 1 and all(end.denominator == 1 for end in ends)):
                return None
            return int(value) if value.denominator == 1 else float(value)
        case Call(_, (Literal(element),)), Texts():
            return next((text for text in known.get(str(element), ()) if fits(text, domain)), None)
        case _, Texts(members, others):
            return OTHER if others else next(iter(sorted(members)), None)
        case _, Choices("truth", chosen):
            return True in chosen
    return None


OTHER = "…"
"""Stands for any other text."""


def fits(text: str, domain: Texts) -> bool:
    return (str(folded(text)) in domain.members) != domain.others

"""Read an expression: the interpreter's parser gives a syntax tree, of which only listed forms are taken over."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

from bpmn.errors import ExpressionError
from bpmn.expression.evaluate import MAX_NUMBER, bounded
from bpmn.expression.expression import Expression
from bpmn.expression.foreign import translate
from bpmn.expression.tree import Binary, Call, Comparison, Items, Literal, Logic, Name, Tree, Unary

MAX_LENGTH = 500
MAX_NODES = 120
MAX_BRACKETS = 40

FUNCTIONS = frozenset({"ket_qua", "len", "abs", "min", "max", "round"})
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
UNARY: dict[type[ast.unaryop], str] = {ast.Not: "not", ast.USub: "-", ast.UAdd: "+"}
CODE = (
    ast.Attribute,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.NamedExpr,
    ast.Await,
    ast.Yield,
    ast.YieldFrom,
    ast.JoinedStr,
)
TEXT = re.compile(r"""'(?:[^'\\\n]|\\[\\'"nrt])*'|"(?:[^"\\\n]|\\[\\'"nrt])*\"""")
"""A text in quotes with none but the plainest escapes; the interpreter warns of others instead of refusing."""
LOOKS_LIKE_CODE = re.compile(r"__|;|\b(?:import|exec|eval|compile|lambda|def|class|while|del|global|open|getattr)\b")
GLUED = re.compile(r"(?<!\w)\d[\w.]*[^\W\d_]")
SCIENTIFIC = re.compile(r"\d+(?:\.\d*)?[eE][+-]?\d+")


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read an expression. Raises ExpressionError:

    `expression-syntax` (facts may hold a `suggestion`), `script-forbidden`, `expression-limit`.
    """
    text = normalize("NFC", text).strip()
    refuse_length(text)
    refuse_foreign(text)
    return read(text)


def read(text: str) -> Expression:
    """Read a text as our own language and no other."""
    refuse_characters(text)
    tree = convert(syntax_tree(text))
    parts = list(walk(tree))
    if len(parts) > MAX_NODES:
        raise ExpressionError("expression-limit", limit=MAX_NODES)
    names = frozenset(part.id for part in parts if isinstance(part, Name))
    asked = (part.arguments[0] for part in parts if isinstance(part, Call) and part.function == "ket_qua")
    outcomes = frozenset(str(argument.value) for argument in asked if isinstance(argument, Literal))
    return Expression(text, tree, names, outcomes)


def is_text(tree: Tree) -> bool:
    return isinstance(tree, Literal) and isinstance(tree.value, str)


def refuse_length(text: str) -> None:
    if not text:
        raise ExpressionError("expression-syntax", reason="empty")
    if len(text) > MAX_LENGTH:
        raise ExpressionError("expression-limit", limit=MAX_LENGTH, length=len(text))


def refuse_characters(text: str) -> None:
    """Refuse by looking at the characters alone, before any parser sees a deep text."""
    bare = TEXT.sub("''", text)
    if sum(bare.count(bracket) for bracket in "([{") > MAX_BRACKETS:
        raise ExpressionError("expression-limit", limit=MAX_BRACKETS)
    # Letters glued to a number make the interpreter warn instead of refusing.
    glued = GLUED.search(SCIENTIFIC.sub("0", bare))
    if "\\" in bare or "\n" in bare or glued:
        at = glued.start() if glued else 0
        raise ExpressionError(code_or_syntax(bare), position=at, reason="character")


def refuse_foreign(text: str) -> None:
    """Refuse a JUEL or FEEL expression, with a translation where it is simple."""
    translated = translate(text)
    if translated is None:
        return
    language, ours = translated
    try:
        read(ours)
    except ExpressionError as failure:
        raise ExpressionError("expression-syntax", reason="foreign", language=language) from failure
    raise ExpressionError("expression-syntax", reason="foreign", language=language, suggestion=ours)


def code_or_syntax(text: str) -> str:
    return "script-forbidden" if LOOKS_LIKE_CODE.search(text) else "expression-syntax"


def syntax_tree(text: str) -> ast.expr:
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as failure:
        position = max((failure.offset or 1) - 1, 0)
        code = code_or_syntax(TEXT.sub("''", text))
        suggestion = doubled_equals(text)
        if suggestion is None or code != "expression-syntax":
            raise ExpressionError(code, position=position) from failure
        raise ExpressionError(code, position=position, suggestion=suggestion) from failure
    except (ValueError, RecursionError, MemoryError) as failure:
        raise ExpressionError("expression-limit", limit=MAX_LENGTH) from failure


def doubled_equals(text: str) -> str | None:
    """`a = 1` is most often meant as `a == 1`; None where that is not the fault."""
    doubled = re.sub(r"(?<![=<>!:])=(?!=)", "==", text)
    if doubled == text:
        return None
    try:
        read(doubled)
    except ExpressionError:
        return None
    return doubled


def convert(node: ast.expr) -> Tree:
    """Take over one node and all below it; a form that is not listed is refused with its place."""
    match node:
        case ast.Constant():
            return constant(node)
        case ast.Name(id=name):
            return variable(node, name)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return Items(tuple(convert(item) for item in items))
        case ast.Call():
            return function_call(node)
    return operation(node)


def operation(node: ast.expr) -> Tree:
    match node:
        case ast.BoolOp(op=operator, values=values):
            return Logic("and" if isinstance(operator, ast.And) else "or", tuple(convert(value) for value in values))
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in UNARY:
            return Unary(UNARY[type(sign)], convert(operand))
        case ast.BinOp(op=sign, left=left, right=right) if type(sign) in OPERATORS:
            return Binary(OPERATORS[type(sign)], convert(left), convert(right))
        case ast.Compare(left=first, ops=signs, comparators=values) if all(type(sign) in COMPARISONS for sign in signs):
            rest = [(COMPARISONS[type(sign)], convert(value)) for sign, value in zip(signs, values, strict=True)]
            return Comparison(convert(first), tuple(rest))
    raise unlisted(node)


def unlisted(node: ast.expr) -> ExpressionError:
    form = type(node).__name__
    if any(isinstance(part, CODE) or is_foreign_call(part) for part in ast.walk(node)):
        return ExpressionError("script-forbidden", position=node.col_offset, form=form)
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Pow, ast.LShift)):
        return ExpressionError("expression-limit", position=node.col_offset, form=type(node.op).__name__)
    return ExpressionError("expression-syntax", position=node.col_offset, form=form)


def is_foreign_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS)


def constant(node: ast.Constant) -> Literal:
    value = node.value
    if value is None or isinstance(value, (str, bool)):
        return Literal(value)
    if isinstance(value, (int, float)):
        return Literal(checked_number(value, node.col_offset))
    raise ExpressionError("expression-syntax", position=node.col_offset, form=type(value).__name__)


def checked_number(value: int | float, position: int) -> int | float:
    try:
        return bounded(value)
    except ExpressionError as failure:
        raise ExpressionError("expression-limit", position=position, limit=MAX_NUMBER) from failure


def variable(node: ast.Name, name: str) -> Name:
    if name.startswith("_"):
        raise ExpressionError("script-forbidden", position=node.col_offset, name=name)
    return Name(normalize("NFC", name))


def function_call(node: ast.Call) -> Call:
    """A call of one of our functions; `ket_qua` asks for the id of an element, written out."""
    if is_foreign_call(node):
        name = node.func.id if isinstance(node.func, ast.Name) else type(node.func).__name__
        raise ExpressionError("script-forbidden", position=node.col_offset, name=name)
    if node.keywords or len(node.args) > 10 or not isinstance(node.func, ast.Name):
        raise ExpressionError("expression-syntax", position=node.col_offset, form="arguments")
    arguments = tuple(convert(argument) for argument in node.args)
    if node.func.id == "ket_qua" and not (len(arguments) == 1 and is_text(arguments[0])):
        raise ExpressionError("expression-syntax", position=node.col_offset, form="arguments", name="ket_qua")
    return Call(node.func.id, arguments)


def walk(tree: Tree) -> Iterator[Tree]:
    """The node itself and all below it."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(children(node))


def children(tree: Tree) -> tuple[Tree, ...]:
    below: tuple[Tree, ...] = ()
    match tree:
        case Items(below) | Logic(_, below) | Call(_, below):
            return below
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Comparison(first, rest):
            return (first, *(value for _, value in rest))
    return below

"""The one expression language: conditions, multi-instance counts, completion conditions.

Read with `parse`, run with `Expression.evaluate`; nothing is ever handed to the interpreter.
"""

from bpmn.expression.evaluate import Value, same, truth
from bpmn.expression.expression import Expression
from bpmn.expression.parse import parse

__all__ = ["Expression", "Value", "parse", "same", "truth"]

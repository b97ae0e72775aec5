"""The words of the dialect `urn:namro:5ro:1.0`: one description for writer, reader, XSD and moddle descriptor.

A word is an XML element.  Its attributes and children are listed in the order in which they are written.
"""

from collections.abc import Mapping
from dataclasses import dataclass

NAMESPACE = "urn:namro:5ro:1.0"
PREFIX = "namro"
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


@dataclass(frozen=True, slots=True)
class Attribute:
    """`key` is the name in the table, `name` the name in XML. `kind`: text | number | boolean."""

    key: str
    name: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Word:
    """`body`: the element holds a text. `children` names words."""

    name: str
    attributes: tuple[Attribute, ...] = ()
    children: tuple[str, ...] = ()
    body: bool = False


def attribute(key: str, kind: str = "text") -> Attribute:
    """An attribute whose XML name is its key in camel case."""
    first, *rest = key.split("_")
    return Attribute(key, first + "".join(part.capitalize() for part in rest), kind)


def word(name: str, *attributes: Attribute | str, children: tuple[str, ...] = (), body: bool = False) -> Word:
    """A word; plain strings stand for text attributes."""
    listed = tuple(attribute(item) if isinstance(item, str) else item for item in attributes)
    return Word(name, listed, children, body)


TIME = ("text", attribute("value", "number"), "unit")
PERSON = ("position", "unit", "person", "responsibility", "substitute")
BRANCH = ("condition", "goto", "clock", "form", "note")
RULE = ("at", *BRANCH, attribute("order", "number"))

WORDS: Mapping[str, Word] = {
    found.name: found
    for found in (
        word(
            "procedure",
            *("code", "kind", "level", "unit", "unit_name", "field", "national_code", "trigger"),
            children=(
                "legalBasis",
                "statutoryLimit",
                "input",
                "output",
                "window",
                "clockRule",
                "looseBranch",
                "recurrence",
                "statedTotal",
                "extra",
            ),
        ),
        word("legalBasis", "document", "article", "expiry", children=("extra",), body=True),
        word("statutoryLimit", *TIME, "cutoff", "extended", "note", children=("extra",)),
        word("input", "name", "kind", attribute("qty", "number"), "form", children=("extra",)),
        word("output", "name", "kind", attribute("qty", "number"), "form", "signatory", children=("extra",)),
        word("window", "steps", "from", "to", children=("extra",)),
        word("recurrence", "rule", children=("extra",)),
        word("statedTotal", *TIME, children=("extra",)),
        word("clockRule", *RULE, children=("extra",)),
        word("looseBranch", *RULE, children=("extra",)),
        word("branch", *BRANCH, children=("extra",)),
        word("wait", "goto", "at", "clock"),
        word("call", "goto", "at", "clock"),
        word("in", "name", "value"),
        word("decision", "ref", "result"),
        word(
            "step",
            "no",
            "type",
            "output",
            "phase",
            attribute("optional", "boolean"),
            attribute("counted", "boolean"),
            *("parallel_group", "act", "authority", "product", "different_from", "same_as"),
            children=(
                "performer",
                "coPerformer",
                "time",
                "responsibility",
                "form",
                "note",
                "multiInstance",
                "extra",
            ),
        ),
        word("performer", *PERSON, children=("extra",)),
        word("coPerformer", *PERSON, children=("extra",)),
        word("time", *TIME, "date", "shared_block", children=("extra",)),
        word("responsibility", body=True),
        word("form", body=True),
        word("note", body=True),
        word("multiInstance", "over", "mode", children=("extra",)),
        word("extra", "key", body=True),
    )
}


def tag(name: str) -> str:
    """The qualified name of a word of the dialect."""
    return f"{{{NAMESPACE}}}{name}"


def bpmn_tag(name: str) -> str:
    """The qualified name of an element of BPMN 2.0."""
    return f"{{{BPMN}}}{name}"

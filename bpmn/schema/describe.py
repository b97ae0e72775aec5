"""The dialect's XSD and moddle descriptor, made from its one description (`bpmn.dialect.words`).

`python -m bpmn.schema.describe` writes both files anew; a test compares them.
"""

import json
from pathlib import Path

from lxml import etree

from bpmn.dialect.words import NAMESPACE, PREFIX, WORDS, Attribute, Word

XS = "http://www.w3.org/2001/XMLSchema"
XS_TYPES = {"text": "xs:string", "number": "xs:string", "boolean": "xs:boolean"}  # a number may be 1/3
MODDLE_TYPES = {"text": "String", "number": "String", "boolean": "Boolean"}
SINGLE = frozenset(
    {"statutoryLimit", "recurrence", "statedTotal", "performer", "time", "responsibility", "note", "multiInstance"}
)
"""Words that stand once in their parent; all others may repeat."""


def xsd() -> bytes:
    """The XML schema of the dialect: one global element a word, children in any order."""
    root = etree.Element(f"{{{XS}}}schema", nsmap={"xs": XS, PREFIX: NAMESPACE})
    root.set("targetNamespace", NAMESPACE)
    root.set("elementFormDefault", "qualified")
    for word in WORDS.values():
        element = etree.SubElement(root, f"{{{XS}}}element", name=word.name)
        describe(etree.SubElement(element, f"{{{XS}}}complexType", mixed="true" if word.body else "false"), word)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def describe(place: etree._Element, word: Word) -> None:
    if word.children:
        choice = etree.SubElement(place, f"{{{XS}}}choice", minOccurs="0", maxOccurs="unbounded")
        for child in word.children:
            etree.SubElement(choice, f"{{{XS}}}element", ref=f"{PREFIX}:{child}")
    for attribute in word.attributes:
        etree.SubElement(place, f"{{{XS}}}attribute", name=attribute.name, type=XS_TYPES[attribute.kind])


def moddle() -> str:
    """The descriptor with which bpmn-js reads and writes the dialect."""
    descriptor = {
        "name": "Năm Rõ",
        "uri": NAMESPACE,
        "prefix": PREFIX,
        "xml": {"tagAlias": "lowerCase"},
        "types": [moddle_type(word) for word in WORDS.values()],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def moddle_type(word: Word) -> dict[str, object]:
    properties: list[dict[str, object]] = [moddle_attribute(attribute) for attribute in word.attributes]
    for child in word.children:
        found: dict[str, object] = {"name": plural(child, word), "type": type_name(child)}
        properties.append(found if child in SINGLE else found | {"isMany": True})
    if word.body:
        properties.append({"name": "body", "type": "String", "isBody": True})
    return {"name": type_name(word.name), "superClass": ["Element"], "properties": properties}


def moddle_attribute(attribute: Attribute) -> dict[str, object]:
    return {"name": attribute.name, "isAttr": True, "type": MODDLE_TYPES[attribute.kind]}


def plural(child: str, word: Word) -> str:
    """The property's name: the child's own, but never that of an attribute."""
    names = {attribute.name for attribute in word.attributes}
    return child if child in SINGLE and child not in names else f"{child}s"


def type_name(name: str) -> str:
    return name[:1].upper() + name[1:]


def main() -> None:
    place = Path(__file__).parent
    (place / "namro.xsd").write_bytes(xsd())
    (place / "namro.json").write_text(moddle(), encoding="utf-8")


if __name__ == "__main__":
    main()

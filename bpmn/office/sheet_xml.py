"""Elements of a workbook's parts by their names, whatever the flavour of the format."""

from collections.abc import Iterator

from lxml import etree


def local(element: etree._Element) -> str:
    """The name without namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (found for found in element if local(found) == name)

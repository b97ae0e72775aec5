"""Parts of a package as XML trees, parsed without entities, network or huge trees."""

import unicodedata
import zipfile

from lxml import etree

from bpmn.errors import Unreadable
from bpmn.verdicts import reject

MAX_CELL = 20_000  # characters


def parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part's root, or None where the package has no such part. Raises `Unreadable`."""
    if name not in package.namelist():
        return None
    try:
        return etree.fromstring(package.read(name), parser())
    except etree.XMLSyntaxError as failure:
        raise Unreadable([reject("xml-syntax", member=name, reason=str(failure)[:200])]) from failure


def relations(package: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The targets of a part's relations by id, as names of members."""
    folder, _, file = name.rpartition("/")
    root = part(package, f"{folder}/_rels/{file}.rels")
    if root is None:
        return {}
    internal = (found for found in root if isinstance(found.tag, str) and found.get("TargetMode") != "External")
    return {found.get("Id", ""): target(folder, found.get("Target", "")) for found in internal}


def target(folder: str, written: str) -> str:
    """The member that a relation's target names, `..` resolved."""
    if written.startswith("/"):
        return written[1:]
    parts: list[str] = folder.split("/") if folder else []
    for piece in written.split("/"):
        if piece == ".." and parts:
            parts.pop()
        elif piece not in (".", ".."):
            parts.append(piece)
    return "/".join(parts)


def clean(text: str) -> str:
    """NFC, one kind of space, no control characters but newlines; blank edges off each line."""
    composed = unicodedata.normalize("NFC", text[:MAX_CELL]).replace("\r\n", "\n").replace("\r", "\n")
    lines = (" ".join("".join(map(visible, line)).split()) for line in composed.split("\n"))
    return "\n".join(lines).strip("\n")


def visible(letter: str) -> str:
    """A letter as it is kept: controls and odd blanks become a blank, invisible format marks nothing."""
    category = unicodedata.category(letter)
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") else letter

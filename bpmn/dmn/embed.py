"""A DMN file put into a BPMN file: the decisions travel with the procedure, under one hash."""

from copy import deepcopy

from lxml import etree

from bpmn.dialect.values import extensions
from bpmn.dmn.read import is_dmn
from bpmn.document.names import local, q
from bpmn.errors import Unreadable
from bpmn.source import read_source
from bpmn.verdicts import reject


def embed(diagram: bytes, decisions: bytes) -> bytes:
    """Put the decisions of a DMN file into the extensions of a BPMN file's first process.

    Definitions of the same id that were put there before are replaced.  Raises Unreadable, with findings, for either
    file.
    """
    root, other = root_of(diagram), root_of(decisions)
    process = root.find(q("process"))
    if process is None:
        raise Unreadable([reject("bpmn-no-process")])
    if not is_dmn(other) or local(other) != "definitions":
        raise Unreadable([reject("bpmn-root", tag=local(other)[:80])])
    place = extensions(process)
    for earlier in place.findall("{*}definitions"):
        if is_dmn(earlier) and earlier.get("id") == other.get("id"):
            place.remove(earlier)
    place.append(deepcopy(other))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def root_of(data: bytes) -> etree._Element:
    source = read_source(data)
    if source.root is None:
        raise Unreadable(source.findings)
    return source.root

"""Whose procedure a document is: its head, set by who keeps the catalogue."""

from copy import deepcopy
from dataclasses import dataclass, replace
from io import BytesIO

from lxml import etree

from bpmn.convert import bpmn_to_table
from bpmn.dialect import NAMESPACE, PREFIX, write_head
from bpmn.dialect.words import bpmn_tag
from bpmn.document import Document
from bpmn.examine import main_process
from bpmn.fiveclear import FiveClear
from bpmn.folding import normal
from bpmn.source import canonical


@dataclass(frozen=True, slots=True)
class Heading:
    """What names a procedure in its catalogue."""

    code: str
    title: str
    kind: str
    unit_code: str
    unit_name: str

    def stands_over(self, table: FiveClear) -> bool:
        """Whether a table says this heading already."""
        said = Heading(table.code or "", table.title, table.kind or "", table.unit_code or "", table.unit_name or "")
        return said == self


def field_of_work(source: bytes) -> str:
    """Return the field of work that a canonical source names, empty where it names none; reads no further than that."""
    found = etree.iterparse(BytesIO(source), events=("start",), tag=f"{{{NAMESPACE}}}procedure", resolve_entities=False)
    return next((normal(element.get("field", "")) for _, element in found), "")


def headed(document: Document, heading: Heading) -> bytes:
    """Return the document in canonical form under this heading; all else stays as it is."""
    table = bpmn_to_table(document)
    named = replace(
        table,
        code=heading.code,
        title=heading.title,
        kind=heading.kind,
        unit_code=heading.unit_code,
        unit_name=heading.unit_name,
    )
    root = deepcopy(document.root)
    wanted = main_process(document).id
    process = next(found for found in root.iter(bpmn_tag("process")) if found.get("id") == wanted)
    write_head(process, named)
    # On the root, since other tools lose what is declared further in when they save.
    etree.cleanup_namespaces(root, top_nsmap={PREFIX: NAMESPACE}, keep_ns_prefixes=[key for key in root.nsmap if key])
    return canonical(root)

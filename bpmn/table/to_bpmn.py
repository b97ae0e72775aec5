"""From a table to the bytes of a BPMN file, with its diagram."""

from lxml import etree

from bpmn.fiveclear import FiveClear
from bpmn.layout import add_diagram
from bpmn.table.emit import definitions_of


def table_to_bpmn(table: FiveClear) -> bytes:
    """The table as BPMN 2.0 XML; the same table always gives the same bytes."""
    root = definitions_of(table)
    add_diagram(root)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

"""Office and CSV files as grids of cells: checked as packages, read in a process of their own."""

from bpmn.office.read import OFFICE_ENDINGS, read_office

__all__ = ["OFFICE_ENDINGS", "read_office"]

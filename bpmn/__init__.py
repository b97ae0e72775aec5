"""The document: BPMN file, five-clear table, their checks, comparison, drawing, import and export.

Knows no database, no web and no workflow library; stands alone as a checker and converter of procedure files.
"""

"""Recognising a step table in grids of cells: header, columns, rows, times, performers, branches."""

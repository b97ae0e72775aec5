"""The standard: units, positions, officers, plans, procedures, versions, review, recognition."""

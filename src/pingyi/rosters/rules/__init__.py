"""The import of a roster: cells to rows, rows to a plan. Pure: nothing is read or written here."""

"""The import door: rosters read, compared with the register, previewed, applied, undone."""

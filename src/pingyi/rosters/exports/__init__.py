"""Workbooks to be filled in, empty or with what the register holds."""

"""Sealed ballots: the box and its count; knows no people (docs/adr/0040)."""

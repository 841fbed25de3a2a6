"""Forms of the import."""

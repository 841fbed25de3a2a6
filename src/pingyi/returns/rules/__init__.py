"""Pure arithmetic of the statistical tables (N11)."""

"""Pages of leader reviews."""

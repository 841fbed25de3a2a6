"""Forms of leader reviews: they check what was typed, and never write."""

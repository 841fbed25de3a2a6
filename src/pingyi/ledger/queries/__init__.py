"""What other rooms ask of the ledger."""

from pingyi.ledger.queries.lines import is_demo, lines_about, mark_of_fiction, root, size

__all__ = ["is_demo", "lines_about", "mark_of_fiction", "root", "size"]

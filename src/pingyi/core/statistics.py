"""What the database knows of how many rows there are, on which its plans rest."""

from django.db import connection, transaction


def refresh() -> None:
    """Counts anew: after what brings many rows, and now and then (PostgreSQL does the latter)."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def refresh_after_commit() -> None:
    """The same once the rows are there for others; should it fail, what was done stays done."""
    transaction.on_commit(refresh, robust=True)

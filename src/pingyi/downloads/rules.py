"""What is made while somebody waits, what a worker makes, and how long it is kept."""

from datetime import timedelta

# So many lines of a file, or files of an archive, are made at once, in a few tenths of a second;
# more of them by a worker.
MOST_AT_ONCE = {"xlsx": 2_000, "pdf": 200, "zip": 2}
# So many lines there can be: a worksheet has 1,048,576 rows, a PDF is held while it is made.
MOST_LINES = {"xlsx": 1_000_000, "pdf": 2_000, "zip": 10_000}
# Files hold personal data: they lie there for as long as somebody may still come for them.
KEPT = timedelta(hours=24)


def is_long(kind: str, lines: int) -> bool:
    """Whether a file of this kind is made by a worker."""
    return lines > MOST_AT_ONCE[kind]


def has_room(kind: str, lines: int) -> bool:
    """Whether a file of this kind holds so many lines."""
    return lines <= MOST_LINES[kind]

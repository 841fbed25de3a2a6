"""How many files there may be, what they are called, which are left over."""

from pathlib import PurePosixPath

MOST_FILES = 20
LONGEST_NAME = 60
# Nobody writes a file for so long before its row is there: seconds.
UNDER_WAY = 600


def shown_name(filename: str) -> str:
    """What people called a file: no folder, no ending, no signs that are not seen."""
    last = PurePosixPath(filename.replace("\\", "/")).name
    stem = last.rpartition(".")[0] or last
    return "".join(sign for sign in stem if sign.isprintable()).strip()[:LONGEST_NAME]


def is_left_over(written_at: float, now: float) -> bool:
    """Whether a file without a row has none any more, rather than none yet; in seconds."""
    return now - written_at > UNDER_WAY

"""Adding figures up the frozen tree: heads, not occasions (N11)."""

from collections import Counter, defaultdict
from collections.abc import Iterable


def ancestors_and_self(path: str) -> list[str]:
    """'00001/00003/' -> ['00001/', '00001/00003/']: every subtree that a unit belongs to."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1)]


def roll_up(counted: Iterable[tuple[str, str, int]]) -> dict[str, Counter[str]]:
    """(path, column, heads) of single units -> heads by column for every unit above them.

    For heads that stand in one place of the tree only (organizations, members).
    """
    own: dict[str, Counter[str]] = defaultdict(Counter)
    for path, column, heads in counted:
        own[path][column] += heads
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for path, columns in own.items():
        for above in ancestors_and_self(path):
            totals[above].update(columns)
    return dict(totals)


def first_columns(
    posts: Iterable[tuple[int, str, str, int]],
) -> dict[str, dict[int, str]]:
    """(person, path, column, position) of posts -> for every subtree, each person's one column.

    A person with several posts in a subtree counts once, in the first column that applies (N2);
    the county's table therefore is not the sum of its townships' tables.
    """
    best: dict[str, dict[int, tuple[int, str]]] = defaultdict(dict)
    for person, path, column, position in posts:
        here = (position, column)
        for above in ancestors_and_self(path):
            people = best[above]
            people[person] = min(people.get(person, here), here)
    return {
        path: {person: column for person, (_, column) in people.items()}
        for path, people in best.items()
    }

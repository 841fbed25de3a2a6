"""Which texts say the same: put beside each other, for a person to merge (N14)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

# A person looks at what is found, so that more is offered than a machine would join: 0-100, of
# rapidfuzz's ratio. “路灯坏了没人修” and “村里的路灯坏了很久没人修” have 74.
ALIKE_FROM = 60
# Whatever is neither a letter nor a figure, in runs.
NO_LETTERS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """What is said, without punctuation, width and case."""
    return NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def groups(texts: Sequence[str]) -> Iterator[list[int]]:
    """All of them by place, each in one group: the first that is left, then those that say the
    same, the most alike first. Whoever merges one group after the other asks for the next alone.
    """
    left = {place: plain(text) for place, text in enumerate(texts)}
    while left:
        first = next(iter(left))
        found = process.extract(
            left.pop(first), left, scorer=fuzz.ratio, score_cutoff=ALIKE_FROM, limit=None
        )
        group = [first, *(place for _text, _likeness, place in found)]
        for place in group[1:]:
            del left[place]
        yield group

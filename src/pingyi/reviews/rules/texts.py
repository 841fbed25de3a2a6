"""Signs of going through the motions in the parts of a review (N5, N14)."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from pingyi.reviews.enums import ReviewPart, SignKind

PARTS: tuple[str, ...] = tuple(ReviewPart.values)
# What people write where they have nothing to say.
FILLERS = ("暂无", "没有", "同上", "以上", "无", "略", "none", "ditto", "na", "nil")
NOTHING_SAID = re.compile(f"(?:{'|'.join(FILLERS)})*")
# Whatever is neither a letter nor a figure, in runs: quicker than sign by sign.
NO_LETTERS = re.compile(r"[\W_]+")
# A text of fewer different characters is one word repeated.
LEAST_DIFFERENT = 4
# The title between a name and what is said of its bearer.
TITLES = ("同志",)


@dataclass(frozen=True, slots=True)
class Limits:
    """From the pack: least characters of each part, and how alike is too alike (0-100)."""

    least: Mapping[str, int]
    alike_from: int


@dataclass(frozen=True, slots=True)
class Text:
    """The parts of one review; `name` is the subject's and does not count as content."""

    key: Hashable
    reviewer_id: int
    unit_id: int | None
    name: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FoundSign:
    """A sign in one part; a copied one names the text it is like."""

    kind: str
    part: str
    similar_to: Hashable | None = None
    likeness: int | None = None


@dataclass(slots=True)
class Corpus:
    """The texts a new one is compared with: the same reviewer's and the same unit's."""

    limits: Limits
    _by_reviewer: dict[tuple[int, str], "_Pile"] = field(default_factory=lambda: defaultdict(_Pile))
    # unit and part -> reviewer -> pile: the reviewer's own pile need not be looked through twice.
    _by_unit: dict[tuple[int | None, str], dict[int, "_Pile"]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(_Pile))
    )

    def add(self, text: Text) -> None:
        """Make the text one that later ones are compared with."""
        for part in PARTS:
            content = normalized(text.parts.get(part, ""), text.name)
            if content:
                self._by_reviewer[text.reviewer_id, part].add(text.key, content)
                if text.unit_id is not None:
                    self._by_unit[text.unit_id, part][text.reviewer_id].add(text.key, content)

    def signs(self, text: Text) -> list[FoundSign]:
        """Every sign of the text, in the order of the parts; one sign a part at most."""
        found = (self._sign(text, part) for part in PARTS)
        return [sign for sign in found if sign is not None]

    def _sign(self, text: Text, part: str) -> FoundSign | None:
        said = text.parts.get(part, "")
        if not said.strip():
            return FoundSign(SignKind.EMPTY, part)
        content = normalized(said, text.name)
        if is_thin(content, self.limits.least[part]):
            return FoundSign(SignKind.THIN, part)
        found: FoundSign | None = None
        at_least = self.limits.alike_from
        for pile in self._piles(text, part):
            if like := pile.most_like(content, at_least):
                likeness, key = like
                found = FoundSign(SignKind.COPIED, part, key, likeness)
                at_least = likeness + 1
        return found

    def _piles(self, text: Text, part: str) -> Iterable["_Pile"]:
        own = self._by_reviewer.get((text.reviewer_id, part))
        if own is not None:
            yield own
        for reviewer_id, pile in self._by_unit.get((text.unit_id, part), {}).items():
            if reviewer_id != text.reviewer_id:
                yield pile


@dataclass(slots=True)
class _Pile:
    keys: list[Hashable] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)

    def add(self, key: Hashable, content: str) -> None:
        self.keys.append(key)
        self.contents.append(content)

    def most_like(self, content: str, at_least: int) -> tuple[int, Hashable] | None:
        """Likeness 0-100 and key of the text most like this one, if any reaches the least."""
        if at_least > 100:
            return None
        like = process.extractOne(content, self.contents, scorer=fuzz.ratio, score_cutoff=at_least)
        return None if like is None else (int(like[1]), self.keys[like[2]])


def normalized(text: str, name: str) -> str:
    """What is said, without the subject's name, punctuation, width and case."""
    plain = unicodedata.normalize("NFKC", text)
    if name:
        plain = plain.replace(unicodedata.normalize("NFKC", name), "")
    letters = NO_LETTERS.sub("", plain.casefold())
    for title in TITLES:
        letters = letters.replace(title, "")
    return letters


def is_thin(content: str, least: int) -> bool:
    """Fewer characters than the least, nothing but fillers, or one word over and over."""
    if NOTHING_SAID.fullmatch(content):
        return True
    return len(content) < least or len(set(content)) < LEAST_DIFFERENT


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text that is the same in the other one, or differs from it."""

    text: str
    differs: bool


def side_by_side(first: str, second: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, for showing them beside each other with the differences marked."""
    words, others = _words(first), _words(second)
    left: list[Piece] = []
    right: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    for tag, from_, to, other_from, other_to in matcher.get_opcodes():
        for pieces, run in ((left, words[from_:to]), (right, others[other_from:other_to])):
            if run:
                pieces.append(Piece("".join(run), differs=tag != "equal"))
    return left, right


def _words(text: str) -> list[str]:
    """Latin words and figures whole, everything else character by character."""
    return re.findall(r"[A-Za-z0-9]+|.", text, flags=re.DOTALL)

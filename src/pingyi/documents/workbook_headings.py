"""Which column is which, by its heading. Used inside the child: no Django here."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

UNSEEN = ("Cf", "Cc")
# Nearly all texts of a list: nothing to take away.
SIMPLE = re.compile("[0-9A-Za-z\u4e00-\u9fff]+")
NOTE = re.compile(r"[(\[{【〔<《][^()\[\]{}【】〔〕<>《》]*[)\]}】〕>》]|[必选]填项?")
OTHER = re.compile("转正|预备|正式|曾用|原|旧|前|拼音|农历|阴历|父|母|配偶|介绍|上级|下级")
"""What in brackets names another thing: 入党日期（转正） is no joining date."""
Numbered = tuple[int, list[str]]
Merged = tuple[int, int, int, int]
"""First row and column, last row and column."""
HIGHEST = 3
"""Rows in which headings stand together."""
CHOICES = re.compile("[/、,或]")
"""But 党员类别（正式/预备） only says what may be written."""


@dataclass
class Found:
    """The columns of a sheet."""

    keys: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    # Position, heading and what it was taken for.
    guessed: list[tuple[int, str, str]] = field(default_factory=list)
    problems: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def plain(heading: str) -> str:
    """A heading without what people vary: blanks, stars, width and case of letters."""
    return "".join(sign for sign in close(heading) if sign not in "*:_※★☆▲△●")


def close(text: str) -> str:
    """A text without blanks, full width, capitals and signs that nobody sees."""
    if SIMPLE.fullmatch(text):
        return text.casefold()
    text = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return "".join(sign for sign in text if unicodedata.category(sign) not in UNSEEN)


def heading_row(rows: Sequence[tuple[int, list[str]]], spec: Any) -> tuple[int, list[str]]:
    """Number and texts of the row with the headings: most known ones, else the first row."""
    if spec is None:
        return rows[0]
    known = {plain(word) for words in spec["columns"].values() for word in words}
    best: tuple[int, list[str]] = rows[0] if rows else (0, [])
    best_hits = 0
    for number, texts in rows:
        hits = len(({plain(text) for text in texts} | set(map(without_note, texts))) & known)
        if hits > best_hits:
            best, best_hits = (number, texts), hits
    return best


def top_of_list(
    rows: Sequence[Numbered], words: Collection[str], merged: Sequence[Merged]
) -> tuple[int, list[str]]:
    """Number of the last row with headings, and one text for each column, of a list in which any of
    these words may stand. Up to three rows are read together; of the same number of words the
    fewest rows.

    Without one of the words: the first row with two texts, which no title has.
    """
    known = {plain(word) for word in words}
    best, most = _first_with_two(rows), 0
    for height in range(1, HIGHEST + 1):
        for start in range(len(rows) - height + 1):
            block = rows[start : start + height]
            texts = _together(block, known, merged)
            hits = len({key for text in texts if (key := _known(text, known))})
            if hits > most:
                best, most = (block[-1][0], texts), hits
    number, texts = best
    # A heading that is merged over rows below it says that those are headings too.
    lasts = [last for first, _, last, _ in merged if first <= number < last <= number + HIGHEST]
    if most and lasts:
        block = [row for row in rows if number <= row[0] <= max(lasts)]
        number, texts = max(lasts), _together([(number, texts), *block[1:]], known, merged)
    return number, list(_told_apart(texts, known))


def _first_with_two(rows: Sequence[Numbered]) -> Numbered:
    """The first row with two texts, else the first."""
    return next((row for row in rows if sum(map(bool, row[1])) > 1), rows[0])


def _known(text: str, known: Collection[str]) -> str:
    """Which of the words a heading is; empty for none."""
    return next((key for key in (plain(text), without_note(text)) if key in known), "")


def _together(
    block: Sequence[Numbered], known: Collection[str], merged: Sequence[Merged]
) -> list[str]:
    """One text for each column of rows of headings: what is known of the lowest one and all of
    them, else all of them."""
    width = max(len(texts) for _, texts in block)
    lines = [_spread(number, texts, width, merged) for number, texts in block]
    found = []
    for parts in zip(*lines, strict=True):
        said = list(dict.fromkeys(text for text in parts if text))
        whole = "".join(said)
        lowest = said[-1] if said else ""
        found.append(lowest if _known(lowest, known) else whole)
    # A heading over several columns without others below it is that of the first of them.
    for _, left, _, right in [area for area in merged if area[0] in dict(block)]:
        for place in range(left, min(right, width)):
            if found[place] == found[left - 1]:
                found[place] = ""
    return found


def _spread(number: int, texts: Sequence[str], width: int, merged: Sequence[Merged]) -> list[str]:
    """The texts of a row, those of cells that are merged across in each of their columns."""
    spread = [text.strip() for text in texts] + [""] * (width - len(texts))
    for first, left, _, right in merged:
        if first == number and left < right:
            spread[left : min(right, width)] = [spread[left - 1]] * (min(right, width) - left)
    return spread


def _told_apart(texts: Sequence[str], known: Collection[str]) -> Iterator[str]:
    """Headings that nobody asks for may stand twice: 备注, 备注(2)."""
    times: Counter[str] = Counter()
    for text in texts:
        times[text] += 1
        again = text and times[text] > 1 and not _known(text, known)
        yield f"{text}({times[text]})" if again else text


def find_columns(headings: Sequence[str], spec: Any, title: str) -> Found:
    """The columns asked for (all that have a heading, without an order).

    A heading with a note in brackets is the one without, where nothing else is that column; so are
    those that mean it only then (`alone`): 证件号码.
    """
    if spec is None:
        return _all_columns(headings, title)
    found = Found()
    by_heading = {plain(word): key for key, words in spec["columns"].items() for word in words}
    alone = {plain(w): key for key, words in (spec.get("alone") or {}).items() for w in words}
    exact = {by_heading.get(plain(heading)) for heading in headings}
    for position, heading in enumerate(headings, start=1):
        key = by_heading.get(plain(heading))
        if key is None:
            bare = without_note(heading)
            guess = by_heading.get(bare) or alone.get(plain(heading)) or alone.get(bare)
            key = None if guess in exact else guess
            if key is not None and key not in found.keys:
                found.guessed.append((position, heading.strip(), spec["columns"][key][0]))
        if key is None:
            if heading.strip():
                found.ignored.append(heading.strip())
        elif key in found.keys:
            found.problems.append(("heading_twice", {"sheet": title, "heading": heading.strip()}))
        else:
            _take(found, key, heading, position)
    missing = [spec["columns"][key][0] for key in spec["needed"] if key not in found.keys]
    if missing:
        seen = [heading.strip() for heading in headings if heading.strip()]
        params = {"sheet": title, "missing": missing, "found": seen}
        found.problems.append(("headings_missing", params))
    return found


def without_note(heading: str) -> str:
    """A heading without its notes in brackets, unless a note makes another column of it."""
    text = close(heading)
    notes = NOTE.findall(text)
    is_another = any(OTHER.search(note) and not CHOICES.search(note) for note in notes)
    return text if is_another else plain(NOTE.sub("", text))


def _all_columns(headings: Sequence[str], title: str) -> Found:
    """Every column that has a heading, under that heading."""
    found = Found()
    for position, heading in enumerate(headings, start=1):
        name = heading.strip()
        if name in found.keys:
            found.problems.append(("heading_twice", {"sheet": title, "heading": name}))
        elif name:
            _take(found, name, heading, position)
    return found


def _take(found: Found, key: str, heading: str, position: int) -> None:
    """Note a column."""
    found.keys.append(key)
    found.headings.append(heading.strip())
    found.positions.append(position)


def column_letters(position: int) -> str:
    """1 is A, 28 is AB."""
    letters = ""
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

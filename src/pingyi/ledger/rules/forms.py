"""The one form in which the program writes a value of each kind, and its text in the hash of a row.

SQLite keeps what it is given, and a driver reads much of it as the same: '20110628' as 2011-06-28,
0.5 as False, 'x' where a day should be as nothing, while SQL tells them apart. So a row is hashed
from what is stored, and what is in no form of the program has no text. A form returns the JSON text
of a value, nothing where it is the one empty value that the column may hold, and raises ValueError
for anything else.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from json.encoder import encode_basestring as quoted

from pingyi.ledger.rules.canonical import moment_text

Form = Callable[[object], str]
# Days, moments and small JSON of a column repeat.
REMEMBERED = 4_096


class NoForm(ValueError):
    """The program writes no such value."""


_encoded = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def number(stored: object) -> str:
    """A whole number; zero is not empty."""
    if type(stored) is not int:
        raise NoForm(stored)
    return repr(stored)


def statement(stored: object) -> str:
    """Yes or no: 1 or 0 where the database has no type of its own for it."""
    if type(stored) not in (int, bool) or stored not in (0, 1):
        raise NoForm(stored)
    return "true" if stored else ""


def text(stored: object) -> str:
    """Text; none is empty."""
    if type(stored) is not str:
        raise NoForm(stored)
    return quoted(stored) if stored else ""


@lru_cache(REMEMBERED)
def day(stored: object) -> str:
    """A day as both databases say it, '2011-06-28'."""
    if type(stored) is not str or date.fromisoformat(stored).isoformat() != stored:
        raise NoForm(stored)
    return f'"{stored}"'


def moment_of_sqlite(stored: object) -> datetime:
    """A moment as Django writes it there: '2011-06-28 01:30:00', in UTC; '.123456' where it has."""
    if type(stored) is not str:
        raise NoForm(stored)
    at = datetime.fromisoformat(stored)
    if str(at) != stored or at.tzinfo is not None:
        raise NoForm(stored)
    return at.replace(tzinfo=UTC)


def moment_of_postgresql(stored: object) -> datetime:
    """A moment as its to_json says it: '2011-06-28T01:30:00.12+00:00'. 'infinity' is none."""
    if type(stored) is not str:
        raise NoForm(stored)
    at = datetime.fromisoformat(stored)
    if at.tzinfo is None:
        raise NoForm(stored)
    return at.astimezone(UTC)


@lru_cache(REMEMBERED)
def _sqlite_moment(stored: object) -> str:
    return f'"{moment_text(moment_of_sqlite(stored))}"'


@lru_cache(REMEMBERED)
def _postgresql_moment(stored: object) -> str:
    return f'"{moment_text(moment_of_postgresql(stored))}"'


def _structure(stored: object, *, rewritten: bool) -> str:
    if type(stored) is not str:
        raise NoForm(stored)
    try:
        found = json.loads(stored)
        # A key said twice, other blanks, another way to write a number.
        if rewritten and json.dumps(found) != stored:
            raise NoForm(stored)
        return _encoded(found)
    except RecursionError:
        raise NoForm(stored) from None


@lru_cache(REMEMBERED)
def _sqlite_structure(stored: object) -> str:
    return _structure(stored, rewritten=True)


@lru_cache(REMEMBERED)
def _postgresql_structure(stored: object) -> str:
    return _structure(stored, rewritten=False)


def empty_as(form: Form, empty: object) -> Form:
    """JSON whose empty value is the one with which the column begins: [] is not {}, nor null."""
    said_empty = _encoded(empty)

    def filled(stored: object) -> str:
        said = form(stored)
        if said == said_empty:
            return ""
        if said in EMPTY:
            raise NoForm(stored)
        return said

    return filled


# Texts of values that are left out of a hash.
EMPTY = frozenset({"null", "false", '""', "[]", "{}"})
_NUMBERS = (
    "AutoField", "BigAutoField", "BigIntegerField", "IntegerField", "SmallIntegerField",
    "PositiveIntegerField", "PositiveSmallIntegerField", "PositiveBigIntegerField",
)  # fmt: skip
_TEXTS = ("CharField", "TextField", "SlugField", "FileField")
_BOTH: Mapping[str, Form] = {
    **dict.fromkeys(_NUMBERS, number),
    **dict.fromkeys(_TEXTS, text),
    "BooleanField": statement,
    "DateField": day,
}
# By database and kind of column, as Django calls both.
FORMS: Mapping[str, Mapping[str, Form]] = {
    "sqlite": {**_BOTH, "DateTimeField": _sqlite_moment, "JSONField": _sqlite_structure},
    "postgresql": {
        **_BOTH, "DateTimeField": _postgresql_moment, "JSONField": _postgresql_structure,
    },
}  # fmt: skip
MOMENT_OF: Mapping[str, Callable[[object], datetime]] = {
    "sqlite": moment_of_sqlite,
    "postgresql": moment_of_postgresql,
}

"""Pinyin initials, so that a name is found by keyboard ("示范镇" by "sfz")."""

import unicodedata
from collections.abc import Iterable

from pingyi.organizations.rules.readings import reading_of, readings_of_person

LONGEST = 60


def initials_of(text: str) -> str:
    """The initials of a text in small letters; signs and blanks are left out."""
    return _first_of(reading_of(character) for character in unicodedata.normalize("NFKC", text))


def initials_of_person(name: str) -> str:
    """The initials of a person's name, the surname read as one: 单小明 is "sxm", not "dxm"."""
    return _first_of(readings_of_person(name))


def _first_of(readings: Iterable[str]) -> str:
    letters = (reading[:1] for reading in readings)
    return "".join(letter for letter in letters if letter.isalnum())[:LONGEST]

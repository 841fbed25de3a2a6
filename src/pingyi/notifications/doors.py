"""What rooms above tell this one, and what it asks of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is to be told: to which account, and a page of the program where it is done.

    `key` says what it is about: with the same one nobody is told twice.
    """

    to: int
    key: str
    subject: str
    text: str
    link: str = ""

"""The number under which an exported list names a person: 1024-3FA9C1.

It says who is meant where a name was corrected or two people share one. Its end is made with the
key of identity numbers, so that a list of another register names nobody here.
"""

import hmac
import re

NUMBER = re.compile(r"([1-9][0-9]{0,17})-([0-9A-F]{6})")
MASK = "*" * 14
"""What stands for the digits of an identity number of which the last four are known."""
MASKED = re.compile(r"(?:[0-9]{0,10}[*＊•·xX×]{4,}|…|\.{3})([0-9]{3}[0-9Xx])")


def person_number(id_: int, *, key: str) -> str:
    """The number of a person of this register."""
    seal = hmac.new(key.encode(), f"person {id_}".encode(), "sha256").hexdigest()
    return f"{id_}-{seal[:6].upper()}"


def person_of(number: str, *, key: str) -> int | None:
    """Whose number it is; None where this register has not given it."""
    found = NUMBER.fullmatch(number.upper())
    if found is None:
        return None
    id_ = int(found[1])
    return id_ if hmac.compare_digest(person_number(id_, key=key), number.upper()) else None


def masked(last4: str) -> str:
    """An identity number as lists show it; empty where none is known."""
    return f"{MASK}{last4}" if last4 else ""


def last_four_of(number: str) -> str:
    """The last four of a masked number; empty where it is none."""
    found = MASKED.fullmatch(number)
    return found[1].upper() if found else ""

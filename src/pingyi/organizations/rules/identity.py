"""Identity numbers: GB 11643 check digit, and the keyed hash that is kept instead (N2)."""

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LENGTH = 18
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"


class IdentityFault(StrEnum):
    """What is wrong with an identity number."""

    LENGTH = "length"
    CHARACTERS = "characters"
    BIRTHDAY = "birthday"
    CHECK_DIGIT = "check_digit"


@dataclass(frozen=True)
class Identity:
    """What is kept of an identity number."""

    hash: str
    last4: str


def normalize(number: str) -> str:
    """ASCII digits, a capital X, no blanks or dashes: '１１０… x' and '110…X' are one number."""
    if number.isascii() and number.isalnum():
        # Nearly all of them, and a roster has tens of thousands.
        return number.upper()
    plain = unicodedata.normalize("NFKC", number)
    return "".join(sign for sign in plain if not sign.isspace() and sign != "-").upper()


def check_digit(first_17: str) -> str:
    """The 18th sign of a number by ISO 7064 MOD 11-2 (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


def of_18(number: str) -> str:
    """A number of the 15 digits that were given until 1999, with its century and check digit."""
    first_17 = f"{number[:6]}19{number[6:]}"
    return first_17 + check_digit(first_17)


def fault_of(number: str) -> IdentityFault | None:
    """What is wrong with the (not yet normalized) number; None where nothing is."""
    plain = normalize(number)
    if len(plain) != LENGTH:
        return IdentityFault.LENGTH
    if not (plain.isascii() and plain[:17].isdigit() and (plain[17].isdigit() or plain[17] == "X")):
        return IdentityFault.CHARACTERS
    if birthday_of(plain) is None:
        return IdentityFault.BIRTHDAY
    if check_digit(plain[:17]) != plain[17]:
        return IdentityFault.CHECK_DIGIT
    return None


def birthday_of(number: str) -> date | None:
    """The day of birth that stands in the number; None where there is no such day."""
    plain = normalize(number)
    try:
        return date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return None


def is_male(number: str) -> bool:
    """What the number says: its 17th digit is odd for men, even for women."""
    return int(normalize(number)[16]) % 2 == 1


def identity_hash(number: str, *, key: str) -> str:
    """HMAC-SHA256 of the normalized number, in hex. Without the key it cannot be tried out."""
    return hmac.digest(key.encode(), normalize(number).encode(), "sha256").hex()


def identity_of(number: str, *, key: str) -> Identity:
    """What is kept of a number: its keyed hash and its last four signs."""
    return Identity(hash=identity_hash(number, key=key), last4=normalize(number)[-4:])

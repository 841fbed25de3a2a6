"""Exact fractions for thresholds and rates: ⅓ is never 0.33 (rulebook §2)."""

import re
from collections.abc import Sequence
from fractions import Fraction

# Without exponents: "1e999999999" would never be done.
WRITTEN = re.compile(r"-?[0-9]+(?:\.[0-9]+|/0*[1-9][0-9]*)?")


def parse_fraction(text: str) -> Fraction:
    """'1/2', '60%' or '3' as an exact fraction; ValueError where it is none of them."""
    cleaned = text.strip()
    number = cleaned.removesuffix("%").rstrip()
    if not WRITTEN.fullmatch(number):
        raise ValueError(f"{text!r} is no exact fraction such as '1/3' or '60%'")
    return Fraction(number) / (100 if cleaned.endswith("%") else 1)


def share_text(text: str) -> str:
    """A share as people say it: '60%' for '3/5', and '1/3' for what is no whole percentage."""
    if not text:
        return ""
    percent = 100 * parse_fraction(text)
    return f"{percent}%" if percent.denominator == 1 else text


def percentages(parts: Sequence[int], *, places: int = 1) -> list[Fraction]:
    """The parts of a whole as percentages of `places` decimals that add up to exactly 100.

    Largest remainder (rulebook §2): floors first, then one unit each to the largest remainders,
    the earlier part first among equals. All zero stays all zero. For showing only: figures are
    kept as integers.
    """
    if any(part < 0 for part in parts):
        raise ValueError("parts of a whole cannot be negative")
    whole = sum(parts)
    if whole == 0:
        return [Fraction(0) for _ in parts]
    units = 100 * 10**places
    floors = [part * units // whole for part in parts]
    remainders = [part * units % whole for part in parts]
    missing = units - sum(floors)
    for index in sorted(range(len(parts)), key=lambda i: (-remainders[i], i))[:missing]:
        floors[index] += 1
    return [Fraction(floor, 10**places) for floor in floors]


def percent_text(value: Fraction, *, places: int = 1) -> str:
    """A percentage such as Fraction(815, 10) as '81.5', rounded half up."""
    scaled = value * 10**places
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    if places == 0:
        return str(rounded)
    whole, decimals = divmod(rounded, 10**places)
    return f"{whole}.{decimals:0{places}d}"

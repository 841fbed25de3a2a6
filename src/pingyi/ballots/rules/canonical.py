"""The one way to write a manifest, a ballot or a board as bytes (RFC 8785).

Only what these need: texts, whole numbers, yes and no, nothing, lists, and names in ASCII, in the
order of which JSON and RFC 8785 agree. The encoder of Python writes the same bytes then, many times
faster than a library; a property test holds the two together.
"""

import base64
import binascii
import json

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


class NotCanonical(ValueError):
    """Not the bytes that this program would write for what they say."""


_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical(value: Plain) -> bytes:
    """The RFC 8785 bytes of a value; NotCanonical for half a character (a lone surrogate)."""
    try:
        return _encode(value).encode()
    except UnicodeEncodeError:
        raise NotCanonical("half a character") from None


def _no_fraction(text: str) -> int:
    raise NotCanonical(f"a number that is not whole: {text[:20]}")


_decode = json.JSONDecoder(parse_float=_no_fraction, parse_constant=_no_fraction).decode


def read(text: bytes) -> Plain:
    """What canonical bytes say; NotCanonical for any others, a key said twice among them."""
    try:
        value: Plain = _decode(text.decode())
        written = canonical(value)
    except RecursionError:
        raise NotCanonical("too deep") from None
    except NotCanonical:
        raise
    except ValueError:
        raise NotCanonical("no JSON") from None
    if written != text:
        raise NotCanonical("written in another way")
    return value


def encoded(raw: bytes) -> str:
    """Bytes as text: base64url without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: object, size: int) -> bytes:
    """Exactly `size` bytes of such a text; NotCanonical for anything else."""
    if not isinstance(text, str) or len(text) != -(-size * 4 // 3):
        raise NotCanonical("not that many characters")
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise NotCanonical("no base64url") from None
    # Characters that are not of the alphabet are passed over, and the last one has spare bits.
    if encoded(raw) != text:
        raise NotCanonical("no base64url")
    return raw


def as_object(value: Plain) -> dict[str, Plain]:
    """What is an object; NotCanonical else."""
    if not isinstance(value, dict):
        raise NotCanonical("no object")
    return value


def as_list(value: Plain) -> list[Plain]:
    """What is a list; NotCanonical else."""
    if not isinstance(value, list):
        raise NotCanonical("no list")
    return value


def as_text(value: Plain) -> str:
    """What is a text; NotCanonical else."""
    if not isinstance(value, str):
        raise NotCanonical("no text")
    return value


def as_number(value: Plain) -> int:
    """What is a whole number from zero; NotCanonical else."""
    if type(value) is not int or value < 0:
        raise NotCanonical("no number")
    return value

"""One way only to write a line or a body as bytes (RFC 8785), so that its hash can be redone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from json.encoder import encode_basestring as quoted

import rfc8785

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a line promises; the hash of the body stands for the body."""

    seq: int
    kind: str
    subject: str
    body_hash: str
    actor_role: str
    at: datetime
    account: int | None = None


def moment_text(at: object) -> str:
    """A moment in UTC with microseconds, '2011-06-28T01:00:00.000000Z'; naive ones are refused."""
    # What a damaged row holds need not be a moment at all.
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise ValueError("a moment of the ledger must know its time zone")
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"


def plain(value: object, *, texts: tuple[type, ...] = ()) -> Plain:
    """A value as JSON knows it: moments in UTC, days, fractions as 'n/d', sets in order.

    `texts` are types read through str(), such as translations that are made late. Raises
    TypeError for anything that has no single way of writing, floats above all.
    """
    if isinstance(value, texts):
        return str(value)
    match value:
        case Enum():
            return plain(value.value, texts=texts)
        case Mapping():
            return {_key(key): plain(item, texts=texts) for key, item in value.items()}
        case list() | tuple():
            return [plain(item, texts=texts) for item in value]
        case set() | frozenset():
            items = [plain(item, texts=texts) for item in value]
            return sorted(items, key=rfc8785.dumps)
    return _plain_single(value)


def _plain_single(value: object) -> Plain:
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case datetime():
            return moment_text(value)
        case date():
            return value.isoformat()
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
    raise TypeError(f"{type(value).__name__} has no canonical text in the ledger: {value!r}")


def _key(key: object) -> str:
    if isinstance(key, Enum):
        key = key.value
    if not isinstance(key, str):
        raise TypeError(f"names inside a body must be text, not {key!r}")
    return key


def canonical_text(body: Plain) -> str:
    """The RFC 8785 text of a plain value."""
    return rfc8785.dumps(body).decode()


def leaf_bytes(leaf: Leaf) -> bytes:
    """The bytes of a line that the tree hashes: its RFC 8785 text.

    Written out, as a ledger of a city has hundreds of thousands of them: the same bytes as those
    of rfc8785, many times faster; a property test holds the two together.
    """
    # A deed of the command line has no account; what is not there is not said.
    account = "" if leaf.account is None else f'"account":{leaf.account:d},'
    return (
        f'{{{account}"actor_role":{quoted(leaf.actor_role)},"at":"{moment_text(leaf.at)}",'
        f'"body_hash":{quoted(leaf.body_hash)},"kind":{quoted(leaf.kind)},"seq":{leaf.seq:d},'
        f'"subject":{quoted(leaf.subject)}}}'
    ).encode()


SALT_BYTES = 32


def body_hash(salt: str, content: str, rows: str = "") -> str:
    """SHA-256 of salt, canonical body and rows, hex. The salt keeps bodies from being guessed.

    The salt is 32 bytes in hex, so that nothing can move between salt and body; ValueError else.
    Canonical text holds no line break, so that nothing can move between body and rows.
    """
    salted = bytes.fromhex(salt)
    if len(salted) != SALT_BYTES or salted.hex() != salt:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    said = f"{content}\n{rows}" if rows else content
    return sha256(salted + said.encode()).hexdigest()

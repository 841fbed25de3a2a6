"""A paper slip: a code that makes a key, and nothing that says whose it is."""

import secrets
from collections.abc import Iterable, Sequence
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pingyi.core.merkle import leaf_hash, root_of

SIGNS = 20
GROUP = 4
# Base32 without I, L, O and U, which people misread (Crockford); 100 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILO", "110")


class NoSlip(ValueError):
    """No code of a slip."""


def new_code() -> str:
    """A code nobody can guess, as it is printed: five groups of four signs."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    return "-".join(signs[at : at + GROUP] for at in range(0, SIGNS, GROUP))


def tidy(typed: str) -> str:
    """A code as typed by somebody, without blanks and dashes; NoSlip where signs lack or differ."""
    signs = "".join(typed.split()).replace("-", "").upper().translate(_MISREAD)
    if len(signs) != SIGNS or not set(signs) <= set(ALPHABET):
        raise NoSlip(typed)
    return signs


def key_of(code: str, box: str) -> Ed25519PrivateKey:
    """The key that a slip makes in its box; another one in any other box."""
    derive = HKDF(SHA256(), length=32, salt=box.encode(), info=b"pingyi slip")
    return Ed25519PrivateKey.from_private_bytes(derive.derive(tidy(code).encode()))


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The public half, 32 bytes."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def slip_hash(box: str, vk: bytes) -> bytes:
    """What the list of slips has of one: it says that this key may vote, to whoever has the key."""
    return sha256(b"slip\0" + box.encode() + b"\0" + vk).digest()


def slip_list(hashes: Iterable[bytes]) -> list[bytes]:
    """The list of slips as it is hashed and published: in an order that tells nothing."""
    return sorted(hashes)


def slip_root(hashes: Sequence[bytes]) -> bytes:
    """The root over a list of slips (RFC 9162); it is in the manifest before any is handed out."""
    return root_of(leaf_hash(hash_) for hash_ in hashes)

"""A sealed version is signed by the installation: Ed25519 (RFC 8032) over its canonical JSON.

The key follows from the installation's identity key (HKDF, RFC 5869), which never changes and is
kept with the other keys: nothing more to keep, and a restored copy signs as before (ADR 0029).
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"pingyi: signs sealed returns, 1"
BYTES = 32


def signing_key(identity_key: str) -> Ed25519PrivateKey:
    """The private key of the installation."""
    seed = HKDF(SHA256(), BYTES, salt=None, info=PURPOSE).derive(identity_key.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_text(key: Ed25519PrivateKey) -> str:
    """The public key, 64 hex digits."""
    return key.public_key().public_bytes_raw().hex()


def canonical(content: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed and signed."""
    return rfc8785.dumps(dict(content))


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a version's content, 64 hex digits."""
    return sha256(canonical(content)).hexdigest()


def signed(content: Mapping[str, Any], key: Ed25519PrivateKey) -> str:
    """The signature of a version's content, 128 hex digits."""
    return key.sign(canonical(content)).hex()


def is_genuine(content: Mapping[str, Any], signature: str, public_key: str) -> bool:
    """Whether the content is what the owner of the key signed."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), canonical(content))
    except (InvalidSignature, ValueError):
        return False
    return True

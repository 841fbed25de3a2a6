"""The secret keys in a file that only a passphrase opens: scrypt, then AES-256-GCM."""

import base64
import json
from collections.abc import Mapping
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

KIND, VERSION = "pingyi-keys", 1
SHORTEST = 12
# 64 MiB and some tenths of a second for each passphrase that is tried (RFC 7914).
COST, BLOCK, PARALLEL = 2**16, 8, 1


class NoKeys(ValueError):
    """What should be sealed keys is something else."""


class WrongPassphrase(ValueError):
    """It does not open the file, or the file was changed."""


def sealed(keys: Mapping[str, str], passphrase: str) -> bytes:
    """Keys by their names, as a file."""
    salt, nonce = urandom(16), urandom(12)
    content = json.dumps(dict(keys)).encode()
    secret = AESGCM(_key(passphrase, salt)).encrypt(nonce, content, KIND.encode())
    told = {
        "kind": KIND,
        "version": VERSION,
        "salt": _text(salt),
        "nonce": _text(nonce),
        "sealed": _text(secret),
    }
    return (json.dumps(told, indent=1) + "\n").encode()


def opened(file: bytes, passphrase: str) -> dict[str, str]:
    """The keys in such a file. Raises NoKeys or WrongPassphrase."""
    try:
        told = json.loads(file)
        if (told["kind"], told["version"]) != (KIND, VERSION):
            raise NoKeys
        salt, nonce, secret = (_bytes(told[name]) for name in ("salt", "nonce", "sealed"))
    except (ValueError, TypeError, KeyError) as error:
        raise NoKeys from error
    try:
        content = AESGCM(_key(passphrase, salt)).decrypt(nonce, secret, KIND.encode())
    except (InvalidTag, ValueError) as error:
        raise WrongPassphrase from error
    return {str(name): str(key) for name, key in json.loads(content).items()}


def _key(passphrase: str, salt: bytes) -> bytes:
    kdf = Scrypt(salt=salt, length=32, n=COST, r=BLOCK, p=PARALLEL)
    return kdf.derive(passphrase.encode())


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)

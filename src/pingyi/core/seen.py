"""The version that was seen: what is edited or signed says what it was begun from."""

import json
from hashlib import sha256

SIGNS = 16


def fingerprint(value: object) -> str:
    """Sixteen hexadecimal digits of what JSON can hold; the same for the same content."""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(said.encode()).hexdigest()[:SIGNS]

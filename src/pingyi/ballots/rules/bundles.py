"""Ballots as they lie in the database: in bundles, in the order of their keys.

Nothing that is stored may tell in which order ballots came (ballots.md). A row for each ballot
does: rows, their place in the file and the transaction that wrote them stand in the order of
arrival. So a ballot is written together with all that lie in its bundle, sorted by key: what is
written anew each time is as young as the youngest. A bundle is `key | length | record`, repeated.
"""

from collections.abc import Iterator

KEY_BYTES = 32
LENGTH_BYTES = 2
HEAD_BYTES = KEY_BYTES + LENGTH_BYTES
# About so many ballots lie in a bundle: enough to hide in, few enough to be written each time.
USUAL = 32
MOST_BUNDLES = 4_096


class AlreadyThere(Exception):
    """The key has a record in the bundle already: `record` is the one that lies there."""

    def __init__(self, record: bytes) -> None:
        super().__init__("a key has one record")
        self.record = record


def bundles_for(roll: int) -> int:
    """How many bundles a box for so many voters has; fixed before it opens."""
    return min(MOST_BUNDLES, max(1, -(-roll // USUAL)))


def place_of(key: bytes, bundles: int) -> int:
    """The bundle that a key belongs to. Keys are random, so bundles fill alike."""
    return int.from_bytes(key[:4]) % bundles


def put(bundle: bytes, key: bytes, record: bytes) -> bytes:
    """The bundle with the record in its place; AlreadyThere where the key has one."""
    at = 0
    size = len(bundle)
    while at < size:
        found = bundle[at : at + KEY_BYTES]
        after = at + HEAD_BYTES + int.from_bytes(bundle[at + KEY_BYTES : at + HEAD_BYTES])
        if found >= key:
            if found == key:
                raise AlreadyThere(bundle[at + HEAD_BYTES : after])
            break
        at = after
    length = len(record).to_bytes(LENGTH_BYTES)
    return b"".join((bundle[:at], key, length, record, bundle[at:]))


def records_of(bundle: bytes) -> Iterator[bytes]:
    """The records of a bundle, by their keys."""
    at = 0
    while at < len(bundle):
        begin = at + HEAD_BYTES
        at = begin + int.from_bytes(bundle[at + KEY_BYTES : begin])
        yield bundle[begin:at]

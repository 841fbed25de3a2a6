"""The Merkle tree of RFC 9162 §2.1: hashes of leaves and nodes, and the growing right edge."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """SHA-256 of a leaf; the prefix keeps leaves and nodes apart (RFC 9162 §2.1.1)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of two children (RFC 9162 §2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a tree: one hash for each complete subtree, the largest first.

    Enough to append in O(log n) and to tell the root, without the leaves. The subtrees are the
    binary digits of the size: size 6 = 4 + 2 has two hashes.
    """

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if size < 0 or size.bit_count() != len(hashes):
            raise ValueError(f"a tree of {size} leaves does not have {len(hashes)} subtrees")
        self.size = size
        self._hashes = list(hashes)

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """The roots of the complete subtrees, the largest first."""
        return tuple(self._hashes)

    def append(self, hash_: bytes) -> None:
        """Add the hash of a leaf; subtrees of equal size are joined."""
        carry = self.size
        while carry & 1:
            hash_ = node_hash(self._hashes.pop(), hash_)
            carry >>= 1
        self._hashes.append(hash_)
        self.size += 1

    def root(self) -> bytes:
        """The hash of the whole tree; of an empty one SHA-256 of nothing."""
        if not self._hashes:
            return EMPTY_ROOT
        root = self._hashes[-1]
        for left in reversed(self._hashes[:-1]):
            root = node_hash(left, root)
        return root


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root of the tree over these leaf hashes, in their order."""
    frontier = Frontier()
    for hash_ in leaf_hashes:
        frontier.append(hash_)
    return frontier.root()

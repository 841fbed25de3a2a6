"""The Merkle tree of RFC 9162 §2.1 (that of RFC 6962): hashes, the growing right edge, proofs.

The ledger hashes its lines with it, the ballot box its ballots. Pure Python: it is also a part of
the one file with which anybody recounts a box.
"""

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


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(index: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """The neighbours from the leaf up to the root (RFC 9162 §2.1.3.1)."""
    size = len(leaf_hashes)
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    if size == 1:
        return []
    middle = _split(size)
    left, right = leaf_hashes[:middle], leaf_hashes[middle:]
    if index < middle:
        return [*inclusion_proof(index, left), root_of(right)]
    return [*inclusion_proof(index - middle, right), root_of(left)]


def is_included(hash_: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf hash stands at `index` of the tree with this root (§2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last = index, size - 1
    for neighbour in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            hash_ = node_hash(neighbour, hash_)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            hash_ = node_hash(hash_, neighbour)
        position, last = position >> 1, last >> 1
    return last == 0 and hash_ == root


def consistency_proof(first: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """Shows that the tree of the first `first` leaves is the beginning of this one (§2.1.4.1)."""
    if not 0 < first <= len(leaf_hashes):
        raise ValueError(f"there is no tree of {first} within a tree of {len(leaf_hashes)}")
    return _subproof(first, leaf_hashes, whole=True)


def _subproof(first: int, leaf_hashes: Sequence[bytes], *, whole: bool) -> list[bytes]:
    size = len(leaf_hashes)
    if first == size:
        return [] if whole else [root_of(leaf_hashes)]
    middle = _split(size)
    left, right = leaf_hashes[:middle], leaf_hashes[middle:]
    if first <= middle:
        return [*_subproof(first, left, whole=whole), root_of(right)]
    return [*_subproof(first - middle, right, whole=False), root_of(left)]


def is_consistent(
    first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree of `first` leaves is the beginning of the tree of `second` (§2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    path = [first_root, *proof] if first.bit_count() == 1 else list(proof)
    if not path:
        return False
    position, last = first - 1, second - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for neighbour in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node_hash(neighbour, old), node_hash(neighbour, new)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, neighbour)
        position, last = position >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root

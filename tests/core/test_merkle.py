"""The tree against the test vectors of the Certificate Transparency reference implementation."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.core import merkle as rules

# Leaves and roots of certificate-transparency's merkle_tree tests (RFC 6962, same in RFC 9162).
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [rules.leaf_hash(leaf) for leaf in LEAVES]
INCLUSION = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
]
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert rules.root_of([]) == sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_published_vectors(size):
    assert rules.root_of(HASHES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_inclusion_proofs_are_those_of_the_published_vectors(index, size, proof):
    assert [hash_.hex() for hash_ in rules.inclusion_proof(index, HASHES[:size])] == proof


@pytest.mark.parametrize(("first", "second", "proof"), CONSISTENCY)
def test_consistency_proofs_are_those_of_the_published_vectors(first, second, proof):
    assert [hash_.hex() for hash_ in rules.consistency_proof(first, HASHES[:second])] == proof


def recursive_root(hashes: list[bytes]) -> bytes:
    """The definition of RFC 9162 §2.1.1, word by word."""
    if len(hashes) == 1:
        return hashes[0]
    middle = 1
    while middle * 2 < len(hashes):
        middle *= 2
    left, right = recursive_root(hashes[:middle]), recursive_root(hashes[middle:])
    return sha256(b"\x01" + left + right).digest()


@settings(deadline=None)  # other work on the machine is no fault of the tree
@given(st.lists(st.binary(max_size=4), min_size=1, max_size=70))
def test_the_frontier_gives_the_root_of_the_definition(leaves):
    hashes = [rules.leaf_hash(leaf) for leaf in leaves]
    assert rules.root_of(hashes) == recursive_root(hashes)


def numbered(size: int) -> list[bytes]:
    return [rules.leaf_hash(str(number).encode()) for number in range(size)]


@pytest.mark.parametrize("size", range(1, 20))
def test_every_leaf_is_proved_and_only_at_its_place(size):
    hashes = numbered(size)
    root = rules.root_of(hashes)
    for index in range(size):
        proof = rules.inclusion_proof(index, hashes)
        assert rules.is_included(hashes[index], index, size, proof, root)
        assert not rules.is_included(rules.leaf_hash(b"other"), index, size, proof, root)
        assert not rules.is_included(hashes[index], index, size, [*proof, root], root)
        assert not rules.is_included(hashes[index], size, size, proof, root)
        if proof:
            assert not rules.is_included(hashes[index], index, size, proof[:-1], root)
            other = index - 1 if index else index + 1
            assert not rules.is_included(hashes[index], other, size, proof, root)


@pytest.mark.parametrize("second", range(1, 20))
def test_every_earlier_tree_is_proved_to_be_the_beginning(second):
    hashes = numbered(second)
    root = rules.root_of(hashes)
    for first in range(1, second + 1):
        proof = rules.consistency_proof(first, hashes)
        earlier = rules.root_of(hashes[:first])
        wrong = rules.leaf_hash(b"wrong")
        assert rules.is_consistent(first, second, earlier, root, proof)
        assert not rules.is_consistent(first, second, wrong, root, proof)
        assert not rules.is_consistent(first, second, earlier, wrong, proof)
        assert not rules.is_consistent(first, second, earlier, root, [*proof, root])
        if proof:
            assert not rules.is_consistent(first, second, earlier, root, [])
            assert not rules.is_consistent(first, second, earlier, root, proof[:-1])


def test_a_tree_is_not_the_beginning_of_a_smaller_one():
    assert not rules.is_consistent(3, 2, b"", b"", [])
    assert not rules.is_consistent(0, 2, b"", b"", [])
    assert not rules.is_consistent(0, 0, b"", b"", [])


@pytest.mark.parametrize("index", [-1, 8])
def test_there_is_no_proof_of_a_leaf_outside(index):
    with pytest.raises(ValueError, match="no leaf"):
        rules.inclusion_proof(index, HASHES)


@pytest.mark.parametrize("first", [0, 9])
def test_there_is_no_proof_of_a_tree_outside(first):
    with pytest.raises(ValueError, match="no tree"):
        rules.consistency_proof(first, HASHES)


@pytest.mark.parametrize(("size", "count"), [(-1, 0), (-1, 1), (3, 1), (4, 2)])
def test_a_frontier_must_fit_its_size(size, count):
    with pytest.raises(ValueError, match="subtrees"):
        rules.Frontier(size, [b""] * count)


def test_a_leaf_and_a_node_are_told_apart_by_their_first_byte():
    assert [rules.leaf_hash(leaf) for leaf in LEAVES[:1]] == [bytes.fromhex(ROOTS[0])]


def test_a_tree_is_not_taken_for_a_larger_one_with_the_same_root():
    hashes = numbered(4)
    first, root = rules.root_of(hashes[:1]), rules.root_of(hashes)
    assert not rules.is_consistent(1, 8, first, root, rules.consistency_proof(1, hashes))
    assert not rules.is_included(hashes[0], 0, 8, rules.inclusion_proof(0, hashes), root)

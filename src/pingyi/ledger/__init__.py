"""The append-only log of deeds with its Merkle tree."""

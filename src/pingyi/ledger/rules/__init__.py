"""The arithmetic of the ledger: canonical bytes, the Merkle tree, proofs. No Django, no rows."""

from pingyi.core.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root_of,
)
from pingyi.ledger.rules.canonical import (
    SALT_BYTES,
    Leaf,
    body_hash,
    canonical_text,
    leaf_bytes,
    plain,
)
from pingyi.ledger.rules.forms import FORMS, MOMENT_OF, Form, empty_as
from pingyi.ledger.rules.rows import NO_FORM, Column, RowHashes, row_hash, rows_of, rows_text

__all__ = [
    "EMPTY_ROOT",
    "FORMS",
    "MOMENT_OF",
    "NO_FORM",
    "SALT_BYTES",
    "Column",
    "Form",
    "Frontier",
    "Leaf",
    "RowHashes",
    "body_hash",
    "canonical_text",
    "consistency_proof",
    "empty_as",
    "inclusion_proof",
    "is_consistent",
    "is_included",
    "leaf_bytes",
    "leaf_hash",
    "node_hash",
    "plain",
    "root_of",
    "row_hash",
    "rows_of",
    "rows_text",
]

"""What other rooms ask of leader reviews."""

from pingyi.reviews.queries.coverage import (
    Coverage,
    coverage,
    reviewed_participants,
    reviewed_units,
    reviewers,
)
from pingyi.reviews.queries.texts import plan_of, supervision_signs

__all__ = [
    "Coverage",
    "coverage",
    "plan_of",
    "reviewed_participants",
    "reviewed_units",
    "reviewers",
    "supervision_signs",
]

"""What other rooms ask of leader reviews."""

from pingyi.reviews.enums import DUTY
from pingyi.reviews.queries.course import course_of
from pingyi.reviews.queries.coverage import (
    Coverage,
    coverage,
    coverage_of,
    has_reviewed,
    is_reviewed,
    review_spans,
)
from pingyi.reviews.queries.said import problem_of, problems_below
from pingyi.reviews.queries.texts import review_name, supervision_signs

__all__ = [
    "DUTY",
    "Coverage",
    "course_of",
    "coverage",
    "coverage_of",
    "has_reviewed",
    "is_reviewed",
    "problem_of",
    "problems_below",
    "review_name",
    "review_spans",
    "supervision_signs",
]

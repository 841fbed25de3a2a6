"""Deeds of leader reviews, one module a journey."""

from pingyi.reviews.operations.assign import derive_assignments, reassign
from pingyi.reviews.operations.consequences import add_follow_up, publish, withdraw_review
from pingyi.reviews.operations.meetings import (
    begin_meeting,
    discard_meeting,
    save_draft,
    save_meeting,
)
from pingyi.reviews.operations.record import NewReview, record_many, record_review

__all__ = [
    "NewReview",
    "add_follow_up",
    "begin_meeting",
    "derive_assignments",
    "discard_meeting",
    "publish",
    "reassign",
    "record_many",
    "record_review",
    "save_draft",
    "save_meeting",
    "withdraw_review",
]

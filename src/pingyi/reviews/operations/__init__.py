"""What other rooms do with leader reviews."""

from pingyi.reviews.operations.record import NewReview, record_many

__all__ = ["NewReview", "record_many"]

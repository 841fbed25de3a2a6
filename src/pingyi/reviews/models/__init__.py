from pingyi.reviews.models.assignment import Assignment
from pingyi.reviews.models.meeting import Meeting
from pingyi.reviews.models.review import Publication, Review, Sign

__all__ = ["Assignment", "Meeting", "Publication", "Review", "Sign"]

"""Forms of leader reviews: they check what was typed, and never write."""

from pingyi.reviews.forms.consequences import (
    FollowUpForm,
    PublishForm,
    ReassignForm,
    WithdrawForm,
)
from pingyi.reviews.forms.filters import LedgerFilter
from pingyi.reviews.forms.review import GridForm, MeetingForm, ReviewForm

__all__ = [
    "FollowUpForm",
    "GridForm",
    "LedgerFilter",
    "MeetingForm",
    "PublishForm",
    "ReassignForm",
    "ReviewForm",
    "WithdrawForm",
]

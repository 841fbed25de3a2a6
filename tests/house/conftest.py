"""Fixtures of the rooms, for what is asked of all of them at once."""

from tests.appraisals.conftest import plain, prepared, signed, typed
from tests.reviews.conftest import assignments

__all__ = ["assignments", "plain", "prepared", "signed", "typed"]

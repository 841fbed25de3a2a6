"""What other rooms ask of appraisals."""

from pingyi.appraisals.queries.counts import graded_members, members_on
from pingyi.appraisals.queries.coverage import (
    UnitProgress,
    appraised_participants,
    appraised_units,
    begun_units,
    counted_below,
    progress,
)
from pingyi.appraisals.queries.plans import ballot_forms, needed_plan
from pingyi.appraisals.queries.stages import labelled_steps

__all__ = [
    "UnitProgress",
    "appraised_participants",
    "appraised_units",
    "ballot_forms",
    "begun_units",
    "counted_below",
    "graded_members",
    "labelled_steps",
    "members_on",
    "needed_plan",
    "progress",
]

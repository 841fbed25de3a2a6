"""What other rooms ask of appraisals."""

from pingyi.appraisals.enums import DUTY
from pingyi.appraisals.queries.appraised import (
    begun_in,
    is_appraised_participant,
    is_appraised_unit,
    participant_spans,
    unit_spans,
)
from pingyi.appraisals.queries.boxes import Box, ballot_boxes, boxes_of
from pingyi.appraisals.queries.counts import graded_members, members_on
from pingyi.appraisals.queries.coverage import ProgressBelow, course_of, progress_below
from pingyi.appraisals.queries.figures import signed_figures
from pingyi.appraisals.queries.plans import appraisal_name, needed_plan
from pingyi.appraisals.queries.said import decisions_below, flag_labels, opinions_below
from pingyi.appraisals.queries.stages import labelled_steps

__all__ = [
    "DUTY",
    "Box",
    "ProgressBelow",
    "appraisal_name",
    "ballot_boxes",
    "begun_in",
    "boxes_of",
    "course_of",
    "decisions_below",
    "flag_labels",
    "graded_members",
    "is_appraised_participant",
    "is_appraised_unit",
    "labelled_steps",
    "members_on",
    "needed_plan",
    "opinions_below",
    "participant_spans",
    "progress_below",
    "signed_figures",
    "unit_spans",
]

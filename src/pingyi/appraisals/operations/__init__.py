"""What other rooms do in an appraisal."""

from pingyi.appraisals.operations.counts import save_count, sign_count, start_count
from pingyi.appraisals.operations.stages import add_opinion, record_meeting, record_stage

__all__ = [
    "add_opinion",
    "record_meeting",
    "record_stage",
    "save_count",
    "sign_count",
    "start_count",
]

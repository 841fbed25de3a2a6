from pingyi.appraisals.models.appraisal import Appraisal, Opinion, PanelStratum, StageRecord
from pingyi.appraisals.models.count import Count, CountLine
from pingyi.appraisals.models.flag import Flag
from pingyi.appraisals.models.grade import DecidedGrade
from pingyi.appraisals.models.sealed import SealedVote

__all__ = [
    "Appraisal",
    "Count",
    "CountLine",
    "DecidedGrade",
    "Flag",
    "Opinion",
    "PanelStratum",
    "SealedVote",
    "StageRecord",
]

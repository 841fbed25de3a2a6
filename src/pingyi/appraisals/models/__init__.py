from pingyi.appraisals.models.appraisal import Appraisal, Opinion, PanelStratum, StageRecord
from pingyi.appraisals.models.count import Count, CountLine
from pingyi.appraisals.models.flag import Flag

__all__ = ["Appraisal", "Count", "CountLine", "Flag", "Opinion", "PanelStratum", "StageRecord"]

"""Deeds of an appraisal: its stages, its counts, its decisions."""

from pingyi.appraisals.operations.counts import (
    declare_void,
    reopen_count,
    save_count,
    sign_count,
    start_count,
)
from pingyi.appraisals.operations.decisions import decide
from pingyi.appraisals.operations.stages import add_opinion, record_meeting, record_stage

__all__ = [
    "add_opinion",
    "decide",
    "declare_void",
    "record_meeting",
    "record_stage",
    "reopen_count",
    "save_count",
    "sign_count",
    "start_count",
]

"""Documents of appraisals: of one organization, and of a round."""

from pingyi.appraisals.exports.filled import filled_ballot
from pingyi.appraisals.exports.of_meetings import summary_table
from pingyi.appraisals.exports.of_rounds import results_table
from pingyi.appraisals.exports.of_units import (
    RENDERERS,
    count_sheet,
    ledger_table,
    ledger_title,
    result_table,
    whole_table,
)

__all__ = [
    "RENDERERS",
    "count_sheet",
    "filled_ballot",
    "ledger_table",
    "ledger_title",
    "result_table",
    "results_table",
    "summary_table",
    "whole_table",
]

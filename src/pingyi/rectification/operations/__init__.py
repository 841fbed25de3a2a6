"""What other rooms do with rectifications."""

from pingyi.rectification.operations.evidence import clear_away
from pingyi.rectification.operations.register import register_item
from pingyi.rectification.operations.steps import assign, close, reopen, report

__all__ = ["assign", "clear_away", "close", "register_item", "reopen", "report"]

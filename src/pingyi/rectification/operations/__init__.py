"""What other rooms do with rectifications."""

from pingyi.rectification.operations.register import register_item
from pingyi.rectification.operations.steps import assign, close, reopen, report

__all__ = ["assign", "close", "register_item", "reopen", "report"]

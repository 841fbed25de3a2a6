"""Ballot sheets by rule: one description of a form makes the drawing and the layout (N8, N9)."""

from pingyi.paper.rules.frame import DoesNotFit
from pingyi.paper.rules.sheets import Sheets, copies_of, sheets_of
from pingyi.paper.rules.text_fitting import TooLong

__all__ = ["DoesNotFit", "Sheets", "TooLong", "copies_of", "sheets_of"]

"""Pure arithmetic of the statistical tables (N11)."""

from pingyi.returns.rules.figures import Figures, Started, blank_or_figure, circled
from pingyi.returns.rules.rollup import ancestors_and_self, first_columns, roll_up

__all__ = [
    "Figures",
    "Started",
    "ancestors_and_self",
    "blank_or_figure",
    "circled",
    "first_columns",
    "roll_up",
]

"""What other rooms ask of the statistical tables."""

from pingyi.returns.queries.accepted import accepted_figures
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import tables_of

__all__ = ["Moment", "accepted_figures", "tables_of"]

"""What other rooms ask of bulletins."""

from pingyi.bulletins.queries.figures import figures_final

__all__ = ["figures_final"]

"""What other rooms ask of the house as a whole."""

from pingyi.web.queries.start import is_empty

__all__ = ["is_empty"]

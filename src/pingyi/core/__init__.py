"""No models: clock, refusals, exact fractions, the typed request."""

"""Preparing a box, taking ballots, closing and counting it."""

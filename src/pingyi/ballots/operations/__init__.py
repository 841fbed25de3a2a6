"""Preparing a box, taking ballots, closing and counting it."""

from pingyi.ballots.operations.life import count, move, new_box_id, prepare

__all__ = ["count", "move", "new_box_id", "prepare"]

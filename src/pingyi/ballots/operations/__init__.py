"""Preparing a box, taking ballots, closing and counting it."""

from pingyi.ballots.operations.casting import Receipt, cast
from pingyi.ballots.operations.life import count, move, prepare, publish
from pingyi.ballots.operations.slips import cast_with_slip

__all__ = ["Receipt", "cast", "cast_with_slip", "count", "move", "prepare", "publish"]

"""The result of a published box, read from its board."""

from dataclasses import dataclass
from functools import lru_cache

from pingyi.ballots.queries.boxes import board_of_box
from pingyi.ballots.rules.boards import board_of
from pingyi.ballots.rules.cores import tracker
from pingyi.ballots.rules.counting import Tally, tally
from pingyi.ballots.rules.manifests import Manifest

REMEMBERED = 32


@dataclass(frozen=True)
class Result:
    """The sums (None where too few took part) and the numbers of all ballots."""

    manifest: Manifest
    tally: Tally | None
    trackers: frozenset[str]


def tally_of_box(box_id: str) -> Tally | None:
    """The sums of a published box; None where too few took part."""
    return result_of_box(box_id).tally


@lru_cache(REMEMBERED)
def result_of_box(box_id: str) -> Result:
    """The result; NoBox where there is none, or none yet. A board never changes: it is kept."""
    board = board_of(board_of_box(box_id))
    counted = None
    if board.tally is not None:
        counted = tally((ballot.core.answers for ballot in board.ballots), board.manifest)
    trackers = frozenset(tracker(ballot.core.leaf) for ballot in board.ballots)
    return Result(board.manifest, counted, trackers)

"""Reading boxes."""

from pingyi.ballots.queries.boxes import (
    board_of_box,
    manifest_of_box,
    opinions_of_box,
    state_of_box,
)

__all__ = ["board_of_box", "manifest_of_box", "opinions_of_box", "state_of_box"]

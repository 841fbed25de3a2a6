"""Reading boxes."""

from pingyi.ballots.queries.boxes import opinions_of_box, state_of_box
from pingyi.ballots.queries.results import tally_of_box

__all__ = ["opinions_of_box", "state_of_box", "tally_of_box"]

"""What other rooms ask of the ballots."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pingyi.paper.exports import empty_ballots

if TYPE_CHECKING:
    from pingyi.campaigns.rules.pack import Pack
    from pingyi.documents.layouts import Paper


def ballots_of(pack: "Pack") -> "Sequence[Paper]":
    """The ballots of a pack, for its preview."""
    return empty_ballots(pack)

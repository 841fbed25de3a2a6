"""Everything that changes a campaign. Tests and the demo build theirs with these, too."""

from pingyi.campaigns.operations.exemptions import exempt, exempt_many, revoke_exemption
from pingyi.campaigns.operations.opening import close_campaign, open_campaign
from pingyi.campaigns.operations.people import (
    add_participant,
    change_standing,
    move_participant,
    remove_participant,
)
from pingyi.campaigns.operations.rounds import (
    change_round_dates,
    close_round,
    open_round,
    reopen_round,
)
from pingyi.campaigns.operations.units import add_unit, move_unit, remove_unit

__all__ = [
    "add_participant",
    "add_unit",
    "change_round_dates",
    "change_standing",
    "close_campaign",
    "close_round",
    "exempt",
    "exempt_many",
    "move_participant",
    "move_unit",
    "open_campaign",
    "open_round",
    "remove_participant",
    "remove_unit",
    "reopen_round",
    "revoke_exemption",
]

"""What other rooms do with campaigns."""

from pingyi.campaigns.operations.exemptions import exempt_many
from pingyi.campaigns.operations.opening import open_campaign
from pingyi.campaigns.operations.rounds import open_round

__all__ = ["exempt_many", "open_campaign", "open_round"]

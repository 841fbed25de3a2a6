from pingyi.campaigns.models.campaign import Campaign, Deadline, Exemption, PackCopy, Round
from pingyi.campaigns.models.former import FormerParticipant, FormerUnit
from pingyi.campaigns.models.proposal import ExemptionProposal
from pingyi.campaigns.models.universe import (
    Amendment,
    Participant,
    ParticipantCharge,
    ParticipantPost,
    Unit,
    UnitQuerySet,
)

__all__ = [
    "Amendment",
    "Campaign",
    "Deadline",
    "Exemption",
    "ExemptionProposal",
    "FormerParticipant",
    "FormerUnit",
    "PackCopy",
    "Participant",
    "ParticipantCharge",
    "ParticipantPost",
    "Round",
    "Unit",
    "UnitQuerySet",
]

from pingyi.campaigns.models.campaign import Campaign, Deadline, Exemption, Round
from pingyi.campaigns.models.former import FormerParticipant, FormerUnit
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
    "FormerParticipant",
    "FormerUnit",
    "Participant",
    "ParticipantCharge",
    "ParticipantPost",
    "Round",
    "Unit",
    "UnitQuerySet",
]

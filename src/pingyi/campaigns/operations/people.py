"""Amendments of people after the freeze, each with its reason (N3)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.campaigns.enums import AmendmentKind
from pingyi.campaigns.models import Amendment, Campaign, Participant, Unit
from pingyi.campaigns.operations.amending import amend, begun, keep_participant
from pingyi.campaigns.operations.namesakes import tell_newcomer_apart
from pingyi.campaigns.operations.record import current_participant, current_unit
from pingyi.core.refusals import Refusal
from pingyi.organizations.enums import Standing
from pingyi.organizations.queries import records_of
from pingyi.organizations.rules.order import name_columns

if TYPE_CHECKING:
    from pingyi.organizations.models import Person


@transaction.atomic
def move_participant(
    *, participant: Participant, unit: Unit, reason: str, by: Actor, now: datetime
) -> Amendment:
    """Count a person in another unit from now on. Refuses the unit they are in already."""
    campaign, reason = begun(participant.campaign, reason, by)
    participant = current_participant(campaign, participant)
    unit = current_unit(campaign, unit)
    if participant.unit == unit:
        raise Refusal(
            _("%(name)s is already in %(unit)s.")
            % {"name": participant.shown_name, "unit": unit.name},
            code="already_there",
        )
    before = {"unit": participant.unit.code if participant.unit else None}
    keep_participant(participant, now)
    participant.unit = unit
    participant.standing = participant.standing or Standing.FULL
    told_apart = tell_newcomer_apart(participant)
    participant.save(update_fields=["unit", "standing", "told_apart"])
    return amend(
        kind=AmendmentKind.PARTICIPANT_MOVED,
        campaign=campaign,
        unit=unit,
        participant=participant,
        before=before,
        after={"unit": unit.code},
        also=told_apart,
        reason=reason,
        by=by,
        now=now,
    )


@transaction.atomic
def add_participant(
    *,
    campaign: Campaign,
    person: "Person",
    unit: Unit,
    standing: str,
    reason: str,
    by: Actor,
    now: datetime,
) -> Amendment:
    """Take a person of the register into the universe, or bring a removed one back.

    Refuses whoever is in it already, also by a record that was merged into this one since. The
    participant stands in the amendment.
    """
    campaign, reason = begun(campaign, reason, by)
    unit = current_unit(campaign, unit)
    _check_standing(standing)
    found = Participant.objects.filter(campaign=campaign, person__in=records_of(person.pk))
    participant = found.order_by("-is_active", "pk").first()
    if participant is None:
        participant = Participant(campaign=campaign, person=person, since=now)
    elif participant.is_active:
        raise Refusal(
            _("%(name)s is already in this campaign. Move the person instead.")
            % {"name": participant.shown_name},
            code="already_in",
        )
    else:
        keep_participant(participant, now)
    participant.name = person.name
    for column, key in name_columns(person.name).items():
        setattr(participant, column, key)
    participant.unit = unit
    participant.standing = standing
    participant.is_active = True
    told_apart = tell_newcomer_apart(participant)
    participant.save()
    return amend(
        kind=AmendmentKind.PARTICIPANT_ADDED,
        campaign=campaign,
        unit=unit,
        participant=participant,
        before={},
        after={"unit": unit.code, "standing": standing},
        also=told_apart,
        reason=reason,
        by=by,
        now=now,
    )


@transaction.atomic
def remove_participant(
    *, participant: Participant, reason: str, by: Actor, now: datetime
) -> Amendment:
    """Take a person out of the universe: no longer counted, no longer owed anything."""
    campaign, reason = begun(participant.campaign, reason, by)
    participant = current_participant(campaign, participant)
    keep_participant(participant, now)
    participant.is_active = False
    participant.save(update_fields=["is_active"])
    unit = participant.unit
    return amend(
        kind=AmendmentKind.PARTICIPANT_REMOVED,
        campaign=campaign,
        unit=unit,
        participant=participant,
        before={"unit": unit.code if unit else None, "standing": participant.standing},
        after={},
        reason=reason,
        by=by,
        now=now,
    )


@transaction.atomic
def change_standing(
    *, participant: Participant, standing: str, reason: str, by: Actor, now: datetime
) -> Amendment:
    """Correct whether a member is a full or a probationary one. Refuses what changes nothing."""
    campaign, reason = begun(participant.campaign, reason, by)
    participant = current_participant(campaign, participant)
    _check_standing(standing)
    if participant.unit is None:
        raise Refusal(
            _("%(name)s is no member of a unit of this campaign.")
            % {"name": participant.shown_name},
            code="no_member",
        )
    if participant.standing == standing:
        raise Refusal(
            _("%(name)s already has this standing.") % {"name": participant.shown_name},
            code="already_so",
        )
    before = {"standing": participant.standing}
    keep_participant(participant, now)
    participant.standing = standing
    participant.save(update_fields=["standing"])
    return amend(
        kind=AmendmentKind.STANDING_CHANGED,
        campaign=campaign,
        unit=participant.unit,
        participant=participant,
        before=before,
        after={"standing": standing},
        reason=reason,
        by=by,
        now=now,
    )


def _check_standing(standing: str) -> None:
    if standing not in Standing.values:
        raise Refusal(
            _("Choose the standing: full or probationary member."), code="unknown_standing"
        )

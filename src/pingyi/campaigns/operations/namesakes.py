"""What tells namesakes of a unit apart, given once: at the freeze, or when they meet (ADR 0022)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from pingyi.accounts.queries import Actor
from pingyi.campaigns import permissions
from pingyi.campaigns.enums import LedgerKind
from pingyi.campaigns.models import Campaign, Participant
from pingyi.campaigns.operations.record import locked_campaign, write_line
from pingyi.core.refusals import refuse
from pingyi.ledger.operations import Rows
from pingyi.organizations.queries import birth_years
from pingyi.organizations.rules.names import Named, marks_of, name_key, namesakes


def tell_apart(people: Sequence[Participant]) -> list[Participant]:
    """Give a mark to all who share a name with somebody of their unit, in the order given.

    Nothing is written. Those whose mark is new are returned; marks given before are kept.
    """
    named = [
        Named(place, one.name, one.unit_id, one.told_apart) for place, one in enumerate(people)
    ]
    groups = namesakes(named)
    persons = {one.key: people[one.key].person_id for group in groups for one in group}
    born = birth_years(pk for pk in persons.values() if pk is not None)
    years = {place: born[pk] for place, pk in persons.items() if pk in born}
    changed = []
    for group in groups:
        for place, mark in marks_of(group, years).items():
            if people[place].told_apart != mark:
                people[place].told_apart = mark
                changed.append(people[place])
    return changed


def tell_newcomer_apart(newcomer: Participant) -> list[Participant]:
    """Tell somebody who comes into a unit apart from all who are or were there, whose marks stay.

    The newcomer is not written; those of the unit who had no mark yet are, and are returned.
    """
    there = Participant.objects.filter(unit=newcomer.unit).exclude(pk=newcomer.pk)
    key = name_key(newcomer.name)
    of_one_name = [one for one in there.order_by("pk") if name_key(one.name) == key]
    changed = [one for one in tell_apart([*of_one_name, newcomer]) if one is not newcomer]
    Participant.objects.bulk_update(changed, ["told_apart"])
    return changed


@transaction.atomic
def tell_namesakes_apart(*, campaign: Campaign, by: Actor, now: datetime) -> int:
    """Give marks to the namesakes of a campaign that was frozen before there were any.

    Marks given before are kept, so that a second time changes nothing and writes nothing. Returns
    how many are new. Refuses a closed campaign and whoever may not amend its universe.
    """
    campaign = locked_campaign(campaign)
    refuse(permissions.why_not_amend(by, campaign))
    changed = tell_apart(list(campaign.participants.order_by("person_id", "pk")))
    if not changed:
        return 0
    Participant.objects.bulk_update(changed, ["told_apart"], batch_size=500)
    write_line(
        LedgerKind.NAMESAKES_TOLD_APART, campaign, {"people": len(changed)}, by, now,
        rows=[Rows(Participant, [one.pk for one in changed])],
    )  # fmt: skip
    return len(changed)

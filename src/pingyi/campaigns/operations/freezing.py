"""Writes the universe as it stood at the cut-off date, a few thousand rows at a time (N3)."""

from itertools import groupby

from pingyi.campaigns.models import Campaign, Participant, ParticipantCharge, ParticipantPost, Unit
from pingyi.campaigns.operations.namesakes import tell_apart
from pingyi.campaigns.queries.freezing import Source
from pingyi.organizations.queries import ChargeOnDay, PostOnDay
from pingyi.organizations.rules.order import name_columns

BATCH = 2_000


def freeze(campaign: Campaign, source: Source) -> dict[str, int]:
    """Write units, people, posts and charges; returns how many of each."""
    units = _freeze_units(campaign, source)
    people = _freeze_people(campaign, source, units)
    posts = [
        ParticipantPost(
            participant=people[row.person_id],
            unit=units[row.organization_id],
            title=row.title,
            category=row.category or "",
            role=source.categories[row.category].role if row.category else "",
            position=source.categories[row.category].position if row.category else 0,
        )
        for row in source.posts
    ]
    charges = [
        ParticipantCharge(participant=people[row.person_id], unit=units[row.organization_id])
        for row in source.charges
    ]
    ParticipantPost.objects.bulk_create(posts, batch_size=BATCH)
    ParticipantCharge.objects.bulk_create(charges, batch_size=BATCH)
    return {
        "units": len(units),
        "people": len(people),
        "members": len(source.members),
        "posts": len(posts),
        "charges": len(charges),
    }


def _freeze_units(campaign: Campaign, source: Source) -> dict[int, Unit]:
    """The units by organization, written level by level so that parents have their key."""
    units: dict[int, Unit] = {}
    for _depth, level in groupby(source.places, key=lambda place: place.depth):
        rows = {}
        for place in level:
            organization = source.organizations[place.id]
            rows[place.id] = Unit(
                campaign=campaign,
                organization_id=place.id,
                parent=None if place.parent_id is None else units[place.parent_id],
                path=place.path,
                depth=place.depth,
                code=organization.code,
                name=organization.name,
                initials=organization.initials,
                kind=organization.kind,
                level=organization.level,
                sector=organization.sector or "",
                is_reporting=place.id in source.reporting,
                since=campaign.created_at,
            )
        Unit.objects.bulk_create(rows.values(), batch_size=BATCH)
        units |= rows
    return units


def _freeze_people(
    campaign: Campaign, source: Source, units: dict[int, Unit]
) -> dict[int, Participant]:
    """Members of the tree in its order, then those who only hold posts or charges there."""
    people: dict[int, Participant] = {}
    paths = {id_: unit.path for id_, unit in units.items()}
    for member in sorted(
        source.members, key=lambda row: (paths[row.organization_id], row.person_id)
    ):
        people[member.person_id] = Participant(
            campaign=campaign,
            person_id=member.person_id,
            name=member.person_name,
            **name_columns(member.person_name),
            unit=units[member.organization_id],
            standing=member.standing,
            since=campaign.created_at,
        )
    holders: list[PostOnDay | ChargeOnDay] = [*source.posts, *source.charges]
    for row in holders:
        if row.person_id not in people:
            people[row.person_id] = Participant(
                campaign=campaign,
                person_id=row.person_id,
                name=row.person_name,
                **name_columns(row.person_name),
                since=campaign.created_at,
            )
    # In the order of the register's keys, which is the same in every campaign.
    tell_apart([people[key] for key in sorted(people)])
    Participant.objects.bulk_create(people.values(), batch_size=BATCH)
    return people

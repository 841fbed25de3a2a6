"""Who is judged: whom the ballots of a campaign are about in its frozen universe (ADR 0034).

A ballot says it by marks of organizations and people. Both the pack and the marks are frozen, so
that nothing else is kept of it, and an amendment changes who is judged as it changes the universe.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from pingyi.campaigns.models import Campaign, ParticipantPost, Unit
from pingyi.campaigns.queries.counted import counted_units, units_at
from pingyi.campaigns.queries.packs import pack_of
from pingyi.organizations.enums import Standing

if TYPE_CHECKING:
    from pingyi.campaigns.models.universe import ParticipantQuerySet
    from pingyi.campaigns.rules.judged import JudgedUnits, Named
    from pingyi.campaigns.rules.pack import BallotForm

# How the fields of `judged_people` begin that say where somebody has a row.
JUDGED = "judged_"
JUDGED_AT = f"{JUDGED}id"


def forms_at(campaign: Campaign, unit: Unit) -> "list[BallotForm]":
    """The ballots that are held at a unit, in the order of its pack. A query for each that names
    people by their posts or names, and none for others.
    """
    return [form for form in _forms(campaign) if _has(form, unit)]


def is_appraised_at(campaign: Campaign, unit: str = "") -> Q:
    """Whether a unit, or the unit in that field ("unit__"), has any of the campaign's ballots."""
    forms = _forms(campaign)
    if all(_is_usual(form) for form in forms):
        return ~Q(**{f"{unit}sector": ""})
    places = Unit.objects.filter(_held_at(campaign, forms), campaign=campaign).order_by()
    return Q(**{f"{unit}in" if unit else "pk__in": places.values("pk")})


def judged_units(campaign: Campaign) -> QuerySet[Any]:
    """Active units at which any ballot is held, as `counted_units` gives those with a sector."""
    if all(_is_usual(form) for form in _forms(campaign)):
        return counted_units(campaign)
    return units_at(campaign).filter(is_appraised_at(campaign), stand=True)


def with_ballot(campaign: Campaign, form: "BallotForm") -> Q:
    """Of units: whether this ballot is held there."""
    return _held_at(campaign, [form])


def people_on(form: "BallotForm", unit: Unit) -> "ParticipantQuerySet":
    """Whose names stand on a ballot at a unit, in the order of their keys."""
    if form.people is None:
        members = unit.members.active()
        if form.graded == "full":
            members = members.filter(standing=Standing.FULL)
        return members.order_by("pk")
    found = judged_people(unit.campaign, [form]).filter(**{JUDGED_AT: unit.pk})
    if form.people.categories:
        # Whoever has no post here is not looked at.
        held = ParticipantPost.objects.filter(unit=unit, category__in=form.people.categories)
        found = found.filter(pk__in=held.order_by().values("participant"))
    return found.order_by("pk")


def judged_people(
    campaign: Campaign, forms: "Sequence[BallotForm] | None" = None
) -> "ParticipantQuerySet":
    """People who have a row on one of the ballots, with the key, name and path of the unit where
    (`judged_id`, `judged_name`, `judged_path`); by default on any ballot on people.
    """
    known = _forms(campaign) if forms is None else forms
    places = [_place(campaign, form) for form in known if form.subject == "member"]
    if not places:
        return campaign.participants.none()
    at: Any = places[0] if len(places) == 1 else Coalesce(*places, output_field=BigIntegerField())
    people = campaign.participants.active().annotate(**{JUDGED_AT: at})
    there = Unit.objects.filter(pk=OuterRef(JUDGED_AT)).order_by()
    return people.filter(**{f"{JUDGED_AT}__isnull": False}).annotate(
        judged_name=Subquery(there.values("name")), judged_path=Subquery(there.values("path"))
    )


def is_usual(campaign: Campaign) -> bool:
    """Whether every ballot is about organizations with a sector, or their members."""
    return all(_is_usual(form) for form in _forms(campaign))


def _forms(campaign: Campaign) -> "list[BallotForm]":
    plan = pack_of(campaign).appraisal
    return plan.forms if plan is not None else []


def _is_usual(form: "BallotForm") -> bool:
    return form.units is None and form.people is None


def _has(form: "BallotForm", unit: Unit) -> bool:
    if form.people is not None:
        return people_on(form, unit).exists()
    if form.units is None:
        return bool(unit.sector)
    return form.units.fit(level=unit.level, kind=unit.kind, sector=unit.sector, code=unit.code)


def _held_at(campaign: Campaign, forms: "Sequence[BallotForm]") -> Q:
    """Of units: whether one of the ballots is held there; one on people where somebody is on it."""
    found = []
    for form in forms:
        if form.people is None:
            found.append(_among(form.units))
        else:
            people = judged_people(campaign, [form]).order_by()
            found.append(Q(pk__in=people.values(JUDGED_AT)))
    return reduce(or_, found)


def _among(units: "JudgedUnits | None", field: str = "") -> Q:
    """Units with the marks that a pack asks for; without any, those with a sector."""
    if units is None:
        return ~Q(**{f"{field}sector": ""})
    marks = {
        "level": units.levels, "kind": units.kinds, "sector": units.sectors, "code": units.codes,
    }  # fmt: skip
    return Q(**{f"{field}{mark}__in": wanted for mark, wanted in marks.items() if wanted})


def _place(campaign: Campaign, form: "BallotForm") -> Any:
    """Of people: the key of the one unit where they have a row on a ballot; null where nowhere."""
    if form.people is None:
        stands = _among(form.units, "unit__") & Q(("unit__is_active", True))
        if form.graded == "full":
            stands &= Q(standing=Standing.FULL)
        return Case(When(stands, then=F("unit_id")), output_field=BigIntegerField())
    units = Unit.objects.active().filter(campaign=campaign).order_by()
    if form.units is not None:
        units = units.filter(_among(form.units))
    if form.people.categories:
        held = ParticipantPost.objects.filter(
            participant=OuterRef("pk"),
            category__in=form.people.categories,
            unit__in=units.values("pk"),
        )
        first = Case(
            *(When(category=code, then=at) for at, code in enumerate(form.people.categories))
        )
        return Subquery(held.order_by(first, "pk").values("unit")[:1])
    named = (_named(units, each) for each in form.people.named)
    return Case(*named, output_field=BigIntegerField())


def _named(units: QuerySet[Unit], one: "Named") -> When:
    """Somebody of this name who is a member of the unit or holds a post there."""
    held = ParticipantPost.objects.filter(participant=OuterRef("pk"), unit__code=one.unit)
    there = Q(name=one.name) & (Q(unit__code=one.unit) | Q(Exists(held)))
    return When(there, then=Subquery(units.filter(code=one.unit).values("pk")[:1]))

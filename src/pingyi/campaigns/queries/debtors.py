"""Who owes what is missing below somebody, and by which accounts they are told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import accounts_of, holders_at
from pingyi.campaigns.models import Participant, Unit
from pingyi.campaigns.queries.gaps import Gaps, duty_label, gaps_of
from pingyi.campaigns.queries.scopes import scopes
from pingyi.campaigns.queries.universe import names_together
from pingyi.campaigns.rules.tree import hold_all
from pingyi.core.lookups import Among
from pingyi.notifications.doors import Debtor

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round

Owed = Mapping[int, Mapping[str, int]]


def tops_of_urging(actor: "User", round_: "Round", unit: Unit | None = None) -> list[str]:
    """Paths below which the actor urges; what is narrowed to a unit, below it."""
    roles = Right.URGE.roles
    paths = [scope.path for scope in scopes(actor, round_.campaign) if scope.role in roles]
    if unit is None:
        return paths
    if unit.path.startswith(tuple(paths)):
        return [unit.path]
    return [path for path in paths if path.startswith(unit.path)]


def place_of_urging(round_: "Round", *narrowed: str) -> str:
    """What tells a list of gaps from others: its round, a unit, a duty, a kind of subject."""
    return " ".join([round_.campaign.code, round_.code, *filter(None, narrowed)])


def debtors_below(
    actor: "User", round_: "Round", unit: Unit | None = None, *, duty: str = "", who: str = ""
) -> list[Debtor]:
    """Everybody who owes something that is missing below the actor, by name of the unit; nobody
    urges themselves. A few queries, however many they are.
    """
    tops = tops_of_urging(actor, round_, unit)
    own = {scope.path for scope in scopes(actor, round_.campaign)}
    found = gaps_of(round_, None if hold_all(tops) else tops).only(duty=duty, who=who)
    return [debtor for debtor in debtors_of(found, own) if debtor.accounts != (actor.pk,)]


def debtors_of(gaps: Gaps, above: Iterable[str]) -> list[Debtor]:
    """Who owes these gaps, those at the units `above` left out."""
    people: dict[int, dict[str, int]] = defaultdict(dict)
    units: dict[int, dict[str, int]] = defaultdict(dict)
    for person, duty, unit_id, number in gaps.by_person(list(above)):
        owing = people[person] if person is not None else units[unit_id or 0]
        owing[duty] = owing.get(duty, 0) + number
    units.pop(0, None)
    found = [*_people(people), *_units(units)]
    return sorted(found, key=lambda debtor: (debtor.place, debtor.name))


def debtors_at(owed: Mapping[Unit, str], right: Right = Right.PUBLISH_REVIEWS) -> list[Debtor]:
    """Whoever holds a right at these units themselves, with what each of them owes. One query."""
    keys = [unit.organization_id for unit in owed if unit.organization_id is not None]
    answering = holders_at(right, keys)
    return [
        Debtor(
            f"u{unit.pk}",
            _(", ").join(str(user) for user in answering.get(unit.organization_id or 0, ())),
            unit.name,
            what,
            tuple(user.pk for user in answering.get(unit.organization_id or 0, ())),
        )
        for unit, what in owed.items()
    ]


def _people(owed: Owed) -> list[Debtor]:
    people = list(
        Participant.objects.filter(Among("pk", list(owed))).select_related("unit").order_by("pk")
    )
    accounts = accounts_of([one.person_id for one in people if one.person_id is not None])
    names = names_together(people)
    return [
        Debtor(
            f"p{one.pk}",
            names[one.pk],
            one.unit.name if one.unit else "",
            _said(owed[one.pk]),
            (accounts[one.person_id],) if one.person_id in accounts else (),
        )
        for one in people
    ]


def _units(owed: Owed) -> list[Debtor]:
    units = Unit.objects.filter(Among("pk", list(owed))).order_by("path")
    return debtors_at({unit: _said(owed[unit.pk]) for unit in units})


def _said(owed: Mapping[str, int]) -> str:
    words = _("%(duty)s: %(n)d")
    said = (words % {"duty": duty_label(duty), "n": number} for duty, number in owed.items())
    return _(", ").join(said)

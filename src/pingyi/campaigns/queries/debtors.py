"""Who owes what is missing below somebody, and by which accounts they are told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import accounts_of, holders_at
from pingyi.campaigns.models import Participant, Unit
from pingyi.campaigns.queries.gaps import Gap, Gaps, duty_label, gaps_of
from pingyi.campaigns.queries.scopes import scopes
from pingyi.campaigns.queries.universe import names_together
from pingyi.campaigns.rules.tree import hold_all
from pingyi.core.lookups import Among
from pingyi.notifications.doors import Debtor

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Round

# So many organizations are named of whoever owes something of more.
PLACES_SHOWN = 3


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
    """Everybody who owes something that is missing below the actor, by what they are owed of;
    nobody urges themselves. A few queries, however many they are.
    """
    tops = tops_of_urging(actor, round_, unit)
    own = {scope.path for scope in scopes(actor, round_.campaign)}
    found = gaps_of(round_, None if hold_all(tops) else tops).only(duty=duty, who=who)
    debtors = debtors_of(found, own, round_.campaign)
    return [debtor for debtor in debtors if debtor.accounts != (actor.pk,)]


@dataclass
class _Owed:
    """What somebody owes: how many of each duty, and of which organizations."""

    places: list[str] = field(default_factory=list)
    duties: dict[str, int] = field(default_factory=dict)

    def add(self, places: Iterable[str], duties: Mapping[str, int]) -> None:
        self.places += [place for place in places if place not in self.places]
        for duty, number in duties.items():
            self.duties[duty] = self.duties.get(duty, 0) + number


def debtors_of(gaps: Gaps, above: Iterable[str], campaign: "Campaign") -> list[Debtor]:
    """Who owes these gaps, those at the units `above` left out; each account once."""
    people: dict[int, _Owed] = defaultdict(_Owed)
    units: dict[int, _Owed] = defaultdict(_Owed)
    for person, duty, unit_id, place, number in gaps.by_person(list(above)):
        owing = people[person] if person is not None else units[unit_id or 0]
        owing.add([place], {duty: number})
    units.pop(0, None)
    whom = [*((one, people[int(one.key[1:])]) for one in _people(people))]
    whom += [(one, units[int(one.key[1:])]) for one in _units(units)]
    once: dict[tuple[int, ...] | str, tuple[Debtor, _Owed]] = {}
    for one, owed in whom:
        _first, all_of_it = once.setdefault(one.accounts or one.key, (one, _Owed()))
        all_of_it.add(owed.places, owed.duties)
    found = [
        replace(one, place=_places(owed.places), what=_said(owed.duties, campaign))
        for one, owed in once.values()
    ]
    return sorted(found, key=lambda debtor: (debtor.place, debtor.name))


def answering_for(found: Gaps, gaps: Iterable[Gap]) -> dict[Gap, str]:
    """Names of whoever answers for the units of these gaps, where no one person owes them."""
    owed = found.of_units_themselves(gaps)
    units = Unit.objects.in_bulk({gap.at_id for gap in owed})
    names = {debtor.key: debtor.name for debtor in debtors_at(dict.fromkeys(units.values(), ""))}
    return {gap: names.get(f"u{gap.at_id}", "") for gap in owed}


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


def _people(keys: Iterable[int]) -> list[Debtor]:
    people = list(Participant.objects.filter(Among("pk", list(keys))).order_by("pk"))
    accounts = accounts_of([one.person_id for one in people if one.person_id is not None])
    names = names_together(people)
    return [
        Debtor(
            f"p{one.pk}",
            names[one.pk],
            "",
            "",
            (accounts[one.person_id],) if one.person_id in accounts else (),
        )
        for one in people
    ]


def _units(keys: Iterable[int]) -> list[Debtor]:
    units = Unit.objects.filter(Among("pk", list(keys))).order_by("path")
    return debtors_at(dict.fromkeys(units, ""))


def _places(names: Sequence[str]) -> str:
    """The organizations of which something is owed, not those of whoever owes it."""
    shown = pgettext("list", ", ").join(names[:PLACES_SHOWN])
    if len(names) <= PLACES_SHOWN:
        return shown
    return _("%(names)s and others, %(n)d organizations") % {"names": shown, "n": len(names)}


def _said(owed: Mapping[str, int], campaign: "Campaign") -> str:
    words = _("%(duty)s: %(n)d")
    said = (
        words % {"duty": duty_label(duty, campaign), "n": number} for duty, number in owed.items()
    )
    return _(", ").join(said)

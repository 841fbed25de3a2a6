"""The frozen people as a list shows them: tens of thousands in a county, ordered by an index."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from pingyi.accounts.queries import Actor
from pingyi.campaigns.models import Campaign, Participant
from pingyi.campaigns.queries.scopes import participants_visible_to, sees_everybody
from pingyi.core.lookups import looked_for_once
from pingyi.organizations.queries import called
from pingyi.ui.lists import InTurn, ordered

BY_UNIT = ("unit__path", "id")


@dataclass(frozen=True)
class PeopleInSight:
    """People whom the actor sees, found by a text and ordered as a list asks for them."""

    actor: Actor
    campaign: Campaign

    def asked_for(
        self, q: str, order: Sequence[tuple[str, bool]]
    ) -> Sequence[Any] | QuerySet[Participant]:
        """Those with a text. Of the whole campaign the members are read unit after unit, and those
        who belong to none come last: to order all of them together all would be sorted.
        """
        people = participants_visible_to(self.actor, self.campaign).select_related("unit")
        if q:
            found = people.filter(called(q) | Q(unit__name__icontains=q))
            return looked_for_once(ordered(found, (), "", order))
        rows = ordered(people, (), "", order)
        is_by_unit = tuple(name for name, _down in order) == BY_UNIT
        if not is_by_unit or not sees_everybody(self.actor, self.campaign):
            return rows
        return InTurn(rows.filter(unit__isnull=False), rows.filter(unit=None))

"""The office of the cast's campaign, which amends the frozen universe in one line each."""

from datetime import timedelta
from typing import Any

from pingyi.campaigns.models import Campaign, Participant, Unit
from pingyi.campaigns.operations import people
from pingyi.campaigns.operations.people import add_participant, move_participant, remove_participant
from pingyi.campaigns.operations.units import add_unit, move_unit, remove_unit
from pingyi.organizations.models import Organization
from pingyi.register import operations as register_operations
from tests.cast import NOW, Register

HOUR = timedelta(hours=1)
LATER = NOW + HOUR


class Office:
    """Amends the universe of the cast, one hour after the freeze unless told otherwise."""

    def __init__(self, campaign: Campaign, register: Register) -> None:
        self.campaign, self.register = campaign, register
        self.given: dict[str, Any] = {"reason": "区划调整", "by": None, "now": LATER}

    def unit(self, code: str) -> Unit:
        return self.campaign.units.get(code=code)

    def person(self, key: str) -> Participant:
        return self.campaign.participants.get(person=self.register.people[key])

    def move(self, code: str, parent: str, **given: Any) -> None:
        where = {"unit": self.unit(code), "parent": self.unit(parent)}
        move_unit(**where, **{**self.given, **given})

    def add(self, code: str, parent: str, **given: Any) -> None:
        place = Organization.objects.filter(code=code).first()
        if place is None:
            place = register_operations.create_organization(
                code=code, name="新支部", kind="branch", level="grassroots", sector="rural",
                parent=self.register.t1, on=NOW.date(), by=None, now=NOW,
            )  # fmt: skip
        where = {"organization": place, "parent": self.unit(parent)}
        add_unit(campaign=self.campaign, **where, **{**self.given, **given})

    def remove(self, code: str, **given: Any) -> None:
        remove_unit(unit=self.unit(code), **{**self.given, **given})

    def move_person(self, key: str, code: str, **given: Any) -> None:
        where = {"participant": self.person(key), "unit": self.unit(code)}
        move_participant(**where, **{**self.given, **given})

    def add_person(self, key: str, code: str, **given: Any) -> None:
        add_participant(
            campaign=self.campaign, person=self.register.people[key], unit=self.unit(code),
            standing="full", **{**self.given, **given},
        )  # fmt: skip

    def remove_person(self, key: str, **given: Any) -> None:
        remove_participant(participant=self.person(key), **{**self.given, **given})

    def change_standing(self, key: str, standing: str, **given: Any) -> None:
        people.change_standing(
            participant=self.person(key), standing=standing, **{**self.given, **given}
        )

"""A campaign for every room above: the 2011 notice over the cast's register, first round open."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from pingyi.campaigns import operations
from pingyi.campaigns.doors import DUTIES, OPENERS, Owed
from pingyi.campaigns.models import Campaign, Participant, Round, Unit
from tests.cast import Register
from tests.kept import kept

CUT_OFF = date(2011, 5, 31)


@pytest.fixture
def planned_campaign(register: Register, now: datetime) -> Campaign:
    """Opened and frozen; no round is open yet."""

    def build() -> Campaign:
        return operations.open_campaign(
            code="cx2011",
            name="创先争优活动",
            pack_code="chuangxian-2011",
            root=register.county,
            cut_off_on=CUT_OFF,
            by=None,
            now=now,
        )

    return kept("planned_campaign", build, now)


@pytest.fixture
def campaign(planned_campaign: Campaign, now: datetime) -> Campaign:
    """The campaign with its first round open."""

    def build() -> Campaign:
        operations.open_round(round_=planned_campaign.rounds.get(code="first"), by=None, now=now)
        return planned_campaign

    # Whoever opens a round is asked as well, and a test may ask others.
    return kept("campaign", build, now, tuple(OPENERS.values()))


@pytest.fixture
def first_round(campaign: Campaign) -> Round:
    return campaign.rounds.select_related("campaign").get(code="first")


@pytest.fixture
def units(campaign: Campaign) -> dict[str, Unit]:
    """The frozen units by code: X, T1, T1-1 …"""
    return {unit.code: unit for unit in campaign.units.select_related("campaign")}


@pytest.fixture
def participants(campaign: Campaign, register: Register) -> dict[str, Participant]:
    """The frozen people by their key in the cast: t1_secretary, village_member …"""
    keys = {person.pk: key for key, person in register.people.items()}
    people = campaign.participants.select_related("unit", "campaign")
    return {keys[one.person_id]: one for one in people if one.person_id in keys}


@pytest.fixture
def nothing_owed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds can be closed at once: every duty is known, and none owes anything."""
    none = {code: replace(duty, owed=lambda _round: Owed()) for code, duty in DUTIES.items()}
    monkeypatch.setattr(DUTIES, "_answers", none)

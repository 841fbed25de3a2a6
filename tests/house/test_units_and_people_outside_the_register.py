"""A unit or person that only a package names has no row in the register: nothing may ask for it."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Participant, ParticipantPost, Round, Unit
from pingyi.returns.queries.heads import heads_behind
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import tables_of
from pingyi.reviews.operations.record import record_review
from tests.appraisals.conftest import BAD, HELD_ON, unit_lines
from tests.cast import NOW
from tests.house.every_address import ADDRESSES, ROLES, Address, World, client_of
from tests.house.growing import TEXTS
from tests.house.test_every_address import ANSWERS

pytestmark = pytest.mark.any_database


@pytest.fixture
def branch(campaign: Campaign, participants: dict[str, Participant]) -> Unit:
    """A branch of the first township with its secretary and a member, known by their names alone.

    No package is read yet, so they are written here.
    """
    top = campaign.units.get(code="T1")
    unit = Unit.objects.create(
        campaign=campaign, parent=top, path=f"{top.path}00009/", depth=2, code="P-1",
        name="外来企业党支部", kind="branch", level="grassroots", sector="rural", since=NOW,
    )  # fmt: skip
    for name in ("外来书记", "外来党员"):
        Participant.objects.create(
            campaign=campaign, name=name, unit=unit, standing="full", since=NOW
        )
    ParticipantPost.objects.create(
        participant=unit.members.first(), unit=unit, title="支部书记", role="secretary",
        category="grassroots_secretary", position=4,
    )  # fmt: skip
    return unit


@pytest.fixture
def outside(branch: Unit, first_round: Round, prepared: Any, signed: Any, world: World) -> World:
    """The world where the branch stands behind every address of a campaign."""
    secretary, member = branch.members.order_by("pk")
    review = record_review(
        round_=first_round, reviewer=secretary, participant=member, unit=None, form="meeting",
        held_on=HELD_ON, place="厂部", accept_signs=True, by=None, now=NOW, **TEXTS,
    )  # fmt: skip
    count = signed(prepared(branch), unit_lines(BAD))
    pages = {
        "campaigns:people": member.pk,
        "reviews:people": member.pk,
        "reviews:records": review.pk,
        "reviews:assignments": member.assignments.get().pk,
        "appraisals:flags": count.appraisal.flags.first().pk,
    }
    return replace(
        world,
        by_route={**world.by_route, **pages},
        by_name={**world.by_name, "unit_code": branch.code},
    )


# Where the code is one of the register, in which the branch is not.
OF_THE_REGISTER = {"rosters:export"}
# A form that came in belongs to the unit that sent it.
OF_ANOTHER_UNIT = {"returns:answer", "returns:received"}


def answers(user: User, world: World) -> dict[str, int]:
    client = client_of(user)

    def answer(address: Address) -> int:
        return client.get(reverse(address.name, kwargs=world.things(address))).status_code

    return {address.name: answer(address) for address in ADDRESSES}


def test_the_office_opens_every_page(outside: World, people: dict[str, User]) -> None:
    found = answers(people["office"], outside)
    something = {address.name for address in ADDRESSES if address.takes}
    something -= OF_THE_REGISTER | OF_ANOTHER_UNIT
    assert {name for name, code in found.items() if code not in ANSWERS} == set()
    assert {name for name in something if found[name] == 404} == set()
    assert found["web:unit"] == found["reviews:detail"] == found["returns:unit"] == 200


@pytest.mark.parametrize("role", [role for role in ROLES if role != "office"])
def test_nothing_breaks_for_anybody(role: str, outside: World, people: dict[str, User]) -> None:
    found = answers(people[role], outside)
    assert {name: code for name, code in found.items() if code not in ANSWERS} == {}


def test_a_unit_without_register_has_no_link_to_it(outside: World, people: dict[str, User]) -> None:
    client = client_of(people["office"])
    pages = {
        code: client.get(reverse("web:unit", args=["cx2011", "first", code])).content.decode()
        for code in ("P-1", "T1-1")
    }
    assert "外来企业党支部" in pages["P-1"]
    assert ["/register/" in page.partition('class="tabs"')[2].partition("</nav>")[0]
            for page in pages.values()] == [False, True]  # fmt: skip


def test_the_tables_count_them(outside: World, branch: Unit, first_round: Round) -> None:
    tables = {
        table.code: figures for table, figures in tables_of(Moment(first_round), branch).pairs()
    }
    assert tables["annex2"].cell("appraised", "rural") == 1
    assert tables["annex3"].cell("reviewed_first", "rural") == 1
    assert tables["annex1"].cell("reviewing_first", "grassroots_secretary") == 1
    behind = heads_behind(Moment(first_round), branch, "annex3.reviewed_first.rural")
    assert behind is not None
    assert [head.name for head in behind.counted] == ["外来党员"]


def test_code_and_name_are_what_is_left_to_know_them_by(branch: Unit) -> None:
    unit = {"campaign": branch.campaign, "depth": 2, "since": NOW, "path": "00001/00009/"}
    wrong = [
        ("", "x", "a_code_and"),
        ("P-2", "", "a_code_and"),
        ("P-1", "x", "unit.code|unit_code"),
    ]
    for code, name, constraint in wrong:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Unit.objects.create(**unit, code=code, name=name)
    with pytest.raises(IntegrityError, match="participant_has_a_name"), transaction.atomic():
        Participant.objects.create(campaign=branch.campaign, name="", since=NOW)

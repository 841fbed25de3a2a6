"""What was counted at a moment can be asked again, whatever is amended later."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from pingyi.campaigns.models import Campaign, FormerParticipant, FormerUnit
from pingyi.campaigns.queries.counted import (
    counted_members,
    counted_posts,
    counted_units,
    leaders,
    units_at,
)
from pingyi.organizations.models import Organization
from pingyi.register import operations as register_operations
from tests.amending import HOUR, LATER, Office
from tests.cast import NOW, Register

Heads = dict[str, list[tuple[str, str, str]]]


def heads(campaign: Campaign, at: datetime | None = None) -> Heads:
    """Who or what is counted, each with its place and column."""
    found = {
        "units": (units_at(campaign, at).filter(stand=True), "code"),
        "counted units": (counted_units(campaign, at), "code"),
        "members": (counted_members(campaign, at), "name"),
        "posts": (counted_posts(campaign, at), "title"),
    }
    rows = {
        what: sorted(queryset.values_list(name, "place", "column"))
        for what, (queryset, name) in found.items()
    }
    return {**rows, "leaders": sorted(leaders(campaign, at).values_list("name"))}


@pytest.fixture
def office(campaign: Campaign, register: Register) -> Office:
    return Office(campaign, register)


def close_the_stone_bridge_branch(office: Office) -> None:
    for key in ("t2_secretary", "t2_village_secretary", "t2_member"):
        office.move_person(key, "T1-1")
    office.remove("T2-1")


DEEDS: dict[str, Callable[[Office], None]] = {
    "a member moves": lambda office: office.move_person("village_member", "T2-1"),
    "a member leaves": lambda office: office.remove_person("village_member"),
    "a secretary leaves": lambda office: office.remove_person("village_secretary"),
    "a branch moves": lambda office: office.move("T1-1", "T2"),
    "a township moves": lambda office: office.move("T1", "T2"),
    "a branch comes": lambda office: office.add("N", "T1"),
    "a branch goes": close_the_stone_bridge_branch,
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_an_amendment_changes_what_is_counted_now_and_nothing_of_before(
    deed: Callable[[Office], None], office: Office
) -> None:
    before = heads(office.campaign)
    deed(office)
    assert heads(office.campaign, LATER - HOUR) == before
    assert heads(office.campaign, LATER) == heads(office.campaign) != before


def test_a_moment_between_two_amendments_has_the_first_of_them_only(office: Office) -> None:
    seen = {NOW: heads(office.campaign)}
    steps: list[Callable[[datetime], None]] = [
        lambda now: office.move_person("school_member", "T2-1", now=now),
        lambda now: office.move("T2-1", "T1", now=now),
        lambda now: office.add("N", "T2-1", now=now),
        lambda now: office.move("T1", "T2", now=now),
        lambda now: office.remove("N", now=now),
        lambda now: office.remove_person("school_member", now=now),
        lambda now: office.add("N", "X", now=now),
        lambda now: office.add_person("school_member", "N", now=now),
    ]
    for at, step in enumerate(steps, start=1):
        step(NOW + at * HOUR)
        seen[NOW + at * HOUR] = heads(office.campaign)
    assert {moment: heads(office.campaign, moment) for moment in seen} == seen
    assert len({str(found) for found in seen.values()}) == len(seen)


def test_before_the_freeze_nobody_is_counted(campaign: Campaign) -> None:
    assert not any(heads(campaign, NOW - HOUR).values())


def test_a_unit_that_was_taken_out_keeps_its_place(office: Office) -> None:
    office.add("N", "T1")
    office.remove("N", now=LATER + HOUR)
    office.add("N", "T2", now=LATER + 2 * HOUR)
    for at, found in {
        NOW: [],
        LATER: [("00001/00001/00004/", True)],
        LATER + HOUR: [("00001/00001/00004/", False)],
        None: [("00001/00002/00002/", True)],
    }.items():
        units = units_at(office.campaign, at).filter(code="N")
        assert list(units.values_list("place", "stand")) == found


def test_the_standing_of_before_is_kept(office: Office) -> None:
    office.change_standing("village_probationer", "full")
    former = FormerParticipant.objects.get()
    assert (former.standing, former.since, former.until) == ("probationary", NOW, LATER)
    assert office.person("village_probationer").since == LATER


def test_a_sector_that_changes_while_a_unit_is_away_is_counted_from_its_return(
    office: Office,
) -> None:
    office.add("N", "T1")
    office.remove("N", now=LATER + HOUR)
    branch = Organization.objects.get(code="N")
    register_operations.change_organization(
        organization=branch, name=branch.name, sector="school", by=None, now=LATER + HOUR
    )
    office.add("N", "T1", now=LATER + 2 * HOUR)
    columns = [
        [column for code, _place, column in heads(office.campaign, at)["units"] if code == "N"]
        for at in (NOW, LATER, LATER + HOUR, LATER + 2 * HOUR)
    ]
    assert columns == [[], ["rural"], [], ["school"]]


def test_of_two_deeds_at_once_nobody_is_counted_twice(office: Office) -> None:
    """The second waited for the lock: its clock was read before the first was done."""
    office.move_person("village_member", "T1-2", now=LATER)
    office.move_person("village_member", "T1-3", now=LATER - timedelta(seconds=1))
    office.move("T2-1", "T1", now=LATER)
    office.move("T2-1", "X", now=LATER - timedelta(seconds=1))
    for seconds in (-2, -1, -0.5, 0, 1):
        found = heads(office.campaign, LATER + timedelta(seconds=seconds))
        assert [row[0] for row in found["members"]].count("张小芳") == 1
        assert [row[0] for row in found["units"]].count("T2-1") == 1


def test_only_what_changes_leaves_a_row(office: Office) -> None:
    office.move("T1", "T2")
    moved = {row.unit.code: (row.path, row.is_active) for row in FormerUnit.objects.all()}
    assert moved == {
        "T1": ("00001/00001/", True),
        "T1-1": ("00001/00001/00001/", True),
        "T1-2": ("00001/00001/00002/", True),
        "T1-3": ("00001/00001/00003/", True),
    }
    assert not FormerParticipant.objects.exists()

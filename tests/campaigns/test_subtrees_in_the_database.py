"""A subtree asked of the database is the one its paths say, however many are asked for."""

from collections.abc import Iterable

import pytest
from django.db import connection

from pingyi.campaigns.models import Campaign, Participant, Unit
from pingyi.campaigns.models.universe import under


@pytest.fixture(params=[0, 50], ids=["by beginnings", "by ranges"])
def _few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.campaigns.models.universe.FEW", request.param)


@pytest.fixture
def wide(campaign: Campaign, units: dict[str, Unit]) -> Campaign:
    """Children of the first township whose paths begin alike."""
    top = units["T1"]
    Unit.objects.bulk_create(
        Unit(
            campaign=campaign,
            parent=top,
            path=f"{top.path}{number:05d}/",
            depth=top.depth + 1,
            code=f"W{number}",
            name=f"第{number}支部",
            kind="branch",
            level="grassroots",
            since=top.since,
        )
        for number in (10, 11, 100, 101, 110, 1000, 99_998, 99_999)
    )
    return campaign


def codes(campaign: Campaign, paths: Iterable[str]) -> set[str]:
    return set(campaign.units.in_subtree(paths).values_list("code", flat=True))


@pytest.mark.usefixtures("_few")
def test_every_subtree_is_what_its_paths_say(wide: Campaign) -> None:
    every = list(wide.units.all())
    for top in every:
        expected = {unit.code for unit in every if unit.path.startswith(top.path)}
        assert codes(wide, [top.path]) == expected


@pytest.mark.usefixtures("_few")
def test_several_subtrees_are_asked_for_at_once(wide: Campaign, units: dict[str, Unit]) -> None:
    below = {"T2", "T2-1", "T1-2", "W10"}
    tops = [unit.path for unit in wide.units.filter(code__in=below)]
    assert codes(wide, tops) == below
    assert codes(wide, []) == set()
    people = Participant.objects.filter(under([units["T2"].path], "unit__path"))
    assert {person.unit.code for person in people if person.unit} == {"T2-1"}


def test_as_many_as_a_city_has_are_asked_for(campaign: Campaign, units: dict[str, Unit]) -> None:
    tops = [f"{units['T1'].path}{number:05d}/" for number in range(2, 5000)]
    found = codes(campaign, [*tops, units["T2"].path])
    assert found == {"T1-2", "T1-3", "T2", "T2-1"}


def test_a_subtree_is_a_range_of_an_index(campaign: Campaign, units: dict[str, Unit]) -> None:
    if connection.vendor == "postgresql":  # which reads seven rows rather than an index
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Unit.objects.in_subtree([units["T1"].path]).order_by().explain()
    ranges = {"sqlite": "path>? AND path<?", "postgresql": "Index Cond: (((path)::text >="}
    assert ranges[connection.vendor] in plan

"""The list of the frozen people: in what order they stand, read unit after unit or together."""

import pytest
from django.urls import reverse

from pingyi.campaigns.operations.opening import open_campaign

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize("whole", [True, False], ids=["all in sight", "a part in sight"])
def test_people_stand_unit_after_unit_and_whoever_belongs_to_none_comes_last(
    client, register, now, other_clerk_user, monkeypatch, whole
):
    campaign = open_campaign(
        code="cx2011", name="x", pack_code="ganbu-ceping", root=register.t2,
        cut_off_on=now.date(), by=None, now=now,
    )  # fmt: skip
    if not whole:
        told = "pingyi.campaigns.queries.people.sees_everybody"
        monkeypatch.setattr(told, lambda _actor, _campaign: False)
    client.force_login(other_clerk_user)
    people = reverse("campaigns:people", args=["cx2011"])
    listed = {
        asked: list(client.get(f"{people}?sort={asked}").context["listing"].page)
        for asked in ("unit", "-unit", "name", "-unit&q=支部")
    }
    outside = campaign.participants.get(unit=None)
    members = list(campaign.participants.exclude(unit=None).order_by("unit__path", "pk"))
    assert listed["unit"] == [*members, outside]
    places = [one.unit.path for one in listed["-unit"][:-1]]
    assert places == [one.unit.path for one in reversed(members)]
    assert listed["-unit"][-1] == outside
    assert set(listed["name"]) == {*members, outside}
    found = [one for one in listed["-unit"][:-1] if "支部" in one.unit.name]
    assert listed["-unit&q=支部"] == found
    assert found

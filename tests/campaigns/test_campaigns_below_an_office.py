"""A campaign opened for a part of the tree belongs to the office above it as well."""

from typing import Any

import pytest

from pingyi.accounts.enums import Role
from pingyi.campaigns import permissions
from pingyi.campaigns.models import Campaign
from pingyi.campaigns.operations.rounds import open_round
from pingyi.campaigns.queries.scopes import campaigns_visible_to, scopes, units_visible_to
from tests.campaigns.test_command import campaign as command
from tests.campaigns_cast import CUT_OFF
from tests.cast import user_with


@pytest.fixture
def below(register: Any, now: Any) -> Campaign:
    """Opened by the command line for the township T2; the office sits at the county."""
    command(
        *("open", "--pack", "chuangxian-2011", "--code", "t2", "--name", "乡镇", "--root", "T2"),
        *("--cut-off", str(CUT_OFF)),
    )
    return Campaign.objects.get(code="t2")


def test_the_office_above_may_open_it_and_then_runs_it(
    below: Campaign, register: Any, office_user: Any, client: Any, now: Any
) -> None:
    assert permissions.why_not_open_campaign(office_user, register.t2, CUT_OFF) is None
    assert list(campaigns_visible_to(office_user)) == [below]
    assert permissions.is_office(office_user, below)
    assert [unit.code for unit in units_visible_to(office_user, below)] == ["T2", "T2-1"]
    client.force_login(office_user)
    for address in ("/campaigns/", "/campaigns/t2/", "/"):
        assert client.get(address).status_code == 200
    open_round(round_=below.rounds.get(code="first"), by=office_user, now=now)


def test_inspectors_above_see_it_and_members_or_others_do_not(
    below: Campaign, register: Any, now: Any, inspector_user: Any, clerk_user: Any
) -> None:
    assert list(campaigns_visible_to(inspector_user)) == [below]
    assert not permissions.is_office(inspector_user, below)
    at_the_top = user_with("top", Role.MEMBER, register.county, now)
    for stranger in (clerk_user, at_the_top):
        assert list(campaigns_visible_to(stranger)) == []
        assert scopes(stranger, below) == ()
        assert not units_visible_to(stranger, below).exists()


def test_what_is_unlikely_to_be_meant_is_said_when_it_is_opened(
    register: Any, now: Any, capsys: Any
) -> None:
    place = register.village
    place.sector = None
    place.save(update_fields=["sector"])
    order = ["open", "--pack", "chuangxian-2011", "--name", "乡镇", "--root", "X"]
    order += ["--cut-off", str(CUT_OFF)]
    command(*order, "--code", "cx")
    assert place.name in capsys.readouterr().out
    command(*order, "--code", "cx2", "--json")
    assert f'"without_sector": {{"count": 1, "names": ["{place.name}"]}}' in capsys.readouterr().out

"""How long items have been open, by organization: the oldest first, no score."""

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Unit
from pingyi.rectification.models import Item
from pingyi.rectification.queries.ages import ages
from pingyi.rectification.rules.ages import bands, labels

TODAY = date(2011, 9, 30)


def test_bands_follow_on_each_other_without_a_gap() -> None:
    assert labels() == ["0–30", "31–60", "61–90", "≥ 91"]
    assert bands(TODAY) == [
        (date(2011, 8, 31), None),
        (date(2011, 8, 1), date(2011, 8, 30)),
        (date(2011, 7, 2), date(2011, 7, 31)),
        (None, date(2011, 7, 1)),
    ]


def test_each_organization_has_its_items_by_age(
    item_in: Callable[..., Item],
    units: dict[str, Unit],
    campaign: Campaign,
    clerk_user: User,
    client: Client,
) -> None:
    for state, days in (("assigned", 120), ("registered", 40), ("registered", 30), ("closed", 200)):
        item = item_in(state)
        Item.objects.filter(pk=item.pk).update(registered_on=TODAY - timedelta(days=days))
    young = item_in("registered", unit=units["T1-2"])
    Item.objects.filter(pk=young.pk).update(registered_on=TODAY)
    item_in("assigned", unit=units["T2-1"])
    found = [
        (age.unit_name, age.open, age.bands, age.late, age.days)
        for age in ages(clerk_user, campaign, TODAY)
    ]
    assert found == [
        ("柳湾村党支部", 3, [1, 1, 0, 1], 1, 120),
        ("青石中学党支部", 1, [1, 0, 0, 0], 0, 0),
    ]
    client.force_login(clerk_user)
    page = client.get("/rectification/cx2011/ages/").content.decode()
    assert page.index("柳湾村党支部") < page.index("青石中学党支部")
    assert "石桥" not in page.partition("<main")[2]
    empty = client.get("/rectification/cx2011/ages/", {"q": "无此"}).content.decode()
    assert "没有未销号的事项" in empty

"""Whoever is concerned by what was done to a return is told of it, once."""

from datetime import date, timedelta
from typing import Any

import pytest

from pingyi.accounts.models import User
from pingyi.notifications.models import Message
from pingyi.notifications.operations.read import read_all
from pingyi.returns.models import Return
from pingyi.returns.operations.sending import accept_many
from tests.returns.desk import RURAL, WHY, Desk, county, town

__all__ = ["county", "town"]


def told(user: User | None) -> list[Message]:
    return list(Message.objects.filter(to=user).order_by("pk"))


def sent(town: Desk, *tables: str) -> None:
    for table in tables or ("annex3",):
        town.sealed(table)
        town.submit(table=table)


def test_what_is_sent_is_told_to_whoever_examines_it_once_a_day(town: Desk, county: Desk) -> None:
    sent(town, "annex2", "annex3")
    (message,) = told(county.by)
    assert message.subject == f"有表待审核：{town.unit.name}附件2"
    assert message.link == f"/tables/{town.round.campaign.code}/first/-/accept/"
    assert message.written_by == town.by
    assert not told(town.by)
    assert message.kind == "notice"
    town.withdraw(table="annex3")
    town.now += timedelta(days=1)
    town.submit(table="annex3")
    assert len(told(county.by)) == 2


def test_what_is_sent_back_is_told_with_the_reasons_by_cell(town: Desk, county: Desk) -> None:
    sent(town)
    whole = "填报时间与通知要求不符，请重新填报"
    county.send_back(table="annex3", remarks={RURAL: WHY, "": whole})
    (message,) = told(town.by)
    assert message.subject == f"已退回：{town.unit.name}附件3"
    assert f"· 附件3 党员数 · 农村：{WHY}" in message.text
    assert f"· 附件3：{whole}" in message.text
    assert message.link.endswith("/T1/?table=annex3")


def test_other_deeds_are_told_too(town: Desk, county: Desk) -> None:
    county.extend(table="annex3", until=date(2011, 7, 5), reason=WHY)
    county.waive(table="annex3", reason=WHY)
    county.now += timedelta(minutes=5)
    county.claim(table="annex3")
    county.waive(table="annex3", reason=WHY)
    extended, waived, claimed, again = told(town.by)
    assert "7月5日" in extended.text
    assert WHY in extended.text
    assert WHY in waived.text
    assert claimed.subject.startswith("已改为仍需报送")
    assert again.subject == waived.subject
    county.claim(table="annex3")
    sent(town)
    county.accept(table="annex3")
    assert [each.subject for each in told(town.by)][-1] == f"已接收：{town.unit.name}附件3"
    assert "附件3：第1版" in told(town.by)[-1].text


def test_what_is_accepted_together_is_told_together(town: Desk, county: Desk) -> None:
    sent(town, "annex2", "annex3")
    numbers = dict.fromkeys(Return.objects.values_list("pk", flat=True), 1)
    accept_many(round_=town.round, numbers=numbers, by=county.by, now=town.now)
    (message,) = told(town.by)
    assert message.subject == f"已接收：{town.unit.name}附件2、附件3"


def test_nobody_is_told_what_they_did_themselves(
    town: Desk, units: dict[str, Any], office_user: User
) -> None:
    top = Desk(town.round, units["X"], town.now, office_user)
    top.sealed(words={"incomplete:annex3": "两个乡镇尚在核对名册，随后补报"})
    top.submit(table="annex3")
    top.accept(table="annex3")
    assert not told(office_user)


def test_a_unit_whose_organization_is_gone_is_told_nothing(town: Desk, county: Desk) -> None:
    type(town.unit).objects.filter(pk=town.unit.pk).update(organization=None)
    town.unit.refresh_from_db()
    county.waive(table="annex3", reason=WHY)
    assert not told(town.by)


@pytest.mark.usefixtures("office_user")
def test_it_is_told_in_the_language_of_whoever_reads_it(town: Desk, county: Desk) -> None:
    User.objects.filter(pk=county.by.pk).update(language="en")
    sent(town)
    assert told(county.by)[0].subject.startswith("To be examined: ")
    read_all(by=county.by, now=town.now)

"""The page of what is missing: one way for both duties, and what many at once need."""

import pytest
from django.urls import reverse

from pingyi.campaigns.doors import DUTIES, Duty
from pingyi.campaigns.models import Exemption
from tests.campaigns.test_pages import ROUND, at, owed, with_gaps

pytestmark = pytest.mark.any_database

__all__ = ["with_gaps"]


def test_whoever_is_missing_for_both_is_exempted_in_one_deed(
    client, with_gaps, office_user, participants, first_round, monkeypatch
):
    monkeypatch.setitem(DUTIES._answers, "appraisal", Duty("评议", owed))
    both = f"review-p{participants['village_member'].pk}"
    client.force_login(office_user)
    html = client.get(at("gaps", **ROUND)).content.decode()
    assert "对象相同的其他缺漏一并免除" in html
    sent = {"reason": "外出务工未归", "gap": [both], "also": "on"}
    client.post(at("gaps", **ROUND), sent)
    assert sorted(each.duty for each in Exemption.objects.all()) == ["appraisal", "review"]


def test_before_it_is_typed_it_is_said_that_many_need_a_second_person(
    client, with_gaps, office_user, clerk_user, campaign
):
    client.force_login(office_user)
    assert "须由第二人确认" not in client.get(at("gaps", **ROUND)).content.decode()
    campaign.exempt_alone = 2
    campaign.save()
    alone = client.get(at("gaps", **ROUND)).content.decode()
    assert "一次超过 2 项须由第二人确认" in alone
    assert f'href="{reverse("accounts:create")}"' in alone
    # The clerk of the township has the office above as a second person.
    Exemption.objects.all().delete()
    campaign.exempt_alone = 1
    campaign.save()
    client.force_login(clerk_user)
    assert "第二人在首页即可看到" in client.get(at("gaps", **ROUND)).content.decode()

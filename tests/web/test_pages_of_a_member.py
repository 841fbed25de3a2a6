"""What a member finds in a campaign: the own records, no list of who is missing."""

import pytest
from django.urls import reverse

from pingyi.accounts.enums import Role
from tests.cast import user_with

ROUND = {"campaign_code": "cx2011", "round_code": "first"}
GAPS = reverse("campaigns:gaps", kwargs=ROUND)
OVERVIEW = reverse("campaigns:campaign", kwargs={"campaign_code": "cx2011"})
MISSING = reverse("reviews:missing", kwargs={**ROUND, "unit_code": "T1-1"})


@pytest.mark.parametrize(
    "role", ["office_user", "clerk_user", "secretary_user", "branch_secretary_user"]
)
def test_what_is_missing_opens_and_is_offered(role, client, first_round, request):
    client.force_login(request.getfixturevalue(role))
    assert "刘洋" in client.get(GAPS).content.decode()
    assert GAPS in client.get(OVERVIEW).content.decode()
    assert GAPS in client.get(MISSING).content.decode()


def test_what_is_missing_is_refused_to_a_member_and_not_offered(client, first_round, member_user):
    client.force_login(member_user)
    assert client.get(GAPS).status_code == 403
    assert client.post(GAPS, {"everything": "on", "reason": "统一免除"}).status_code == 403
    overview = client.get(OVERVIEW)
    assert overview.status_code == 200
    assert GAPS not in overview.content.decode()


def test_a_leader_with_the_role_of_a_member_is_not_offered_to_exempt(
    client, first_round, register, now
):
    user = user_with(
        "leader", Role.MEMBER, register.village, now, register.people["village_secretary"]
    )
    client.force_login(user)
    missing = client.get(MISSING)
    assert "刘洋" in missing.content.decode()
    assert GAPS not in missing.content.decode()


def test_tabs_that_would_refuse_are_not_shown(
    client, first_round, member_user, branch_secretary_user
):
    unit = {**ROUND, "unit_code": "T1-1"}
    closed = [
        ("web:unit", unit, ("reviews:coverage-unit", unit)),
        ("web:unit", unit, ("reviews:missing", unit)),
        ("web:unit", unit, ("appraisals:unit", unit)),
        ("web:unit", unit, ("returns:unit", unit)),
        ("reviews:tasks", ROUND, ("reviews:coverage", ROUND)),
        ("reviews:assignments", ROUND, ("reviews:coverage", ROUND)),
    ]
    for page, where, (name, kwargs) in closed:
        link = f'"{reverse(name, kwargs=kwargs)}"'
        for user, is_shown in ((member_user, False), (branch_secretary_user, True)):
            client.force_login(user)
            text = client.get(reverse(page, kwargs=where)).content.decode()
            assert (link in text) is is_shown, (page, name, user)

"""A county whose secretaries do not sign in puts the step of their accounts aside."""

from datetime import date

import pytest
from django.urls import reverse

from pingyi.campaigns import permissions
from pingyi.campaigns.operations.signing_in import settle_signing_in
from pingyi.campaigns.queries.worklist import worklist
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.reviews.operations.assign import derive_assignments

TODAY = date(2011, 6, 1)


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)


def about_accounts(office_user, round_):
    round_.refresh_from_db()
    round_.campaign.refresh_from_db()
    return [item for item in worklist(office_user, round_, TODAY).owed if "/many/" in item.url]


def test_accounts_are_asked_for_until_the_office_says_that_nobody_needs_them(
    office_user, first_round, now
):
    [item] = about_accounts(office_user, first_round)
    assert item.aside_url == reverse("campaigns:signing-in", args=["cx2011"])
    campaign = first_round.campaign
    settle_signing_in(campaign=campaign, secretaries_sign_in=False, by=office_user, now=now)
    assert about_accounts(office_user, first_round) == []
    settle_signing_in(campaign=campaign, secretaries_sign_in=True, by=office_user, now=now)
    assert len(about_accounts(office_user, first_round)) == 1


def test_it_is_kept_who_settled_it(office_user, first_round, now):
    campaign = first_round.campaign
    settle_signing_in(campaign=campaign, secretaries_sign_in=False, by=office_user, now=now)
    line = Entry.objects.order_by("-seq")[0]
    assert line.kind == "campaign.signing_in_settled"
    assert line.account == office_user.pk


def test_saved_as_it_was_nothing_is_noted(office_user, first_round, now):
    before = Entry.objects.count()
    settle_signing_in(
        campaign=first_round.campaign, secretaries_sign_in=True, by=office_user, now=now
    )
    assert Entry.objects.count() == before


def test_only_the_office_settles_it(office_user, clerk_user, first_round, now):
    campaign = first_round.campaign
    assert permissions.why_not_settle_signing_in(office_user, campaign) is None
    with pytest.raises(Refusal) as refused:
        settle_signing_in(campaign=campaign, secretaries_sign_in=False, by=clerk_user, now=now)
    assert refused.value.code == "not_office"


def test_the_page_says_it_and_leads_to_the_next_step(client, office_user, first_round, now):
    derive_assignments(round_=first_round, by=None, now=now)
    client.force_login(office_user)
    page = reverse("campaigns:signing-in", args=["cx2011"])
    home = client.get("/").content.decode()
    assert f'href="{page}"' in home
    assert 'value="True"' in client.get(page).content.decode()
    answer = client.post(page, {"secretaries_sign_in": "False"})
    assert answer.url == "/"
    first_round.campaign.refresh_from_db()
    assert first_round.campaign.secretaries_sign_in is False
    assert f'href="{page}"' not in client.get("/").content.decode()
    campaign = reverse("campaigns:campaign", args=["cx2011"])
    assert f'href="{page}"' in client.get(campaign).content.decode()


def test_a_clerk_sees_no_button_for_it(client, clerk_user, first_round):
    client.force_login(clerk_user)
    campaign = reverse("campaigns:campaign", args=["cx2011"])
    assert "/signing-in/" not in client.get(campaign).content.decode()

"""Buttons and papers name a form by its annex and whom it is about, in the words of the pack."""

import pytest
from django.urls import reverse

from pingyi.campaigns.queries.packs import known_pack

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]


def test_a_form_is_called_by_its_annex_and_whom_it_is_about():
    forms = known_pack("chuangxian-2011").pack.appraisal.forms
    assert [form.called for form in forms] == ["附件4（对党组织）", "附件5（对党员）"]


def test_a_form_that_does_not_say_whom_it_is_about_is_called_by_its_title():
    [form] = known_pack("minzhu-pingyi").pack.appraisal.forms
    assert form.called == "附表 民主评议党员测评表"


@pytest.mark.parametrize(
    "address",
    [
        reverse("appraisals:unit", args=["cx2011", "first", "T1-1"]),
        reverse("web:unit", args=["cx2011", "first", "T1-1"]),
    ],
)
def test_pages_with_ballots_say_whom_each_is_about(address, client, campaign, clerk_user, now):
    client.force_login(clerk_user)
    shown = client.get(address).content.decode()
    assert "附件4（对党组织）" in shown
    assert "附件5（对党员）" in shown


def test_the_head_of_a_count_says_whom_it_is_about(client, campaign, clerk_user, now):
    client.force_login(clerk_user)
    page = reverse("appraisals:count", args=["cx2011", "first", "T1-1", "annex4"])
    assert "附件4（对党组织）计票" in client.get(page).content.decode()

"""Whoever owes no review is led to what they see to, not to an empty list of tasks."""

from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.reviews.queries.menu import menu

WHERE = ["cx2011", "first"]


def test_accounts_of_nobody_come_to_the_coverage(
    first_round: Round, clerk_user: User, inspector_user: User, secretary_user: User
) -> None:
    urls = [menu(user, first_round)[0].url for user in (clerk_user, inspector_user, secretary_user)]
    coverage = reverse("reviews:coverage", args=WHERE)
    assert urls == [coverage, coverage, reverse("reviews:tasks", args=WHERE)]


def test_the_page_of_tasks_leads_whoever_has_none_to_the_coverage(
    client: Client, first_round: Round, clerk_user: User
) -> None:
    client.force_login(clerk_user)
    page = client.get(reverse("reviews:tasks", args=WHERE)).content.decode()
    assert f'href="{reverse("reviews:coverage", args=WHERE)}"' in page

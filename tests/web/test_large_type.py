"""Large type is chosen by a button that needs no script, and holds for this browser."""

import pytest
from django.test import Client
from django.urls import reverse

SIGN_IN = "/accounts/sign-in/"


@pytest.mark.django_db
def test_it_is_chosen_on_the_page_for_signing_in_and_left_again():
    browser = Client()
    before = browser.get(SIGN_IN).content.decode()
    assert "大字" in before
    assert 'class="large-type"' not in before
    answer = browser.post(reverse("large_type"), {"type": "large", "next": SIGN_IN})
    assert answer["Location"] == SIGN_IN
    assert answer.cookies["pingyi_type"]["httponly"]
    large = browser.get(SIGN_IN).content.decode()
    assert 'class="large-type"' in large
    assert "常规" in large
    browser.post(reverse("large_type"), {"type": "normal", "next": SIGN_IN})
    assert 'class="large-type"' not in browser.get(SIGN_IN).content.decode()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_it_leads_back_to_no_other_site(elsewhere):
    browser = Client(headers={"referer": "https://elsewhere.example/"})
    answer = browser.post(reverse("large_type"), {"type": "large", "next": elsewhere})
    assert answer["Location"] == "/"


def test_without_an_address_it_leads_back_to_the_page_before():
    browser = Client(headers={"referer": "http://testserver/accounts/me/"})
    answer = browser.post(reverse("large_type"), {"type": "large"})
    assert answer["Location"] == "http://testserver/accounts/me/"


def test_a_link_changes_nothing():
    assert Client().get(reverse("large_type")).status_code == 405

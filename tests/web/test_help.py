"""The help is one text in two languages, and every page leads to its paragraph."""

import re

import pytest
from django.urls import get_resolver
from django.utils import translation

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.web.queries.help import PARAGRAPHS, help_now, paragraph_of
from tests.web.conftest import Ask

pytestmark = pytest.mark.any_database


def test_both_languages_have_the_same_paragraphs() -> None:
    with translation.override("zh-hans"):
        chinese = help_now()
    with translation.override("en"):
        english = help_now()
    numbers = [number for number, _heading in chinese.headings]
    assert numbers == [number for number, _heading in english.headings]
    assert set(PARAGRAPHS.values()) == set(numbers)
    for number in numbers:
        assert f'id="s{number}"' in chinese.html
        assert f'id="s{number}"' in english.html


def test_every_paragraph_is_of_pages_that_there_are() -> None:
    rooms = get_resolver().namespace_dict
    for name in PARAGRAPHS:
        room, _colon, page = name.partition(":")
        assert not page or page in rooms[room][1].reverse_dict, name
        assert room in rooms


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("web:home", "/"),
        ("web:supervision", "/supervision/cx2011/first/"),
        ("campaigns:gaps", "/campaigns/cx2011/rounds/first/gaps/"),
        ("accounts:list", "/accounts/"),
    ],
)
def test_a_page_leads_to_its_paragraph(
    page: str, address: str, at: Ask, office_user: User, first_round: Round
) -> None:
    shown = at(office_user, address).content.decode()
    assert f'href="/help/#s{paragraph_of(page)}"' in shown


def test_the_help_is_shown_and_names_itself_nowhere(
    at: Ask, member_user: User, first_round: Round
) -> None:
    page = at(member_user, "/help/").content.decode()
    assert len(re.findall(r'<h2 id="s\d+">', page)) == max(PARAGRAPHS.values())
    assert "help-link" not in page

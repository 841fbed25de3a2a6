"""A short list is a file at once; a long one is asked for, once."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.downloads.models import Download
from pingyi.organizations.models import Person
from tests.cast import Register
from tests.downloads.conftest import PEOPLE

As = Callable[[User], Client]
AskedFor = Callable[..., Download]


def test_a_short_list_is_a_file_at_once(as_: As, register: Register, office_user: User) -> None:
    answer = as_(office_user).get(f"{PEOPLE}?q=张小芳")
    assert unquote(answer["Content-Disposition"]).endswith("人员.xlsx")
    assert answer.content.startswith(b"PK")
    assert not Download.objects.exists()


def test_a_long_list_says_how_long_it_is_and_makes_nothing_yet(
    as_: As, register: Register, office_user: User
) -> None:
    page = as_(office_user).get(PEOPLE)
    assert page.status_code == 200
    assert f"{Person.objects.count()}" in page.content.decode()
    assert 'href="/register/people/?' in page.content.decode()
    assert not Download.objects.exists()


def test_asked_for_it_waits_in_the_queue(as_: As, register: Register, office_user: User) -> None:
    answer = as_(office_user).post(f"{PEOPLE}?standing=full")
    download = Download.objects.get()
    assert answer["Location"] == f"/downloads/{download.pk}/"
    assert (download.state, download.asked_by, download.what) == (
        "waiting",
        office_user,
        "register.people",
    )
    assert (download.place, download.query) == ({}, {"standing": "full"})
    task = DBTaskResult.objects.get()
    assert task.args_kwargs["kwargs"] == {"download_id": download.pk}


def test_asked_for_twice_it_is_the_same_work(
    as_: As, register: Register, office_user: User
) -> None:
    client = as_(office_user)
    first, second = (client.post(PEOPLE)["Location"] for _ in range(2))
    assert first == second
    assert DBTaskResult.objects.count() == 1
    assert first in client.get(PEOPLE).content.decode()


def test_other_lines_another_language_and_another_person_are_other_work(
    asked_for: AskedFor, register: Register, office_user: User, clerk_user: User
) -> None:
    asked_for(office_user)
    asked_for(office_user, standing="full")
    asked_for(office_user, "register.organizations")
    asked_for(clerk_user)
    with translation.override("en"):
        asked_for(office_user)
    assert Download.objects.count() == 5


def test_what_is_ready_is_shown_where_it_would_be_asked_for_again(
    as_: As, made: AskedFor, register: Register, office_user: User
) -> None:
    download = made(office_user)
    page = as_(office_user).get(PEOPLE).content.decode()
    assert f'href="/downloads/{download.pk}/"' in page


def test_a_list_that_no_file_holds_is_refused_with_a_way_out(
    as_: As,
    asked_for: AskedFor,
    register: Register,
    office_user: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pingyi.downloads.rules.MOST_LINES", {"xlsx": 2})
    page = as_(office_user).get(PEOPLE)
    assert "2" in page.content.decode()
    assert '<form method="post">' not in page.content.decode()
    assert as_(office_user).post(PEOPLE)["Location"] == PEOPLE
    with pytest.raises(Refusal) as refusal:
        asked_for(office_user)
    assert refusal.value.code == "too_many"


def test_who_may_not_have_the_list_is_refused_at_once(
    as_: As, register: Register, member_user: User
) -> None:
    for answer in (as_(member_user).get(PEOPLE), as_(member_user).post(PEOPLE)):
        assert answer.status_code == 403
    assert not Download.objects.exists()

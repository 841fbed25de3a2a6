"""The register is ready when there are secretaries: until then the first steps say what lacks."""

from datetime import datetime

import pytest

from pingyi.accounts.models import User
from pingyi.organizations.models import Post
from pingyi.register.operations import appoint, end_post
from pingyi.web.queries.start import StartStep, start_steps
from tests.cast import TODAY, Register
from tests.web.conftest import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def step(code: str) -> StartStep:
    return next(step for step in start_steps(TODAY) if step.code == code)


def test_members_without_any_secretary_are_no_register_yet(
    office_user: User, register: Register, at: Ask
) -> None:
    assert (step("register").is_done, step("register").lacking) == (True, 0)
    Post.objects.all().delete()
    found = step("register")
    assert (found.is_done, found.is_next, found.lacking) == (False, False, 4)
    assert step("campaign").is_next
    page = at(office_user, "/start/").content.decode()
    assert "还没有书记：4 个党组织" in page
    for address in (
        "/register/import/",
        "/register/import/template.xlsx",
        "/register/",
        "/campaigns/open/",
    ):
        assert f'href="{address}"' in page


def test_one_branch_that_lacks_a_secretary_is_counted(
    register: Register, now: datetime, office_user: User
) -> None:
    post = register.people["school_secretary"].posts.get()
    end_post(post=post, on=TODAY, by=None, now=now)
    assert step("register").lacking == 1
    again = {"organization": post.organization, "title": "书记", "on": TODAY}
    appoint(person=post.person, **again, category=post.category_id, by=None, now=now)
    assert step("register").lacking == 0


def test_the_ways_into_the_register_stay_when_it_is_ready(
    office_user: User, register: Register, at: Ask
) -> None:
    page = at(office_user, "/start/").content.decode()
    assert 'href="/register/import/"' in page
    assert "还没有书记" not in page

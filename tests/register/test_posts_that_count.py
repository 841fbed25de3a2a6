"""Whoever is called secretary counts as one unless somebody says otherwise; a post that was entered
wrongly is corrected with a reason."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from pingyi.accounts.models import User
from pingyi.campaigns.queries.freezing import preview
from pingyi.campaigns.queries.packs import known_pack
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Body, Entry
from pingyi.organizations.models import Post
from pingyi.register import operations
from pingyi.register.forms.people import BY_TITLE
from tests.cast import NOW, TODAY, Register
from tests.register.test_pages import text_of, url

pytestmark = pytest.mark.any_database
BRANCH = "grassroots_secretary"


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: NOW)


@pytest.fixture
def clerk(client: Client, clerk_user: User) -> Client:
    client.force_login(clerk_user)
    return client


def appointed(register: Register, now: datetime, title: str, category: str | None = None) -> Post:
    return operations.appoint(
        person=register.people["village_member"], organization=register.village, title=title,
        category=category, on=TODAY, by=None, now=now,
    )  # fmt: skip


def corrected(post: Post, now: datetime, **said: Any) -> Post:
    known = {"title": post.title, "category": post.category_id, "reason": "录入有误"}
    return operations.correct_post(post=post, **{**known, **said}, by=None, now=now)


@pytest.mark.parametrize(
    ("title", "category", "counts_as"),
    [
        ("支部书记", BY_TITLE, BRANCH),
        ("副书记", BY_TITLE, None),
        ("支部书记", "", None),
        ("支部书记", "township_secretary", "township_secretary"),
    ],
)
def test_an_appointed_secretary_counts_by_the_title_unless_it_is_said_otherwise(
    clerk: Client, register: Register, title: str, category: str, counts_as: str | None
) -> None:
    page, person = url("appoint", register.village.pk), register.people["village_member"]
    shown = text_of(clerk, page, q="zxf")
    assert f'<option value="{BY_TITLE}" selected>' in shown
    said = {"target": person.pk, "on": TODAY.isoformat(), "title": title, "category": category}
    assert clerk.post(page, said).status_code == 302
    assert person.posts.get().category_id == counts_as


def test_where_no_category_fits_the_level_nothing_is_proposed(
    clerk: Client, register: Register, now: datetime
) -> None:
    village = register.village
    type(village).objects.filter(pk=village.pk).update(level="province", kind="committee")
    assert BY_TITLE not in text_of(clerk, url("appoint", village.pk), q="zxf")


def test_a_secretary_without_category_is_said_not_to_count(
    clerk: Client, register: Register, now: datetime
) -> None:
    page = url("unit", register.village.pk)
    appointed(register, now, "组织委员")
    told = "职务叫书记，但没有领导类别，不计为书记"
    assert told not in text_of(clerk, page)
    post = appointed(register, now, "代书记")
    shown = text_of(clerk, page)
    assert shown.count(told) == 1
    assert url("correct-post", post.pk) in shown


def test_the_preview_of_a_campaign_says_who_is_called_secretary_and_does_not_count(
    register: Register, now: datetime
) -> None:
    pack = known_pack("chuangxian-2011").pack
    assert preview(register.county, TODAY, pack).called_secretary.names == ()
    appointed(register, now, "代书记")
    found = preview(register.county, TODAY, pack).called_secretary
    assert (found.count, found.names) == (1, (f"张小芳 代书记 ({register.village.name})",))


def test_a_post_is_corrected_without_ending(register: Register, now: datetime) -> None:
    post = appointed(register, now, "代书记")
    found = corrected(post, now, title=" 支部书记 ", category=BRANCH)
    assert found.pk == post.pk
    assert (found.title, found.category_id, found.valid_to) == ("支部书记", BRANCH, None)
    assert found.valid_from == post.valid_from
    line = Entry.objects.latest("seq")
    assert line.kind == "post.corrected"
    body = Body.objects.get(entry=line).content
    for said in ("代书记", "支部书记", BRANCH, "录入有误"):
        assert said in body


@pytest.mark.parametrize(
    ("said", "code"),
    [({"reason": "  "}, "no_reason"), ({}, "already_so"), ({"title": "委员"}, "invalid")],
)
def test_a_correction_needs_a_reason_and_something_to_correct(
    register: Register, now: datetime, said: dict[str, Any], code: str
) -> None:
    post = appointed(register, now, "组织委员")
    appointed(register, now, "委员")
    before = Entry.objects.count()
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == code):
        corrected(post, now, **said)
    assert Entry.objects.count() == before


def test_a_correction_is_for_whoever_edits_the_organization(
    register: Register, now: datetime, clerk_user: User
) -> None:
    post = register.t2_village.posts.get()
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "outside"):
        operations.correct_post(
            post=post, title="委员", category=None, reason="误", by=clerk_user, now=now
        )


def test_a_post_is_corrected_on_the_screen(
    clerk: Client, register: Register, now: datetime
) -> None:
    post = appointed(register, now, "代书记")
    page = url("correct-post", post.pk)
    assert 'value="代书记"' in text_of(clerk, page)
    said = {"title": "支部书记", "category": BY_TITLE, "reason": "录入有误"}
    assert clerk.post(page, said).status_code == 302
    post.refresh_from_db()
    assert (post.title, post.category_id) == ("支部书记", BRANCH)
    assert clerk.get(url("correct-post", 0)).status_code == 404

"""An import that others have built upon is not undone; what depends on it is told in words."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.grants import grant_role
from pingyi.campaigns.operations import open_campaign
from pingyi.core.refusals import Refusal
from pingyi.organizations.doors import RESTING
from pingyi.organizations.models import Organization, Person, Post
from pingyi.rosters import operations, permissions
from pingyi.rosters.models import RosterImport
from pingyi.rosters.queries.dependents import relations
from tests.cast import NOW, Register
from tests.rosters.conftest import Door
from tests.rosters.workbook import small_roster, workbook

pytestmark = pytest.mark.django_db


def open_over(root: str) -> None:
    open_campaign(
        code="cx",
        name="创先争优活动",
        pack_code="chuangxian-2011",
        root=Organization.objects.get(code=root),
        cut_off_on=date(2011, 5, 31),
        by=None,
        now=NOW,
    )


def refusal_of(made: RosterImport) -> Refusal:
    with pytest.raises(Refusal) as refused:
        operations.undo_roster(roster_import=made, by=None, now=NOW)
    return refused.value


def test_an_import_frozen_in_a_campaign_is_not_undone(apply: Door) -> None:
    made = apply(small_roster())
    open_over("A")
    with override("en"):
        refusal = refusal_of(made)
        said = [str(detail) for detail in refusal.details]
    assert refusal.code == "built_upon"
    assert "campaign: 创先争优活动" in said
    assert "frozen organization: 东村党支部" in said
    assert "frozen person: 王一" in said
    # One campaign, three organizations, three people.
    assert "7 later entries" in str(refusal)
    assert Person.objects.count() == 4


def test_the_button_knows_it_beforehand(
    client: Client, register: Register, clerk_user: User
) -> None:
    client.force_login(clerk_user)
    made = operations.upload_roster(
        content=workbook(small_roster()),
        filename="r.xlsx",
        scope=register.t1,
        effective_on=date(2011, 1, 1),
        by=clerk_user,
        now=NOW,
    )
    operations.apply_roster(roster_import=made, by=clerk_user, now=NOW)
    made.refresh_from_db()
    address = reverse("rosters:preview", args=[made.pk])
    undo = reverse("rosters:undo", args=[made.pk])
    assert permissions.why_not_undo_roster(clerk_user, made, NOW) is None
    assert f'action="{undo}"' in client.get(address).text
    open_over("X")
    refusal = permissions.why_not_undo_roster(clerk_user, made, NOW)
    assert refusal is not None
    assert refusal.code == "built_upon"
    page = client.get(address).text
    assert f'action="{undo}"' not in page
    assert all(f"<li>{detail}</li>" in page for detail in refusal.details)
    assert client.post(undo, follow=True).status_code == 200
    assert Person.objects.filter(name="赵四").exists()


def test_a_role_in_an_imported_organization_is_told_in_words(apply: Door, clerk_user: User) -> None:
    made = apply(small_roster(), scope="T1")
    grant_role(
        user=clerk_user,
        role=Role.SECRETARY,
        organization=Organization.objects.get(code="A"),
        by=None,
        now=NOW,
    )
    with override("en"):
        said = [str(detail) for detail in refusal_of(made).details]
    assert said == [f"role: {clerk_user.name}, Township secretary, 甲镇党委"]


def test_later_rows_of_the_register_are_told_in_words(apply: Door) -> None:
    made = apply(small_roster())
    Post.objects.create(
        person=Person.objects.get(name="张三"),
        organization=Organization.objects.get(code="A2"),
        title="委员",
        valid_from=date(2011, 7, 1),
    )
    with override("en"):
        refusal = refusal_of(made)
        assert [str(detail) for detail in refusal.details] == ["post: 张三, 委员, 西村党支部"]
        assert "1 later entr" in str(refusal)


def test_many_dependents_are_counted_and_some_named(apply: Door) -> None:
    file = small_roster()
    file["党员"] += [
        [f"孙{sign}", None, None, None, "A1", "正式党员", "2000-01-01"]
        for sign in "甲乙丙丁戊己庚辛壬癸子丑"
    ]
    made = apply(file)
    open_over("A")
    with override("en"):
        refusal = refusal_of(made)
        said = [str(detail) for detail in refusal.details]
    assert "19 later entries" in str(refusal)
    assert sum(line.startswith("frozen person: ") for line in said) == 11
    assert "frozen person: 5 more" in said


def test_every_kind_that_refers_to_the_register_has_words() -> None:
    models: set[Any] = {
        relation.related_model._meta.label_lower
        for model in (Organization, Person)
        for relation in relations(model)
    }
    assert "campaigns.participant" in models
    assert models <= set(RESTING)

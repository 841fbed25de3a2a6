"""A new member with a near name is asked about: the same person, or another one."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.organizations.models import Membership, Person
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from tests.cast import NOW, Register, identity_number
from tests.rosters.conftest import Door
from tests.rosters.workbook import Sheets, small_roster


def roster(*names: str, number: str | None = None, **more: Any) -> Sheets:
    file = small_roster()
    file["党员"] = [[name, number, None, None, "A1", "正式党员", None] for name in names]
    file["职务"] = [[more["post"], None, "A1", "委员", None, None, None]] if more else []
    file["分工"] = []
    return file


def asked(made: RosterImport) -> list[tuple[str, str]]:
    return [
        (note["cell"], note["params"]["name"]) for note in made.notes if note["code"] == "name_near"
    ]


def answered(made: RosterImport, answer: str) -> RosterImport:
    [key] = [note["params"]["asked"] for note in made.notes if note["code"] == "name_near"]
    operations.answer_roster(roster_import=made, answers={key: answer}, by=None, now=NOW)
    return RosterImport.objects.get(pk=made.pk)


@pytest.mark.django_db
def test_unanswered_they_are_two(apply: Door, preview: Door) -> None:
    apply(roster("张小芳", "李四"))
    made = preview(roster("张晓芳", "李四"))
    assert asked(made) == [("A2", "张小芳")]
    assert (made.errors, made.counts["add"]["person"]) == ([], 1)
    operations.apply_roster(roster_import=made, by=None, now=NOW, really=True)
    assert Membership.objects.filter(valid_to=None).count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "change"), [("same", {}), ("renamed", {"person": 1})])
def test_the_same_person_is_no_second_one(
    apply: Door, preview: Door, answer: str, change: dict[str, int]
) -> None:
    apply(roster("张小芳", "李四", post="张小芳"))
    made = answered(preview(roster("张晓芳", "李四", post="张晓芳"), complete=True), answer)
    assert asked(made) == []
    assert (made.errors, made.counts) == ([], {"add": {}, "change": change, "end": {}})
    if change:
        operations.apply_roster(roster_import=made, by=None, now=NOW)
        assert set(Person.objects.values_list("name", flat=True)) == {"张晓芳", "李四"}


@pytest.mark.django_db
def test_a_post_under_either_spelling_finds_the_same_person(apply: Door, preview: Door) -> None:
    apply(roster("张小芳"))
    made = answered(preview(roster("张晓芳", post="张小芳")), "same")
    assert (made.errors, made.counts["add"]) == ([], {"post": 1})


@pytest.mark.django_db
def test_another_person_is_not_asked_about_again(apply: Door, preview: Door) -> None:
    apply(roster("张小芳"))
    made = answered(preview(roster("张晓芳")), "other")
    assert asked(made) == []
    assert made.counts["add"]["person"] == 1


@pytest.mark.django_db
def test_nobody_is_asked_about_whom_the_file_names_or_whose_number_differs(
    apply: Door, preview: Door
) -> None:
    apply(roster("张小芳", number=identity_number(300)))
    assert asked(preview(roster("张晓芳", number=identity_number(301)))) == []
    assert asked(preview(roster("张晓芳", "张小芳"))) == []
    assert asked(preview(roster("张晓芳"))) == [("A2", "张小芳")]


@pytest.mark.django_db
def test_an_answer_about_somebody_who_has_gone_means_nobody(apply: Door, preview: Door) -> None:
    apply(roster("张小芳"))
    made = preview(roster("张晓芳"))
    Membership.objects.all().delete()
    made = answered(made, "same")
    assert made.counts["add"]["person"] == 1


def test_the_preview_asks_and_the_answer_is_taken(
    register: Register, clerk_user: User, client: Client, now: datetime
) -> None:
    client.force_login(clerk_user)
    members = "姓名,性别,入党时间,所在党支部\n张晓芳,女,2001-07,柳湾村党支部\n"
    made = operations.upload_roster(
        content=members.encode(), filename="花名册.csv", scope=register.t1,
        effective_on=now.date(), by=clerk_user, now=now,
    )  # fmt: skip
    page = client.get(reverse("rosters:preview", args=[made.pk])).content.decode()
    assert "张小芳" in page
    address = reverse("rosters:people", args=[made.pk])
    assert address in page
    assert client.post(address, {"person_0": ""}).status_code == 422
    assert client.post(address, {"person_0": "perhaps"}).status_code == 422
    client.post(address, {"person_0": "same"})
    made.refresh_from_db()
    assert list(made.mapping["answers"].values()) == ["same"]
    assert "person_0" not in client.get(reverse("rosters:preview", args=[made.pk])).content.decode()
    assert client.get(address).status_code == 200


def test_all_are_answered_at_once_but_for_exceptions(
    register: Register, clerk_user: User, client: Client, now: datetime
) -> None:
    client.force_login(clerk_user)
    names = ("张晓芳", "张小方")
    lines = ["姓名,性别,入党时间,所在党支部", *(f"{n},女,2001-07,柳湾村党支部" for n in names)]
    made = operations.upload_roster(
        content="\n".join(lines).encode(), filename="花名册.csv", scope=register.t1,
        effective_on=now.date(), by=clerk_user, now=now,
    )  # fmt: skip
    page = client.get(reverse("rosters:preview", args=[made.pk])).content.decode()
    assert "全部 2 项" in page
    address = reverse("rosters:people", args=[made.pk])
    assert client.post(address, {"all": ""}).status_code == 422
    client.post(address, {"all": "other", "person_0": "renamed"})
    made.refresh_from_db()
    # On PostgreSQL a JSON object has no order.
    assert sorted(made.mapping["answers"].values()) == ["other", "renamed"]

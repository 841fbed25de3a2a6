"""A column 备注 that says what somebody is, or which post they hold, is not passed over."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.organizations.models import Membership, Post
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from tests.cast import NOW, Register
from tests.documents.incoming import excel
from tests.rosters.conftest import Door
from tests.rosters.workbook import small_roster

NAMES = ("林新", "赵大军", "孙玉兰", "周建设")
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def listed(*said: Any, headings: tuple[str, ...] = ("备注",)) -> bytes:
    rows = [
        [name, "女", "东村党支部", *(cells if isinstance(cells, tuple) else (cells,))]
        for name, cells in zip(NAMES, said, strict=False)
    ]
    return excel({"名单": [["姓名", "性别", "所在党支部", *headings], *rows]})


def notes(made: RosterImport) -> dict[str, list[list[str]]]:
    codes = ("standing_aside", "standing_aside_other", "post_aside", "post_offered", "post_taken")
    return {
        note["code"]: [list(each) for each in note["params"]["examples"]]
        for note in made.notes
        if note["code"] in codes
    }


@pytest.mark.parametrize("word", ["预备党员", "预备", " 中共预备党员 ", "预备期"])
def test_a_remark_that_is_a_standing_is_one(apply: Door, word: str) -> None:
    apply(small_roster())
    made = apply(listed(word, None, "正式党员"))
    assert notes(made) == {
        "standing_aside": [["D2", "林新", "预备党员"], ["D4", "孙玉兰", "正式党员"]]
    }
    said = Membership.objects.filter(person__name__in=NAMES).order_by("person_id")
    assert list(said.values_list("standing", flat=True)) == ["probationary", "full", "full"]
    assumed = next(note for note in made.notes if note["code"] == "standing_assumed")
    assert assumed["params"]["names"] == ["赵大军"]
    assert not [note for note in made.notes if note["code"] == "column_ignored"]


def test_the_column_of_standings_goes_before_and_the_other_is_said(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    said = (("正式党员", "预备党员"), ("预备党员", "预备党员"), (None, "预备党员"))
    made = preview(listed(*said, headings=("党员类别", "备注")))
    assert notes(made) == {
        "standing_aside_other": [["E2", "林新 预备党员", "正式党员"]],
        "standing_aside": [["E4", "孙玉兰", "预备党员"]],
    }


def test_what_is_not_read_of_remarks_is_said_where_others_are_taken(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    made = preview(listed("预备党员", "2020年由外地转入", None))
    [note] = [note for note in made.notes if note["code"] == "remark_not_read"]
    assert (note["cell"], note["params"]["count"]) == ("D3", 1)
    assert not [note for note in made.notes if note["code"] == "column_ignored"]


def test_a_remark_that_names_a_post_is_said(apply: Door, preview: Door) -> None:
    apply(small_roster())
    made = preview(listed("镇党委委员", "团支部书记", "2020年由外地转入，流动党员", 5))
    assert notes(made) == {
        "post_aside": [
            ["D2", "林新 镇党委委员", "林新 镇党委委员"],
            ["D3", "赵大军 团支部书记", "赵大军 团支部书记"],
        ]
    }
    assert [note["label"] for note in made.notes if note["code"] == "column_ignored"] == ["备注"]
    assert len([note for note in made.notes if note["code"] == "standing_assumed"]) == 1


def test_a_list_of_posts_has_no_standings(apply: Door, preview: Door) -> None:
    apply(small_roster())
    rows = [["王一", "宣传委员", "东村党支部", "预备党员"]]
    made = preview(excel({"名单": [["姓名", "职务", "所在党组织", "备注"], *rows]}))
    assert (made.errors, notes(made)) == ([], {})


def posts() -> list[tuple[str, str, str]]:
    found = Post.objects.filter(person__name__in=NAMES).order_by("person_id")
    return list(found.values_list("person__name", "organization__code", "title"))


def test_posts_of_the_branch_are_taken_over_where_somebody_says_so(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    made = preview(listed("支部书记", "组织委员", "镇党委委员", "东村支部副书记"))
    assert [each[1] for each in notes(made)["post_offered"]] == [
        "林新 支部书记", "赵大军 组织委员", "周建设 东村支部副书记",
    ]  # fmt: skip
    operations.take_posts(roster_import=made, by=None, now=NOW)
    made = RosterImport.objects.get(pk=made.pk)
    assert {*notes(made)} == {"post_aside", "post_taken"}
    assert made.counts["add"]["post"] == 3
    operations.apply_roster(roster_import=made, by=None, now=NOW, really=True)
    assert posts() == [
        ("林新", "A1", "支部书记"), ("赵大军", "A1", "组织委员"),
        ("周建设", "A1", "东村支部副书记"),
    ]  # fmt: skip
    # Of the secretary the category is told by the title.
    assert Post.objects.get(person__name="林新").category_id is not None
    again = preview(listed("支部书记", "组织委员", "镇党委委员", "东村支部副书记"))
    operations.take_posts(roster_import=again, by=None, now=NOW)
    assert RosterImport.objects.get(pk=again.pk).counts["add"] == {}


def test_they_are_of_the_organization_that_the_list_is_imported_into(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    rows = [["林新", "女", "支部书记"], ["赵大军", "男", None]]
    file = excel({"名单": [["姓名", "性别", "备注"], *rows]})
    made = preview(file, scope="A2")
    operations.take_posts(roster_import=made, by=None, now=NOW)
    made = RosterImport.objects.get(pk=made.pk)
    operations.apply_roster(roster_import=made, by=None, now=NOW, really=True)
    assert posts() == [("林新", "A2", "支部书记")]


def test_the_preview_offers_it_with_one_button(
    register: Register, clerk_user: User, client: Client
) -> None:
    client.force_login(clerk_user)
    content = "姓名,性别,所在党支部,备注\n林新,女,柳湾村党支部,组织委员\n"
    made = operations.upload_roster(
        content=content.encode(), filename="花名册.csv", scope=register.t1,
        effective_on=NOW.date(), by=clerk_user, now=NOW,
    )  # fmt: skip
    address = reverse("rosters:preview", args=[made.pk])
    assert "采用备注中的 1 个职务" in client.get(address).content.decode()
    client.post(reverse("rosters:posts", args=[made.pk]))
    page = client.get(address).content.decode()
    assert reverse("rosters:posts", args=[made.pk]) not in page
    assert "组织委员" in page


def two_sheets(*leaders: list[Any], remark: Any = None, title: str = "职务") -> bytes:
    members = [["姓名", "性别", "所在党支部", "备注"], ["林新", "女", "东村党支部", remark]]
    return excel({"名单": members, "领导班子": [["姓名", title, "所在党组织"], *leaders]})


def test_a_list_of_leaders_beside_that_of_members_is_read_with_it(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    leaders = ["林新", "支部书记", "东村党支部"], ["周建设", "党委副书记", "甲镇党委"]
    made = preview(two_sheets(*leaders, remark="支部书记"))
    assert made.errors == []
    codes = [note["code"] for note in made.notes]
    assert ("sheet_beside" in codes, "sheet_not_read" in codes) == (True, False)
    # What it says of somebody there is not said again by a remark.
    assert notes(made) == {}
    # Nor by one that names the branch otherwise; a post elsewhere hides none.
    other = ["林新", "支部书记", "A1"], ["林新", "党委委员", "甲镇党委"]
    again = preview(two_sheets(*other, remark="支部书记"))
    assert [*notes(again)] == ["post_offered"]
    operations.take_posts(roster_import=again, by=None, now=NOW)
    again.refresh_from_db()
    assert (again.errors, again.counts["add"]["post"]) == ([], 2)
    operations.apply_roster(roster_import=made, by=None, now=NOW, really=True)
    assert posts() == [("林新", "A1", "支部书记"), ("周建设", "A", "党委副书记")]


@pytest.mark.parametrize(
    "file",
    [
        two_sheets(
            ["林新", None, "东村党支部"],
            ["周建设", None, "西村党支部"],
            ["李", "委员", "东村党支部"],
        ),
        excel(
            {
                "名单": [["姓名", "职务", "所在党组织"], ["林新", "委员", "东村党支部"]],
                "旧": [["姓名", "职务", "所在党组织"], ["周建设", "委员", "东村党支部"]],
            }
        ),
    ],
)
def test_another_sheet_that_is_no_list_of_leaders_beside_members_is_left(
    apply: Door, preview: Door, file: bytes
) -> None:
    apply(small_roster())
    made = preview(file)
    assert "sheet_not_read" in [note["code"] for note in made.notes]
    assert not made.changes.filter(label__startswith="周建设").exists()

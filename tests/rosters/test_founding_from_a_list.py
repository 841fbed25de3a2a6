"""Branches that a list names and the register lacks are founded where somebody says so."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.organizations.models import Affiliation, Membership, Organization
from pingyi.rosters import operations
from pingyi.rosters.forms.places import PlacesForm
from pingyi.rosters.models import RosterImport
from pingyi.rosters.rules.founding import kind_of, sector_of
from pingyi.rosters.rules.places import Place, Places
from tests.cast import NOW, Register
from tests.rosters.conftest import Door
from tests.rosters.workbook import Sheets

SECTORS = {
    "rural": "农村", "community": "街道社区", "government": "机关部门", "university": "高等学校",
    "school": "中等职业学校和中小学", "healthcare": "基层医疗卫生单位",
    "private": "非公有制经济组织",    "social": "社会组织",
}  # fmt: skip


def county() -> Sheets:
    """What stands on the first day: a county and one township."""
    return {
        "党组织": [
            ["C", "云岭县委", "党委", "县", None, None, "1990-01-01"],
            ["C-001", "青石镇党委", "党委", "乡镇街道", None, "C", "1990-01-01"],
            ["C1", "县直机关第一党支部", "党支部", "基层", "机关部门", "C", "1990-01-01"],
        ]
    }


LISTED = [
    ("孙五", "青石镇柳湾村党支部"), ("周六", "青石镇柳湾村支部"), ("吴七", "云岭一中党总支"),
    ("郑八", "县医院党支部"), ("王九", "县直机关第一党支部"), ("冯十", "老干支部"),
]  # fmt: skip


def listed(*rows: tuple[str, str]) -> bytes:
    lines = ["姓名,性别,所在党支部", *(f"{name},男,{place}" for name, place in rows)]
    return "\r\n".join(lines).encode()


def form_of(made: RosterImport, **typed: str) -> PlacesForm:
    form = PlacesForm(typed, errors=made.errors, sectors=SECTORS)
    assert form.is_valid(), form.errors
    return form


def answered(made: RosterImport, **typed: str) -> RosterImport:
    said = form_of(made, **typed).values()
    operations.place_roster(roster_import=made, **said, by=None, now=NOW)
    return RosterImport.objects.get(pk=made.pk)


@pytest.fixture
def made(apply: Door, preview: Door) -> RosterImport:
    apply(county())
    return preview(listed(*LISTED), filename="党员名册.csv", scope="C", complete=True)


def foundings(made: RosterImport) -> list[tuple[str, ...]]:
    said = [row.said["after"] for row in made.changes.filter(model="organization", kind="add")]
    return [
        (each["code"], each["name"], each["kind"], each["sector"], each["place"]["parent"])
        for each in said
    ]


ALL = [
    ("C-002", "青石镇柳湾村党支部", "branch", "rural", "C-001"),
    ("C-003", "云岭一中党总支", "general_branch", "school", "C"),
    ("C-004", "县医院党支部", "branch", "healthcare", "C"),
    ("C-005", "老干支部", "branch", None, "C"),
]


@pytest.mark.django_db
def test_nothing_is_founded_before_somebody_says_so(made: RosterImport) -> None:
    assert {error["code"] for error in made.errors} == {"place_unknown"}
    asked = [
        (error["value"], error["params"]["kind"], error["params"]["above"]) for error in made.errors
    ]
    assert asked == [
        ("青石镇柳湾村党支部", "branch", "青石镇党委"),
        ("云岭一中党总支", "general_branch", "云岭县委"), ("县医院党支部", "branch", "云岭县委"),
        ("老干支部", "branch", "云岭县委"),
    ]  # fmt: skip
    assert foundings(made) == []


@pytest.mark.django_db
def test_the_day_on_which_they_were_founded_is_asked(made: RosterImport) -> None:
    made = answered(made, all_new="on", founded_on="1998-07-01")
    assert not [note for note in made.notes if note["code"] == "begins_with_import"]
    operations.apply_roster(roster_import=made, by=None, now=NOW)
    founded = Organization.objects.get(name="老干支部")
    assert founded.valid_from == date(1998, 7, 1)
    assert founded.affiliations.get().valid_from == date(1998, 7, 1)


@pytest.mark.django_db
def test_left_blank_they_begin_with_the_import_which_is_said(made: RosterImport) -> None:
    made = answered(made, all_new="on")
    [note] = [note for note in made.notes if note["code"] == "begins_with_import"]
    assert note["params"]["count"] == len(ALL)


@pytest.mark.django_db
def test_a_day_to_come_is_refused(made: RosterImport) -> None:
    typed = {"all_new": "on", "founded_on": "2999-01-01"}
    day = made.effective_on
    form = PlacesForm(typed, errors=made.errors, sectors=SECTORS, effective_on=day)
    assert list(form.errors) == ["founded_on"]


@pytest.mark.django_db
def test_all_unknown_names_are_founded_at_once_and_shown(made: RosterImport) -> None:
    made = answered(made, all_new="on")
    assert made.errors == []
    assert foundings(made) == ALL
    assert made.counts == {"add": {"organization": 4, "person": 6}, "change": {}, "end": {}}
    assert Organization.objects.count() == 3
    operations.apply_roster(roster_import=made, by=None, now=NOW)
    where = dict(Membership.objects.values_list("person__name", "organization__code"))
    assert where == {
        "孙五": "C-002", "周六": "C-002", "吴七": "C-003", "郑八": "C-004", "王九": "C1",
        "冯十": "C-005",
    }  # fmt: skip
    parent = Affiliation.objects.get(organization__code="C-002").parent
    assert parent is not None
    assert parent.code == "C-001"


@pytest.mark.django_db
def test_applied_the_same_list_asks_and_founds_nothing(made: RosterImport, preview: Door) -> None:
    made = answered(made, all_new="on")
    operations.apply_roster(roster_import=made, by=None, now=NOW)
    again = preview(listed(*LISTED), filename="党员名册.csv", scope="C", complete=True)
    assert (again.errors, again.counts) == ([], {"add": {}, "change": {}, "end": {}})
    operations.undo_roster(roster_import=made, by=None, now=NOW)
    assert Organization.objects.count() == 3


@pytest.mark.django_db
def test_one_is_founded_with_a_sector_and_the_rest_is_asked_again(made: RosterImport) -> None:
    number = [error["value"] for error in made.errors].index("老干支部")
    made = answered(made, **{f"place_{number}": "+", "sector": "social"})
    assert [error["value"] for error in made.errors] == [
        "青石镇柳湾村党支部", "云岭一中党总支", "县医院党支部",
    ]  # fmt: skip
    assert made.mapping["founded"] == {"老干支部": "social"}
    made = answered(made, all_new="on", place_1="C1")
    assert {name: sector for _, name, _, sector, _ in foundings(made)} == {
        "青石镇柳湾村党支部": "rural", "县医院党支部": "healthcare", "老干支部": "social",
    }  # fmt: skip


@pytest.mark.django_db
def test_what_is_not_said_is_not_taken(made: RosterImport) -> None:
    assert not PlacesForm({}, errors=made.errors, sectors=SECTORS).is_valid()
    form = PlacesForm({"sector": "rural"}, errors=made.errors, sectors=SECTORS)
    assert not form.is_valid()


@pytest.mark.django_db
def test_a_branch_and_the_top_found_nothing(apply: Door, preview: Door) -> None:
    apply(county())
    lines = listed(("孙五", "柳湾村党支部"), ("周六", "县直机关第一党支部"))
    for scope in ("C1", None):
        made = preview(lines, filename="1.csv", scope=scope)
        [error] = made.errors
        assert error["code"] == "place_unknown"
        assert "above" not in error["params"]
        founded: dict[str, Any] = {"places": {}, "founded": {error["params"]["asked"]: "rural"}}
        operations.place_roster(roster_import=made, **founded, by=None, now=NOW)
        made.refresh_from_db()
        assert [each["code"] for each in made.errors] == ["place_unknown"]


@pytest.mark.parametrize(
    ("name", "kind", "sector"),
    [
        ("学院路社区党支部", "branch", "community"),
        ("大学城社区第一党支部", "branch", "community"),
        ("消防一中队党支部", "branch", ""), ("村镇银行党支部", "branch", ""),
        ("柳湾村小学党支部", "branch", "school"),
        ("云岭大学附属医院党总支", "general_branch", "healthcare"),
        ("高等专科学校党支部", "branch", "university"),
        ("县第一中心粮库党支部", "branch", ""),
        ("城东社区卫生服务中心党支部", "branch", "healthcare"),
        ("县医院机关党支部", "branch", "healthcare"),
        ("县直机关第一党支部", "branch", "government"),
        ("村镇建设局党支部", "branch", "government"),
        ("中共青石镇委员会", "committee", ""),
        ("县财政局党组", "leading_group", "government"),
        ("县直机关工委", "work_committee", "government"), ("柳湾村居民委员会", "", "community"),
        ("共青团云岭县委", "committee", ""), ("县纪委", "", ""), ("城东居委会", "", "community"),
        ("柳湾村党支部", "branch", "rural"), ("城东社区党总支", "general_branch", "community"),
        ("云岭一中党支部", "branch", "school"), ("县人民医院党委", "committee", "healthcare"),
        ("县财政局机关支部", "branch", "government"), ("云岭学院党委", "committee", "university"),
        ("云岭水泥有限公司党支部", "branch", "private"), ("老干支部", "branch", ""),
        ("县商会党支部", "branch", "social"),
    ],
)  # fmt: skip
def test_a_name_says_what_it_is(name: str, kind: str, sector: str) -> None:
    assert (kind_of(name), sector_of(name, SECTORS)) == (kind, sector)
    assert sector_of(name, ()) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["红岩镇", "县纪委", "红岩镇村委会"])
def test_what_is_no_organization_of_the_party_is_not_founded(
    apply: Door, preview: Door, name: str
) -> None:
    apply(county())
    made = preview(listed(("孙五", name)), filename="1.csv", scope="C")
    [error] = made.errors
    assert error["code"] == "place_unknown"
    assert "above" not in error["params"]
    operations.place_roster(
        roster_import=made, places={}, founded={error["params"]["asked"]: ""}, by=None, now=NOW
    )
    made.refresh_from_db()
    assert [error["code"] for error in made.errors] == ["place_unknown"]


def founding(apply: Door, preview: Door, *names: str) -> tuple[RosterImport, list[str]]:
    apply(
        {
            "党组织": [
                *county()["党组织"],
                ["C-009", "红岩乡党委", "党委", "乡镇街道", None, "C", "1990-01-01"],
            ]
        }
    )
    people = zip(["孙五", "周六", "吴七", "郑八"], names, strict=False)
    made = preview(listed(*people), filename="党员名册.csv", scope="C", complete=True)
    made = answered(made, all_new="on")
    return made, [name for _, name, *_ in foundings(made)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "names",
    [
        ("青石镇柳湾村党支部", "柳湾村党支部", "柳湾支部"),
        ("柳湾支部", "青石镇柳湾村支部", "青石镇柳湾村党支部", "柳湾村党支部"),
        ("柳湾村委会党支部", "青石镇柳湾村党支部"),
        ("青石镇柳湾党支部", "柳湾村党支部"),
    ],
)
def test_a_branch_under_several_names_is_founded_once(
    apply: Door, preview: Door, names: tuple[str, ...]
) -> None:
    made, founded = founding(apply, preview, *names)
    assert (made.errors, len(founded)) == ([], 1)
    assert "青石镇柳湾" in founded[0]
    operations.apply_roster(roster_import=made, by=None, now=NOW)
    assert len(set(Membership.objects.values_list("organization__code", flat=True))) == 1


@pytest.mark.django_db
def test_a_short_name_of_two_new_ones_is_asked(apply: Door, preview: Door) -> None:
    names = ("柳湾村支部", "青石镇柳湾村党支部", "红岩乡柳湾村党支部")
    made, _ = founding(apply, preview, *names)
    [error] = made.errors
    assert (error["code"], error["value"]) == ("place_ambiguous", "柳湾村支部")
    assert [name for _, name, _ in error["params"]["choices"]] == list(names[1:])


@pytest.mark.django_db
def test_a_village_and_a_community_of_one_name_are_two(apply: Door, preview: Door) -> None:
    names = ("城东村党支部", "城东社区党支部", "青石镇柳湾社区党支部", "柳湾村党支部")
    made, founded = founding(apply, preview, *names)
    assert (made.errors, founded) == ([], list(names))


def test_the_longest_beginning_is_what_it_stands_below() -> None:
    names = ["青石镇党委", "青石党委", "青石镇柳湾村党支部", "红岩乡党委", "红岩乡委员会"]
    places = Places(
        [
            Place(str(number), name, None, "branch" if "支部" in name else "committee")
            for number, name in enumerate(names)
        ]
    )
    assert places.beginning("中共青石镇柳湾村支部委员会", without="branch") == places.by_code["0"]
    assert places.beginning("红岩乡大湾村党支部", without="branch") is None
    assert places.beginning("大湾村党支部", without="branch") is None


def test_the_preview_offers_it_and_shows_what_would_be_founded(
    register: Register, clerk_user: User, client: Client, now: Any
) -> None:
    client.force_login(clerk_user)
    made = operations.upload_roster(
        content=listed(("孙五", "新湾村党支部")), filename="花名册.csv", scope=register.t1,
        effective_on=now.date(), by=clerk_user, now=now,
    )  # fmt: skip
    address = reverse("rosters:preview", args=[made.pk])
    assert 'name="all_new"' in client.get(address).content.decode()
    client.post(reverse("rosters:places", args=[made.pk]), {"all_new": "on", "sector": ""})
    page = client.get(f"{address}?tab=add").content.decode()
    assert "新湾村党支部" in page
    assert not Organization.objects.filter(name="新湾村党支部").exists()


def test_what_is_merely_new_is_no_error(
    register: Register, clerk_user: User, client: Client, now: Any
) -> None:
    client.force_login(clerk_user)
    made = operations.upload_roster(
        content=listed(("孙五", "新湾村党支部")), filename="花名册.csv", scope=register.t1,
        effective_on=now.date(), by=clerk_user, now=now,
    )  # fmt: skip
    page = client.get(reverse("rosters:preview", args=[made.pk])).content.decode()
    assert '待确认 <span class="num">1</span>' in page
    assert '错误 <span class="num">0</span>' in page
    client.post(reverse("rosters:places", args=[made.pk]), {"all_new": "on"})
    page = client.get(reverse("rosters:preview", args=[made.pk])).content.decode()
    assert "待确认" not in page


@pytest.mark.django_db
def test_names_say_their_sector_then_one_choice_then_exceptions(made: RosterImport) -> None:
    number = [error["value"] for error in made.errors].index("县医院党支部")
    form = form_of(made, all_new="on")
    assert dict(form.fields[f"sector_{number}"].choices)[""] == "由名称判断：基层医疗卫生单位"  # type: ignore[attr-defined]  # a choice field
    made = answered(made, all_new="on", sector="social", **{f"sector_{number}": "government"})
    assert {name: sector for _, name, _, sector, _ in foundings(made)} == {
        "青石镇柳湾村党支部": "rural", "云岭一中党总支": "school", "县医院党支部": "government",
        "老干支部": "social",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_file_without_any_sector_has_those_that_names_say(apply: Door) -> None:
    made = apply({
        "党组织": [
            ["C", "云岭县委", "党委", "县", None, None, "1990-01-01"],
            ["C1", "柳湾村党支部", "党支部", "基层", None, "C", "1990-01-01"],
            ["C2", "第二党支部", "党支部", "基层", None, "C", "1990-01-01"],
            ["C3", "县医院党委", "党委", "基层", None, "C", "1990-01-01"],
        ],
    })  # fmt: skip
    said = dict(Organization.objects.values_list("code", "sector__code"))
    assert said == {"C": None, "C1": "rural", "C2": None, "C3": None}
    [note] = [note for note in made.notes if note["code"] == "sector_by_name"]
    assert note["params"]["examples"] == [["B3", "柳湾村党支部", "农村"]]


def test_on_the_first_day_all_is_proposed_and_one_answer_takes_posts_too(
    register: Register, clerk_user: User, client: Client, now: Any
) -> None:
    client.force_login(clerk_user)
    lines = ["姓名,性别,所在党支部,备注", "孙五,男,新湾村党支部,支部书记"]
    made = operations.upload_roster(
        content="\r\n".join(lines).encode(), filename="花名册.csv", scope=register.t1,
        effective_on=now.date(), by=clerk_user, now=now,
    )  # fmt: skip
    page = client.get(reverse("rosters:preview", args=[made.pk])).content.decode()
    assert "待确认 · " in page
    assert reverse("rosters:posts", args=[made.pk]) not in page
    assert 'name="posts"' in page
    client.post(reverse("rosters:places", args=[made.pk]), {"all_new": "on", "posts": "on"})
    made.refresh_from_db()
    assert (made.mapping["aside"], made.counts["add"]["post"]) == ({"posts": "yes"}, 1)


@pytest.mark.django_db
def test_where_a_branch_may_be_meant_nothing_is_proposed(made: RosterImport) -> None:
    assert form_of(made, all_new="on").fields["all_new"].initial is False


@pytest.mark.django_db
def test_where_no_branch_can_be_meant_all_are_proposed_as_new(apply: Door, preview: Door) -> None:
    apply({"党组织": county()["党组织"][:2]})
    made = preview(listed(*LISTED), filename="党员名册.csv", scope="C")
    assert form_of(made, all_new="on").fields["all_new"].initial is True

"""A county takes the list of a township in: what stands above new branches is founded with them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.organizations.models import Affiliation, Membership, Organization, Post
from pingyi.rosters import operations
from pingyi.rosters.forms.places import PlacesForm
from pingyi.rosters.models import RosterImport
from pingyi.rosters.queries.messages import issue_lines
from pingyi.rosters.rules.founding import level_of
from tests.cast import NOW, Register
from tests.documents.incoming import excel
from tests.rosters.conftest import Door
from tests.rosters.test_founding_from_a_list import SECTORS, answered, form_of, foundings
from tests.rosters.workbook import Sheets

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
COUNTY: Sheets = {"党组织": [["YL", "中共云岭县委员会", "党委", "县", None, None, "1990-01-01"]]}
MEMBERS = ["姓名", "性别", "上级党组织", "所在党支部"]
LISTED = [
    ["孙五", "男", "青石镇党委", "柳湾村党支部"], ["周六", "女", "青石镇党委", "第一党支部"],
    ["吴七", "男", "中共红岩乡委员会", "第一党支部"], ["郑八", "女", "红岩乡党委", "第一党支部"],
    ["王九", "男", "县直机关工委", "县医院党支部"],
]  # fmt: skip
ALL = [
    ("YL-001", "青石镇党委", "committee", None, "YL"),
    ("YL-002", "柳湾村党支部", "branch", "rural", "YL-001"),
    ("YL-003", "第一党支部", "branch", None, "YL-001"),
    ("YL-004", "中共红岩乡委员会", "committee", None, "YL"),
    ("YL-005", "第一党支部", "branch", None, "YL-004"),
    ("YL-006", "县直机关工委", "work_committee", None, "YL"),
    ("YL-007", "县医院党支部", "branch", "healthcare", "YL-006"),
]


def book(*rows: list[Any], **sheets: Any) -> bytes:
    return excel({"花名册": [["青石镇党员花名册"], MEMBERS, *rows], **sheets})


@pytest.fixture
def made(apply: Door, preview: Door) -> RosterImport:
    apply(COUNTY)
    return preview(book(*LISTED), scope="YL")


def proposed(made: RosterImport) -> list[tuple[str, str, str, int]]:
    return [
        (
            error["value"],
            error["params"]["above"],
            error["params"]["level"],
            error["params"]["rows"],
        )
        for error in made.errors
    ]


def test_each_is_proposed_once_with_its_superior_and_level(made: RosterImport) -> None:
    assert proposed(made) == [
        ("青石镇党委", "中共云岭县委员会", "township", 2),
        ("柳湾村党支部", "青石镇党委", "grassroots", 1),
        ("第一党支部", "青石镇党委", "grassroots", 1),
        ("中共红岩乡委员会", "中共云岭县委员会", "township", 2),
        ("第一党支部", "中共红岩乡委员会", "grassroots", 2),
        ("县直机关工委", "中共云岭县委员会", "county_unit", 1),
        ("县医院党支部", "县直机关工委", "grassroots", 1),
    ]
    assert form_of(made, all_new="on").fields["all_new"].initial is True


def test_one_answer_founds_the_whole_tree(made: RosterImport, preview: Door) -> None:
    made = answered(made, all_new="on")
    assert (made.errors, foundings(made)) == ([], ALL)
    operations.apply_roster(roster_import=made, by=None, now=NOW)
    where = dict(Membership.objects.values_list("person__name", "organization__code"))
    assert where == {
        "孙五": "YL-002", "周六": "YL-003", "吴七": "YL-005", "郑八": "YL-005", "王九": "YL-007",
    }  # fmt: skip
    again = preview(book(*LISTED), scope="YL")
    assert (again.errors, again.counts) == ([], {"add": {}, "change": {}, "end": {}})


def test_each_of_them_can_be_said_otherwise(made: RosterImport) -> None:
    number = {name: at for at, (name, *_) in enumerate(proposed(made))}
    said = {
        f"level_{number['县直机关工委']}": "grassroots",
        f"under_{number['县医院党支部']}": "YL",
        f"under_{number['柳湾村党支部']}": made.errors[3]["params"]["asked"].join(("+", "")),
        f"sector_{number['县医院党支部']}": "government",
    }
    made = answered(made, all_new="on", **said)
    assert made.errors == []
    said_of = {name: (sector, above) for _, name, _, sector, above in foundings(made)}
    assert said_of["县医院党支部"] == ("government", "YL")
    assert said_of["柳湾村党支部"] == ("rural", "YL-004")
    levels = {
        each.said["after"]["name"]: each.said["after"]["level"]
        for each in made.changes.filter(model="organization")
    }
    assert levels["县直机关工委"] == "grassroots"


def test_what_stands_below_one_that_is_not_founded_is_asked_again(made: RosterImport) -> None:
    made = answered(made, place_1="+")
    assert len(made.errors) == len(ALL)
    made = answered(made, place_0="YL", place_1="+", place_2="+")
    assert [name for _, name, *_ in foundings(made)] == []
    assert [name for name, *_ in proposed(made)] == [each[1] for each in ALL[3:]]
    made = answered(made, all_new="on")
    assert [(name, above) for _, name, *_, above in foundings(made)][:2] == [
        ("柳湾村党支部", "YL"), ("第一党支部", "YL"),
    ]  # fmt: skip


def test_a_branch_of_another_committee_is_not_taken_for_that_one(
    apply: Door, preview: Door
) -> None:
    apply({
        "党组织": [
            *COUNTY["党组织"],
            ["Q", "青石镇党委", "党委", "乡镇街道", None, "YL", "1990-01-01"],
            ["Q1", "第一党支部", "党支部", "基层", "农村", "Q", "1990-01-01"],
            ["H", "红岩乡党委", "党委", "乡镇街道", None, "YL", "1990-01-01"],
        ]
    })  # fmt: skip
    made = preview(book(["孙五", "男", "青石镇", "第一党支部"]), scope="YL")
    assert (made.errors, made.counts["add"]) == ([], {"person": 1})
    made = preview(book(["孙五", "男", "红岩乡", "第一党支部"]), scope="YL")
    [(name, above, *_)] = proposed(made)
    assert (name, above) == ("第一党支部", "红岩乡党委")
    assert form_of(made, all_new="on").fields["all_new"].initial is False
    chosen = answered(made, place_0="Q1")
    assert chosen.errors == []


def test_what_stands_above_what_is_imported_into_is_no_new_committee(
    apply: Door, preview: Door
) -> None:
    apply({
        "党组织": [
            *COUNTY["党组织"],
            ["Q", "青石镇党委", "党委", "乡镇街道", None, "YL", "1990-01-01"],
        ]
    })  # fmt: skip
    made = preview(book(["孙五", "男", "云岭县委", "柳湾村党支部"]), scope="Q")
    assert [(name, above) for name, above, *_ in proposed(made)] == [("柳湾村党支部", "青石镇党委")]


# ---- a list of organizations beside --------------------------------------------------------------

ORGANIZATIONS = [
    ["序号", "党组织名称", "上级党组织", "党组织类别", "所属领域", "成立时间"],
    [1, "青石镇党委", "云岭县委", "党委", None, "1990.01"],
    [2, "柳湾村党支部", "青石镇党委", "党支部", "农村", "1998.07"],
    [3, "青石镇医院支部", "青石镇党委", None, "基层医疗卫生单位", None],
]
LEADERS = [["姓名", "职务", "所在党组织"], ["赵四", "党委书记", "青石镇党委"]]


def three_sheets() -> bytes:
    members = [["姓名", "性别", "所在党支部"], ["孙五", "男", "柳湾村党支部"]]
    return excel({"党组织": ORGANIZATIONS, "党员": members, "职务": LEADERS})


def test_three_sheets_in_one_file_are_read_as_they_are(apply: Door, preview: Door) -> None:
    apply(COUNTY)
    made = preview(three_sheets(), scope="YL")
    assert [name for name, *_ in proposed(made)] == ["青石镇党委", "柳湾村党支部", "青石镇医院支部"]
    read = [(note["sheet"], note["code"]) for note in made.notes if "sheet_" in note["code"]]
    assert ("党组织", "sheet_of_organizations") in read
    assert ("职务", "sheet_beside") in read
    made = answered(made, all_new="on")
    assert made.errors == []
    operations.apply_roster(roster_import=made, by=None, now=NOW)
    founded = Organization.objects.get(name="柳湾村党支部")
    assert founded.valid_from.isoformat() == "1998-07-01"
    assert founded.sector is not None
    assert founded.sector.name == "农村"
    parent = Affiliation.objects.get(organization=founded).parent
    assert parent is not None
    assert parent.name == "青石镇党委"
    assert Post.objects.get().organization == parent
    again = preview(three_sheets(), scope="YL")
    assert (again.errors, again.counts) == ([], {"add": {}, "change": {}, "end": {}})


def test_a_list_of_organizations_alone_is_read(apply: Door, preview: Door) -> None:
    apply(COUNTY)
    made = preview(excel({"Sheet1": ORGANIZATIONS}), scope="YL")
    assert len(proposed(made)) == 3
    assert answered(made, all_new="on").errors == []


def test_leaders_alone_may_name_new_committees(apply: Door, preview: Door) -> None:
    apply(COUNTY)
    made = preview(excel({"Sheet1": LEADERS}), scope="YL")
    assert [name for name, *_ in proposed(made)] == ["青石镇党委"]
    made = answered(made, all_new="on")
    assert (made.errors, made.counts["add"]) == ([], {"organization": 1, "person": 1, "post": 1})


def test_what_was_said_before_it_was_given_up_is_proposed_again(
    made: RosterImport, preview: Door
) -> None:
    said = {"founded_on": "1990-07-01", "sector_6": "government", "level_5": "grassroots"}
    made = answered(made, all_new="on", **said)
    operations.discard_roster(roster_import=made, by=None, now=NOW)
    again = preview(book(*LISTED), scope="YL")
    assert len(again.errors) == len(ALL)
    form = PlacesForm(errors=again.errors, sectors=SECTORS, before=again.mapping["before"])
    proposals = {name: form[name].initial for name in ("founded_on", "sector_6", "level_5")}
    assert proposals == said
    assert form["place_0"].initial == "+"
    operations.preview_again(roster_import=again, by=None, now=NOW)
    # Another list, and one that was applied, say nothing of it.
    other = preview(
        excel({"名单": [["姓名", "性别", "所在支部"], ["孙五", "男", "新支部"]]}), scope="YL"
    )
    assert other.mapping["before"] == {}


def test_the_page_shows_one_table(
    register: Register, clerk_user: User, client: Client, now: Any
) -> None:
    client.force_login(clerk_user)
    made = operations.upload_roster(
        content=book(["孙五", "男", "新区党委", "新湾村党支部"]), filename="花名册.xlsx",
        scope=register.t1, effective_on=now.date(), by=clerk_user, now=now,
    )  # fmt: skip
    page = client.get(reverse("rosters:preview", args=[made.pk])).content.decode()
    for name in ("under_0", "level_0", "sector_1", "place_1"):
        assert f'name="{name}"' in page
    assert "新区党委" in page
    made.refresh_from_db()
    assert all("{" not in line.sentence for line in issue_lines(made.errors))


@pytest.mark.parametrize(
    ("name", "kind", "above", "level"),
    [
        ("青石镇党委", "committee", "county", "township"),
        ("城东街道党工委", "work_committee", "county", "township"),
        ("县财政局党组", "leading_group", "county", "county_unit"),
        ("云岭县委", "committee", "city", "county"), ("某市委", "committee", "province", "city"),
        ("青石镇中学党委", "committee", "township", "grassroots"),
        ("青石镇机关党总支", "general_branch", "township", "grassroots"),
    ],
)  # fmt: skip
def test_the_level_is_read_off_the_name_and_the_place(
    name: str, kind: str, above: str, level: str
) -> None:
    assert level_of(name, kind, above) == level
    assert SECTORS

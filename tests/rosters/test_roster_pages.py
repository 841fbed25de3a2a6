"""The import at the screen: upload, tabs, apply, undo, mapping; others see nothing of it."""

import stat
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.organizations.models import Organization
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterImport
from tests.cast import Register
from tests.rosters.workbook import HEADINGS, Sheets, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

FILE: Sheets = {
    "党组织": [["T1-9", "新村党支部", "党支部", "基层", "农村", None, None]],
    "党员": [["郑新", None, "男", None, "T1-9", "正式党员", None]],
}
LIST = "a_code,a,b_code,b\nK1,北乡,K11,一村\nK1,北乡,K12,二村\n".encode()


def upload(
    client: Client, register: Register, content: bytes, name: str = "r.xlsx"
) -> RosterImport:
    answer = client.post(
        reverse("rosters:list"),
        {
            "file": SimpleUploadedFile(name, content),
            "scope": register.t1.pk,
            "effective_on": "2011-06-01",
        },
    )
    made = RosterImport.objects.latest("pk")
    assert answer.headers["Location"] == reverse("rosters:preview", args=[made.pk])
    return made


@pytest.fixture
def clerk(client: Client, clerk_user: User) -> Client:
    client.force_login(clerk_user)
    return client


def test_nobody_else_on_the_machine_reads_an_uploaded_roster(
    clerk: Client, register: Register
) -> None:
    path = Path(upload(clerk, register, workbook(FILE)).file.path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_clerk_uploads_looks_applies_and_undoes(clerk: Client, register: Register) -> None:
    assert clerk.get(reverse("rosters:list")).status_code == 200
    made = upload(clerk, register, workbook(FILE))
    page = reverse("rosters:preview", args=[made.pk])
    first = clerk.get(page).content.decode()
    assert "新村党支部 (T1-9)" in first
    assert "郑新" in first
    assert clerk.get(page, {"tab": "change"}).status_code == 200
    lines = clerk.get(page, {"tab": "add", "q": "郑新"}).context["lines"]
    assert {line.label[:2] for line in lines} == {"郑新"}
    clerk.post(reverse("rosters:apply", args=[made.pk]))
    branch = Organization.objects.get(code="T1-9")
    assert branch.affiliations.get().parent == register.t1
    assert clerk.get(reverse("rosters:list")).status_code == 200
    clerk.post(reverse("rosters:undo", args=[made.pk]))
    assert not Organization.objects.filter(code="T1-9").exists()


def test_errors_stand_in_their_tab_with_cell_and_mending(clerk: Client, register: Register) -> None:
    file = {**FILE, "党员": [["郑新", None, "男", "2000万", "T1-9", "正式党员", None]]}
    made = upload(clerk, register, workbook(file))
    page = clerk.get(reverse("rosters:preview", args=[made.pk])).content.decode()
    assert "党员!D2" in page
    assert "2000万" in page
    answer = clerk.post(reverse("rosters:apply", args=[made.pk]), follow=True)
    assert answer.status_code == 200
    assert not Organization.objects.filter(code="T1-9").exists()


def test_a_preview_is_put_aside_or_compared_again(clerk: Client, register: Register) -> None:
    made = upload(clerk, register, workbook(FILE))
    clerk.post(reverse("rosters:again", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == ImportState.PREVIEWED
    clerk.post(reverse("rosters:discard", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == ImportState.DISCARDED


def test_the_columns_of_a_list_are_mapped_in_the_preview(clerk: Client, register: Register) -> None:
    made = upload(clerk, register, LIST, "list.csv")
    address = reverse("rosters:columns", args=[made.pk, "levels"])
    assert "a_code" in clerk.get(address).content.decode()
    clerk.post(
        address,
        {
            "code_1": "b_code",
            "name_1": "b",
            "level_1": "grassroots",
            "kind_1": "branch",
            "sector_1": "rural",
        },
    )
    made.refresh_from_db()
    assert made.counts["add"] == {"organization": 2}
    half = clerk.post(address, {"code_1": "b_code"})
    assert half.status_code == 422
    assert clerk.post(address, {}).status_code == 200
    organizations = reverse("rosters:columns", args=[made.pk, "organizations"])
    assert clerk.get(organizations).status_code == 200
    nonsense = reverse("rosters:columns", args=[made.pk, "nonsense"])
    assert clerk.get(nonsense).status_code == 404


def test_columns_are_corrected_beside_their_first_values(clerk: Client, register: Register) -> None:
    lines = "姓名,出生,支部,备注\n孙五,1970.05,柳湾村党支部,1995.07\n周六,,小学支部,\n"
    made = upload(clerk, register, lines.encode(), "list.csv")
    assert made.state == ImportState.REFUSED
    address = reverse("rosters:columns", args=[made.pk, "members"])
    page = clerk.get(address).content.decode()
    assert "1970.05" in page
    said = {"column_0": "name", "column_1": "born_on", "column_2": "organization"}
    twice = clerk.post(address, {**said, "column_3": "name"})
    assert (twice.status_code, "“姓名”一列已选作此项" in twice.content.decode()) == (422, True)
    assert "请指明哪一列是：姓名" in clerk.post(address, {"column_3": "born_on"}).content.decode()
    clerk.post(address, {**said, "column_3": "joined_on"})
    made.refresh_from_db()
    assert [error["code"] for error in made.errors] == ["place_unknown"]
    # The name that nobody has is asked on the preview.
    page = clerk.get(reverse("rosters:preview", args=[made.pk])).content.decode()
    assert "请确认所指的党组织" in page
    places = reverse("rosters:places", args=[made.pk])
    assert clerk.post(places, {"place_0": ""}).status_code == 422
    assert clerk.post(places, {"place_0": "T2-1"}).status_code == 422
    clerk.post(places, {"place_0": "T1-2"})
    made.refresh_from_db()
    assert (made.errors, made.counts["add"]) == ([], {"person": 2})
    assert clerk.get(places).status_code == 200


def test_a_preview_of_three_costs_what_one_costs(clerk: Client, register: Register) -> None:
    names = ["郑一", "郑二", "郑三"]

    def queries(many: int) -> int:
        people = [[name, None, "男", None, "T1-9", "正式党员", None] for name in names[:many]]
        posts = [[name, None, "T1-9", "委员", None, None] for name in names[:many]]
        made = upload(clerk, register, workbook({**FILE, "党员": people, "职务": posts}))
        page = reverse("rosters:preview", args=[made.pk])
        clerk.get(page)
        with CaptureQueriesContext(connection) as asked:
            listing = clerk.get(page, {"tab": "add"}).context["listing"]
        assert listing.total == 1 + 2 * many
        return len(asked)

    assert queries(1) == queries(3)


def test_progress_is_asked_for_until_the_work_is_done(clerk: Client, register: Register) -> None:
    made = upload(clerk, register, workbook(FILE))
    address = reverse("rosters:progress", args=[made.pk])
    assert clerk.get(address).status_code == 302
    htmx = {"HX-Request": "true"}
    assert clerk.get(address, headers=htmx).headers["HX-Refresh"] == "true"
    RosterImport.objects.filter(pk=made.pk).update(state=ImportState.READING, done=3, total=9)
    page = clerk.get(address, headers=htmx).content.decode()
    assert "3 / 9" in page
    assert "3 / 9" in clerk.get(reverse("rosters:preview", args=[made.pk])).content.decode()


def test_others_see_no_import(
    clerk: Client,
    register: Register,
    other_clerk_user: User,
    secretary_user: User,
    member_user: User,
) -> None:
    made = upload(clerk, register, workbook(FILE))
    page = reverse("rosters:preview", args=[made.pk])
    for user in (other_clerk_user, secretary_user, member_user):
        clerk.force_login(user)
        assert clerk.get(page).status_code == 404
        assert clerk.post(reverse("rosters:apply", args=[made.pk])).status_code == 404
    assert clerk.get(reverse("rosters:list")).status_code == 404


def test_a_clerk_cannot_import_into_another_township(clerk: Client, register: Register) -> None:
    answer = clerk.post(
        reverse("rosters:list"),
        {
            "file": SimpleUploadedFile("r.xlsx", workbook(FILE)),
            "scope": register.t2.pk,
            "effective_on": "2011-06-01",
        },
    )
    assert answer.status_code == 422
    assert not RosterImport.objects.exists()


def test_the_template_comes_back_without_errors(clerk: Client, register: Register) -> None:
    content = clerk.get(reverse("rosters:template")).content
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames[:4] == list(HEADINGS)
    assert book["党组织"].freeze_panes == "A2"
    assert book["党组织"].data_validations.count == 3
    made = upload(clerk, register, content)
    assert not made.errors
    assert not any(made.counts.values())


def test_the_template_explains_itself_by_an_example_that_fits(
    clerk: Client, register: Register
) -> None:
    content = clerk.get(reverse("rosters:template")).content
    notes = openpyxl.load_workbook(BytesIO(content)).worksheets[4]
    rows = [[str(cell) for cell in row if cell] for row in notes.iter_rows(values_only=True)]
    (post,) = (row for row in rows if row[:1] == ["职务"])
    assert "支部书记" in post
    assert "其它基层党组织书记" in post
    assert "市州委书记" not in post
    # The column that is seldom needed is explained by its heading.
    assert any("所在党组织编码" in row[0] for row in rows if len(row) == 1)

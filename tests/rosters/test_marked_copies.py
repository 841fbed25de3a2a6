"""What is wrong comes back in the sender's own file: cells marked, sentences beside the rows."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.rosters.models import RosterImport
from tests.cast import Register
from tests.documents.incoming import excel

pytestmark = pytest.mark.django_db
ROWS = [
    ["青石镇党员花名册"],
    ["序号", "姓名", "出生年月", "身份证号码", "所在党支部"],
    [1, "孙五", "1970.05", "43092119700101002", "柳湾村党支部"],
    [2, "周六", "=1/0", "430921197001010036", None],
    [3, "吴七", "1970.06", "430921197001010044", "青石中学党支部"],
]
FILL = "FFF8CBAD"


def dress(book: Any) -> None:
    page = book["名册"]
    page.merge_cells("A1:E1")
    page.merge_cells("E3:E4")
    page.row_dimensions[5].hidden = True


@pytest.fixture
def clerk(client: Client, clerk_user: User) -> Client:
    client.force_login(clerk_user)
    return client


def upload(client: Client, register: Register, content: bytes, name: str) -> RosterImport:
    file = SimpleUploadedFile(name, content)
    said = {"file": file, "scope": register.t1.pk, "effective_on": "2011-06-01"}
    client.post(reverse("rosters:list"), said)
    return RosterImport.objects.latest("pk")


def test_the_sender_gets_the_list_back_corrects_it_and_sends_it_again(
    clerk: Client, register: Register
) -> None:
    made = upload(clerk, register, excel({"封面": [["甲"]], "名册": ROWS}, dress), "名册.xlsx")
    assert [error["cell"] for error in made.errors] == ["D3", "C4"]
    address = reverse("rosters:marked", args=[made.pk])
    assert address in clerk.get(reverse("rosters:preview", args=[made.pk])).content.decode()
    book = openpyxl.load_workbook(BytesIO(clerk.get(address).getvalue()))
    assert book.sheetnames == ["封面", "名册"]
    page = book["名册"]
    marked = [
        cell.coordinate
        for row in page.iter_rows()
        for cell in row
        if cell.fill.start_color.rgb == FILL
    ]
    assert marked == ["D3", "C4"]
    assert page["F3"].value.startswith("※ …1002 不是身份证号")
    assert page["F4"].value.startswith("※ 此格只有公式")
    assert page["F5"].value is None
    assert {str(area) for area in page.merged_cells.ranges} == {"A1:E1", "E3:E4"}
    assert page.row_dimensions[5].hidden
    assert [page["C4"].value, page["B5"].value, page["A5"].value] == ["=1/0", "吴七", 3]
    page["D3"], page["C4"] = "430921197001010028", "1970.07"
    file = BytesIO()
    book.save(file)
    again = upload(clerk, register, file.getvalue(), "名册.xlsx")
    assert (again.errors, again.counts["add"]) == ([], {"person": 3})
    assert "column_nameless" not in [note["code"] for note in again.notes]


def test_a_list_of_text_comes_back_as_a_workbook(clerk: Client, register: Register) -> None:
    lines = "姓名,性别,出生年月,所在党支部\n孙五,男,1970,柳湾村党支部\n"
    made = upload(clerk, register, lines.encode("gb18030"), "名册.csv")
    answer = clerk.get(reverse("rosters:marked", args=[made.pk]))
    page = openpyxl.load_workbook(BytesIO(answer.getvalue())).active
    assert page["C2"].fill.start_color.rgb == FILL
    assert "1970" in page["E2"].value


def test_nobody_else_gets_the_file(
    clerk: Client, client: Client, register: Register, office_user: User
) -> None:
    made = upload(clerk, register, excel({"名册": ROWS}), "名册.xlsx")
    address = reverse("rosters:marked", args=[made.pk])
    client.force_login(office_user)
    page = client.get(reverse("rosters:preview", args=[made.pk]))
    assert (page.status_code, address in page.content.decode()) == (200, False)
    assert client.get(address).status_code == 403
    sound = upload(client, register, excel({"名册": ROWS[1:2] + ROWS[4:]}), "名册.xlsx")
    assert client.get(reverse("rosters:marked", args=[sound.pk])).status_code == 403

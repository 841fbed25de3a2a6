"""Beside the stages: the teller's sheet to be printed and signed, results; under fitting names."""

from io import BytesIO
from urllib.parse import unquote

import openpyxl
import pytest
from django.urls import reverse

from pingyi.appraisals.rules.identities import Line
from pingyi.campaigns.models import Unit
from tests.appraisals.conftest import BAD, GOOD, MEMBER_ITEMS, unit_lines


@pytest.fixture
def ask(client, clerk_user, first_round):
    """A document of the village, as the clerk of its township gets it."""

    def asked(name, form="annex4", kind="xlsx", unit="T1-1", user=clerk_user):
        client.force_login(user)
        return client.get(reverse(f"appraisals:{name}", args=["cx2011", "first", unit, form, kind]))

    return asked


def rows(answer):
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    return [tuple(cell for cell in row) for row in sheet.iter_rows(values_only=True)]


def texts(answer):
    return " ".join(str(cell) for row in rows(answer) for cell in row if cell is not None)


def people_lines(unit: Unit):
    people = list(unit.members.order_by("pk"))
    return [
        Line(item, BAD if person == people[0] else GOOD, member=person.pk)
        for person in people
        for item in MEMBER_ITEMS
    ]


def test_before_the_count_the_sheet_leaves_room(ask, first_round):
    answer = ask("count-sheet")
    said = texts(answer)
    for words in ("柳湾村党支部", "应到", "监票人（签名）", "计票人（签名）"):
        assert words in said
    first = next(row for row in rows(answer) if row[0] == 1)
    assert set(first[2:]) == {None}
    assert "张小芳" in texts(ask("count-sheet", "annex5"))


def test_the_sheet_has_the_figures_as_they_are_typed(ask, prepared, typed, village):
    typed(prepared(village), unit_lines())
    answer = ask("count-sheet")
    first = next(row for row in rows(answer) if row[0] == 1)
    assert [cell for cell in first[2:] if cell is not None] == [6, 2, 1, 1, 0, 0]
    assert "周监票" in texts(answer)
    assert "吴计票" in texts(answer)


def test_the_result_of_the_organization_and_of_each_member(ask, prepared, signed, village):
    appraisal = prepared(village)
    signed(appraisal, unit_lines())
    signed(appraisal, people_lines(village), form="annex5")
    said = texts(ask("result-document"))
    assert "90.0%\u30009/10" in said
    found = [row for row in rows(ask("result-document", "annex5")) if isinstance(row[0], int)]
    first = found[: len(MEMBER_ITEMS)]
    assert [row[2] for row in first][-1] == "基本评价"
    assert {row[3:7] for row in first} == {(2, 2, 1, 5)}
    assert {str(row[1]) for row in found} >= {"王大山", "张小芳", "刘洋"}


def test_the_page_shows_all_items_of_each_member(client, clerk_user, prepared, signed, village):
    signed(prepared(village), people_lines(village), form="annex5")
    client.force_login(clerk_user)
    page = client.get(reverse("appraisals:result", args=["cx2011", "first", "T1-1"]))
    table = page.content.decode().split('<th scope="col">党员姓名</th>')[1].split("</table>")[0]
    assert table.count("联系和服务群众情况") == village.members.count()
    assert '<th scope="col" class="num">无效</th>' in table


def test_there_is_no_result_before_it_is_signed(ask, prepared, typed, village):
    typed(prepared(village), unit_lines())
    assert ask("result-document").status_code == 404
    assert ask("count-sheet", kind="docx").status_code == 404
    assert ask("result-document", kind="docx").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_the_files_are_named_as_a_clerk_would(ask, prepared, signed, village, kind):
    signed(prepared(village), unit_lines())
    for name, words in (("count-sheet", "计票表"), ("result-document", "结果")):
        said = unquote(ask(name, kind=kind)["Content-Disposition"])
        assert said.endswith(f"柳湾村党支部_附件4_{words}_第一次.{kind}")


def test_they_are_for_those_who_read_the_appraisal(ask, first_round, other_clerk_user, member_user):
    assert ask("count-sheet", user=other_clerk_user).status_code == 404
    assert ask("count-sheet", user=member_user).status_code == 403


def test_they_stand_beside_the_stage(client, clerk_user, prepared, signed, village):
    signed(prepared(village), unit_lines())
    client.force_login(clerk_user)
    page = client.get("/appraisals/cx2011/first/T1-1/").content.decode()
    for address in (
        "/paper/cx2011/first/T1-1/blank/annex5.pdf",
        "/appraisals/cx2011/first/T1-1/sheet/annex5.pdf",
        "/appraisals/cx2011/first/T1-1/result/annex4.pdf",
    ):
        assert f'href="{address}"' in page
    assert 'result/annex5.pdf"' not in page

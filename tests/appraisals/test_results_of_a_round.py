"""A round's results as a workbook, a line for each subject; answers that a quota counts."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Count
from pingyi.appraisals.queries.results import ItemResult, quota_items
from pingyi.appraisals.rules.counting import answers_of
from pingyi.appraisals.rules.identities import Line
from pingyi.campaigns.models import Round, Unit
from pingyi.campaigns.queries.packs import known_pack
from tests.appraisals.conftest import BAD, GOOD, MEMBER_ITEMS, unit_lines

OPTIONS = [("a", "优秀"), ("b", "合格"), ("c", "不合格")]


@pytest.fixture
def ask(client: Client, first_round: Round) -> Callable[..., Any]:
    def asked(user: User, form: str = "annex4") -> Any:
        client.force_login(user)
        return client.get(reverse("appraisals:results", args=["cx2011", "first", form]))

    return asked


def sheet_of(answer: Any) -> tuple[list[str], list[list[Any]]]:
    """The headings and the lines below them."""
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if row[0] == "序号")
    return [str(head) for head in rows[at]], [
        row for row in rows[at + 1 :] if isinstance(row[0], int)
    ]


def test_each_member_has_one_line_with_all_items(
    ask: Any, prepared: Any, signed: Any, village: Unit, clerk_user: User
) -> None:
    people = list(village.members.order_by("pk"))
    lines = [
        Line(item, BAD if person == people[0] else GOOD, member=person.pk)
        for person in people
        for item in MEMBER_ITEMS
    ]
    signed(prepared(village), lines, form="annex5")
    heads, rows = sheet_of(ask(clerk_user, "annex5"))
    assert [row[3] for row in rows] == [person.shown_name for person in people]
    assert {row[2] for row in rows} == {"柳湾村党支部"}
    at = heads.index("联系和服务群众情况\u3000满意")
    assert rows[0][at : at + 6] == [2, 2, 1, 5, 0, 0]
    assert "50.0%\u30005/10" in rows[0]
    assert "得票最多" not in " ".join(heads)


def test_each_organization_has_one_line_signed_counts_only(
    ask: Any, prepared: Any, typed: Any, signed: Any, village: Unit, clerk_user: User
) -> None:
    appraisal = prepared(village)
    typed(appraisal, unit_lines())
    assert sheet_of(ask(clerk_user))[1] == []
    Count.objects.all().delete()
    signed(appraisal, unit_lines())
    assert Count.objects.get().state == CountState.SIGNED
    heads, rows = sheet_of(ask(clerk_user))
    [line] = rows
    assert line[1:3] == ["中共青石镇委员会", "柳湾村党支部"]
    assert len(heads) == len([cell for cell in line if cell is not None])


def test_what_is_no_results_is_not_found(ask: Any, clerk_user: User, member_user: User) -> None:
    assert ask(clerk_user, "annex9").status_code == 404
    assert ask(member_user).status_code == 404


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ({"a": 6, "b": 4}, "优秀"),
        ({"a": 4, "b": 3, "c": 3}, "优秀（未过半）"),
        ({"a": 5, "b": 5}, "并列：优秀、合格"),
        ({"a": 0}, ""),
    ],
)
def test_ties_and_pluralities_are_said(
    votes: dict[str, int], said: str, first_round: Round
) -> None:
    pack = known_pack("minzhu-pingyi").pack
    assert pack is not None
    assert pack.appraisal is not None
    form = pack.appraisal.forms[0]
    assert quota_items(pack.appraisal, form) == {"overall"}
    line = Line("overall", votes)
    assert ItemResult(form.items[0], line, answers_of(line, OPTIONS), []).most == said

"""领导班子测评 from opening to closing: item tree, points and weighted strata, worked by hand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pingyi.accounts.models import User
from pingyi.appraisals import operations as appraisals
from pingyi.appraisals.models import Appraisal, Flag
from pingyi.appraisals.operations.grades import decide_grades
from pingyi.appraisals.queries import needed_plan
from pingyi.appraisals.queries.grades import subjects_of
from pingyi.appraisals.queries.pages import form_results
from pingyi.appraisals.queries.whole import whole_results
from pingyi.appraisals.rules.identities import Figures, Line
from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.models import Round
from pingyi.campaigns.operations.rounds import close_round
from pingyi.campaigns.queries import gaps_of
from tests.cast import Register
from tests.web.working import HELD_ON, PLAIN

pytestmark = pytest.mark.any_database
Votes = Sequence[int]
POINTS = "优秀 × 100 + 良好 × 80 + 一般 × 60 + 较差 × 40"
GROUPS = "30% × 思想政治建设 + 30% × 作风和廉政建设 + 40% × 工作实绩"
PANEL = {"superiors": (6, 5), "cadres": (12, 10), "staff": (25, 20)}


@pytest.fixture
def round_(register: Register, now: datetime) -> Round:
    campaign = campaigns.open_campaign(
        code="year", name="年度", pack_code="banzi-ceping", root=register.county,
        cut_off_on=date(2011, 5, 31), by=None, now=now,
    )  # fmt: skip
    opened = campaign.rounds.select_related("campaign").get()
    return campaigns.open_round(round_=opened, by=None, now=now)


def meet(round_: Round, code: str, now: datetime) -> Appraisal:
    where = {"round_": round_, "unit": round_.campaign.units.get(code=code), "now": now, **PLAIN}
    appraisals.record_stage(stage="report", **where)
    met = appraisals.record_meeting(stage="meeting", place="会议室", panel=PANEL, **where)
    return met.appraisal


def sign(
    appraisal: Appraisal, stratum: str, usual: Votes, other: Mapping[str, Votes], now: datetime
) -> None:
    """A box with these votes on every item, and others where they are named; the rest is blank."""
    [form] = needed_plan(appraisal.round).forms
    n = sum(usual)
    count = appraisals.start_count(
        round_=appraisal.round, unit=appraisal.unit, form=form.code, stratum=stratum,
        counted_on=HELD_ON, by=None, now=now,
    )  # fmt: skip
    lines = []
    for item in form.items:
        votes = other.get(item.code, usual)
        given = {option.code: n for option, n in zip(form.options, votes, strict=True)}
        lines.append(Line(item.code, given, abstained=n - sum(votes)))
    due, present = PANEL[stratum]
    appraisals.save_count(
        count=count, figures=Figures(due, present, n, n, n, 0), lines=lines,
        scrutineer="周监票", teller="吴计票", counted_on=HELD_ON, by=None, now=now,
    )  # fmt: skip
    appraisals.sign_count(count=count, by=None, now=now)


def first_town(round_: Round, now: datetime) -> Appraisal:
    """84.16 points: 20 % of 90, 40 % of 86, 40 % of 79.4.

    Superiors 3 × 100 + 2 × 80 over 5 = 92, of reform one is blank: 360 over 5 = 72.
    Cadres 500 + 240 + 120 over 10 = 86. Staff 1640 over 20 = 82, of integrity 1380 over 20 = 69.
    """
    appraisal = meet(round_, "T1", now)
    sign(appraisal, "superiors", (3, 2, 0, 0), {"reform": (2, 2, 0, 0)}, now)
    sign(appraisal, "cadres", (5, 3, 2, 0), {}, now)
    sign(appraisal, "staff", (8, 8, 2, 2), {"clean": (4, 6, 5, 5)}, now)
    return appraisal


def test_the_score_is_that_of_the_tree_in_every_stratum_and_together(
    round_: Round, now: datetime
) -> None:
    appraisal = first_town(round_, now)
    found = {result.box.key[1]: result.scores for result in form_results(appraisal)}
    totals = {stratum: scores.rows[0][1] for stratum, scores in found.items() if scores}
    # Results of superiors: 3/4 × 92 + 1/4 × 72; conduct of staff: 1/3 × 82 + 2/3 × 69.
    assert totals["superiors"].parts == (92, 92, 87)
    assert totals["staff"].parts == (82, Fraction(220, 3), 82)
    assert [(totals[one].value, totals[one].band) for one in PANEL] == [
        (90, "优秀"), (86, "优秀"), (Fraction(397, 5), "良好"),
    ]  # fmt: skip
    [whole] = whole_results(appraisal)
    assert whole.scores is not None
    [(name, total)] = whole.scores.rows
    assert (name, total.value, total.band) == ("", Fraction(2104, 25), "良好")
    with override("zh-hans"):
        [whole] = whole_results(appraisal)
        assert whole.scores is not None
        assert whole.scores.formulas == [
            f"项目得分 =（{POINTS}）÷ 有效票（不含不计入基数的选项）",
            "思想政治建设 = 50% × 政治方向 + 25% × 民主集中制 + 25% × 团结协作",
            "作风和廉政建设 = 1/3 × 联系群众 + 2/3 × 廉洁从政",
            "工作实绩 = 75% × 完成任务 + 25% × 改革创新",
            f"综合得分 = {GROUPS}、优秀 ≥ 85、良好 ≥ 75、一般 ≥ 60",
            "综合得分 = 20.0% × 上级领导 + 40.0% × 中层以上干部 + 40.0% × 干部群众代表",
        ]


def test_the_year_is_closed_once_people_have_decided(
    round_: Round, office_user: User, client: Client, now: datetime
) -> None:
    assert {gap.subject for gap in gaps_of(round_)} == {"中共青石镇委员会", "中共白水镇委员会"}
    [form] = needed_plan(round_).forms
    first = first_town(round_, now)
    other = meet(round_, "T2", now)
    for stratum in PANEL:
        # 100 + 3 × 80 over 4 are exactly 85, and a band holds its lower end.
        sign(other, stratum, (1, 3, 0, 0), {}, now)
    [whole] = whole_results(other)
    assert whole.scores is not None
    assert [(total.value, total.band) for _name, total in whole.scores.rows] == [(85, "优秀")]
    assert not Flag.objects.exists()
    assert list(gaps_of(round_)) == []
    # Most ballots for the first town are the best mark; its score and what is decided are not.
    [one] = subjects_of(first, form)
    assert one.proposed == "excellent"
    by = {"decider": "县委常委会", "decided_on": HELD_ON, "by": None, "now": now}
    reason = {None: ("very_good", "廉洁从政测评偏低")}
    decide_grades(appraisal=first, form=form, grades=reason, **by)
    decide_grades(appraisal=other, form=form, grades={None: ("very_good", "")}, **by)
    for appraisal in (first, other):
        where = {"round_": round_, "unit": appraisal.unit, "now": now, **PLAIN}
        appraisals.record_stage(stage="feedback", **where)
    assert close_round(round_=round_, by=None, now=now).state == "closed"
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    where_ = ["year", "year", "T1"]
    page = client.get(reverse("appraisals:result", args=where_)).content.decode()
    for words in ("84.16", "2104/25", "79.40", "73.33", "1380/20", "1/3 × 联系群众"):
        assert words in page
    for form_code, words in (
        ("group_sheet", "84.16\u3000良好"), ("group_sheet-staff", "69.00\u30001380/20"),
    ):  # fmt: skip
        address = reverse("appraisals:result-document", args=[*where_, form_code, "xlsx"])
        assert any(words in cell for cell in cells(client, address)), form_code
    assert "79.40\u3000良好" in cells(
        client, reverse("appraisals:results", args=["year", "year", "group_sheet"])
    )
    ledger = cells(client, reverse("appraisals:ledger", args=["year", "year", "xlsx"]))
    assert any("综合得分 79.40 良好" in cell for cell in ledger)
    # For the meeting: eight items of all strata together, and of each stratum the overall one.
    summary = cells(client, reverse("appraisals:summary", args=[*where_, "xlsx"]))
    assert summary.count("总体评价") == 4
    assert summary.count("廉洁从政") == 1
    assert "84.16\u3000良好" in summary
    pack = client.get(reverse("campaigns:pack", args=["banzi-ceping"])).content.decode()
    assert "3/10 × 思想政治建设" in pack


def cells(client: Client, address: str) -> list[str]:
    sheet = openpyxl.load_workbook(BytesIO(client.get(address).content)).active
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]

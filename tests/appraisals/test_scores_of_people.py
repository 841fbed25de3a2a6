"""Scores of people stand in their order, and those of strata added up are of all ballots."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from io import BytesIO

import openpyxl
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.appraisals.queries.pages import form_results
from pingyi.appraisals.queries.whole import whole_results
from pingyi.campaigns.models import Round
from tests.appraisals.test_counted_apart import ADDED_UP, CADRES, QUOTA
from tests.packs_of_their_own import HEAD, STAGES, ballot, counted

Opened = Callable[[str], Round]
SCORED = (
    ballot("a", "member", f'member_label = "姓名"\n{CADRES}\nscoring = {{ label = "综合得分" }}')
    .replace('label = "满意" }', 'label = "满意", score = 10 }')
    .replace('label = "不满意" }', 'label = "不满意", score = 2 }')
)
UNRATED = STAGES.partition("rates = [")[0] + "rates = []\n"


def cells(client: Client, address: str) -> list[tuple[str, ...]]:
    sheet = openpyxl.load_workbook(BytesIO(client.get(address).content)).active
    return [tuple(map(str, filter(None, row))) for row in sheet.iter_rows(values_only=True)]


def test_the_overall_item_is_the_score_where_nothing_weighs(
    own_campaign: Opened, office_user: User, client: Client, now: datetime
) -> None:
    round_ = own_campaign(HEAD + STAGES + SCORED + QUOTA)
    # 6 × 10 + 4 × 2 over 10: those who do not know are outside.
    appraisal = counted(round_, "T1", "a", now, 6, 4, unknown=5).appraisal
    [result] = form_results(appraisal)
    assert result.scores is not None
    assert [name for name, _total in result.scores.rows] == ["陈卫东", "李秀兰"]
    assert {total.value for _name, total in result.scores.rows} == {Fraction(34, 5)}
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    where = ["own", "year", "T1"]
    page = client.get(reverse("appraisals:result", args=where)).content.decode()
    assert "6.80" in page
    assert "68/10" in page
    table = cells(client, reverse("appraisals:result-document", args=[*where, "a", "xlsx"]))
    assert ("4", "李秀兰", "6.80") in table
    line = next(
        row for row in cells(client, reverse("appraisals:results", args=["own", "year", "a"]))
        if "李秀兰" in row
    )  # fmt: skip
    assert {"6.80\u300068/10", "6.80"} <= set(line)
    pdf = client.get(reverse("appraisals:result-document", args=[*where, "a", "pdf"]))
    assert pdf.content.startswith(b"%PDF")


def test_without_weights_the_points_of_all_ballots_are_added_up(
    own_campaign: Opened, office_user: User, client: Client, now: datetime
) -> None:
    round_ = own_campaign(HEAD + ADDED_UP + SCORED)
    counted(round_, "T1", "a", now, 6, 4, stratum="clients")
    counted(round_, "T1", "a", now, 0, 0, unknown=3, stratum="superiors")
    appraisal = counted(round_, "T1", "a", now, 1, 4, stratum="public").appraisal
    [whole] = whole_results(appraisal)
    assert whole.scores is not None
    name, total = whole.scores.rows[1]
    # (60 + 8 + 10 + 8) over 15; superiors gave no answer.
    assert (name, total.value) == ("李秀兰", Fraction(86, 15))
    assert total.parts == (Fraction(34, 5), None, Fraction(18, 5))
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    where = ["own", "year", "T1"]
    assert "86/15" in client.get(reverse("appraisals:result", args=where)).content.decode()
    table = cells(client, reverse("appraisals:result-document", args=[*where, "a", "xlsx"]))
    assert ("4", "李秀兰", "综合得分", "6.80", "-", "3.60", "5.73") in table


def test_a_ballot_may_have_points_and_no_rates(
    own_campaign: Opened, office_user: User, client: Client, now: datetime
) -> None:
    on_units = SCORED.replace('"member"', '"organization"', 1)
    on_units = on_units.replace(CADRES, 'units = { levels = ["township"] }')
    on_units = on_units.replace('member_label = "姓名"', "")
    round_ = own_campaign(HEAD + UNRATED + on_units)
    counted(round_, "T1", "a", now, 5, 3)
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    # 50 + 6 over 8
    page = client.get(reverse("appraisals:result", args=["own", "year", "T1"])).content.decode()
    assert "7.00" in page
    ledger = cells(client, reverse("appraisals:ledger", args=["own", "year", "xlsx"]))
    assert any("综合得分 7.00" in row for row in ledger)

"""All results of an organization on one sheet: every box, all together, and what was decided."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.appraisals.models import Flag
from pingyi.appraisals.operations.decisions import decide
from pingyi.appraisals.operations.grades import decide_grades
from pingyi.appraisals.queries import needed_plan
from pingyi.campaigns.models import Round
from tests.appraisals.test_counted_apart import ADDED_UP, BY_WEIGHT, LOW, TOWNS, all_three
from tests.appraisals.test_scores_of_people import SCORED
from tests.documents_reading import pdf_pages
from tests.packs_of_their_own import HEAD, HELD_ON, STAGES, ballot, counted

Opened = Callable[[str], Round]
GRADED = """decision = { label = "等次", grades = [
  { code = "yes", label = "好" }, { code = "no", label = "差" },
] }"""
WHERE = ["own", "year", "T1"]
SUMMARY = ("appraisals:summary", [*WHERE, "xlsx"])


@pytest.fixture
def reader(client: Client, office_user: User) -> Client:
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def rows(reader: Client) -> list[tuple[str, ...]]:
    name, args = SUMMARY
    content = reader.get(reverse(name, args=args)).content
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    return [tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)]


def line(found: list[tuple[str, ...]], *words: str) -> tuple[str, ...]:
    [one] = [row for row in found if all(any(word in cell for cell in row) for word in words)]
    return one


def test_nothing_is_summed_up_before_it_is_counted(own_campaign: Opened, reader: Client) -> None:
    own_campaign(HEAD + STAGES + ballot("a", "organization", TOWNS))
    name, args = SUMMARY
    assert reader.get(reverse(name, args=args)).status_code == 404


def test_strata_follow_what_they_say_together(
    own_campaign: Opened, reader: Client, now: datetime
) -> None:
    text = ballot("a", "organization", f"{TOWNS}\n{GRADED}")
    round_ = own_campaign(HEAD + BY_WEIGHT + text + LOW)
    appraisal = all_three(round_, now)
    found = rows(reader)
    assert "64.6%\u300031/48" in line(found, "各类合计", "总体评价")[4]
    assert line(found, "服务对象", "总体评价")[3] == "满意 12\u3000不满意 6\u3000不了解 2"
    assert line(found, "尚未决定")[0].endswith("满意率低于65%：尚未决定")
    [form] = needed_plan(round_).forms
    by = {"decider": "县纪委", "decided_on": HELD_ON, "by": None, "now": now}
    decide(flag=Flag.objects.get(), decision="限期整改", **by)
    decide_grades(appraisal=appraisal, form=form, grades={None: ("yes", "")}, **by)
    found = rows(reader)
    assert line(found, "各类合计", "总体评价")[6] == "好"
    assert line(found, "服务对象", "总体评价")[6] == ""
    assert line(found, "限期整改")
    page = reader.get(reverse("appraisals:result", args=WHERE)).content.decode()
    pdf = reverse("appraisals:summary", args=[*WHERE, "pdf"])
    assert pdf in page
    assert len(pdf_pages(reader.get(pdf).content)) == 1


def test_people_have_their_overall_item_score_and_grade(
    own_campaign: Opened, reader: Client, now: datetime
) -> None:
    round_ = own_campaign(HEAD + STAGES + SCORED.replace("scoring =", f"{GRADED}\nscoring ="))
    appraisal = counted(round_, "T1", "a", now, 6, 4).appraisal
    [form] = needed_plan(round_).forms
    [one, _other] = appraisal.counts.get().lines.values_list("participant", flat=True)
    decide_grades(
        appraisal=appraisal, form=form, grades={one: ("yes", "")},
        decider="党委会", decided_on=HELD_ON, by=None, now=now,
    )  # fmt: skip
    found = [row for row in rows(reader) if "陈卫东" in row or "李秀兰" in row]
    assert {row[5] for row in found} == {"6.80"}
    assert sorted(row[6] for row in found) == ["", "好"]


def test_people_whose_strata_are_added_up_stand_first_together(
    own_campaign: Opened, reader: Client, now: datetime
) -> None:
    round_ = own_campaign(HEAD + ADDED_UP + SCORED)
    for stratum in ("clients", "superiors", "public"):
        counted(round_, "T1", "a", now, 6, 4, stratum=stratum)
    found = [row for row in rows(reader) if "李秀兰" in row]
    assert len(found) == 4
    assert found[0][4] == "满意率 60.0%\u300018/30"
    assert found[0][5] == "6.80"

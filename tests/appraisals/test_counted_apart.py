"""Strata that are counted apart: a box each, and a whole that is never without its parts."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from urllib.parse import quote

import openpyxl
import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.appraisals.models import Appraisal, Flag
from pingyi.appraisals.operations import record_meeting, start_count
from pingyi.appraisals.operations.counts import reopen_count, sign_count
from pingyi.appraisals.operations.decisions import decide
from pingyi.appraisals.queries import ballot_boxes, coverage
from pingyi.appraisals.queries.ledger import is_in_state
from pingyi.appraisals.queries.pages import form_results, next_deed
from pingyi.appraisals.queries.stages import stages_done
from pingyi.appraisals.queries.whole import whole_results
from pingyi.campaigns.models import Round
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from tests.documents_reading import pdf_pages
from tests.packs_of_their_own import HEAD, HELD_ON, STAGES, ballot, counted, missing

Opened = Callable[[str], Round]
TOWNS = 'units = { levels = ["township"] }'
CADRES = 'people = { categories = ["township_secretary", "township_leader"] }'
STRATA = ("clients", "superiors", "public")
BY_WEIGHT = STAGES.replace(
    "strata = []",
    """strata = [
  { code = "clients", label = "服务对象", weight = "50%" },
  { code = "superiors", label = "上级", weight = "25%" },
  { code = "public", label = "社会代表", weight = "1/4" },
]""",
).replace("counting = {}", 'counting = { apart = true, quorum = "1/2" }')
ADDED_UP = BY_WEIGHT
for weight in ("50%", "25%", "1/4"):
    ADDED_UP = ADDED_UP.replace(f', weight = "{weight}"', "")
LOW = """
[[appraisal.flags]]
kind = "threshold"
code = "low"
label = "满意率低于65%"
form = "a"
item = "overall"
rate = "good"
below = "65%"
"""
QUORUM = """
[[appraisal.flags]]
kind = "quorum"
code = "few"
label = "到会不足"
"""
QUOTA = LOW.replace("threshold", "quota").replace(
    'rate = "good"\nbelow = "65%"', 'option = "yes"\nat_most = "1/3"'
)
QUOTA = QUOTA.replace('"low"', '"many"')


def all_three(round_: Round, now: datetime, code: str = "T1", form: str = "a") -> Appraisal:
    """12 of 18 clients are content (2 know nothing), 3 of 4 superiors, 5 of 10 of the public."""
    counted(round_, code, form, now, 12, 6, unknown=2, stratum="clients")
    counted(round_, code, form, now, 3, 1, stratum="superiors")
    return counted(round_, code, form, now, 5, 5, stratum="public").appraisal


def test_the_whole_is_the_weighted_sum_of_exact_rates(own_campaign: Opened, now: datetime) -> None:
    round_ = own_campaign(HEAD + BY_WEIGHT + ballot("a", "organization", TOWNS) + LOW)
    appraisal = all_three(round_, now)
    [result] = whole_results(appraisal)
    [row] = result.rows
    assert [part.rate.value for part in row.parts] == [
        Fraction(2, 3), Fraction(3, 4), Fraction(1, 2),
    ]  # fmt: skip
    # 1/2 × 2/3 + 1/4 × 3/4 + 1/4 × 1/2
    assert row.rate.value == Fraction(31, 48)
    assert result.formula == "50.0% × 服务对象 + 25.0% × 上级 + 25.0% × 社会代表"
    flag = Flag.objects.get(code="low")
    assert flag.facts == {"numerator": 31, "denominator": 48, "threshold": "13/20"}
    assert [each.box.code for each in form_results(appraisal)] == [f"a-{one}" for one in STRATA]
    assert str(appraisal.counts.get(stratum="public")).split()[1:] == ["a", "public", "1"]


def test_without_weights_the_ballots_are_added_up(own_campaign: Opened, now: datetime) -> None:
    round_ = own_campaign(HEAD + ADDED_UP + ballot("a", "organization", TOWNS) + LOW)
    [result] = whole_results(all_three(round_, now))
    # (12 + 3 + 5) of (18 + 4 + 10)
    assert (result.rows[0].rate.numerator, result.rows[0].rate.denominator) == (20, 32)
    assert result.formula == "服务对象 + 上级 + 社会代表"
    assert Flag.objects.get(code="low").facts["numerator"] == 20


def test_a_stratum_without_an_answer_leaves_no_whole(own_campaign: Opened, now: datetime) -> None:
    round_ = own_campaign(HEAD + BY_WEIGHT + ballot("a", "organization", TOWNS) + LOW)
    counted(round_, "T1", "a", now, 0, 0, unknown=3, stratum="clients")
    counted(round_, "T1", "a", now, 3, 1, stratum="superiors")
    appraisal = counted(round_, "T1", "a", now, 5, 5, stratum="public").appraisal
    [result] = whole_results(appraisal)
    assert result.rows[0].rate.value is None
    assert not Flag.objects.exists()


def test_nothing_is_counted_before_every_stratum_is(own_campaign: Opened, now: datetime) -> None:
    round_ = own_campaign(HEAD + BY_WEIGHT + ballot("a", "organization", TOWNS) + LOW)
    unit = round_.campaign.units.get(code="T1")
    town = ("中共青石镇委员会",) * 2
    for done, stratum in enumerate(STRATA):
        deed = next_deed(round_, unit)
        assert deed is not None
        assert (deed.page, deed.code) == ("count", f"a-{stratum}")
        assert town in missing(round_)
        assert stages_done(round_, unit) == set()
        assert not round_.campaign.units.filter(is_in_state(round_, "counted")).exists()
        begun = round_.campaign.units.filter(is_in_state(round_, "begun"))
        assert begun.exists() is (done > 0)
        appraisal = counted(round_, "T1", "a", now, 4, stratum=stratum).appraisal
    assert town not in missing(round_)
    assert stages_done(round_, unit) == {"ballot"}
    assert coverage.progress(round_, [unit])[unit.pk].counted
    top = round_.campaign.units.get(code="X")
    assert coverage.progress_below(round_, [top])[top.pk].counted == 1
    assert Entry.objects.filter(subject="T1 year a-public 1").count() == 2
    assert Flag.objects.filter(appraisal=appraisal).count() == 1


@pytest.mark.parametrize("stratum", ["", "nobody"])
def test_whose_ballots_are_counted_is_said(
    stratum: str, own_campaign: Opened, now: datetime
) -> None:
    round_ = own_campaign(HEAD + BY_WEIGHT + ballot("a", "organization", TOWNS))
    with pytest.raises(Refusal) as caught:
        counted(round_, "T1", "a", now, stratum=stratum)
    assert caught.value.code == "unknown_stratum"


def test_where_nothing_is_counted_apart_no_stratum_is_named(
    own_campaign: Opened, now: datetime
) -> None:
    round_ = own_campaign(HEAD + STAGES + ballot("a", "organization", TOWNS))
    with pytest.raises(Refusal) as caught:
        counted(round_, "T1", "a", now, stratum="clients")
    assert caught.value.code == "unknown_stratum"
    assert whole_results(counted(round_, "T1", "a", now).appraisal) == []


def test_opening_one_box_again_withdraws_what_all_raised(
    own_campaign: Opened, now: datetime
) -> None:
    round_ = own_campaign(HEAD + BY_WEIGHT + ballot("a", "organization", TOWNS) + LOW)
    appraisal = all_three(round_, now)
    first = appraisal.counts.get(stratum="clients")
    draft = reopen_count(count=first, reason="录入有误", by=None, now=now)
    assert (draft.stratum, draft.number) == ("clients", 1)
    assert not Flag.objects.exists()
    assert whole_results(appraisal) == []
    signed = sign_count(count=draft, by=None, now=now)
    flag = Flag.objects.get()
    assert flag.count == signed
    decide(flag=flag, decision="限期整改", decider="县纪委", decided_on=HELD_ON, by=None, now=now)
    with pytest.raises(Refusal) as caught:
        reopen_count(count=appraisal.counts.get(stratum="public"), reason="再改", by=None, now=now)
    assert caught.value.code == "count_decided"


def test_the_quorum_and_a_quota_are_of_all_strata_together(
    own_campaign: Opened, now: datetime
) -> None:
    round_ = own_campaign(HEAD + ADDED_UP + ballot("a", "member", CADRES) + QUOTA + QUORUM)
    counted(round_, "T1", "a", now, 1, 5, stratum="clients")
    counted(round_, "T1", "a", now, 5, 1, stratum="superiors")
    assert not Flag.objects.exists()
    appraisal = counted(round_, "T1", "a", now, 4, 1, stratum="public").appraisal
    # Both lead with yes, 10 of 17, though not with the clients; all who were due were present.
    [flag] = Flag.objects.all()
    assert (flag.code, flag.facts["numerator"], flag.facts["denominator"]) == ("many", 2, 2)
    assert {row.person for row in whole_results(appraisal)[0].rows} == {"陈卫东", "李秀兰"}


@pytest.mark.parametrize(("yes", "flags"), [(1, []), (4, ["many"])])
def test_with_weights_an_answer_leads_by_its_share_over_all_strata(
    yes: int, flags: list[str], own_campaign: Opened, now: datetime
) -> None:
    round_ = own_campaign(HEAD + BY_WEIGHT + ballot("a", "member", CADRES) + QUOTA)
    counted(round_, "T1", "a", now, yes, 6 - yes, stratum="clients")
    counted(round_, "T1", "a", now, 5, 1, stratum="superiors")
    counted(round_, "T1", "a", now, 4, 1, stratum="public")
    # 1/2 × 1/6 + 1/4 × 5/6 + 1/4 × 4/5 are less than a half, though yes has 10 ballots of 17.
    assert [flag.code for flag in Flag.objects.all()] == flags


def test_blank_ballots_say_for_which_box_they_are(
    own_campaign: Opened, clerk_user: User, client: Client
) -> None:
    round_ = own_campaign(HEAD + BY_WEIGHT + ballot("a", "organization", TOWNS))
    client.force_login(clerk_user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("appraisals:unit", args=["own", "year", "T1"])).content.decode()
    address = reverse("paper:blank-form", args=["own", "year", "T1", "a-public", "pdf"])
    assert address in page
    answer = client.get(address)
    assert "（社会代表）" in pdf_pages(answer.content)[0]
    assert quote("社会代表") in answer["Content-Disposition"]
    plain = reverse("paper:blank-form", args=["own", "year", "T1", "a", "pdf"])
    assert client.get(plain).status_code == 404
    assert [box.code for box in ballot_boxes(round_)] == [f"a-{one}" for one in STRATA]


def test_whoever_is_judged_is_missing_until_every_stratum_is_signed(
    own_campaign: Opened, now: datetime
) -> None:
    round_ = own_campaign(HEAD + BY_WEIGHT + ballot("a", "member"))
    someone = ("张小芳", "柳湾村党支部")
    counted(round_, "T1-1", "a", now, stratum="clients")
    counted(round_, "T1-1", "a", now, stratum="superiors")
    assert someone in missing(round_)
    counted(round_, "T1-1", "a", now, stratum="public")
    assert someone not in missing(round_)


def test_a_box_is_numbered_by_itself(own_campaign: Opened, now: datetime) -> None:
    round_ = own_campaign(HEAD + BY_WEIGHT + ballot("a", "organization", TOWNS))
    count = counted(round_, "T1", "a", now, stratum="clients")
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        count.appraisal.counts.create(
            form="a", stratum="clients", number=1, counted_on=HELD_ON, recorded_at=now
        )


def test_pages_and_papers_of_every_stratum(
    own_campaign: Opened, office_user: User, client: Client, now: datetime
) -> None:
    text = BY_WEIGHT.replace(
        "stages = [", 'stages = [{ code = "m", label = "会", kind = "meeting" }, '
    )
    cadres = ballot("a", "member", CADRES).replace(
        "name_label", 'member_label = "姓名"\nname_label'
    )
    round_ = own_campaign(HEAD + text + cadres + ballot("b", "organization", TOWNS))
    unit = round_.campaign.units.get(code="T1")
    record_meeting(
        round_=round_, unit=unit, stage="m", held_on=HELD_ON, place="会议室", content="到会投票",
        panel={"clients": (30, 20), "superiors": (4, 4), "public": (12, 10)}, by=None, now=now,
    )  # fmt: skip
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    where = ["own", "year", "T1"]
    page = client.get(reverse("appraisals:unit", args=where)).content.decode()
    box = reverse("appraisals:count", args=[*where, "a-clients"])
    assert box in page
    assert "附表a 测评表a · 服务对象" in page
    assert client.get(box).status_code == 200
    assert client.post(box, {}).url == box
    opened = client.get(box).content.decode()
    assert 'value="30"' in opened
    sheet = reverse("appraisals:count-sheet", args=[*where, "a-clients", "xlsx"])
    assert client.get(sheet).status_code == 200
    for nothing in ("a", "a-x"):
        gone = reverse("appraisals:count", args=[*where, nothing])
        assert client.get(gone).status_code == 404
    all_three(round_, now)
    all_three(round_, now, form="b")
    result = client.get(reverse("appraisals:result", args=where)).content.decode()
    assert "64.6%" in result
    assert "31/48" in result
    assert "50.0% × 服务对象" in result
    for form in ("a", "b"):
        whole = reverse("appraisals:result-document", args=[*where, form, "xlsx"])
        sheet = openpyxl.load_workbook(BytesIO(client.get(whole).content)).active
        cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
        assert any(cell.startswith("64.6%") for cell in cells)
        assert any("50.0% × 服务对象" in cell for cell in cells)
    part = reverse("appraisals:result-document", args=[*where, "a-clients", "pdf"])
    assert client.get(part).content.startswith(b"%PDF")
    every = client.get(reverse("appraisals:results", args=["own", "year", "a"]))
    rows = list(openpyxl.load_workbook(BytesIO(every.content)).active.iter_rows(values_only=True))
    assert sum("上级" in row for row in rows) == 2
    ledger = client.get(reverse("appraisals:ledger", args=["own", "year", "xlsx"]))
    lines = list(openpyxl.load_workbook(BytesIO(ledger.content)).active.iter_rows(values_only=True))
    assert sum("测评表b · 社会代表" in row for row in lines) == 1
    assert "分别计票" in client.get(reverse("campaigns:pack", args=["own"])).content.decode()


def test_a_vote_of_a_stratum_begins_once(own_campaign: Opened, now: datetime) -> None:
    round_ = own_campaign(HEAD + BY_WEIGHT + ballot("a", "organization", TOWNS))
    unit = round_.campaign.units.get(code="T1")
    begin = {"round_": round_, "unit": unit, "form": "a", "counted_on": HELD_ON, "now": now}
    first = start_count(stratum="clients", by=None, **begin)
    assert start_count(stratum="clients", by=None, **begin) == first
    assert start_count(stratum="public", by=None, **begin) != first

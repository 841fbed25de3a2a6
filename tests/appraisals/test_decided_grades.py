"""Grades are decided by people beside what was voted, with reasons, and within their quotas."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.appraisals.models import Appraisal, DecidedGrade
from pingyi.appraisals.operations.counts import reopen_count
from pingyi.appraisals.operations.grades import decide_grades
from pingyi.appraisals.queries.grades import decisions_of, how_many_undecided, subjects_of
from pingyi.appraisals.queries.ledger import is_in_state
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.appraisals.queries.results import flagged_appraisals, loose_ends, open_flags
from pingyi.campaigns.models import Round
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from tests.appraisals.test_counted_apart import BY_WEIGHT
from tests.at_once import AtOnce, refused
from tests.packs_of_their_own import HEAD, HELD_ON, STAGES, ballot, counted

Opened = Callable[[str], Round]
Decide = Callable[..., list[DecidedGrade]]
TOWNS = 'units = { levels = ["township"] }'
CADRES = 'people = { categories = ["township_secretary", "township_leader"] }'
GRADES = """decision = { label = "评定等次", grades = [
  { code = "yes", label = "优秀" }, { code = "no", label = "称职" },
  { code = "undetermined", label = "不定等次" },
], quotas = [{ grade = "yes", at_most = "1/2" }] }"""
OF_ONE = GRADES.replace(', quotas = [{ grade = "yes", at_most = "1/2" }]', "")
PACK = HEAD + STAGES + ballot("a", "member", f"{CADRES}\n{GRADES}")


@pytest.fixture
def decide(now: datetime) -> Decide:
    def done(appraisal: Appraisal | None, form: Any, grades: Any, **changes: Any) -> Any:
        given = {"decider": "镇党委会议", "decided_on": HELD_ON, "by": None, "now": now, **changes}
        return decide_grades(appraisal=appraisal, form=form, grades=grades, **given)

    return done


@pytest.fixture
def voted(own_campaign: Opened, now: datetime) -> Appraisal:
    """Of 青石镇 both leaders have six votes of ten for the first grade."""
    return counted(own_campaign(PACK), "T1", "a", now, 6).appraisal


@pytest.fixture
def keys(voted: Appraisal) -> dict[str, int]:
    people = voted.round.campaign.participants.all()
    return {person.name: person.pk for person in people}


def form_of(appraisal: Appraisal) -> Any:
    return needed_plan(appraisal.round).forms[0]


def test_the_vote_proposes_and_people_decide(
    voted: Appraisal, keys: dict[str, int], decide: Decide, now: datetime
) -> None:
    form = form_of(voted)
    assert [one.proposed for one in subjects_of(voted, form)] == ["yes", "yes"]
    assert how_many_undecided(voted.round) == 2
    assert any("2" in words for words in loose_ends(voted.round))
    rows = decide(
        voted, form, {keys["陈卫东"]: ("yes", ""), keys["李秀兰"]: ("no", " 任职不满半年 ")}
    )
    assert [(row.grade, row.proposed, row.reason) for row in rows] == [
        ("yes", "yes", ""), ("no", "yes", "任职不满半年"),
    ]  # fmt: skip
    assert str(rows[0]).endswith("yes")
    [shown] = decisions_of(voted)
    assert (shown.totals, shown.undecided) == ("优秀 1\u3000称职 1\u3000不定等次 0", 0)
    assert loose_ends(voted.round) == []
    line = Entry.objects.get(kind="appraisal.grades")
    assert line.subject == "T1 year a"
    again = decide(voted, form, {keys["李秀兰"]: ("undetermined", "请假半年以上")})
    assert [row.pk for row in again] == [rows[1].pk]
    assert DecidedGrade.objects.count() == 2


@pytest.mark.parametrize(
    ("grades", "changes", "code"),
    [
        ({"李秀兰": ("no", " ")}, {}, "reason_missing"),
        ({"李秀兰": ("undetermined", "")}, {}, "reason_missing"),
        ({"李秀兰": ("moon", "")}, {}, "unknown_grade"),
        ({"王大山": ("yes", "")}, {}, "unknown_member"),
        ({}, {}, "nothing_decided"),
        ({"李秀兰": ("yes", ""), "陈卫东": ("yes", "")}, {}, "quota_exceeded"),
        ({"李秀兰": ("yes", "")}, {"decider": " "}, "decision_missing"),
        ({"李秀兰": ("yes", "")}, {"decided_on": date(2011, 6, 2)}, "day_ahead"),
    ],
)
def test_what_no_decision_may_be(
    grades: dict[str, tuple[str, str]], changes: dict[str, Any], code: str,
    voted: Appraisal, keys: dict[str, int], decide: Decide,
) -> None:  # fmt: skip
    with pytest.raises(Refusal) as caught:
        decide(
            voted, form_of(voted), {keys[name]: said for name, said in grades.items()}, **changes
        )
    assert caught.value.code == code
    assert not DecidedGrade.objects.exists()


def test_the_quota_is_held_over_all_that_stand(
    voted: Appraisal, keys: dict[str, int], decide: Decide
) -> None:
    form = form_of(voted)
    decide(voted, form, {keys["李秀兰"]: ("yes", "")})
    with pytest.raises(Refusal) as caught:
        decide(voted, form, {keys["陈卫东"]: ("yes", "")})
    assert list(caught.value.details) == ["优秀：2 人，最多 1 人（2 人的 50%）"]
    with pytest.raises(Refusal) as caught:
        decide(voted, form, {keys["李秀兰"]: ("yes", "")})
    assert caught.value.code == "nothing_decided"
    decide(voted, form, {keys["李秀兰"]: ("no", "让贤"), keys["陈卫东"]: ("yes", "")})


def test_before_the_count_nothing_is_decided(
    own_campaign: Opened, decide: Decide, now: datetime
) -> None:
    round_ = own_campaign(PACK + ballot("b", "organization", TOWNS))
    first, second = needed_plan(round_).forms
    with pytest.raises(Refusal) as caught:
        decide(None, first, {})
    assert caught.value.code == "not_counted"
    appraisal = counted(round_, "T1", "b", now).appraisal
    assert subjects_of(appraisal, first) == []
    assert decisions_of(appraisal) == []
    with pytest.raises(Refusal) as caught:
        decide(appraisal, first, {})
    assert caught.value.code == "not_counted"
    with pytest.raises(Refusal) as caught:
        decide(appraisal, second, {})
    assert caught.value.code == "no_grades"


def test_equal_votes_propose_nothing(own_campaign: Opened, decide: Decide, now: datetime) -> None:
    one = HEAD + STAGES + ballot("a", "organization", f"{TOWNS}\n{OF_ONE}")
    appraisal = counted(own_campaign(one), "T1", "a", now, 5, 5).appraisal
    form = form_of(appraisal)
    assert [each.proposed for each in subjects_of(appraisal, form)] == [""]
    with pytest.raises(Refusal, match="中共青石镇委员会") as caught:
        decide(appraisal, form, {None: ("yes", "")})
    assert caught.value.code == "reason_missing"
    [row] = decide(appraisal, form, {None: ("yes", "两项重点工作居前")})
    assert (row.participant, row.proposed) == (None, "")
    assert how_many_undecided(appraisal.round) == 0


def test_with_weights_the_shares_propose(own_campaign: Opened, now: datetime) -> None:
    """Of the ballots 8 say no and 7 yes, yet half of the weight lies with the clients."""
    text = HEAD + BY_WEIGHT + ballot("a", "organization", f"{TOWNS}\n{OF_ONE}")
    round_ = own_campaign(text)
    counted(round_, "T1", "a", now, 5, 0, stratum="clients")
    counted(round_, "T1", "a", now, 2, 3, stratum="superiors")
    appraisal = counted(round_, "T1", "a", now, 0, 5, stratum="public").appraisal
    [one] = subjects_of(appraisal, form_of(appraisal))
    # yes: 1/2 + 1/4 × 2/5 = 3/5
    assert (one.proposed, one.votes) == ("yes", "满意 7\u3000不满意 8")


def test_a_count_on_which_grades_rest_stays_signed(
    voted: Appraisal, keys: dict[str, int], decide: Decide, now: datetime
) -> None:
    decide(voted, form_of(voted), {keys["李秀兰"]: ("yes", "")})
    with pytest.raises(Refusal) as caught:
        reopen_count(count=voted.counts.get(), reason="录入有误", by=None, now=now)
    assert caught.value.code == "count_decided"


def test_the_database_asks_for_a_reason_too(voted: Appraisal, now: datetime) -> None:
    given = {"decider": "会议", "decided_on": HELD_ON, "decided_at": now}
    with pytest.raises(IntegrityError, match="grade_other_than_voted_has_a_reason"):
        DecidedGrade.objects.create(appraisal=voted, form="a", grade="yes", proposed="no", **given)


def test_who_decides_and_who_finds_it_in_the_worklist(
    voted: Appraisal, clerk_user: User, other_clerk_user: User, decide: Decide, keys: dict[str, int]
) -> None:
    round_ = voted.round
    assert list(flagged_appraisals(clerk_user, round_)) == [voted]
    assert open_flags(round_, [voted]) == {voted.pk: ["评定等次"]}
    waiting = round_.campaign.units.filter(is_in_state(round_, "undecided"))
    assert [unit.code for unit in waiting] == ["T1"]
    with pytest.raises(Refusal) as caught:
        decide(voted, form_of(voted), {keys["李秀兰"]: ("yes", "")}, by=other_clerk_user)
    assert caught.value.code == "not_a_decider"
    both = {keys["李秀兰"]: ("yes", ""), keys["陈卫东"]: ("no", "任职不满半年")}
    decide(voted, form_of(voted), both, by=clerk_user)
    assert list(flagged_appraisals(clerk_user, round_)) == []
    assert not round_.campaign.units.filter(is_in_state(round_, "undecided")).exists()


def test_grades_are_decided_on_their_page_and_stand_in_the_results(
    voted: Appraisal, keys: dict[str, int], office_user: User, client: Client
) -> None:
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    where = ["own", "year", "T1"]
    address = reverse("appraisals:grades", args=[*where, "a"])
    result = client.get(reverse("appraisals:result", args=where)).content.decode()
    assert address in result
    assert "未评定 2" in result
    page = client.get(address)
    assert "满意 6" in page.content.decode()
    form = page.context["form"]
    sent = {bound.html_name: bound.value() or "" for bound in form}
    sent |= {"decider": "镇党委会议", "decided_on": "2011-06-01"}
    first, second = keys["陈卫东"], keys["李秀兰"]
    wrong = client.post(address, {**sent, f"grade-{first}": "yes", f"grade-{second}": "no"})
    assert wrong.status_code in (200, 422)
    assert "李秀兰" in wrong.content.decode()
    sent |= {f"grade-{first}": "yes", f"grade-{second}": "no", f"reason-{second}": "任职不满半年"}
    assert client.post(address, sent).status_code == 302
    assert DecidedGrade.objects.count() == 2
    result = client.get(reverse("appraisals:result", args=where)).content.decode()
    assert "任职不满半年" in result
    assert "镇党委会议" in result
    again = client.get(address).context["form"]
    assert again[f"grade-{second}"].value() == "no"
    every = client.get(reverse("appraisals:results", args=["own", "year", "a"]))
    rows = list(openpyxl.load_workbook(BytesIO(every.content)).active.iter_rows(values_only=True))
    assert sum("任职不满半年" in row for row in rows) == 1
    assert any("优秀 1" in str(cell) for row in rows for cell in row)
    nowhere = reverse("appraisals:grades", args=[*where, "x"])
    assert client.get(nowhere).status_code == 404
    assert "评定等次" in client.get(reverse("campaigns:pack", args=["own"])).content.decode()


def test_the_grade_of_an_organization_has_its_page(
    own_campaign: Opened, office_user: User, client: Client, now: datetime
) -> None:
    one = ballot("a", "organization", f"{TOWNS}\n{OF_ONE}") + ballot("b", "organization", TOWNS)
    round_ = own_campaign(HEAD + STAGES + one)
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    where = ["own", "year", "T1"]
    address = reverse("appraisals:grades", args=[*where, "a"])
    assert "计票签名后才能评定等次" in client.get(address).content.decode()
    counted(round_, "T1", "a", now)
    none = reverse("appraisals:grades", args=[*where, "b"])
    assert "不在此表上评定等次" in client.get(none).content.decode()
    given = {"grade-0": "yes", "reason-0": "", "decider": "县委", "decided_on": "2011-06-01"}
    assert client.post(address, given).status_code == 302
    assert DecidedGrade.objects.get().participant is None
    counted(round_, "T2", "a", now)
    every = client.get(reverse("appraisals:results", args=["own", "year", "a"]))
    rows = list(openpyxl.load_workbook(BytesIO(every.content)).active.iter_rows(values_only=True))
    assert sum("县委" in row for row in rows) == 1


@pytest.mark.lock("beginning.alone")
def test_two_who_decide_do_not_exceed_a_quota(
    at_once: AtOnce, voted: Appraisal, keys: dict[str, int], decide: Decide
) -> None:
    form = form_of(voted)
    with refused("quota_exceeded"):
        at_once(
            lambda: decide(voted, form, {keys["李秀兰"]: ("yes", "")}),
            lambda: decide(voted, form, {keys["陈卫东"]: ("yes", "")}),
        )
    assert DecidedGrade.objects.count() == 1

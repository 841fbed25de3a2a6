"""Three packs from opening to closing, with results computed by hand (rulebook §2, §7)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.appraisals import operations as appraisals
from pingyi.appraisals.models import Appraisal, Flag
from pingyi.appraisals.operations.decisions import decide
from pingyi.appraisals.operations.grades import decide_grades
from pingyi.appraisals.queries import needed_plan
from pingyi.appraisals.queries.grades import decisions_of, subjects_of
from pingyi.appraisals.queries.whole import whole_results
from pingyi.appraisals.rules.identities import Figures, Line
from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.models import Round
from pingyi.campaigns.operations.rounds import close_round
from pingyi.campaigns.queries import gaps_of
from pingyi.core.refusals import Refusal
from pingyi.rosters.operations import import_rows
from tests.cast import FOUNDED, Register, identity_number
from tests.web.working import HELD_ON, PLAIN

pytestmark = pytest.mark.any_database
Votes = Sequence[int]


@pytest.fixture
def opened(register: Register, now: datetime) -> Callable[[str], Round]:
    def made(pack_code: str) -> Round:
        campaign = campaigns.open_campaign(
            code="year", name="年度", pack_code=pack_code, root=register.county,
            cut_off_on=date(2011, 5, 31), by=None, now=now,
        )  # fmt: skip
        round_ = campaign.rounds.select_related("campaign").get()
        return campaigns.open_round(round_=round_, by=None, now=now)

    return made


def until_the_count(
    round_: Round, code: str, panel: dict[str, tuple[int, int]], now: datetime
) -> Appraisal:
    """Records every stage before the count."""
    where = {"round_": round_, "unit": round_.campaign.units.get(code=code), "now": now, **PLAIN}
    for stage in needed_plan(round_).stages:
        if stage.kind == "count":
            break
        if stage.kind == "meeting":
            met = appraisals.record_meeting(stage=stage.code, place="会议室", panel=panel, **where)
        else:
            appraisals.record_stage(stage=stage.code, **where)
    return met.appraisal


def sign(
    appraisal: Appraisal, figures: Figures, overall: Mapping[int | None, Votes], now: datetime,
    stratum: str = "",
) -> None:  # fmt: skip
    """Signs the count of the only form: these votes of everybody, in the order of the options."""
    [form] = needed_plan(appraisal.round).forms
    count = appraisals.start_count(
        round_=appraisal.round, unit=appraisal.unit, form=form.code, stratum=stratum,
        counted_on=HELD_ON, by=None, now=now,
    )  # fmt: skip
    lines = [
        Line(
            item.code,
            {option.code: n for option, n in zip(form.options, votes, strict=True)},
            member=key,
        )
        for key, votes in overall.items()
        for item in form.items
    ]
    appraisals.save_count(
        count=count, figures=figures, lines=lines, scrutineer="周监票", teller="吴计票",
        counted_on=HELD_ON, by=None, now=now,
    )  # fmt: skip
    appraisals.sign_count(count=count, by=None, now=now)


def finish(round_: Round, now: datetime) -> None:
    """Decides every flag, records what comes after each count and closes the round."""
    for flag in Flag.objects.all():
        decide(
            flag=flag, decision="经核实，限期整改", decider="县委常委会", decided_on=HELD_ON,
            by=None, now=now,
        )  # fmt: skip
    for appraisal in Appraisal.objects.select_related("unit"):
        stages = needed_plan(round_).stages
        count = next(at for at, stage in enumerate(stages) if stage.kind == "count")
        where = {"round_": round_, "unit": appraisal.unit, "now": now, **PLAIN}
        for stage in stages[count + 1 :]:
            appraisals.record_stage(stage=stage.code, **where)
    assert close_round(round_=round_, by=None, now=now).state == "closed"


def cells_of(client: Client, user: User, form: str) -> list[str]:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("appraisals:results", args=["year", "year", form]))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def test_cadres_are_graded_and_nobody_else(
    register: Register, opened: Callable[[str], Round], office_user: User, client: Client,
    now: datetime,
) -> None:  # fmt: skip
    post = ("钱外来", identity_number(90), "T1", "副镇长", "township_leader", FOUNDED, None)
    import_rows(sheets={"posts": [post]}, scope=None, effective_on=FOUNDED, by=None, now=now)
    round_ = opened("ganbu-ceping")
    assert sorted(gap.subject for gap in gaps_of(round_)) == ["周明", "李秀兰", "钱外来", "陈卫东"]
    people = {one.name: one.pk for one in round_.campaign.participants.all()}
    panel = {"leading_group": (3, 3), "section_heads": (4, 3), "staff": (5, 5)}
    appraisal = until_the_count(round_, "T1", panel, now)
    votes = {
        people["陈卫东"]: (7, 2, 0, 0),  # 9 of 9
        people["李秀兰"]: (2, 3, 4, 0),  # 5 of 9 are less than two thirds
        people["钱外来"]: (5, 0, 0, 4),  # 5 of 9, and 4 of 9 are more than one third
    }
    sign(appraisal, Figures(12, 11, 10, 10, 9, 1), votes, now)
    found = appraisal.flags.order_by("code", "participant__name")
    flags = [(flag.code, flag.participant.name, flag.facts["numerator"]) for flag in found]
    assert sorted(flags) == [
        ("below_two_thirds", "李秀兰", 5),
        ("below_two_thirds", "钱外来", 5),
        ("third_incompetent", "钱外来", 4),
    ]
    other = until_the_count(round_, "T2", {"section_heads": (3, 3), "staff": (6, 5)}, now)
    # Two thirds of nine are six.
    sign(other, Figures(9, 5, 5, 5, 5, 0), {people["周明"]: (1, 4, 0, 0)}, now)
    assert [flag.facts for flag in other.flags.all()] == [
        {"numerator": 5, "denominator": 9, "threshold": "2/3"}
    ]
    [form] = needed_plan(round_).forms
    by = {"decider": "县委常委会", "decided_on": HELD_ON, "by": None, "now": now}
    proposed = {one.key: (one.proposed, "") for one in subjects_of(appraisal, form)}
    assert [grade for grade, _ in proposed.values()] == [
        "excellent", "barely_competent", "excellent",
    ]  # fmt: skip
    with pytest.raises(Refusal) as caught:
        decide_grades(appraisal=appraisal, form=form, grades=proposed, **by)
    assert caught.value.code == "quota_exceeded"
    grades = proposed | {people["钱外来"]: ("competent", "不称职票较多，经考核组核实履职正常")}
    decide_grades(appraisal=appraisal, form=form, grades=grades, **by)
    decide_grades(appraisal=other, form=form, grades={people["周明"]: ("competent", "")}, **by)
    finish(round_, now)
    cells = cells_of(client, office_user, "cadre_sheet")
    given = ["优秀 1", "称职 2", "基本称职 1", "不称职 0", "不定等次 0"]
    said = "\u3000".join(["年度考核等次", *given])
    assert any(said in cell for cell in cells)
    assert "55.6%\u30005/9" in cells


BUREAUS = {
    "B1": "县交通运输局党组", "B2": "县工商局党组", "B3": "县国税局党组",
}  # fmt: skip
PANEL = {"clients": (30, 20), "superiors": (6, 5), "public_figures": (12, 10)}
# 满意, 基本满意, 不满意, 不了解 of 20 clients, 5 superiors and 10 public figures.
BALLOTS: dict[str, tuple[Votes, Votes, Votes]] = {
    "B1": ((10, 4, 4, 2), (3, 1, 0, 1), (4, 2, 2, 2)),
    "B2": ((4, 4, 12, 0), (2, 2, 1, 0), (2, 3, 5, 0)),
    "B3": ((18, 2, 0, 0), (5, 0, 0, 0), (9, 1, 0, 0)),
}
# 1/2 × 14/18 + 1/4 × 4/4 + 1/4 × 6/8; 1/2 × 8/20 + 1/4 × 4/5 + 1/4 × 5/10; all content.
WHOLE = {"B1": Fraction(119, 144), "B2": Fraction(21, 40), "B3": Fraction(1)}
BANDS = {"B1": "一般", "B2": "", "B3": "好"}


def test_bureaus_are_judged_by_three_weighted_strata(
    register: Register, opened: Callable[[str], Round], office_user: User, client: Client,
    now: datetime,
) -> None:  # fmt: skip
    rows = [(code, name, "党组", "县直单位", None, "X", FOUNDED) for code, name in BUREAUS.items()]
    import_rows(sheets={"organizations": rows}, scope=None, effective_on=FOUNDED, by=None, now=now)
    round_ = opened("zhengfeng-hangfeng")
    assert sorted(gap.subject for gap in gaps_of(round_)) == sorted(BUREAUS.values())
    [form] = needed_plan(round_).forms
    by = {"decider": "县纠风领导小组", "decided_on": HELD_ON, "by": None, "now": now}
    proposals = {}
    for code, strata in BALLOTS.items():
        appraisal = until_the_count(round_, code, PANEL, now)
        for stratum, votes in zip(PANEL, strata, strict=True):
            n = sum(votes)
            due, present = PANEL[stratum]
            sign(appraisal, Figures(due, present, n, n, n, 0), {None: votes}, now, stratum)
        [result] = whole_results(appraisal)
        overall = next(row for row in result.rows if row.item.overall)
        assert (overall.rate.value, overall.rate.band) == (WHOLE[code], BANDS[code])
        [one] = subjects_of(appraisal, form)
        proposals[code] = one.proposed
        grade = ("basically", "群众来信反映较多") if code == "B1" else (one.proposed, "")
        decide_grades(appraisal=appraisal, form=form, grades={None: grade}, **by)
        assert [decided.undecided for decided in decisions_of(appraisal)] == [0]
    assert proposals == {"B1": "satisfied", "B2": "dissatisfied", "B3": "satisfied"}
    [flag] = Flag.objects.all()
    assert (flag.appraisal.unit.code, flag.code) == ("B2", "below_60")
    assert flag.facts == {"numerator": 21, "denominator": 40, "threshold": "3/5"}
    assert list(gaps_of(round_)) == []
    finish(round_, now)
    cells = cells_of(client, office_user, "conduct_sheet")
    given = "评议等次\u3000满意 1\u3000基本满意 1\u3000不满意 1"
    assert any(given in cell for cell in cells)
    page = client.get(reverse("appraisals:result", args=["year", "year", "B1"])).content.decode()
    assert "82.6%" in page
    assert "119/144" in page
    assert "77.8%" in page


# Ballots, and 优秀, 合格, 基本合格, 不合格 of every full member; nobody appraises themselves.
MEMBERS: dict[str, tuple[Figures, dict[str, Votes]]] = {
    "T1-1": (Figures(8, 4, 4, 4, 4, 0), {"王大山": (1, 3, 0, 0), "张小芳": (0, 3, 0, 0)}),
    "T1-2": (Figures(4, 3, 3, 3, 3, 0), {"赵文": (0, 2, 1, 0), "孙丽": (0, 3, 0, 0)}),
    "T1-3": (
        Figures(5, 5, 4, 4, 4, 0),
        {"高远": (3, 1, 0, 0), "陈卫东": (2, 1, 1, 0), "李秀兰": (0, 2, 0, 2)},
    ),
    "T2-1": (
        Figures(5, 5, 5, 5, 5, 0),
        {"周明": (4, 1, 0, 0), "吴桂英": (2, 3, 0, 0), "郑强": (1, 4, 0, 0)},
    ),
}
# 4 of 8 are not more than half; 2 of the 3 members who are asked for; 2 of 3 full members lead with
# 优秀, and 2 of 4 are more than a third. One of three is not too many.
RAISED = [
    ("T1-1", "quorum_missed", 4, 8), ("T1-2", "panel_short", 2, 3),
    ("T1-3", "third_unqualified", 2, 4), ("T1-3", "too_many_excellent", 2, 3),
]  # fmt: skip


def test_a_third_of_the_full_members_may_be_excellent(
    opened: Callable[[str], Round], office_user: User, client: Client, now: datetime
) -> None:
    round_ = opened("minzhu-pingyi")
    [form] = needed_plan(round_).forms
    people = {one.name: one.pk for one in round_.campaign.participants.all()}
    by = {"decider": "支部委员会", "decided_on": HELD_ON, "by": None, "now": now}
    for code, (figures, votes) in MEMBERS.items():
        panel = {"members": (3, 2 if code == "T1-2" else 3), "masses": (2, 2)}
        appraisal = until_the_count(round_, code, panel, now)
        sign(appraisal, figures, {people[name]: given for name, given in votes.items()}, now)
        proposed = {one.key: one.proposed for one in subjects_of(appraisal, form)}
        grades = {
            key: (grade or "qualified", "" if grade else "票数相同")
            for key, grade in proposed.items()
        }
        if code == "T1-3":
            with pytest.raises(Refusal) as caught:
                decide_grades(appraisal=appraisal, form=form, grades=grades, **by)
            assert caught.value.code == "quota_exceeded"
            grades[people["陈卫东"]] = ("qualified", "优秀名额只有一名")
        decide_grades(appraisal=appraisal, form=form, grades=grades, **by)
    flags = Flag.objects.order_by("appraisal__unit__code", "code")
    assert [
        (flag.appraisal.unit.code, flag.code, flag.facts["numerator"], flag.facts["denominator"])
        for flag in flags
    ] == RAISED
    assert list(gaps_of(round_)) == []
    finish(round_, now)
    cells = cells_of(client, office_user, "member_sheet")
    assert any("优秀 2\u3000合格 8\u3000基本合格 0\u3000不合格 0" in cell for cell in cells)
    assert "50.0%\u30002/4" in cells

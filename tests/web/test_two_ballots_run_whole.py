"""一报告两评议: two ballots in one appraisal, voter classes apart, run whole (rulebook §7)."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.appraisals.operations import record_stage
from pingyi.appraisals.queries.pages import form_results, next_deed
from pingyi.appraisals.queries.stages import stages_done
from pingyi.appraisals.queries.whole import whole_results
from pingyi.campaigns.models import Round
from pingyi.campaigns.operations.rounds import close_round
from pingyi.core.refusals import Refusal
from tests.packs_of_their_own import HEAD, HELD_ON, ballot, counted, missing

pytestmark = pytest.mark.any_database
TOP = 'units = { levels = ["county"] }'
PACK = f"""{HEAD}
[appraisal]
name = "一报告两评议"
stages = [
  {{ code = "report", label = "专题报告", kind = "record" }},
  {{ code = "ballot", label = "两项评议", kind = "count" }},
  {{ code = "feedback", label = "反馈", kind = "report" }},
]
strata = [{{ code = "committee", label = "委员" }}, {{ code = "others", label = "列席人员" }}]
counting = {{ apart = true, blank = "invalid" }}
rates = [
  {{ code = "good", label = "认同率", of = ["yes"], over = "base", formula = "认同 ÷ 评价票" }},
]
{ballot("work", "organization", TOP)}
{ballot("newly", "member", 'people = { categories = ["county_standing"] }')}
"""


def test_both_ballots_are_counted_and_voters_stand_apart(
    own_campaign: Callable[[str], Round], office_user: User, client: Client, now: datetime
) -> None:
    round_ = own_campaign(PACK)
    top, name = round_.campaign.units.get(code="X"), "中共松山县委员会"
    assert missing(round_) == {(name, name), ("高远", name)}
    stage = {"round_": round_, "unit": top, "held_on": HELD_ON, "by": None, "now": now}
    record_stage(stage="report", content="报告选人用人工作", **stage)
    # Of the work: 20 of 25 committee members, 12 of 20 others; two of them do not know.
    counted(round_, "X", "work", now, 20, 5, stratum="committee")
    counted(round_, "X", "work", now, 12, 8, unknown=2, stratum="others")
    assert stages_done(round_, top) == {"report", "ballot"}
    assert missing(round_) == {("高远", name)}
    deed = next_deed(round_, top)
    assert deed is not None
    assert deed.code == "newly-committee"
    counted(round_, "X", "newly", now, 24, 1, stratum="committee")
    with pytest.raises(Refusal):
        close_round(round_=round_, by=None, now=now)
    appraisal = counted(round_, "X", "newly", now, 15, 5, unknown=2, stratum="others").appraisal
    assert missing(round_) == set()
    rates = {
        (result.box.code): [
            (item.rates[0].numerator, item.rates[0].denominator)
            for item in (*result.items, *(one for each in result.members for one in each.items))
        ]
        for result in form_results(appraisal)
    }
    assert rates == {
        "work-committee": [(20, 25)], "work-others": [(12, 20)],
        "newly-committee": [(24, 25)], "newly-others": [(15, 20)],
    }  # fmt: skip
    together = [(one.form.code, one.rows[0].rate) for one in whole_results(appraisal)]
    assert [(code, rate.numerator, rate.denominator) for code, rate in together] == [
        ("work", 32, 45), ("newly", 39, 45),
    ]  # fmt: skip
    record_stage(stage="feedback", content="向全委会反馈", **stage)
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("appraisals:result", args=["own", "year", "X"])).content.decode()
    for words in ("委员 + 列席人员", "32/45", "71.1%", "高远"):
        assert words in page
    assert close_round(round_=round_, by=None, now=now).state == "closed"

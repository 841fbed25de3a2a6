"""All the work of a round, done through operations."""

from datetime import date, datetime

from pingyi.appraisals import operations as appraisals
from pingyi.appraisals import queries as appraising
from pingyi.appraisals.queries.boxes import boxes_at
from pingyi.appraisals.rules.identities import Figures, Line
from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.models import Round, Unit
from pingyi.campaigns.queries import gaps_of
from pingyi.reviews.operations.record import record_review
from pingyi.reviews.queries.tasks import assignments_of

HELD_ON = date(2011, 6, 1)
FIGURES = Figures(due=10, present=10, issued=10, collected=10, valid=10, spoilt=0)
PLAIN = {"held_on": HELD_ON, "content": "发放征求意见表四十份", "by": None}


def review_all(round_: Round, now: datetime) -> None:
    """Every assignment is done; whoever has no leader above them is exempt."""
    for assignment in assignments_of(round_).filter(reviewer__isnull=False):
        record_review(
            round_=round_,
            reviewer=assignment.reviewer,
            unit=assignment.unit,
            participant=assignment.participant,
            form="meeting",
            held_on=HELD_ON,
            place="会议室",
            achievements="组织党员修通机耕道三公里，群众运粮不再肩挑背扛",
            problems="对流动党员联系不够，半年只通了两次电话",
            direction="七月底前把流动党员逐人联系一遍并建立台账",
            accept_signs=True,
            by=None,
            now=now,
        )
    left = [gap for gap in gaps_of(round_) if gap.duty == "review"]
    assert len(left) < 5
    if left:
        campaigns.exempt_many(round_=round_, gaps=left, reason="由上级组织点评", by=None, now=now)


def appraise(round_: Round, unit: Unit, now: datetime, *, best: int = 6) -> None:
    """All stages of a unit in their order, with a signed count on each form: so many of ten give
    the best answer, the others the worst.
    """
    plan = appraising.needed_plan(round_)
    where = {"round_": round_, "unit": unit, "now": now, **PLAIN}
    for stage in plan.stages:
        if stage.kind == "meeting":
            panel = {stratum.code: (9, 9) for stratum in plan.strata}
            appraisals.record_meeting(stage=stage.code, place="会议室", panel=panel, **where)
        elif stage.kind == "count":
            count(round_, unit, now, best)
        else:
            appraisals.record_stage(stage=stage.code, **where)


def count(round_: Round, unit: Unit, now: datetime, best: int) -> None:
    for box in boxes_at(round_, unit):
        form = box.form
        begun = appraisals.start_count(
            round_=round_,
            unit=unit,
            form=form.code,
            stratum=box.key[1],
            counted_on=HELD_ON,
            by=None,
            now=now,
        )
        members = [None]
        if form.subject == "member":
            members = [person.pk for person in appraising.graded_members(begun)]
        votes = {form.options[0].code: best, form.options[-1].code: 10 - best}
        lines = [Line(item.code, votes, member=key) for key in members for item in form.items]
        appraisals.save_count(
            count=begun,
            figures=FIGURES,
            lines=lines,
            scrutineer="周监票",
            teller="吴计票",
            counted_on=HELD_ON,
            by=None,
            now=now,
        )
        appraisals.sign_count(count=begun, by=None, now=now)

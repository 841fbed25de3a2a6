"""A clerk who does all the work of a round at random, whatever its pack says."""

from datetime import date, datetime
from random import Random

from pingyi.appraisals import operations as appraisals
from pingyi.appraisals import queries as appraising
from pingyi.appraisals.models import Appraisal, Flag
from pingyi.appraisals.operations.decisions import decide
from pingyi.appraisals.operations.grades import decide_grades
from pingyi.appraisals.queries.boxes import Box, boxes_at
from pingyi.appraisals.queries.grades import deciding_forms, subjects_of
from pingyi.appraisals.queries.plans import blank_counts
from pingyi.appraisals.rules.identities import Figures, Line
from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.models import Round, Unit
from pingyi.campaigns.queries import gaps_of, pack_of
from pingyi.campaigns.queries.judged import judged_units
from pingyi.core.refusals import Refusal
from pingyi.reviews.operations.record import record_review
from pingyi.reviews.queries.tasks import assignments_of

HELD_ON = date(2011, 6, 1)


def work(round_: Round, chance: Random, now: datetime) -> None:
    """Everything that the round owes: reviews, stages, counts, decisions; the rest is exempt."""
    if pack_of(round_.campaign).review is not None:
        review(round_, chance, now)
    if pack_of(round_.campaign).appraisal is not None:
        for unit in judged_units(round_.campaign):
            appraise(round_, unit, chance, now)
        decide_all(round_, now)
    if left := list(gaps_of(round_)):
        campaigns.exempt_many(round_=round_, gaps=left, reason="上级另行安排评议", by=None, now=now)


def review(round_: Round, chance: Random, now: datetime) -> None:
    """Every assignment is done in some form."""
    plan = pack_of(round_.campaign).review
    assert plan is not None
    for assignment in assignments_of(round_).filter(reviewer__isnull=False):
        record_review(
            round_=round_, reviewer=assignment.reviewer, unit=assignment.unit,
            participant=assignment.participant, form=chance.choice(plan.forms).code,
            held_on=HELD_ON, place="会议室", themes=[theme.code for theme in plan.themes[:1]],
            achievements="组织党员修通机耕道三公里，群众运粮不再肩挑背扛",
            problems="对流动党员联系不够，半年只通了两次电话",
            direction="七月底前把流动党员逐人联系一遍并建立台账",
            accept_signs=True, by=None, now=now,
        )  # fmt: skip


def appraise(round_: Round, unit: Unit, chance: Random, now: datetime) -> None:
    """All stages of a unit in their order, each box with figures of its own."""
    plan = appraising.needed_plan(round_)
    where = {"round_": round_, "unit": unit, "held_on": HELD_ON, "by": None, "now": now}
    for stage in plan.stages:
        if stage.kind == "count":
            for box in boxes_at(round_, unit):
                count(round_, unit, box, chance, now)
        elif stage.kind == "meeting":
            # Where nobody is present there is no meeting.
            panel = {each.code: (9, chance.randint(1, 9)) for each in plan.strata}
            appraisals.record_meeting(
                stage=stage.code, content="开会", place="会议室", panel=panel, **where
            )
        else:
            appraisals.record_stage(stage=stage.code, content="已办理", **where)


def count(round_: Round, unit: Unit, box: Box, chance: Random, now: datetime) -> None:
    """A signed count of a box, its answers at random and sums that agree."""
    plan, form = appraising.needed_plan(round_), box.form
    begun = appraisals.start_count(
        round_=round_, unit=unit, form=form.code, stratum=box.key[1], counted_on=HELD_ON,
        by=None, now=now,
    )  # fmt: skip
    valid, spoilt = chance.randint(0, 12), chance.randint(0, 2)
    people = [one.pk for one in appraising.graded_members(begun)]
    lines = [
        _line(item.code, key, box, valid, chance, blank=blank_counts(plan))
        for key in (people if form.subject == "member" else [None])
        for item in form.items
    ]
    collected = valid + spoilt
    appraisals.save_count(
        count=begun, figures=Figures(collected + 2, collected, collected, collected, valid, spoilt),
        lines=lines, scrutineer="周监票", teller="吴计票", counted_on=HELD_ON, by=None, now=now,
    )  # fmt: skip
    appraisals.sign_count(count=begun, by=None, now=now)


def _line(item: str, key: int | None, box: Box, valid: int, chance: Random, *, blank: bool) -> Line:
    votes = dict.fromkeys((option.code for option in box.form.options), 0)
    places = [*votes, "void", *(["abstained"] if blank else [])]
    given = [chance.choice(places) for _ in range(valid)]
    for place in given:
        if place in votes:
            votes[place] += 1
    return Line(item, votes, given.count("abstained"), given.count("void"), key)


def decide_all(round_: Round, now: datetime) -> None:
    """Every flag is decided, and a grade for everybody: as proposed, or the first that is free."""
    by = {"decider": "县委常委会", "decided_on": HELD_ON, "by": None, "now": now}
    for flag in Flag.objects.filter(appraisal__round=round_):
        decide(flag=flag, decision="经核实，限期整改", **by)
    for appraisal in Appraisal.objects.filter(round=round_).select_related("unit", "round"):
        for form in deciding_forms(round_):
            assert form.decision is not None
            for one in subjects_of(appraisal, form):
                grades = filter(None, [one.proposed, *(each.code for each in form.decision.grades)])
                for grade in grades:
                    given = {one.key: (grade, "经考核组核实")}
                    if _is_decided(appraisal=appraisal, form=form, grades=given, **by):
                        break


def _is_decided(**given: object) -> bool:
    try:
        decide_grades(**given)  # type: ignore[arg-type]  what decide_all has
    except Refusal as refusal:
        if refusal.code != "quota_exceeded":
            raise
        return False
    return True

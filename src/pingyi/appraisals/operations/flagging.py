"""Raising the pack's flags when a count is signed (N14). Called inside the signing transaction."""

from collections.abc import Iterator
from datetime import datetime

from pingyi.accounts.queries import Actor
from pingyi.appraisals.models import Count, Flag
from pingyi.appraisals.queries.counts import ballot_of, quota_base
from pingyi.appraisals.queries.plans import needed_plan, outside_of, quorum_of, rate_rule
from pingyi.appraisals.queries.whole import whole_of
from pingyi.appraisals.rules.flags import (
    QuotaRule,
    Raised,
    ThresholdRule,
    panel_flags,
    quorum_flags,
    quota_flags,
    threshold_flags,
)
from pingyi.campaigns.rules.pack import AppraisalPlan, PanelShort, QuorumMissed, Quota, Threshold


def raise_flags(*, count: Count, by: Actor, now: datetime) -> list[Flag]:
    """Store every flag that the count gives rise to, and return them."""
    plan = needed_plan(count.appraisal.round)
    return Flag.objects.bulk_create(
        Flag(
            appraisal=count.appraisal,
            count=count,
            participant_id=raised.member,
            code=raised.code,
            facts=dict(raised.facts),
            raised_at=now,
            raised_by=by,
        )
        for raised in _raised(plan, count)
    )


def _raised(plan: AppraisalPlan, count: Count) -> Iterator[Raised]:
    whole = whole_of(count)
    form = ballot_of(count)
    outside = outside_of(form)
    rates = {rate.code: rate_rule(rate) for rate in plan.rates}
    for flag in plan.flags:
        match flag:
            case Threshold() if flag.form == count.form and whole is not None:
                rule = ThresholdRule(
                    flag.code, flag.item, rates[flag.rate], flag.below, flag.above, flag.inclusive
                )
                found = whole.rates(flag.item, rule.rate, outside)
                yield from threshold_flags(rule, found)
            case Quota() if flag.form == count.form and whole is not None:
                quota = QuotaRule(flag.code, flag.item, flag.option, flag.at_most)
                inside = [each.code for each in form.options if not each.outside]
                leading = whole.leading(flag.item, inside).count(flag.option)
                yield from quota_flags(quota, leading, whole=quota_base(count))
            case QuorumMissed() if whole is not None:
                yield from quorum_flags(flag.code, whole.figures, quorum_of(plan))
            case PanelShort() if not _panel_flagged(count, flag.code):
                present = dict(count.appraisal.panel.values_list("stratum", "present"))
                least = {stratum.code: stratum.least for stratum in plan.strata}
                yield from panel_flags(flag.code, present, least)
            case _:
                # Threshold and quota flags of the other form, a panel already pointed out, or
                # strata that are not all signed.
                continue


def _panel_flagged(count: Count, code: str) -> bool:
    return Flag.objects.filter(appraisal=count.appraisal, code=code).exists()

"""A named person decides about what a result points out (rulebook §2)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.appraisals.enums import LedgerKind
from pingyi.appraisals.models import Flag
from pingyi.appraisals.permissions.units import why_not_decide
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger


@transaction.atomic
def decide(
    *,
    flag: Flag,
    also: Collection[Flag] = (),
    decision: str,
    decider: str,
    decided_on: date,
    by: Actor,
    now: datetime,
) -> Flag:
    """Record what was decided, by whom (a person or a meeting) and when.

    One decision may answer other flags too, where they are about the same person or organization.
    Refuses: not_a_decider, already_decided, another_subject, decision_missing, day_ahead.
    """
    # Two people at once: the second one reads the first one's decision and is refused.
    locked = Flag.objects.select_for_update(of=("self",), no_key=True).select_related(
        "appraisal__unit__campaign", "appraisal__round"
    )
    wanted = {flag.pk, *(other.pk for other in also)}
    flags = {row.pk: row for row in locked.filter(pk__in=wanted).order_by("pk")}
    flag = flags[flag.pk]
    for each in flags.values():
        refuse(why_not_decide(by, each))
        if (each.appraisal_id, each.participant_id) != (flag.appraisal_id, flag.participant_id):
            raise Refusal(
                _("One decision answers what is about the same person or organization."),
                code="another_subject",
            )
    if not decision.strip() or not decider.strip():
        raise Refusal(
            _("State the decision and who took it: a named person or meeting."),
            code="decision_missing",
        )
    if decided_on > day_of(now):
        raise Refusal(
            _("The date %(day)s lies ahead.") % {"day": date_format(decided_on)}, code="day_ahead"
        )
    for each in flags.values():
        each.decision = decision.strip()
        each.decider = decider.strip()
        each.decided_on = decided_on
        each.decided_at = now
        each.decided_by = by
        each.save()
    codes = "+".join([flag.code, *(row.code for row in flags.values() if row is not flag)])
    ledger.append(
        kind=LedgerKind.DECISION,
        subject=f"{flag.appraisal.unit.code} {flag.appraisal.round.code} {codes}",
        body={"decision": flag.decision, "decider": flag.decider, "decided_on": decided_on},
        rows=list(flags.values()),
        by=signature(by),
        now=now,
    )
    return flag

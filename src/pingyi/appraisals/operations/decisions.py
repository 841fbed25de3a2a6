"""A named person decides about what a result points out (rulebook §2)."""

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
    decision: str,
    decider: str,
    decided_on: date,
    by: Actor,
    now: datetime,
) -> Flag:
    """Record what was decided, by whom (a person or a meeting) and when.

    Refuses: not_a_decider, already_decided, decision_missing, day_ahead.
    """
    # Two people at once: the second one reads the first one's decision and is refused.
    locked = Flag.objects.select_for_update(of=("self",), no_key=True).select_related(
        "appraisal__unit__campaign", "appraisal__round"
    )
    flag = locked.get(pk=flag.pk)
    refuse(why_not_decide(by, flag))
    if not decision.strip() or not decider.strip():
        raise Refusal(
            _("State the decision and who took it: a named person or meeting."),
            code="decision_missing",
        )
    if decided_on > day_of(now):
        raise Refusal(
            _("The date %(day)s lies ahead.") % {"day": date_format(decided_on)}, code="day_ahead"
        )
    flag.decision = decision.strip()
    flag.decider = decider.strip()
    flag.decided_on = decided_on
    flag.decided_at = now
    flag.decided_by = by
    flag.save()
    ledger.append(
        kind=LedgerKind.DECISION,
        subject=f"{flag.appraisal.unit.code} {flag.appraisal.round.code} {flag.code}",
        body={"decision": flag.decision, "decider": flag.decider, "decided_on": decided_on},
        rows=[flag],
        by=signature(by),
        now=now,
    )
    return flag

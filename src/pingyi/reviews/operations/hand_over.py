"""Giving all that a leader still has to review to another one: a leader who leaves (N4)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.campaigns import queries as campaigns
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.reviews import permissions
from pingyi.reviews.enums import AssignmentSource, LedgerKind
from pingyi.reviews.models import Assignment
from pingyi.reviews.queries.tasks import still_owed

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Round


@transaction.atomic
def hand_over(
    *,
    round_: "Round",
    former: "Participant",
    assignments: Sequence[Assignment],
    reviewer: "Participant",
    reason: str,
    by: Actor,
    now: datetime,
) -> int:
    """Give these reviews of a leader to another one; what was reviewed meanwhile stays. How many.

    So does the review of the other leader themselves, whom somebody else has to review. Refuses
    without reason (`reason_missing`), the leader who has them (`same_reviewer`), people who are not
    in the campaign (`not_in_campaign`), and where nothing is left to be given (`nothing_owed`).
    """
    round_ = campaigns.round_held(round_)
    subjects = [row.participant_id for row in assignments if row.participant_id is not None]
    people = campaigns.people_locked([*subjects, reviewer.pk])
    campaigns.units_locked(row.unit_id for row in assignments if row.unit_id is not None)
    reviewer = people[reviewer.pk]
    _check(reviewer, former, reason, round_)
    owed = list(still_owed(round_, former).filter(pk__in=[row.pk for row in assignments]))
    for row in owed:
        row.round = round_
        refuse(permissions.why_not_reassign(by, row))
    given = [row for row in owed if row.participant_id != reviewer.pk]
    refuse(permissions.why_not_hand_over(former, given))
    for row in given:
        row.reviewer, row.source, row.reason = reviewer, AssignmentSource.EDITED, reason.strip()
        row.changed_at, row.changed_by = now, by
    Assignment.objects.bulk_update(
        given, ["reviewer", "source", "reason", "changed_at", "changed_by"], batch_size=500
    )
    ledger.append(
        kind=LedgerKind.HANDED_OVER,
        subject=f"round:{round_.pk}",
        body={
            "round": round_.code,
            "before": former.shown_name,
            "after": reviewer.shown_name,
            "reason": reason.strip(),
            "assignments": sorted(row.pk for row in given),
        },
        rows=[ledger.Rows(Assignment, [row.pk for row in given])],
        by=signature(by),
        now=now,
    )
    return len(given)


def _check(reviewer: "Participant", former: "Participant", reason: str, round_: "Round") -> None:
    if not reason.strip():
        raise Refusal(_("A change of reviewer needs a reason."), code="reason_missing")
    if reviewer.pk == former.pk:
        raise Refusal(
            _("%(name)s has these reviews already.") % {"name": reviewer.shown_name},
            code="same_reviewer",
        )
    if not reviewer.is_active or reviewer.campaign_id != round_.campaign_id:
        raise Refusal(
            _("%(name)s is not in this campaign.") % {"name": reviewer.shown_name},
            code="not_in_campaign",
        )

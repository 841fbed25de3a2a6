"""Deriving who must review whom, and changing it by hand with a reason (N4)."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.campaigns import queries as campaigns
from pingyi.core.lookups import Among
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.reviews import permissions
from pingyi.reviews.enums import AssignmentSource, LedgerKind
from pingyi.reviews.models import Assignment
from pingyi.reviews.queries.texts import plan_of
from pingyi.reviews.rules.assignments import (
    Derived,
    FrozenCharge,
    FrozenPerson,
    FrozenPost,
    FrozenUnit,
    derive,
)

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Participant, Round

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Assigned:
    """What deriving did to the assignments of a round."""

    added: int
    changed: int
    removed: int
    without_reviewer: int


def derive_assignments(*, round_: "Round", by: Actor, now: datetime) -> Assigned:
    """Derive the assignments of a round anew; those changed by hand stay.

    Doing it twice changes nothing. Refuses anybody but the office (`not_office`) and a closed
    round (`round_closed`).
    """
    return _settled(round_, ledger.Beforehand(partial(_difference, round_)), by, now)


@dataclass(frozen=True, slots=True)
class _Difference:
    """What makes the assignments of a round those that the rule derives."""

    added: list[Assignment]
    changed: list[Assignment]
    removed: list[int]


def _difference(round_: "Round") -> _Difference:
    wanted = {(row.unit_id, row.person_id): row for row in derived_rows(round_.campaign)}
    rows = Assignment.objects.filter(round=round_)
    known = {(a.unit_id, a.participant_id): a for a in rows}
    return _Difference(
        added=[_new(round_, row) for key, row in wanted.items() if key not in known],
        changed=[
            _turned(known[key], row)
            for key, row in wanted.items()
            if key in known and _differs(known[key], row)
        ],
        removed=[a.pk for key, a in known.items() if key not in wanted],
    )


@transaction.atomic
def _settled(
    round_: "Round", difference: "ledger.Beforehand[_Difference]", by: Actor, now: datetime
) -> Assigned:
    # Alone: nobody records, or is given, a review by what is derived anew.
    round_ = campaigns.round_locked(round_)
    refuse(permissions.why_not_derive(by, round_))
    found = difference.now()
    added, changed, removed = found.added, found.changed, found.removed
    Assignment.objects.filter(Among("pk", removed)).delete()
    Assignment.objects.bulk_update(changed, ["reviewer", "source"], batch_size=BATCH)
    Assignment.objects.bulk_create(added, batch_size=BATCH)
    touched = [*removed, *(row.pk for row in (*changed, *added))]
    without = Assignment.objects.filter(round=round_, reviewer=None).count()
    done = Assigned(len(added), len(changed), len(removed), without)
    if added or changed or removed:
        ledger.append(
            kind=LedgerKind.ASSIGNED,
            subject=f"round:{round_.pk}",
            body={
                "round": round_.code,
                "added": done.added,
                "changed": done.changed,
                "removed": done.removed,
                "without_reviewer": done.without_reviewer,
            },
            rows=[ledger.Rows(Assignment, touched)],
            by=signature(by),
            now=now,
        )
    return done


def derived_rows(campaign: "Campaign") -> list[Derived]:
    """The rule, put to the frozen universe of a campaign. Four queries.

    Nobody is assigned where the campaign's pack has no leader reviews.
    """
    if plan_of(campaign) is None:
        return []
    units = campaign.units.active()
    people = campaign.participants.active()
    posts = people.filter(posts__isnull=False).values_list(
        "id", "posts__unit_id", "posts__role", "posts__position"
    )
    charges = people.filter(charges__isnull=False).values_list("id", "charges__unit_id")
    return derive(
        [FrozenUnit(*row) for row in units.values_list("id", "parent_id", "path")],
        [FrozenPerson(*row) for row in people.values_list("id", "unit_id")],
        [FrozenPost(*row) for row in posts],
        [FrozenCharge(*row) for row in charges],
    )


def _differs(assignment: Assignment, row: Derived) -> bool:
    if assignment.source == AssignmentSource.EDITED:
        return False
    return (assignment.reviewer_id, assignment.source) != (row.reviewer_id, row.source)


def _turned(assignment: Assignment, row: Derived) -> Assignment:
    assignment.reviewer_id = row.reviewer_id
    assignment.source = row.source
    return assignment


def _new(round_: "Round", row: Derived) -> Assignment:
    return Assignment(
        round=round_,
        unit_id=row.unit_id,
        participant_id=row.person_id,
        reviewer_id=row.reviewer_id,
        source=row.source,
    )


@transaction.atomic
def reassign(
    *,
    assignment: Assignment,
    reviewer: "Participant | None",
    reason: str,
    by: Actor,
    now: datetime,
) -> Assignment:
    """Give a review to another leader, or to nobody for the time being.

    Refuses without reason (`reason_missing`), the subject as reviewer (`oneself`) and people who
    are not in the campaign (`not_in_campaign`).
    """
    campaigns.round_held(assignment.round)
    # The subject tells assignments apart: whoever records its review waits here too.
    named = (assignment.participant_id, reviewer.pk if reviewer is not None else None)
    people = campaigns.people_locked(key for key in named if key is not None)
    campaigns.units_locked([assignment.unit_id] if assignment.unit_id is not None else [])
    if reviewer is not None:
        reviewer = people[reviewer.pk]
    assignment = Assignment.objects.select_related(
        "round__campaign", "unit", "participant__unit", "reviewer"
    ).get(pk=assignment.pk)
    refuse(permissions.why_not_reassign(by, assignment))
    if not reason.strip():
        raise Refusal(_("A change of reviewer needs a reason."), code="reason_missing")
    if reviewer is not None:
        if reviewer.pk == assignment.participant_id:
            raise Refusal(_("Nobody reviews themselves."), code="oneself")
        if not reviewer.is_active or reviewer.campaign_id != assignment.round.campaign_id:
            raise Refusal(
                _("%(name)s is not in this campaign.") % {"name": reviewer.shown_name},
                code="not_in_campaign",
            )
    before = assignment.reviewer
    assignment.reviewer = reviewer
    assignment.source = AssignmentSource.EDITED
    assignment.reason = reason.strip()
    assignment.changed_at = now
    assignment.changed_by = by
    assignment.save()
    ledger.append(
        kind=LedgerKind.REASSIGNED,
        subject=f"assignment:{assignment.pk}",
        body={
            "round": assignment.round.code,
            "subject": str(assignment.unit or assignment.participant),
            "before": before.shown_name if before else "",
            "after": reviewer.shown_name if reviewer else "",
            "reason": assignment.reason,
        },
        rows=[assignment],
        by=signature(by),
        now=now,
    )
    return assignment

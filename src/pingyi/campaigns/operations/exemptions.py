"""Gaps that are explained: exempting one or many with a reason, and taking it back (N4)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.accounts.queries import Actor
from pingyi.campaigns import permissions
from pingyi.campaigns.doors import DUTIES
from pingyi.campaigns.enums import LedgerKind
from pingyi.campaigns.models import (
    Campaign,
    Exemption,
    ExemptionProposal,
    Participant,
    Round,
    Unit,
)
from pingyi.campaigns.operations.record import (
    current_participant,
    current_unit,
    given_reason,
    write_line,
)
from pingyi.campaigns.queries.gaps import Gap
from pingyi.campaigns.queries.held import people_locked, round_held, units_locked
from pingyi.campaigns.queries.proposals import could_be_confirmed, covered
from pingyi.campaigns.queries.rounds import open_exemptions
from pingyi.campaigns.queries.universe import home_unit
from pingyi.campaigns.rules.exemptions import LEAST_FOR_MANY, needs_second
from pingyi.campaigns.rules.tree import above_all
from pingyi.core.refusals import Refusal, refuse

if TYPE_CHECKING:
    from pingyi.accounts.models import User

# From here on it is cheaper to read all exemptions of the round than to name each subject.
MANY = 500


@transaction.atomic
def exempt(
    *,
    round_: Round,
    duty: str,
    reason: str,
    by: Actor,
    now: datetime,
    unit: Unit | None = None,
    participant: Participant | None = None,
) -> Exemption:
    """Explain why one unit or one person is not owed a duty in a round (N4).

    Refuses without a reason, an unknown duty, what is exempt already, and a closed round.
    """
    round_ = round_held(round_)
    subject = _subject(round_, unit, participant)
    refuse(_why_not(by, round_, subject))
    _check_duty(duty)
    reason = given_reason(reason)
    if _is_exempt(round_, duty, subject):
        raise Refusal(
            _("%(name)s is already exempt.") % {"name": str(subject)}, code="already_exempt"
        )
    exemption = _exemption(round_, duty, subject, reason=reason, by=by, now=now)
    exemption.save()
    body = {"duty": duty, "reason": reason, "subject": _named(subject)}
    write_line(
        LedgerKind.EXEMPTION_GRANTED, round_.campaign, body, by, now, round_=round_,
        rows=[exemption],
    )  # fmt: skip
    return exemption


@transaction.atomic
def exempt_many(
    *, round_: Round, gaps: Sequence[Gap], reason: str, by: Actor, now: datetime
) -> int | ExemptionProposal:
    """Explain many gaps with one reason; what is exempt already stays as it is. Returns how many.

    More than the campaign lets one person explain are proposed to a second one; where there is
    none the line says so. Refuses as a whole where one of them lies outside the actor's part of
    the tree or is of an unknown duty, and a reason for more than one that is too short.
    """
    round_ = round_held(round_)
    reason = given_reason(reason)
    if len(set(gaps)) > 1 and sum(sign.isalnum() for sign in reason) < LEAST_FOR_MANY:
        raise Refusal(
            _("One reason for several gaps needs at least %(least)d characters. Say more exactly.")
            % {"least": LEAST_FOR_MANY},
            code="reason_too_short",
        )
    rows = _explained(round_, gaps, reason=reason, by=by, now=now)
    told: dict[str, object] = {}
    if by is not None and needs_second(len(rows), round_.campaign.exempt_alone):
        unit = _above_all_of(round_.campaign, rows)
        if could_be_confirmed(unit, by):
            return _propose(round_, unit, rows, reason=reason, by=by, now=now)
        told = {"without_second": True}
    return write_exemptions(round_, rows, reason, by=by, now=now, told=told)


def exempt_as_proposed(
    round_: Round, proposal: ExemptionProposal, *, by: "User", now: datetime
) -> int:
    """What a proposal covers and is still missing, in the deed that confirms it. How many."""
    gaps = list(covered(proposal))
    if not gaps:
        raise Refusal(
            _("Nothing of this is missing any more. Refuse or withdraw the proposal."),
            code="nothing_left",
        )
    rows = _explained(round_, gaps, reason=proposal.reason, by=by, now=now)
    told = {"proposed_by": proposal.proposed_by.username}
    return write_exemptions(round_, rows, proposal.reason, by=by, now=now, told=told)


def write_exemptions(
    round_: Round,
    rows: list[Exemption],
    reason: str,
    *,
    by: Actor,
    now: datetime,
    told: Mapping[str, object],
) -> int:
    """The rows and their line, with what else it tells; whether the actor may is asked before."""
    Exemption.objects.bulk_create(rows, batch_size=2_000)
    body = {
        "reason": reason,
        "subjects": [{"duty": row.duty, "subject": _named(_of(row))} for row in rows],
        **told,
    }
    write_line(
        LedgerKind.EXEMPTIONS_GRANTED, round_.campaign, body, by, now, round_=round_, rows=rows
    )
    return len(rows)


def _explained(
    round_: Round, gaps: Sequence[Gap], *, reason: str, by: Actor, now: datetime
) -> list[Exemption]:
    """Exemptions to be written, of what is not exempt yet; with their subjects locked. Refuses
    where nothing is left of what was asked for.
    """
    unit_ids = {gap.unit_id for gap in gaps if gap.unit_id is not None}
    participant_ids = {gap.participant_id for gap in gaps if gap.participant_id is not None}
    # Two who explain the same gap: the second waits here, then finds it explained.
    people, units = people_locked(participant_ids), units_locked(unit_ids)
    exemptions = []
    for gap in dict.fromkeys(gaps):
        subject = units.get(gap.unit_id or 0) or people.get(gap.participant_id or 0)
        if subject is None or not _is_in(round_.campaign, subject):
            raise Refusal(
                _("%(name)s was removed from this campaign.") % {"name": gap.subject},
                code="removed",
            )
        subject.campaign = round_.campaign
        refuse(_why_not(by, round_, subject))
        _check_duty(gap.duty)
        exemptions.append((gap.duty, subject))
    done = _exempt_already(round_, unit_ids, participant_ids)
    rows = [
        _exemption(round_, duty, subject, reason=reason, by=by, now=now)
        for duty, subject in exemptions
    ]
    left = [row for row in rows if (row.duty, row.unit_id, row.participant_id) not in done]
    if rows and not left:
        raise Refusal(
            _("All of this is exempt already. Look at the list again."), code="already_exempt"
        )
    return left


def _above_all_of(campaign: Campaign, rows: Sequence[Exemption]) -> Unit:
    """The lowest unit below which all of these belong."""
    subjects = [_of(row) for row in rows]
    places = [one if isinstance(one, Unit) else home_unit(one) for one in subjects]
    unit = campaign.units.get(path=above_all(place.path for place in places))
    unit.campaign = campaign
    return unit


def _propose(
    round_: Round,
    unit: Unit,
    rows: Sequence[Exemption],
    *,
    reason: str,
    by: "User",
    now: datetime,
) -> ExemptionProposal:
    covers: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        kind, key = ("unit", row.unit_id) if row.unit_id else ("participant", row.participant_id)
        assert key is not None  # noqa: S101  held by the constraint exemption_has_one_subject
        covers.setdefault(row.duty, {}).setdefault(kind, []).append(key)
    proposal = ExemptionProposal.objects.create(
        round=round_, unit=unit, reason=reason, covers=covers, count=len(rows),
        proposed_at=now, proposed_by=by,
    )  # fmt: skip
    body = {"reason": reason, "below": unit.code, "count": proposal.count}
    write_line(
        LedgerKind.EXEMPTIONS_PROPOSED, round_.campaign, body, by, now, round_=round_,
        rows=[proposal],
    )  # fmt: skip
    return proposal


def _is_in(campaign: Campaign, subject: Unit | Participant) -> bool:
    return subject.is_active and subject.campaign_id == campaign.pk


def _exempt_already(
    round_: Round, units: set[int], people: set[int]
) -> set[tuple[str, int | None, int | None]]:
    """(duty, unit, person) of what is exempt; where few are asked about, of those."""
    rows = open_exemptions(round_)
    parts = [rows.filter(unit__in=units), rows.filter(participant__in=people)]
    if len(units) + len(people) > MANY:
        parts = [rows]
    keys = ("duty", "unit_id", "participant_id")
    return {key for part in parts for key in part.values_list(*keys)}


@transaction.atomic
def revoke_exemption(*, exemption: Exemption, reason: str, by: Actor, now: datetime) -> Exemption:
    """Take an exemption back, with a reason: the gap is open again. The row stays."""
    round_ = round_held(exemption.round)
    exemption = Exemption.objects.select_for_update(no_key=True).get(pk=exemption.pk)
    exemption.round = round_
    refuse(permissions.why_not_revoke_exemption(by, exemption))
    reason = given_reason(reason)
    exemption.revoked_at = now
    exemption.revoked_by = by
    exemption.save(update_fields=["revoked_at", "revoked_by"])
    body = {
        "duty": exemption.duty,
        "reason": exemption.reason,
        "subject": _named(_of(exemption)),
        "revoked_because": reason,
    }
    write_line(
        LedgerKind.EXEMPTION_REVOKED, round_.campaign, body, by, now, round_=round_,
        rows=[exemption],
    )  # fmt: skip
    return exemption


def _subject(
    round_: Round, unit: Unit | None, participant: Participant | None
) -> Unit | Participant:
    """The one subject as it is now, for this deed alone: nobody else exempts it meanwhile."""
    if unit is not None and participant is None:
        units_locked([unit.pk])
        return current_unit(round_.campaign, unit)
    if participant is not None and unit is None:
        people_locked([participant.pk])
        return current_participant(round_.campaign, participant)
    raise ValueError("an exemption has one subject: a unit or a participant")


def _why_not(by: Actor, round_: Round, subject: Unit | Participant) -> Refusal | None:
    if isinstance(subject, Unit):
        return permissions.why_not_exempt(by, round_, subject)
    return permissions.why_not_exempt_participant(by, round_, subject)


def _check_duty(code: str) -> None:
    if code not in DUTIES:
        known = pgettext("list", ", ").join(str(duty.label) for duty in DUTIES.values())
        raise Refusal(
            _("“%(duty)s” is nothing that is owed in a round. Owed are: %(known)s.")
            % {"duty": code, "known": known},
            code="unknown_duty",
        )


def _is_exempt(round_: Round, duty: str, subject: Unit | Participant) -> bool:
    rows = Exemption.objects.filter(round=round_, duty=duty, revoked_at=None)
    if isinstance(subject, Unit):
        return rows.filter(unit=subject).exists()
    return rows.filter(participant=subject).exists()


def _exemption(
    round_: Round,
    duty: str,
    subject: Unit | Participant,
    *,
    reason: str,
    by: Actor,
    now: datetime,
) -> Exemption:
    return Exemption(
        round=round_,
        duty=duty,
        unit=subject if isinstance(subject, Unit) else None,
        participant=subject if isinstance(subject, Participant) else None,
        reason=reason,
        exempted_at=now,
        exempted_by=by,
    )


def _of(exemption: Exemption) -> Unit | Participant:
    subject = exemption.unit or exemption.participant
    assert subject is not None  # noqa: S101  held by the constraint exemption_has_one_subject
    return subject


def _named(subject: Unit | Participant) -> str:
    """A unit by its code, a person by number: names stay outside the ledger's subjects."""
    if isinstance(subject, Unit):
        return f"unit:{subject.code}"
    return f"participant:{subject.pk}"

"""Who may do what to a campaign. Each guards an operation and explains its disabled button."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.accounts.enums import Outcome, Right
from pingyi.accounts.permissions import why_not_second
from pingyi.accounts.queries import Actor, open_grants, tops
from pingyi.campaigns.enums import CampaignState, RoundState
from pingyi.campaigns.models import (
    Campaign,
    Exemption,
    ExemptionProposal,
    Participant,
    Round,
    Unit,
)
from pingyi.campaigns.queries.gaps import Gap, duty_label
from pingyi.campaigns.queries.rounds import records_of
from pingyi.campaigns.queries.scopes import scopes
from pingyi.campaigns.queries.universe import home_unit
from pingyi.core.refusals import Refusal
from pingyi.organizations.queries import path_ids

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pingyi.accounts.models import User
    from pingyi.organizations.models import Organization


def holds(actor: Actor, unit: Unit, right: Right) -> bool:
    """Whether the actor has the right at the unit or above it in the frozen tree.

    The command line (no actor) has every right.
    """
    if actor is None:
        return True
    found = scopes(actor, unit.campaign)
    return any(scope.role in right.roles and unit.path.startswith(scope.path) for scope in found)


def is_office(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor is the office of the whole campaign."""
    if actor is None:
        return True
    top = campaign.root_id
    return any(
        scope.role in Right.RUN_CAMPAIGNS.roles and scope.unit.organization_id == top
        for scope in scopes(actor, campaign)
    )


def openable_roots(actor: "User") -> "list[Organization]":
    """Organizations whose campaign office the actor is, by code."""
    found = {g.organization for g in open_grants(actor) if g.role in Right.RUN_CAMPAIGNS.roles}
    return sorted(found, key=lambda organization: organization.code)


def why_not_open_campaign(actor: Actor, root: "Organization", on: "date") -> Refusal | None:
    """Only the office of the root or above it opens a campaign (N3)."""
    if actor is None:
        return None
    if not tops(actor, Right.RUN_CAMPAIGNS).isdisjoint(path_ids(root.pk, on)):
        return None
    return Refusal(
        _("Only the campaign office of this organization can open a campaign here."),
        code="not_office",
    )


def _why_not_run(actor: Actor, campaign: Campaign) -> Refusal | None:
    """The deeds of the whole campaign: its office, while it is open."""
    if not is_office(actor, campaign):
        return Refusal(_("Only the campaign office can do this."), code="not_office")
    if campaign.state == CampaignState.CLOSED:
        return Refusal(_("The campaign is closed."), code="campaign_closed")
    if campaign.state == CampaignState.CANCELLED:
        return Refusal(_("The campaign has been cancelled."), code="campaign_cancelled")
    return None


def why_not_open_round(actor: Actor, round_: Round) -> Refusal | None:
    """One round is open at a time, in the order of the pack."""
    refusal = _why_not_run(actor, round_.campaign)
    if refusal is not None:
        return refusal
    if round_.state != RoundState.PLANNED:
        return Refusal(_("This round has already been opened."), code="round_not_planned")
    rounds = list(round_.campaign.rounds.all())
    opened = next((found for found in rounds if found.state == RoundState.OPEN), None)
    if opened is not None:
        return _other_is_open(opened)
    earlier = [found for found in rounds if found.position < round_.position]
    skipped = next((found for found in earlier if found.state == RoundState.PLANNED), None)
    if skipped is not None:
        return Refusal(
            _("The rounds open in their order: open “%(round)s” first.") % {"round": skipped.name},
            code="earlier_round_planned",
        )
    return None


def _other_is_open(opened: Round) -> Refusal:
    return Refusal(
        _("Only one round is open at a time: close “%(round)s” first.") % {"round": opened.name},
        code="other_round_open",
    )


def why_not_see_gaps(actor: Actor, campaign: Campaign) -> Refusal | None:
    """Who is missing is for those who answer for others; members see their own records."""
    if actor is None or any(s.role in Right.READ_PEOPLE.roles for s in scopes(actor, campaign)):
        return None
    return Refusal(
        _("What is missing is open to the office, clerks, secretaries and inspectors."),
        code="not_a_reader",
    )


def why_not_urge(actor: "User", campaign: Campaign) -> Refusal | None:
    """Those below are urged by whoever answers for them: office, clerks and secretaries."""
    if any(scope.role in Right.URGE.roles for scope in scopes(actor, campaign)):
        return None
    return Refusal(
        _("Only the office, a clerk or a secretary of an organization above urges."),
        code="not_above",
    )


def why_not_close_round(actor: Actor, round_: Round) -> Refusal | None:
    """Whether the round may be closed at all; gaps are asked for by `why_not_close_over`."""
    refusal = _why_not_run(actor, round_.campaign)
    if refusal is None and round_.state != RoundState.OPEN:
        return Refusal(_("This round is not open."), code="round_not_open")
    return refusal


def why_not_close_over(
    gaps: "Sequence[Gap]", campaign: Campaign, *, listed: int = 100
) -> Refusal | None:
    """Closing over gaps is refused with the list, unless each is exempt with a reason (N4).

    The refusal names the first ones; the page of the gaps has all of them and asks for none.
    """
    if not gaps:
        return None
    return Refusal(
        _(
            "%(count)d gaps are left. Complete them, or exempt each with a reason, "
            "before closing the round."
        )
        % {"count": len(gaps)},
        code="gaps_left",
        details=[gap_sentence(gap, campaign) for gap in gaps[:listed]],
    )


def gap_sentence(gap: "Gap", campaign: Campaign) -> str:
    """A gap in one line: where, who, what is owed."""
    return _("%(unit)s: %(subject)s, %(duty)s missing") % {
        "unit": gap.unit_name,
        "subject": gap.subject,
        "duty": duty_label(gap.duty, campaign),
    }


def why_not_reopen_round(actor: Actor, round_: Round) -> Refusal | None:
    """A closed round is opened again while no other one is open."""
    refusal = _why_not_run(actor, round_.campaign)
    if refusal is not None:
        return refusal
    if round_.state != RoundState.CLOSED:
        return Refusal(_("This round is not closed."), code="round_not_closed")
    rounds = round_.campaign.rounds.all()
    opened = next((found for found in rounds if found.state == RoundState.OPEN), None)
    return _other_is_open(opened) if opened is not None else None


def why_not_change_round_dates(actor: Actor, round_: Round) -> Refusal | None:
    """The days of a closed round stand."""
    refusal = _why_not_run(actor, round_.campaign)
    if refusal is None and round_.state == RoundState.CLOSED:
        return Refusal(
            _("This round is closed. Reopen it to change its dates."), code="round_closed"
        )
    return refusal


def why_not_close_campaign(actor: Actor, campaign: Campaign) -> Refusal | None:
    """A campaign closes after all of its rounds."""
    refusal = _why_not_run(actor, campaign)
    if refusal is not None:
        return refusal
    left = [found.name for found in campaign.rounds.all() if found.state != RoundState.CLOSED]
    if left:
        return Refusal(
            _("Close every round first. Not closed: %(rounds)s.") % {"rounds": _(", ").join(left)},
            code="rounds_left",
        )
    return None


def why_not_cancel_campaign(actor: Actor, campaign: Campaign) -> Refusal | None:
    """One opened by mistake is cancelled while nothing rests on it but its own openings."""
    refusal = _why_not_run(actor, campaign)
    if refusal is not None:
        return refusal
    recorded = records_of(campaign)
    if recorded:
        return Refusal(
            _("In this campaign there are already: %(records)s. It can be closed, not cancelled.")
            % {"records": pgettext("list", "; ").join(recorded)},
            code="campaign_has_records",
        )
    return None


def why_not_amend(actor: Actor, campaign: Campaign) -> Refusal | None:
    """The frozen universe is changed by the campaign office only, while the campaign is open."""
    return _why_not_run(actor, campaign)


def why_not_exempt(
    actor: Actor,
    round_: Round,
    unit: Unit,
) -> Refusal | None:
    """The office or the clerk of the unit exempts, until the round is closed (N4)."""
    if not holds(actor, unit, Right.EXEMPT):
        return Refusal(
            _("Only the campaign office or the clerk of this unit can exempt here."),
            code="not_clerk",
        )
    if round_.campaign.state != CampaignState.OPEN:
        return Refusal(_("The campaign is closed."), code="campaign_closed")
    if round_.state == RoundState.CLOSED:
        return Refusal(
            _("This round is closed. Reopen it to change its exemptions."), code="round_closed"
        )
    return None


def why_not_exempt_participant(
    actor: Actor, round_: Round, participant: Participant
) -> Refusal | None:
    """The same for a person, where the person belongs."""
    return why_not_exempt(actor, round_, home_unit(participant))


def why_not_revoke_exemption(actor: Actor, exemption: Exemption) -> Refusal | None:
    """An exemption is taken back by those who may grant it, once."""
    if exemption.revoked_at is not None:
        return Refusal(_("This exemption has already been revoked."), code="already_revoked")
    if exemption.participant is not None:
        return why_not_exempt_participant(actor, exemption.round, exemption.participant)
    unit = exemption.unit
    assert unit is not None  # noqa: S101  held by the constraint exemption_has_one_subject
    return why_not_exempt(actor, exemption.round, unit)


def why_not_confirm_exemptions(actor: "User", proposal: ExemptionProposal) -> Refusal | None:
    """A second person who may exempt all of it; the same person may refuse it."""
    if actor.pk == proposal.proposed_by_id:
        return Refusal(
            _("You have proposed this yourself. A second person has to confirm it."),
            code="own_proposal",
        )
    return (
        _why_decided(proposal)
        or why_not_second(actor, proposal.proposed_by, proposal.proposed_at)
        or why_not_exempt(actor, proposal.round, proposal.unit)
    )


def why_not_withdraw_exemptions(actor: "User", proposal: ExemptionProposal) -> Refusal | None:
    """Who proposed it."""
    if actor.pk != proposal.proposed_by_id:
        return Refusal(_("Only who proposed this can withdraw it."), code="not_own")
    return _why_decided(proposal)


def _why_decided(proposal: ExemptionProposal) -> Refusal | None:
    if proposal.outcome == Outcome.OPEN:
        return None
    return Refusal(_("This proposal has been decided on already."), code="decided")


def why_not_change_exemption_limit(actor: Actor, campaign: Campaign) -> Refusal | None:
    """How many gaps one person may exempt is for the office of the campaign, while it is open."""
    return _why_not_run(actor, campaign)


def why_not_settle_signing_in(actor: Actor, campaign: Campaign) -> Refusal | None:
    """Whether secretaries sign in is for the office of the campaign, while it is open."""
    return _why_not_run(actor, campaign)

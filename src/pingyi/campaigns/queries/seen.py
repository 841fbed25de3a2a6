"""What a page of campaigns shows of what it edits, as it is by now (ui.edits)."""

from django.utils.translation import gettext as _

from pingyi.campaigns.models import Campaign, ExemptionProposal, Participant, Round, Unit
from pingyi.campaigns.queries.freezing import Preview
from pingyi.campaigns.rules.exemptions import EXEMPT_ALONE
from pingyi.core.seen import Content, Said


def round_seen(pk: int) -> Content:
    """The state of a round and its days, in the fields of the form of its dates."""
    row = Round.objects.get(pk=pk)
    due = {f"due.{deadline.tier}": deadline.due_on for deadline in row.deadlines.all()}
    return {
        "state": Said(row.name, row.state, row.get_state_display()),
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
        **due,
    }


def round_said(pk: int) -> Content:
    """The same beside a button, where no form has these fields."""
    row = Round.objects.get(pk=pk)
    due = {
        f"due.{one.tier}": Said(f"{row.name} {one.name}", one.due_on) for one in row.deadlines.all()
    }
    days = {
        "opens_on": Said(_("Opens on"), row.opens_on),
        "closes_on": Said(_("Closes on"), row.closes_on),
    }
    return {"state": Said(row.name, row.state, row.get_state_display()), **days, **due}


def campaign_seen(pk: int) -> Content:
    """The state of a campaign and of its rounds."""
    row = Campaign.objects.get(pk=pk)
    rounds = {
        f"round.{one.code}": Said(one.name, one.state, one.get_state_display())
        for one in row.rounds.all()
    }
    return {"state": Said(row.name, row.state, row.get_state_display()), **rounds}


def participant_seen(pk: int) -> Content:
    """Where a person is counted, as what, and whether at all."""
    row = Participant.objects.select_related("unit").get(pk=pk)
    return {
        "unit": Said(_("Organization"), row.unit_id, row.unit.name if row.unit else "—"),
        "standing": row.standing,
        **_counted(row),
    }


def participant_said(pk: int) -> Content:
    """The same where no form has the field of the standing."""
    row = Participant.objects.get(pk=pk)
    standing = Said(_("Standing"), row.standing)
    return {**participant_seen(pk), "standing": standing}


def unit_seen(pk: int) -> Content:
    """Where a unit stands, and whether it is counted at all."""
    row = Unit.objects.select_related("parent").get(pk=pk)
    above = row.parent.name if row.parent else "—"
    return {"unit": Said(_("Under which organization"), row.parent_id, above), **_counted(row)}


def _counted(row: Unit | Participant) -> Content:
    said = _("counted") if row.is_active else _("removed")
    return {"is_active": Said(str(row), row.is_active, said)}


def preview_seen(pack_hash: str, preview: Preview | None) -> Content:
    """What opening a campaign would freeze, and by which pack."""
    found: dict[str, object] = {"pack": Said(_("Pack"), pack_hash, _("another version"))}
    if preview is not None:
        found |= {
            "units": Said(_("Organizations"), preview.units),
            "members": Said(_("Members"), preview.members),
            "post_holders": Said(_("Leaders"), preview.post_holders),
        }
        found |= {
            f"judged-{at}": Said(each.ballot, each.units if each.people is None else each.people)
            for at, each in enumerate(preview.judged)
        }
    return found


def proposal_seen(pk: int) -> Content:
    """What became of a proposed exemption."""
    row = ExemptionProposal.objects.get(pk=pk)
    return {"outcome": Said(_("State"), row.outcome, row.get_outcome_display())}


def signing_in_seen(pk: int) -> Content:
    """Whether secretaries sign in, in the field of the form."""
    return {"secretaries_sign_in": str(Campaign.objects.get(pk=pk).secretaries_sign_in)}


def limit_seen(pk: int) -> Content:
    """How many gaps one person may exempt at once, in the field of the form."""
    said = Campaign.objects.get(pk=pk).exempt_alone
    return {"exempt_alone": EXEMPT_ALONE if said is None else said}

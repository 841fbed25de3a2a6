"""The list of commitments, one's own, and one of them with what can be done with it."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import participant_of, scopes
from pingyi.commitments.enums import CommitmentDeed, CommitmentState
from pingyi.commitments.forms import (
    AppraiseForm,
    CheckForm,
    KeepForm,
    NothingToSay,
    PromiseForm,
    SendBackForm,
)
from pingyi.commitments.operations import steps
from pingyi.commitments.permissions import why_not_do
from pingyi.commitments.queries.commitments import (
    called,
    commitments_visible_to,
    kinds_of,
    narrowed,
    own_commitments,
    paths_of,
    rate_of,
)
from pingyi.commitments.queries.seen import FIELDS, commitment_content, commitment_seen
from pingyi.commitments.views.viewing import campaign_in_sight, commitment_in_sight, page_of
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.edits import Edited
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.commitments.models import Commitment

FORMS: dict[CommitmentDeed, Any] = {
    CommitmentDeed.REVISE: (PromiseForm, steps.revise),
    CommitmentDeed.EXAMINE: (NothingToSay, steps.examine),
    CommitmentDeed.SEND_BACK: (SendBackForm, steps.send_back),
    CommitmentDeed.PUBLISH: (NothingToSay, steps.publish),
    CommitmentDeed.KEEP: (KeepForm, steps.keep),
    CommitmentDeed.CHECK: (CheckForm, steps.check),
    CommitmentDeed.APPRAISE: (AppraiseForm, steps.appraise),
}


@require_safe
def commitments(request: Request, campaign_code: str) -> HttpResponse:
    """What is promised in the actor's part of the tree, and how many of it were kept."""
    campaign = campaign_in_sight(request, campaign_code)
    state = request.GET.get("state", "")
    visible = commitments_visible_to(request.user, campaign)
    listing = list_page(
        request,
        narrowed(visible, state),
        search=("text", "unit__name", "unit__initials", "participant__name"),
        sorts={"unit": ("unit__path", "participant_id", "pk"), "due": ("due_on", "pk")},
        default="unit",
    )
    context = {
        "campaign": campaign,
        "listing": listing,
        "rows": called(kinds_of(campaign), listing.page),
        "rate": rate_of(visible),
        "state": state,
        "filters": [("", _("All")), *CommitmentState.choices],
        "units": [scope.unit for scope in scopes(request.user, campaign)],
        "is_member": participant_of(request.user, campaign) is not None,
        "reads": bool(paths_of(request.user, campaign, Right.READ_APPRAISALS)),
    }
    return render(request, "commitments/commitments.html", context)


@require_safe
def mine(request: Request, campaign_code: str) -> HttpResponse:
    """What the member promised, and what is to be done about it."""
    campaign = campaign_in_sight(request, campaign_code)
    me = participant_of(request.user, campaign)
    found = list(own_commitments(me)) if me is not None else []
    context = {
        "campaign": campaign,
        "unit": me.unit if me is not None else None,
        "rows": called(kinds_of(campaign), found),
    }
    return render(request, "commitments/mine.html", context)


@require_safe
def commitment(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """What is promised, what was done, and its history."""
    found = commitment_in_sight(request, campaign_code, pk)
    deeds = [
        (deed, page_of("deed", campaign_code, pk, deed.value))
        for deed in CommitmentDeed
        if why_not_do(request.user, found, deed) is None
    ]
    campaign = found.unit.campaign
    context = {
        "commitment": found,
        "kind": kinds_of(campaign).get(found.kind, found.kind),
        "campaign": campaign,
        "deeds": deeds,
        "steps": found.steps.select_related("done_by"),
    }
    return render(request, "commitments/commitment.html", context)


@form_page
def deed(request: Request, campaign_code: str, pk: int, done: str) -> HttpResponse:
    """Revise, examine, send back, publish, report, check or appraise a commitment."""
    if done not in CommitmentDeed.values:
        raise Http404
    found, kind = commitment_in_sight(request, campaign_code, pk), CommitmentDeed(done)
    return Deed(
        title=str(kind.label),
        state=f"{_maker(found)} · {found.text[:80]}",
        form=_form(request, found, kind),
        submit=str(kind.label),
        do=partial(FORMS[kind][1], commitment=found),
        done=_("Recorded."),
        back=page_of("commitment", campaign_code, pk),
        refusal=why_not_do(request.user, found, kind),
        edits=Edited(
            f"commitment:{pk}", partial(commitment_seen, pk), known=commitment_content(found)
        ),
    ).page(request)


def _maker(found: "Commitment") -> str:
    return found.participant.shown_name if found.participant else found.unit.name


def _form(request: Request, found: "Commitment", kind: CommitmentDeed) -> Any:
    form = FORMS[kind][0]
    initial = {name: getattr(found, name) for name in FIELDS.get(kind.value, ())}
    if kind is CommitmentDeed.REVISE:
        return form(kinds_of(found.unit.campaign), request.POST or None, initial=initial)
    return form(request.POST or None, initial=initial)

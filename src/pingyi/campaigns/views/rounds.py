"""Rounds: open, close over no gap, open again, change the days; the gaps that are left."""

from functools import partial
from typing import TYPE_CHECKING, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pingyi.accounts.permissions import why_not_manage_accounts
from pingyi.accounts.requests import Request
from pingyi.campaigns import permissions
from pingyi.campaigns.forms.rounds import DatesForm, ExemptionForm, GapFilter, ReasonForm, key_of
from pingyi.campaigns.operations.exemptions import exempt_many
from pingyi.campaigns.operations.rounds import (
    change_round_dates,
    close_round,
    open_round,
    reopen_round,
)
from pingyi.campaigns.queries.debtors import answering_for, place_of_urging
from pingyi.campaigns.queries.gaps import BY_PERSON, Gap, Gaps, duty_label, gaps_visible_to
from pingyi.campaigns.queries.missing import missing_of, said_of
from pingyi.campaigns.queries.proposals import could_be_confirmed
from pingyi.campaigns.queries.rounds import closing_warning
from pingyi.campaigns.queries.scopes import unit_asked_for
from pingyi.campaigns.queries.seen import round_seen
from pingyi.campaigns.queries.universe import names_together, root_unit
from pingyi.campaigns.rules.exemptions import exempt_alone, needs_second
from pingyi.campaigns.views.viewing import edited_round, page_of, round_in_sight
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.ui.deeds import Deed, done, done_or_refused, form_page
from pingyi.ui.edits import Edited
from pingyi.ui.lists import Sorts, list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, ExemptionProposal, Round, Unit


GAP_SORTS: Sorts = {
    "unit": "gap_path",
    "subject": "gap_subject",
    "duty": ("gap_duty", "gap_path"),
    "by": BY_PERSON,
}


@require_POST
def open_(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Open the round; the rooms above prepare their work. The first page says what comes next."""
    found = round_in_sight(request, campaign_code, round_code)
    return done_or_refused(
        request,
        partial(open_round, round_=found),
        back=page_of(campaign_code),
        to=lambda _opened: "/",
        said=_("“%(round)s” is open.") % {"round": found.name},
        edits=edited_round(found),
    )


@require_POST
def close(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Close the round; over gaps it is refused, and the list of gaps comes next."""
    found = round_in_sight(request, campaign_code, round_code)
    return done_or_refused(
        request,
        partial(close_round, round_=found),
        back=page_of(campaign_code),
        said=_("“%(round)s” is closed.") % {"round": found.name},
        listed_at=_gaps_page(campaign_code, round_code),
        edits=edited_round(found),
    )


@form_page
def reopen(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Open a closed round again, with a reason."""
    found = round_in_sight(request, campaign_code, round_code)
    return Deed(
        title=_("Reopen “%(round)s”") % {"round": found.name},
        form=ReasonForm(request.POST or None),
        submit=_("Reopen"),
        back=page_of(campaign_code),
        done=_("“%(round)s” is open again.") % {"round": found.name},
        do=partial(reopen_round, round_=found),
        edits=edited_round(found),
        refusal=permissions.why_not_reopen_round(request.user, found),
    ).page(request)


@form_page
def dates(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Change the days of the round and of its deadlines."""
    found = round_in_sight(request, campaign_code, round_code)
    edits = Edited(f"round:{found.pk}", partial(round_seen, found.pk))
    form = DatesForm(request.POST or None, initial=edits.content, round_=found)
    return Deed(
        title=_("Dates of “%(round)s”") % {"round": found.name},
        form=form,
        submit=_("Save"),
        back=page_of(campaign_code),
        done=_("The dates were changed."),
        do=partial(change_round_dates, round_=found),
        edits=edits,
        refusal=permissions.why_not_change_round_dates(request.user, found),
    ).page(request)


def _gaps_page(campaign_code: str, round_code: str) -> str:
    return reverse(
        "campaigns:gaps", kwargs={"campaign_code": campaign_code, "round_code": round_code}
    )


@form_page
def gaps(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """What is missing before the round can close; POST exempts what is ticked, with a reason."""
    found = round_in_sight(request, campaign_code, round_code)
    refuse(permissions.why_not_see_gaps(request.user, found.campaign))
    all_of_them = gaps_visible_to(request.user, found)
    unit = unit_asked_for(request.user, found, request.GET.get("unit", ""))
    below = gaps_visible_to(request.user, found, unit) if unit else all_of_them
    filters = GapFilter(request.GET or None, campaign=found.campaign)
    chosen = filters.chosen() if filters.is_bound else {}
    missing = below.only(**chosen)
    listing = list_page(request, missing, sorts=GAP_SORTS, default="unit", per_page=50)
    # Only what comes back is held against the gaps; nobody needs all of them to look at fifty.
    # All of them means all of the list, as it is searched.
    listed = listing.page.paginator.object_list
    form = ExemptionForm(
        request.POST or None, gaps=list(listed) if request.POST else [], beside=below
    )
    answer = _exempted(request, found, form)
    if answer is not None:
        return answer
    context = {
        "round": found,
        "campaign": found.campaign,
        "form": form,
        "edits": edited_round(found),
        "filters": filters,
        "unit": unit,
        "urge_place": place_of_urging(found, unit.code if unit else "", *chosen.values()),
        "urge_refusal": permissions.why_not_urge(request.user, found.campaign),
        "listing": listing,
        "parts": said_of(missing_of(cast("Gaps", listed), found.campaign)),
        "is_of_several": len(below.by_duty()) > 1,
        **_second_person(request, found, unit, len(below)),
        "rows": _rows(missing, list(listing.page), found.campaign),
        **_closing(request, found, all_of_them),
    }
    return render(request, "campaigns/gaps.html", context)


def _closing(request: Request, round_: "Round", missing: Gaps) -> dict[str, object]:
    """Why the round cannot be closed yet, or what is asked before."""
    refusal = permissions.why_not_close_round(
        request.user, round_
    ) or permissions.why_not_close_over(missing, round_.campaign, listed=0)
    warning = closing_warning(round_, day_of(request.now)) if refusal is None else ""
    return {"close_refusal": refusal, "closing_warning": warning}


def _second_person(
    request: Request, round_: "Round", unit: "Unit | None", number: int
) -> dict[str, object]:
    """How many one person exempts; where more could be ticked, whether somebody else is there."""
    alone = exempt_alone(round_.campaign.exempt_alone)
    if number <= alone:
        return {"alone": alone}
    top = unit or root_unit(round_.campaign)
    return {
        "alone": alone,
        "is_many": True,
        "has_second": could_be_confirmed(top, request.user),
        "makes_accounts": why_not_manage_accounts(request.user) is None,
    }


def _rows(missing: Gaps, shown: list[Gap], campaign: "Campaign") -> list[dict[str, object]]:
    owed_by = missing.owed_by(shown)
    names = names_together({one.pk: one for one in owed_by.values()}.values())
    answering = answering_for(missing, shown)
    return [
        {
            "gap": gap,
            "key": key_of(gap),
            "duty": duty_label(gap.duty, campaign),
            "by": names[owed_by[gap].pk] if gap in owed_by else answering.get(gap, ""),
        }
        for gap in shown
    ]


def _exempted(request: Request, round_: "Round", form: ExemptionForm) -> HttpResponse | None:
    """Exempts and comes back to the list; nothing where there is something to mend."""
    return done(
        request,
        form,
        partial(exempt_many, round_=round_),
        to=_gaps_page(round_.campaign.code, round_.code),
        said=partial(_said, round_.campaign.exempt_alone),
    )


def _said(alone: int | None, made: "int | ExemptionProposal") -> str:
    if isinstance(made, int):
        words = ngettext("%(count)d gap is now exempt.", "%(count)d gaps are now exempt.", made)
        said = words % {"count": made}
        if not needs_second(made, alone):
            return said
        return _("%(said)s Nobody else could confirm so many at once; the ledger says so.") % {
            "said": said
        }
    return _("%(count)d at once need a second person: they are proposed.") % {"count": made.count}

"""What waits to be registered; registering it, alone or many as one, and setting it aside."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.rectification.enums import SourceKind
from pingyi.rectification.forms import RegisterForm, SetAsideForm
from pingyi.rectification.operations.register import register_item, set_aside
from pingyi.rectification.queries.groups import UNIT
from pingyi.rectification.queries.waiting import BELOW, found_in, waiting_of
from pingyi.rectification.views.choosing import Chosen, kind_asked, units_for
from pingyi.rectification.views.viewing import campaign_in_sight, page_of
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.lists import list_page


@require_safe
def waiting(request: Request, campaign_code: str) -> HttpResponse:
    """Of one kind what nobody has taken up: tick those that say the same."""
    campaign = campaign_in_sight(request, campaign_code)
    kind = kind_asked(request)
    _below, searched = BELOW[kind]
    listing = list_page(
        request,
        waiting_of(kind, request.user, campaign),
        search=(searched, f"{UNIT[kind]}__name"),
        sorts={"said": "pk"},
        default="-said",
    )
    context = {
        "campaign": campaign,
        "listing": listing,
        "rows": found_in(listing.page.object_list),
        "of": kind.value,
        "kinds": SourceKind.choices,
    }
    return render(request, "rectification/waiting.html", context)


@form_page
def register(request: Request, campaign_code: str) -> HttpResponse:
    """Register what the ticked ones say as one item; or a problem that stands nowhere yet."""
    campaign = campaign_in_sight(request, campaign_code)
    chosen = Chosen(request, campaign)
    initial = {"problem": "\n".join(dict.fromkeys(each.problem for each in chosen.rows))}
    form = RegisterForm(
        units_for(request, campaign, chosen.rows), request.POST or None, initial=initial
    )
    return Deed(
        title=_("Register what is to be put right"),
        state=campaign.name,
        finds="" if chosen.rows else _("Name, initials or code of the organization"),
        form=form,
        submit=pgettext("rectification", "Register"),
        do=lambda target, problem, **who: register_item(
            unit=target, problem=problem, said=chosen.said, **who
        ),
        to=lambda made: page_of("item", campaign_code, made.pk),
        done=_("Registered."),
        back=page_of("waiting" if chosen.rows else "items", campaign_code),
        refusal=chosen.refusal,
        template="rectification/register.html",
        context=lambda: {"chosen": chosen.rows},
    ).page(request)


@form_page
def aside(request: Request, campaign_code: str) -> HttpResponse:
    """Say why nothing is to be put right about the ticked ones."""
    campaign = campaign_in_sight(request, campaign_code)
    chosen = Chosen(request, campaign)
    return Deed(
        title=_("Nothing to put right"),
        state=_("What was said stays where it was said; it is not asked about again."),
        form=SetAsideForm(request.POST or None),
        submit=_("Set aside"),
        do=lambda reason, **who: set_aside(said=chosen.said, reason=reason, **who),
        done=_("Set aside."),
        back=page_of("waiting", campaign_code),
        refusal=chosen.refusal,
        template="rectification/register.html",
        context=lambda: {"chosen": chosen.rows},
    ).page(request)

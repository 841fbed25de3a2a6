"""All appraisals of a round in the actor's part of the tree."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.appraisals.queries import coverage
from pingyi.appraisals.queries.ledger import is_in_state
from pingyi.appraisals.queries.plans import appraisal_name, needed_plan
from pingyi.appraisals.queries.units import readable_units
from pingyi.appraisals.views.viewing import round_in_sight
from pingyi.ui.lists import list_page

STATES = ("", "counted", "begun", "none", "exempt", "undecided")


@require_safe
def units(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Every counted unit with how far its appraisal is; one's own branch opens at once."""
    round_ = round_in_sight(request, campaign_code, round_code)
    readable = readable_units(request.user, round_)
    if readable is None:
        raise Http404(_("You read no appraisal in this campaign."))
    if readable.count() == 1 and not request.GET:
        return redirect("appraisals:unit", campaign_code, round_code, readable.get().code)
    state = request.GET.get("state", "")
    listing = list_page(
        request,
        readable.filter(is_in_state(round_, state)) if state in STATES[1:] else readable,
        search=("name", "initials", "code"),
        sorts={"path": "path", "name": "name", "code": "code"},
        default="path",
    )
    progress = coverage.progress(round_, listing.page)
    exempt = coverage.exempt_among(round_, listing.page)
    counted = readable.filter(is_in_state(round_, "counted")).count()
    context = {
        "round": round_,
        "name": appraisal_name(round_),
        "listing": listing,
        "rows": [(unit, progress.get(unit.pk), unit.pk in exempt) for unit in listing.page],
        "stages": len(needed_plan(round_).stages),
        "forms": needed_plan(round_).forms,
        "state": state,
        "counted": counted,
    }
    return render(request, "appraisals/units.html", context)

"""What I owe, and what was said of me."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns import queries as campaigns
from pingyi.reviews import permissions
from pingyi.reviews.queries.ledger import lines_of
from pingyi.reviews.queries.sight import kept_units, own_reviews
from pingyi.reviews.queries.tasks import UnitTasks, open_meetings, tasks_of
from pingyi.reviews.views.viewing import Place, place_in_sight, round_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit


@require_safe
def tasks(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Who is still missing, by unit, with last round's sentence."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    me = campaigns.participant_of(request.user, place.campaign)
    groups = tasks_of(me, round_) if me else []
    context = {
        "campaign": place.campaign,
        "round": round_,
        "groups": groups,
        "over_all": _over_all(place, groups),
        "missing": sum(group.missing for group in groups),
        "total": sum(len(group.tasks) for group in groups),
        "drafts": open_meetings(me, round_) if me else [],
        "refusal": permissions.why_not_in_round(round_),
        "keeps": bool(place.viewer.keeps),
    }
    return render(request, "reviews/tasks.html", context)


def _over_all(place: Place, groups: "list[UnitTasks]") -> "Unit | None":
    """Where one sitting takes in several branches that are owed: what they all lie below, if the
    viewer keeps it.
    """
    left = [group.unit.path for group in groups if group.missing]
    if len(left) < 2:
        return None
    return kept_units(place.viewer, place.campaign).filter(path=campaigns.above_all(left)).first()


@require_safe
def mine(request: Request, campaign_code: str) -> HttpResponse:
    """What was said of the person signed in, round by round."""
    place = place_in_sight(request, campaign_code)
    me = campaigns.participant_of(request.user, place.campaign)
    reviews = own_reviews(me) if me else []
    context = {
        "campaign": place.campaign,
        "plan": place.plan,
        "me": me,
        "lines": lines_of(place.plan, reviews),
    }
    return render(request, "reviews/mine.html", context)

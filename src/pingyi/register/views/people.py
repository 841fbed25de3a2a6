"""The list of people and the page of one."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.organizations import queries as ground
from pingyi.register import permissions
from pingyi.register.forms.people import PeopleFilter
from pingyi.register.queries import sight
from pingyi.register.views.viewing import ViewedDay, person_in_sight, viewed_day
from pingyi.ui.lists import Sorts, list_page
from pingyi.ui.name_order import name_order

if TYPE_CHECKING:
    from pingyi.organizations.models import Person

SORTS: Sorts = {
    "organization": "organization_name",
    "standing": "standing",
    "born": "shown_born_on",
    "joined": "shown_joined_on",
}
# Without the days: their order would tell them.
READER_SORTS = {key: field for key, field in SORTS.items() if key not in ("born", "joined")}


def _filtered(request: Request, day: ViewedDay) -> "tuple[PeopleFilter, QuerySet[Person]]":
    chosen = PeopleFilter({**request.GET.dict(), "on": day.on.isoformat()})
    visible = sight.people_visible_to(request.user, day.on)
    # Search and sort by what is shown: what may not be known cannot be found out either.
    return chosen, ground.with_membership(visible, day.on).filter(**chosen.chosen())


@require_safe
def people(request: Request) -> HttpResponse:
    """People in sight, searched, sorted, filtered."""
    day = viewed_day(request)
    chosen, rows = _filtered(request, day)
    refusal = permissions.why_not_edit_register(request.user)
    listing = list_page(
        request,
        rows,
        search=("name", "initials", "shown_last4"),
        sorts={
            **(SORTS if refusal is None else READER_SORTS),
            "name": name_order(request),
        },
        default="name",
    )
    ground.tell_apart(listing.page, day.on)
    context = {
        "listing": listing,
        "filter": chosen,
        "day": day,
        "refusal": refusal,
        "export_refusal": permissions.why_not_export_people(request.user),
    }
    return render(request, "register/people.html", context)


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """A person: where they belong, what they lead, what they are in charge of, since when."""
    found = person_in_sight(request, pk)
    day = viewed_day(request)
    context = {
        "person": found,
        "day": day,
        "membership": ground.membership_of(found, day.on),
        "history": ground.history_of_person(found),
        "merged": ground.merged_records(found),
        "identity_refusal": permissions.why_not_see_identity(request.user, found, request.now),
        "refusal": permissions.why_not_edit_person(request.user, found, request.now),
        "can_edit": permissions.why_not_separate(request.user, found, request.now) is None,
    }
    return render(request, "register/person.html", context)

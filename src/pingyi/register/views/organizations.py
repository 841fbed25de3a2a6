"""The list of organizations and the page of one."""

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import tops as reach
from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.organizations import queries as ground
from pingyi.organizations.rules.titles import names_secretary
from pingyi.register import permissions
from pingyi.register.forms.organizations import OrganizationFilter
from pingyi.register.queries import sight
from pingyi.register.views.viewing import ViewedDay, nearest_day, organization_in_sight, viewed_day
from pingyi.ui.lists import Sorts, list_page
from pingyi.ui.name_order import name_order

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization

SORTS: Sorts = {
    "code": "code",
    "name": ("initials", "name"),
    "kind": "kind",
    "level": "level",
    "sector": "sector__position",
    "parent": "parent_name",
}


def _filtered(
    request: Request, day: ViewedDay
) -> "tuple[OrganizationFilter, QuerySet[Organization]]":
    chosen = OrganizationFilter({**request.GET.dict(), "on": day.on.isoformat()})
    visible = sight.visible_to(request.user, day.on).select_related("sector")
    return chosen, ground.with_parent(visible, day.on).filter(**chosen.chosen())


@require_safe
def list_(request: Request) -> HttpResponse:
    """Organizations in sight, searched, sorted, filtered."""
    day = viewed_day(request)
    chosen, rows = _filtered(request, day)
    listing = list_page(
        request, rows, search=("name", "initials", "code"), sorts=SORTS, default="code"
    )
    counts = ground.member_counts([row.pk for row in listing.page], day.on)
    context = {
        "listing": listing,
        "rows": [(row, counts.get(row.pk, 0)) for row in listing.page],
        "filter": chosen,
        "day": day,
        "is_empty": not listing.total and ground.is_empty(),
        "refusal": permissions.why_not_edit_register(request.user),
        "found_below": _own_top(request),
    }
    return render(request, "register/list.html", context)


def _own_top(request: Request) -> int | None:
    """The organization below which somebody founds others: their own, where it is one."""
    tops = sorted(reach(request.user, Right.EDIT_REGISTER))
    return tops[0] if len(tops) == 1 else None


def _unit_context(request: Request, pk: int, tab: str) -> dict[str, Any]:
    """What every tab of an organization shows."""
    organization = organization_in_sight(request, pk)
    day = viewed_day(request)
    on = nearest_day(organization, day.on)
    visible = set(
        sight.visible_to(request.user, on)
        .filter(pk__in=ground.path_ids(organization.pk, on))
        .values_list("pk", flat=True)
    )
    return {
        "organization": organization,
        "day": day,
        "on": on,
        "tab": tab,
        "path": [(row, row.pk in visible) for row in ground.path_of(organization.pk, on)],
        "refusal": permissions.why_not_edit_organization(request.user, organization, request.now),
        "members_refusal": permissions.why_not_see_members(request.user, organization, request.now),
    }


@require_safe
def unit(request: Request, pk: int) -> HttpResponse:
    """An organization: what lies below, who leads it, who is in charge of it."""
    context = _unit_context(request, pk, "overview")
    organization, on = context["organization"], context["on"]
    children = list(ground.children_of(organization, on))
    counts = ground.member_counts([child.pk for child in children], on)
    posts, charges = ground.posts_of(organization, on), ground.charges_of(organization, on)
    people = [*(post.person for post in posts), *(charge.person for charge in charges)]
    ground.tell_apart_together(people, on)
    named = {post.person_id for post in posts} | {charge.person_id for charge in charges}
    in_sight = sight.people_visible_to(request.user, day_of(request.now)).filter(pk__in=named)
    context |= {
        "children": [(child, counts.get(child.pk, 0)) for child in children],
        "posts": posts,
        "uncounted": {row.pk for row in posts if not row.category and names_secretary(row.title)},
        "charges": charges,
        "people_in_sight": set(in_sight.values_list("pk", flat=True)),
        "secondary": ground.secondary_parents(organization, on),
        "members": ground.members_of(organization, on).count(),
        "members_below": ground.members_below(organization, on),
        "restructure_refusal": permissions.why_not_restructure_organization(
            request.user, organization, request.now
        ),
    }
    return render(request, "register/unit.html", context)


@require_safe
def unit_members(request: Request, pk: int) -> HttpResponse:
    """The members of an organization."""
    context = _unit_context(request, pk, "members")
    refuse(context["members_refusal"])
    # What is not shown cannot be searched for either.
    known = () if context["refusal"] else ("person__identity_last4",)
    listing = list_page(
        request,
        ground.members_of(context["organization"], context["on"]),
        search=("person__name", "person__initials", *known),
        sorts={
            "name": name_order(request, "person__"),
            "standing": "standing",
            "from": "valid_from",
        },
        default="name",
    )
    ground.tell_apart(map(attrgetter("person"), listing.page), context["on"])
    context["listing"] = listing
    return render(request, "register/unit_members.html", context)


@require_safe
def unit_history(request: Request, pk: int) -> HttpResponse:
    """Where an organization stood, and what it came out of or went into."""
    context = _unit_context(request, pk, "history")
    context["history"] = ground.history_of(context["organization"])
    return render(request, "register/unit_history.html", context)

"""What all pages of the register share: the day looked at, what is in sight and can be found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.organizations import queries as ground
from pingyi.organizations.rules.spans import Span
from pingyi.register import permissions
from pingyi.register.forms.dates import day_asked
from pingyi.register.queries import sight
from pingyi.ui.deeds import offered

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization, Person

FOUND_AT_ONCE = 20


def page_of(pk: int) -> str:
    """The address of an organization."""
    return reverse("register:unit", args=[pk])


@dataclass(frozen=True)
class ViewedDay:
    """The day a page shows the register of; `suffix` carries it on in links."""

    on: date
    is_today: bool

    @property
    def suffix(self) -> str:
        return "" if self.is_today else f"?on={self.on.isoformat()}"


def viewed_day(request: Request) -> ViewedDay:
    """The day in the address (?on=), today where there is none or a wrong one."""
    today = day_of(request.now)
    on = day_asked(request.GET.get("on", ""), today)
    return ViewedDay(on, on == today)


def organization_in_sight(request: Request, pk: int) -> "Organization":
    """The organization, or 404 where it lies outside the person's part of the tree."""
    organization = ground.organization(pk)
    if organization is None:
        raise Http404
    if permissions.why_not_see_organization(request.user, organization, request.now):
        raise Http404
    return organization


def person_in_sight(request: Request, pk: int) -> "Person":
    """The person, or 404 where they belong outside the viewer's part of the tree."""
    person = ground.person(pk)
    if person is None or permissions.why_not_see_person(request.user, person, request.now):
        raise Http404
    ground.tell_apart([person], day_of(request.now))
    return person


def nearest_day(organization: "Organization", on: date) -> date:
    """The day itself, or the nearest one on which the organization existed."""
    return Span(organization.valid_from, organization.valid_to).nearest(on)


def people_found(request: Request) -> list[tuple[int, str]]:
    """People in sight for the search in the address, with what tells two of one name apart."""
    on = day_of(request.now)
    return _listed(
        offered(request, lambda text: sight.find_people(text, actor=request.user, on=on)), on
    )


def in_words(keys: Iterable[int], request: Request) -> list[tuple[int, str]]:
    """Those of these people who are in sight, as a search shows them."""
    on = day_of(request.now)
    return _listed(sight.people_visible_to(request.user, on).filter(pk__in=list(keys)), on)


def _listed(found: "QuerySet[Person]", on: date) -> list[tuple[int, str]]:
    rows = ground.with_membership(found, on).order_by("by_pinyin", "pk")[:FOUND_AT_ONCE]
    ground.tell_apart(rows, on)
    return [(person.pk, _in_words(person)) for person in rows]


def _in_words(person: Any) -> str:
    last4 = _("…{last4}").format(last4=person.shown_last4) if person.shown_last4 else ""
    place = person.organization_name or ""
    return " ".join(part for part in (person.shown_name, last4, place) if part)


def organizations_found(request: Request, *, but: int = 0) -> list[tuple[int, str]]:
    """Organizations in sight for the search in the address, without the one it is about."""
    on = day_of(request.now)
    found = offered(request, lambda text: sight.find(text, actor=request.user, on=on))
    rows = found.exclude(pk=but).order_by("code")[:FOUND_AT_ONCE]
    return [
        (organization.pk, f"{organization.name} ({organization.code})") for organization in rows
    ]

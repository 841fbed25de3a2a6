"""Forms that change the tree: move, close, split, merge, second affiliations."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.organizations import queries as ground
from pingyi.register import operations, permissions
from pingyi.register.forms.dates import EndForm, PickForm
from pingyi.register.forms.organizations import SplitForm
from pingyi.register.queries.seen import affiliation_seen, parts_seen, place_seen
from pingyi.register.views.viewing import (
    nearest_day,
    organization_in_sight,
    organizations_found,
    page_of,
)
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization


@form_page
def move(request: Request, pk: int) -> HttpResponse:
    """Place an organization under another one from a day."""
    organization = organization_in_sight(request, pk)
    found = organizations_found(request, but=pk)
    form = PickForm(request.POST or None, found=found, today=day_of(request.now))
    return Deed(
        title=_("Move {name}").format(name=organization.name),
        state=_("Members, posts and all below move with it. Earlier days stay as they were."),
        finds=_("Name, initials or code of the organization above"),
        form=form,
        submit=_("Move"),
        back=page_of(pk),
        done=_("The organization was moved."),
        do=lambda target, **rest: operations.move_organization(
            organization=organization, parent=organization_in_sight(request, target), **rest
        ),
        edits=Edited(f"organization:{pk}", partial(place_seen, pk)),
        refusal=permissions.why_not_restructure_organization(
            request.user, organization, request.now
        ),
    ).page(request)


@form_page
def close(request: Request, pk: int) -> HttpResponse:
    """Close an organization from a day."""
    organization = organization_in_sight(request, pk)
    today = day_of(request.now)
    return Deed(
        title=_("Close {name}").format(name=organization.name),
        state=_("Its posts, charges and second affiliations end with it."),
        form=EndForm(request.POST or None, today=today),
        submit=pgettext("an organization", "Close"),
        back=page_of(pk),
        done=_("The organization was closed."),
        do=partial(operations.close_organization, organization=organization),
        edits=Edited(f"organization:{pk}", partial(place_seen, pk)),
        refusal=permissions.why_not_restructure_organization(
            request.user, organization, request.now
        ),
    ).page(request)


def _part(values: dict[str, Any]) -> operations.SplitPart:
    return operations.SplitPart(
        code=values["code"],
        name=values["name"],
        kind=values["kind"],
        level=values["level"],
        sector=values["sector"] or None,
        people=frozenset(values.get("people", [])),
        organizations=frozenset(values.get("organizations", [])),
    )


def _split_form(
    request: Request, organization: "Organization", refusal: Refusal | None
) -> SplitForm:
    today = day_of(request.now)
    on = nearest_day(organization, today)
    # What was typed stays where it is refused, but nobody learns from it who belongs there.
    members = ground.members_of(organization, on) if refusal is None else []
    ground.tell_apart((row.person for row in members), on)
    return SplitForm(
        request.POST or None,
        today=today,
        members=[
            (row.person_id, f"{row.person.shown_name} …{row.person.identity_last4}")
            for row in members
        ],
        children=[(row.pk, row.name) for row in ground.children_of(organization, on)],
        initial={
            "kind": organization.kind,
            "level": organization.level,
            "sector": organization.sector_id,
        },
    )


@form_page
def split(request: Request, pk: int) -> HttpResponse:
    """Split a new organization off."""
    organization = organization_in_sight(request, pk)
    refusal = permissions.why_not_restructure_organization(request.user, organization, request.now)
    return Deed(
        title=_("Split {name}").format(name=organization.name),
        state=_("A new organization beside it. Whoever is not ticked stays."),
        form=_split_form(request, organization, refusal),
        submit=_("Split"),
        back=page_of(pk),
        done=_("The new organization was split off."),
        do=lambda on, by, now, **part: operations.split_organization(
            organization=organization, parts=[_part(part)], on=on, by=by, now=now
        ),
        to=lambda founded: page_of(founded[0].pk),
        edits=Edited(f"organization:{pk}", partial(parts_seen, pk)),
        refusal=refusal,
    ).page(request)


@form_page
def merge(request: Request, pk: int) -> HttpResponse:
    """Close an organization and let everything of it go on in another one."""
    organization = organization_in_sight(request, pk)
    found = organizations_found(request, but=pk)
    form = PickForm(request.POST or None, found=found, today=day_of(request.now))
    return Deed(
        title=_("Merge {name} into another organization").format(name=organization.name),
        state=_("Members, posts, charges and all below go on there; this organization is closed."),
        finds=_("Name, initials or code of the other organization"),
        form=form,
        submit=_("Merge"),
        back=page_of(pk),
        done=_("The organizations were merged."),
        do=lambda target, **rest: operations.merge_organizations(
            organizations=[organization], into=organization_in_sight(request, target), **rest
        ),
        to=lambda into: page_of(into.pk),
        edits=Edited(f"organization:{pk}", partial(place_seen, pk)),
        refusal=permissions.why_not_restructure_organization(
            request.user, organization, request.now
        ),
    ).page(request)


@form_page
def affiliate(request: Request, pk: int) -> HttpResponse:
    """Add the second affiliation of a dually managed organization."""
    organization = organization_in_sight(request, pk)
    found = organizations_found(request, but=pk)
    form = PickForm(request.POST or None, found=found, today=day_of(request.now))
    return Deed(
        title=_("Second affiliation of {name}").format(name=organization.name),
        state=_("Tables keep counting it at its formal affiliation only."),
        finds=_("Name, initials or code of the other organization above"),
        form=form,
        submit=_("Add"),
        back=page_of(pk),
        done=_("The second affiliation was added."),
        do=lambda target, **rest: operations.add_secondary_affiliation(
            organization=organization, parent=organization_in_sight(request, target), **rest
        ),
        edits=Edited(f"organization:{pk}", partial(place_seen, pk)),
        refusal=permissions.why_not_edit_organization(request.user, organization, request.now),
    ).page(request)


@form_page
def end_affiliation(request: Request, pk: int) -> HttpResponse:
    """End a second affiliation."""
    affiliation = ground.affiliation(pk)
    if affiliation is None:
        raise Http404
    organization = organization_in_sight(request, affiliation.organization_id)
    form = EndForm(request.POST or None, today=day_of(request.now))
    return Deed(
        title=_("End the second affiliation of {name}").format(name=organization.name),
        state=affiliation.parent.name,
        form=form,
        submit=_("End"),
        back=page_of(organization.pk),
        done=_("The second affiliation ended."),
        do=partial(operations.end_secondary_affiliation, affiliation=affiliation),
        edits=Edited(f"affiliation:{pk}", partial(affiliation_seen, pk)),
        refusal=permissions.why_not_edit_organization(request.user, organization, request.now),
    ).page(request)

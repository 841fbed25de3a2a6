"""Forms about one person: admit, change, transfer, another standing, end of membership."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.organizations import queries as ground
from pingyi.register import operations, permissions
from pingyi.register.forms.dates import LeavingForm, PickForm
from pingyi.register.forms.people import MemberForm, PersonForm, StandingForm
from pingyi.register.queries.seen import membership_seen, person_seen
from pingyi.register.views.viewing import (
    organization_in_sight,
    organizations_found,
    person_in_sight,
)
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.organizations.models import Person


def _person_page(pk: int) -> str:
    return reverse("register:person", args=[pk])


@form_page
def register_member(request: Request, pk: int) -> HttpResponse:
    """A new member of this organization."""
    organization = organization_in_sight(request, pk)
    refuse(permissions.why_not_see_members(request.user, organization, request.now))
    back = reverse("register:unit-members", args=[pk])
    today = day_of(request.now)

    refusal = permissions.why_not_edit_organization(request.user, organization, request.now)

    def near(**typed: Any) -> "list[Person]":
        # Who has a near name, and when that person was born, is for those who may add somebody.
        if refusal is not None:
            return []
        return ground.near_members(organization, today, ground.known_as_typed(**typed))

    form = MemberForm(request.POST or None, today=today, near=near)
    return Deed(
        title=_("Add a member"),
        state=organization.name,
        form=form,
        submit=_("Add"),
        back=back,
        done=_("The member was added."),
        do=partial(operations.register_member, organization=organization),
        refusal=refusal,
        template="register/register_member.html",
    ).page(request)


@form_page
def change_person(request: Request, pk: int) -> HttpResponse:
    """Another name, identity number, gender or day of birth."""
    person = person_in_sight(request, pk)
    edits = Edited(f"person:{pk}", partial(person_seen, pk))
    return Deed(
        title=_("Change {name}").format(name=person.shown_name),
        form=PersonForm(request.POST or None, initial=edits.content),
        submit=_("Save"),
        back=_person_page(pk),
        done=_("The person was changed."),
        do=partial(operations.change_person, person=person),
        edits=edits,
        refusal=permissions.why_not_edit_person(request.user, person, request.now),
    ).page(request)


@form_page
def admit(request: Request, pk: int) -> HttpResponse:
    """Make a known person, who is a member nowhere now, a member again."""
    person = person_in_sight(request, pk)
    form = PickForm(
        request.POST or None, found=organizations_found(request), today=day_of(request.now)
    )
    return Deed(
        title=_("Admit {name}").format(name=person.shown_name),
        finds=_("Name, initials or code of the organization"),
        form=form,
        submit=_("Admit"),
        back=_person_page(pk),
        done=_("The member was admitted."),
        do=lambda target, **rest: operations.admit_member(
            person=person, organization=organization_in_sight(request, target), **rest
        ),
        edits=Edited(f"person:{pk}", partial(membership_seen, pk)),
        refusal=permissions.why_not_edit_person(request.user, person, request.now),
    ).page(request)


@form_page
def transfer(request: Request, pk: int) -> HttpResponse:
    """Move a member to another organization."""
    person = person_in_sight(request, pk)
    form = PickForm(
        request.POST or None, found=organizations_found(request), today=day_of(request.now)
    )
    return Deed(
        title=_("Transfer {name}").format(name=person.shown_name),
        state=_("The standing stays. Posts are ended on their own."),
        finds=_("Name, initials or code of the new organization"),
        form=form,
        submit=_("Transfer"),
        back=_person_page(pk),
        done=_("The member was transferred."),
        do=lambda target, **rest: operations.transfer_member(
            person=person, organization=organization_in_sight(request, target), **rest
        ),
        edits=Edited(f"person:{pk}", partial(membership_seen, pk)),
        refusal=permissions.why_not_edit_person(request.user, person, request.now),
    ).page(request)


@form_page
def change_standing(request: Request, pk: int) -> HttpResponse:
    """Another standing from a day."""
    person = person_in_sight(request, pk)
    form = StandingForm(request.POST or None, today=day_of(request.now))
    return Deed(
        title=_("Standing of {name}").format(name=person.shown_name),
        form=form,
        submit=_("Save"),
        back=_person_page(pk),
        done=_("The standing was changed."),
        do=partial(operations.change_standing, person=person),
        edits=Edited(f"person:{pk}", partial(membership_seen, pk)),
        refusal=permissions.why_not_edit_person(request.user, person, request.now),
    ).page(request)


@form_page
def end_membership(request: Request, pk: int) -> HttpResponse:
    """End a membership."""
    person = person_in_sight(request, pk)
    form = LeavingForm(request.POST or None, today=day_of(request.now))
    return Deed(
        title=_("End the membership of {name}").format(name=person.shown_name),
        form=form,
        submit=_("End the membership"),
        back=_person_page(pk),
        done=_("The membership ended."),
        do=partial(operations.end_membership, person=person),
        edits=Edited(f"person:{pk}", partial(membership_seen, pk)),
        refusal=permissions.why_not_edit_person(request.user, person, request.now),
    ).page(request)

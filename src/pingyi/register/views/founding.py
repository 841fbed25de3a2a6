"""Forms about one organization: found it, change what it is."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.register import operations, permissions
from pingyi.register.forms.organizations import FoundingForm, OrganizationForm
from pingyi.register.queries.seen import organization_seen
from pingyi.register.views.viewing import organization_in_sight, page_of
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.edits import Edited


@form_page
def create_top(request: Request) -> HttpResponse:
    """The very first organization of the register."""
    form = FoundingForm(request.POST or None, today=day_of(request.now))
    return Deed(
        title=_("Found the first organization"),
        state=_("It is the top of the tree; everything else is placed below it."),
        form=form,
        submit=_("Found"),
        back=reverse("register:list"),
        done=_("The organization was founded."),
        do=partial(operations.create_organization, parent=None),
        to=lambda made: page_of(made.pk),
        refusal=permissions.why_not_create_organization(request.user, None, request.now),
    ).page(request)


@form_page
def create(request: Request, pk: int) -> HttpResponse:
    """A new organization below this one."""
    parent = organization_in_sight(request, pk)
    form = FoundingForm(request.POST or None, today=day_of(request.now), parent=parent)
    return Deed(
        title=_("Found an organization"),
        state=_("It is placed under {name}.").format(name=parent.name),
        form=form,
        submit=_("Found"),
        back=page_of(pk),
        done=_("The organization was founded."),
        do=partial(operations.create_organization, parent=parent),
        to=lambda made: page_of(made.pk),
        refusal=permissions.why_not_create_organization(request.user, parent, request.now),
    ).page(request)


@form_page
def change(request: Request, pk: int) -> HttpResponse:
    """Another name, code, kind, level or sector."""
    organization = organization_in_sight(request, pk)
    edits = Edited(f"organization:{pk}", partial(organization_seen, pk))
    return Deed(
        title=_("Change {name}").format(name=organization.name),
        form=OrganizationForm(request.POST or None, initial=edits.content),
        submit=_("Save"),
        back=page_of(pk),
        done=_("The organization was changed."),
        do=partial(operations.change_organization, organization=organization),
        edits=edits,
        refusal=permissions.why_not_edit_organization(request.user, organization, request.now),
    ).page(request)

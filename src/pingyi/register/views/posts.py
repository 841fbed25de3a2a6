"""Forms about posts and charges."""

from functools import partial

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.organizations import queries as ground
from pingyi.register import operations, permissions
from pingyi.register.forms.dates import EndForm, PickForm
from pingyi.register.forms.people import AppointmentForm, CorrectionForm
from pingyi.register.queries.seen import charge_seen, post_seen
from pingyi.register.views.viewing import (
    organization_in_sight,
    page_of,
    people_found,
    person_in_sight,
)
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.edits import Edited


@form_page
def appoint(request: Request, pk: int) -> HttpResponse:
    """Give somebody a post at this organization."""
    organization = organization_in_sight(request, pk)
    form = AppointmentForm(
        request.POST or None,
        organization=organization,
        found=people_found(request),
        today=day_of(request.now),
    )
    return Deed(
        title=_("Appoint somebody"),
        state=organization.name,
        finds=_("Name, pinyin or last four of the person"),
        form=form,
        submit=_("Appoint"),
        back=page_of(pk),
        done=_("The post was given."),
        do=lambda target, category, **rest: operations.appoint(
            person=person_in_sight(request, target),
            organization=organization,
            category=category or None,
            **rest,
        ),
        refusal=permissions.why_not_edit_organization(request.user, organization, request.now),
    ).page(request)


@form_page
def put_in_charge(request: Request, pk: int) -> HttpResponse:
    """Put a leader in charge of this organization."""
    organization = organization_in_sight(request, pk)
    form = PickForm(request.POST or None, found=people_found(request), today=day_of(request.now))
    return Deed(
        title=_("Put a leader in charge"),
        state=organization.name,
        finds=_("Name, pinyin or last four of the leader"),
        form=form,
        submit=_("Put in charge"),
        back=page_of(pk),
        done=_("The leader is in charge."),
        do=lambda target, **rest: operations.put_in_charge(
            person=person_in_sight(request, target), organization=organization, **rest
        ),
        refusal=permissions.why_not_edit_organization(request.user, organization, request.now),
    ).page(request)


@form_page
def correct_post(request: Request, pk: int) -> HttpResponse:
    """Say a post otherwise than it was entered."""
    post = ground.post(pk)
    if post is None:
        raise Http404
    organization = organization_in_sight(request, post.organization_id)
    ground.tell_apart([post.person], day_of(request.now))
    known = {"title": post.title, "category": post.category_id or ""}
    return Deed(
        title=_("Correct the post of {name}").format(name=post.person.shown_name),
        state=f"{organization.name} {post.title}",
        form=CorrectionForm(request.POST or None, organization=organization, initial=known),
        submit=_("Correct"),
        back=page_of(organization.pk),
        done=_("The post was corrected."),
        do=partial(operations.correct_post, post=post),
        edits=Edited(f"post:{pk}", partial(post_seen, pk)),
        refusal=permissions.why_not_edit_organization(request.user, organization, request.now),
    ).page(request)


@form_page
def end_post(request: Request, pk: int) -> HttpResponse:
    """End a post."""
    post = ground.post(pk)
    if post is None:
        raise Http404
    organization = organization_in_sight(request, post.organization_id)
    ground.tell_apart([post.person], day_of(request.now))
    return Deed(
        title=_("End the post of {name}").format(name=post.person.shown_name),
        state=f"{organization.name} {post.title}",
        form=EndForm(request.POST or None, today=day_of(request.now)),
        submit=_("End"),
        back=page_of(organization.pk),
        done=_("The post ended."),
        do=partial(operations.end_post, post=post),
        edits=Edited(f"post:{pk}", partial(post_seen, pk)),
        refusal=permissions.why_not_edit_organization(request.user, organization, request.now),
    ).page(request)


@form_page
def end_charge(request: Request, pk: int) -> HttpResponse:
    """End a charge."""
    charge = ground.charge(pk)
    if charge is None:
        raise Http404
    organization = organization_in_sight(request, charge.organization_id)
    ground.tell_apart([charge.person], day_of(request.now))
    return Deed(
        title=_("End the charge of {name}").format(name=charge.person.shown_name),
        state=organization.name,
        form=EndForm(request.POST or None, today=day_of(request.now)),
        submit=_("End"),
        back=page_of(organization.pk),
        done=_("The charge ended."),
        do=partial(operations.end_charge, charge=charge),
        edits=Edited(f"charge:{pk}", partial(charge_seen, pk)),
        refusal=permissions.why_not_edit_organization(request.user, organization, request.now),
    ).page(request)

"""A second person decides on a proposed role, on the page of the account."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi.accounts.operations import proposals
from pingyi.accounts.requests import Request
from pingyi.accounts.views.requests import account_of, edited
from pingyi.ui.deeds import done_or_refused


@require_POST
def confirm(request: Request, pk: int, proposal_pk: int) -> HttpResponse:
    """The role is given."""
    return _done(request, pk, proposal_pk, proposals.confirm, _("The role is given."))


@require_POST
def refuse(request: Request, pk: int, proposal_pk: int) -> HttpResponse:
    """The role is not given."""
    said = _("The role is not given.")
    return _done(request, pk, proposal_pk, proposals.refuse_proposal, said)


@require_POST
def withdraw(request: Request, pk: int, proposal_pk: int) -> HttpResponse:
    """The role is not wanted any more."""
    said = _("The proposal is withdrawn.")
    return _done(request, pk, proposal_pk, proposals.withdraw, said)


def _done(
    request: Request, pk: int, proposal_pk: int, deed: Callable[..., object], said: str
) -> HttpResponse:
    user = account_of(request, pk)
    proposal = get_object_or_404(user.proposals, pk=proposal_pk)
    return done_or_refused(
        request,
        partial(deed, proposal=proposal),
        back=reverse("accounts:detail", args=[user.pk]),
        said=said,
        edits=edited(user),
    )

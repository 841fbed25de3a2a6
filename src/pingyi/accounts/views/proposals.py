"""A second person decides on what is proposed for an account, on its page."""

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
    """The role is given, or the account belongs to the person."""
    return _done(request, pk, proposal_pk, proposals.confirm, _("Confirmed."))


@require_POST
def refuse(request: Request, pk: int, proposal_pk: int) -> HttpResponse:
    """The role is not given, nor the account linked."""
    said = _("The proposal is refused.")
    return _done(request, pk, proposal_pk, proposals.refuse_proposal, said)


@require_POST
def withdraw(request: Request, pk: int, proposal_pk: int) -> HttpResponse:
    """It is not wanted any more."""
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

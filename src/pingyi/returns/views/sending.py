"""A return goes up, comes back or is accepted; deadlines are extended and waived."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import pack_of
from pingyi.core.refusals import Refusal
from pingyi.returns.enums import ReturnDeed, ReturnState
from pingyi.returns.forms import CELL, ExtendForm, ReasonForm, SendBackForm
from pingyi.returns.operations import sending
from pingyi.returns.permissions import why_not
from pingyi.returns.queries.sentences import cell_label
from pingyi.returns.rules.cells import from_json
from pingyi.returns.views.viewing import Here, page_of, return_in_sight
from pingyi.ui.deeds import Deed, done_or_refused, form_page


@require_POST
def submit(request: Request, **where: str) -> HttpResponse:
    """Send what was sealed up."""
    said = _("It is submitted. Until it is answered you can withdraw it.")
    return _button(request, where, ReturnDeed.SUBMIT, sending.submit, said)


@require_POST
def withdraw(request: Request, **where: str) -> HttpResponse:
    """Take back what nobody has answered yet."""
    return _button(request, where, ReturnDeed.WITHDRAW, sending.withdraw, _("It is withdrawn."))


@require_POST
def accept(request: Request, **where: str) -> HttpResponse:
    """Accept what was sent."""
    return _button(request, where, ReturnDeed.ACCEPT, sending.accept, _("It is accepted."))


@require_POST
def claim(request: Request, **where: str) -> HttpResponse:
    """Ask for what was waived after all."""
    return _button(request, where, ReturnDeed.CLAIM, sending.claim, _("It is asked for again."))


@require_POST
def drop(request: Request, **where: str) -> HttpResponse:
    """Give up an amendment that was begun."""
    said = _("The amendment is dropped: the accepted version stands as before.")
    return _button(request, where, ReturnDeed.DROP, sending.drop, said)


@form_page
def send_back(request: Request, **where: str) -> HttpResponse:
    """Send a version back: a reason for each figure that was ticked on it."""
    here = return_in_sight(request, **where)
    version = here.row.latest
    known = from_json(version.content["cells"]) if version else {}
    typed = [name.removeprefix(CELL) for name in request.POST if name.startswith(CELL)]
    ticked = typed if request.method == "POST" else request.GET.getlist("cell")
    pack = pack_of(here.round.campaign)
    cells = {cell: cell_label(pack, cell) for cell in ticked if cell in known}
    return _form(
        request,
        here,
        ReturnDeed.SEND_BACK,
        title=_("Send back: %(table)s"),
        form=SendBackForm(request.POST or None, cells=cells),
        do=sending.send_back,
        done=_("It is sent back. The unit sees your reasons."),
    )


@form_page
def extend(request: Request, **where: str) -> HttpResponse:
    """Give a unit another day."""
    here = return_in_sight(request, **where)
    return _form(
        request,
        here,
        ReturnDeed.EXTEND,
        title=_("Extend the deadline: %(table)s"),
        form=ExtendForm(request.POST or None, initial={"until": here.row.extended_to}),
        do=sending.extend,
        done=_("The deadline is extended."),
    )


@form_page
def waive(request: Request, **where: str) -> HttpResponse:
    """Ask for no answer in this round."""
    here = return_in_sight(request, **where)
    return _form(
        request,
        here,
        ReturnDeed.WAIVE,
        title=_("Waive: %(table)s"),
        form=ReasonForm(request.POST or None),
        do=sending.waive,
        done=_("The unit need not answer this table."),
    )


def _button(
    request: Request,
    where: dict[str, str],
    deed: ReturnDeed,
    do: Callable[..., Any],
    said: str,
) -> HttpResponse:
    here = return_in_sight(request, **where)
    edits = replace(here.edits, barred=partial(_refusal, request, here, deed))
    return done_or_refused(
        request,
        partial(do, **here.named),
        back=page_of(here.round, here.unit, here.plan.code),
        said=said,
        edits=edits,
    )


def _form(
    request: Request,
    here: Here,
    deed: ReturnDeed,
    *,
    title: str,
    do: Callable[..., Any],
    **more: Any,
) -> HttpResponse:
    return Deed(
        title=title % {"table": here.plan.annex},
        state=f"{here.unit.name} · {here.round.name} · {here.plan.title}",
        submit=str(deed.label),
        do=partial(do, **here.named),
        back=page_of(here.round, here.unit, here.plan.code),
        edits=here.edits,
        refusal=_refusal(request, here, deed),
        **more,
    ).page(request)


def _refusal(request: Request, here: Here, deed: ReturnDeed) -> Refusal | None:
    state = ReturnState(here.row.state)
    return why_not(request.user, here.round, here.unit, here.plan.code, state, deed)

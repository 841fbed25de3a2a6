"""The first start on an empty database: a guide in four steps."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Role
from pingyi.accounts.operations import create_account
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.core.requests import Visit
from pingyi.ledger.operations import lines_last
from pingyi.register.operations import create_organization
from pingyi.register.permissions import why_not_edit_register
from pingyi.ui.deeds import done, form_page, refused, status_of
from pingyi.web.forms import StartForm
from pingyi.web.permissions import why_not_start
from pingyi.web.queries.start import is_empty, start_steps

# What a proxy adds.
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via")
BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@form_page
def start(request: Visit) -> HttpResponse:
    """The guide; its first step makes the top organization and the office account."""
    if not is_empty() and not request.user.is_authenticated:
        return redirect("accounts:sign-in")
    over = why_not_start("", is_local=True)
    if request.method == "POST" and over is not None:
        return refused(request, over, "web:start")
    form = StartForm(request.POST or None, today=day_of(request.now))
    answer = done(
        request,
        form,
        lambda **_: login(request, _begin(request, form.values()), backend=BACKEND),
        to="web:start",
        said=_("The office account is ready. Next comes the register."),
    )
    if answer is not None:
        return answer
    steps = start_steps(day_of(request.now))
    context = {
        "steps": steps,
        "form": form,
        # With the menu, where there is somebody who has one.
        "frame_template": "ui/page.html" if request.user.is_authenticated else "ui/bare.html",
        "is_local": _is_local(request),
        "may_import": request.user.is_authenticated and why_not_edit_register(request.user) is None,
        # Until there is one the first page leads here.
        "has_campaign": any(step.code == "campaign" and step.is_done for step in steps),
    }
    return render(request, "web/start.html", context, status=status_of(form))


@transaction.atomic
@lines_last()
def _begin(request: Visit, values: dict[str, Any]) -> Any:
    refuse(why_not_start(values["start_code"], is_local=_is_local(request)))
    organization = create_organization(
        code=values["organization_code"],
        name=values["organization_name"],
        kind=values["kind"],
        level=values["level"],
        parent=None,
        on=values["founded_on"],
        by=None,
        now=request.now,
    )
    return create_account(
        username=values["username"],
        name=values["name"],
        password=values["password"],
        role=Role.OFFICE,
        organization=organization,
        by=None,
        now=request.now,
    )


def _is_local(request: Visit) -> bool:
    """On the machine itself, not through a proxy: such a one may hide who asks, so in doubt no."""
    host = request.get_host().rsplit(":", 1)[0]
    return (
        request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")
        and host in ("localhost", "127.0.0.1", "[::1]")
        and not any(name in request.headers for name in FORWARDED)
    )

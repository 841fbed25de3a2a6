"""The first start on an empty database: a guide in four steps."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pingyi.accounts.enums import Role
from pingyi.accounts.operations import create_account
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.core.requests import Visit
from pingyi.register.operations import create_organization
from pingyi.web.forms import StartForm
from pingyi.web.permissions import why_not_start
from pingyi.web.queries.start import is_empty, start_steps

# What a proxy adds.
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via")
BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Visit) -> HttpResponse:
    """The guide; its first step makes the top organization and the office account."""
    if not is_empty() and not request.user.is_authenticated:
        return redirect("accounts:sign-in")
    if request.method == "POST" and not is_empty():
        messages.error(request, str(why_not_start("", is_local=False)))
        return redirect("web:start")
    form = StartForm(request.POST or None, today=day_of(request.now))
    if request.method == "POST" and form.is_valid():
        try:
            user = _begin(request, form.values())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, user, backend=BACKEND)
            messages.success(request, _("The office account is ready. Next comes the register."))
            return redirect("web:start")
    steps = start_steps()
    context = {"steps": steps, "form": form, "is_local": _is_local(request)}
    return render(request, "web/start.html", context)


@transaction.atomic
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

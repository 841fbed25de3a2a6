"""A session that ended while somebody typed: the text goes on, whoever typed it signs in again."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pingyi.accounts.forms import SignInForm
from pingyi.core.requests import Visit
from pingyi.ui import drafts

CARRIED = "carried"


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page asks to sign in. What was sent meanwhile is not lost by it.

    A page that saves itself, or a part of it, is told that the session has ended and stays as it is
    (ui/assets/typing.js). A form comes back with its text once its writer has signed in; where its
    address is no page of its own, on the page it stood on.
    """

    def handle_no_permission(  # type: ignore[override]  # Django's own only ever leads on
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """The sign-in, with what was sent."""
        visit: Any = request
        if visit.htmx or drafts.is_autosave(request):
            return HttpResponse(status=401)
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        target = drafts.page_before(request)
        text = drafts.carried(request)
        if not text:
            return redirect(f"{resolve_url('accounts:sign-in')}?{urlencode({'next': target})}")
        context = {"form": SignInForm(), "next": target, "carried": text}
        return render(request, "accounts/sign_in.html", context, status=403)


@never_cache
@login_not_required
@require_safe
def session(request: Visit) -> HttpResponse:
    """Who is signed in, and the token against forged requests, for a page that was left open."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return JsonResponse({"account": request.user.pk, "token": get_token(request)})


@never_cache
@require_safe
def signed_in_again(request: Visit) -> HttpResponse:
    """Where the sign-in leads that was opened beside a page: back to that."""
    return render(request, "accounts/signed_in_again.html")


def forged_or_old(request: Visit, reason: str = "") -> HttpResponse:
    """A form whose token is not of this session: its writer has signed in again meanwhile.

    That its text is kept changes nothing that anybody else could bring about: its page is proven to
    be of this account. A page that saves itself, or a part of it, asks for the new token first.
    """
    if request.htmx or drafts.is_autosave(request):
        return HttpResponse(status=403)
    if request.user.is_authenticated and drafts.keep(request) is not None:
        return redirect(drafts.page_before(request))
    return csrf_failure(request, reason)

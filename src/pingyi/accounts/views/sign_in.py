"""Signing in, with a one-time code where one is in use, and out."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import django_otp
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from pingyi.accounts.forms import CodeForm, NewPasswordForm, SignInForm
from pingyi.accounts.operations import signing_in
from pingyi.accounts.operations.access import note_signed_in, note_signed_out
from pingyi.accounts.operations.first_codes import choose_first_password
from pingyi.accounts.queries.accounts import confirmed_device, user_who_may_sign_in
from pingyi.accounts.queries.first_codes import waits_for_password
from pingyi.accounts.queries.tries import Wait
from pingyi.accounts.views.ended import CARRIED
from pingyi.accounts.views.origin import address_of, origin_of, remember_browser
from pingyi.core.requests import Visit
from pingyi.ui import drafts
from pingyi.ui.deeds import done, form_page, refusal_of, status_of

if TYPE_CHECKING:
    from pingyi.accounts.models import User

TOO_MANY_REQUESTS = 429
BACKEND = "django.contrib.auth.backends.ModelBackend"
PENDING, FIRST = "accounts.signing_in", "accounts.first_password"
# Time between the password and the one-time code, and for choosing a first password.
PATIENCE = {PENDING: timedelta(minutes=5), FIRST: timedelta(minutes=20)}


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@form_page
def sign_in(request: Visit) -> HttpResponse:
    """Name and password; after several failures the next try has to wait."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request.POST or None, initial={"username": request.GET.get("name", "")})

    def known(username: str, password: str, now: datetime, **_rest: object) -> "User":
        origin = origin_of(request)
        return signing_in.sign_in(username=username, password=password, origin=origin, now=now)

    answer = done(request, form, known, to=lambda user: _after_password(request, user))
    carried = request.POST.get(CARRIED, "")
    return answer or _page(request, "accounts/sign_in.html", form, carried=carried)


@never_cache
@login_not_required
@form_page
def sign_in_code(request: Visit) -> HttpResponse:
    """The one-time code after the password; without a fresh password back to the first step."""
    user = _pending(request, PENDING)
    if user is None:
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST or None)

    def checked(code: str, now: datetime, **_rest: object) -> TOTPDevice:
        return signing_in.check_code(user=user, code=code, address=address_of(request), now=now)

    answer = done(request, form, checked, to=lambda device: _signed_in(request, user, device))
    return answer or _page(request, "accounts/sign_in_code.html", form)


@sensitive_post_parameters("password", "again")
@never_cache
@login_not_required
@form_page
def first_password(request: Visit) -> HttpResponse:
    """A password of one's own after the first code; without a fresh code back to the first step."""
    user = _pending(request, FIRST)
    if user is None:
        return redirect("accounts:sign-in")
    form = NewPasswordForm(request.POST or None)
    answer = done(
        request,
        form,
        lambda password, now, **_: choose_first_password(user=user, password=password, now=now),
        to=lambda _made: _with_code(request, user),
    )
    return answer or _page(request, "accounts/first_password.html", form, account=user)


@never_cache
@login_not_required
@require_POST
def sign_out(request: Visit) -> HttpResponse:
    """End the session."""
    if request.user.is_authenticated:
        note_signed_out(user=request.user, address=address_of(request), now=request.now)
    auth.logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def remember_language(response: HttpResponse, language: str) -> None:
    """Pages follow the language cookie; it holds until the user or the machine changes."""
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 60 * 60,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _signed_in(request: Visit, user: "User", device: TOTPDevice | None) -> HttpResponse:
    target = _next(request)
    auth.login(request, user, backend=BACKEND)
    note_signed_in(user=user, address=address_of(request), now=request.now)
    request.session.pop(PENDING, None)
    request.session.pop(FIRST, None)
    if device is not None:
        django_otp.login(request, device)
    response = HttpResponseRedirect(target)
    remember_language(response, user.language)
    remember_browser(request, response, user)
    return response


def _page(request: Visit, template: str, form: BaseForm, **context: object) -> HttpResponse:
    context = {"form": form, "next": _next(request), **context}
    answer = render(request, template, context, status=status_of(form))
    if isinstance(refusal := refusal_of(form), Wait):
        answer.status_code = TOO_MANY_REQUESTS
        answer.headers["Retry-After"] = str(refusal.seconds)
    return answer


def _after_password(request: Visit, user: "User") -> HttpResponse:
    """Signed in, or on to the step that is still to come; what was typed before is kept."""
    if text := request.POST.get(CARRIED, ""):
        drafts.keep_carried(account=user.pk, text=text, now=request.now)
    if waits_for_password(user):
        request.session[FIRST] = {"user": user.pk, "at": request.now.isoformat()}
        return redirect(_with_next(request, "accounts:first-password"))
    return _with_code(request, user)


def _with_code(request: Visit, user: "User") -> HttpResponse:
    """Signed in, or on to the one-time code where one is in use."""
    if confirmed_device(user) is None:
        return _signed_in(request, user, None)
    request.session[PENDING] = {"user": user.pk, "at": request.now.isoformat()}
    return redirect(_with_next(request, "accounts:sign-in-code"))


def _with_next(request: Visit, name: str) -> str:
    return f"{resolve_url(name)}?{urlencode({'next': _next(request)})}"


def _pending(request: Visit, step: str) -> "User | None":
    """Who gave the right password, or first code, a moment ago in this session."""
    pending = request.session.get(step)
    if pending is None or request.now - datetime.fromisoformat(pending["at"]) > PATIENCE[step]:
        return None
    return user_who_may_sign_in(pending["user"])


def _next(request: Visit) -> str:
    """Where the person wanted to go, if that is a page of ours; else home."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return resolve_url(settings.LOGIN_REDIRECT_URL)

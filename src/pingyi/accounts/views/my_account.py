"""My account: language, password, one-time codes."""

from functools import partial
from io import BytesIO
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from pingyi.accounts import permissions
from pingyi.accounts.forms import CodeForm, LanguageForm, OwnPasswordForm
from pingyi.accounts.operations import language as language_deeds
from pingyi.accounts.operations.one_time_codes import (
    confirm_one_time_code,
    give_up_one_time_code,
    remove_one_time_code,
    start_one_time_code,
)
from pingyi.accounts.operations.passwords import change_own_password
from pingyi.accounts.queries.accounts import (
    confirmed_device,
    open_grants,
    pending_device,
    secret_text,
)
from pingyi.accounts.requests import Request
from pingyi.accounts.views.sign_in import remember_language
from pingyi.ui.deeds import done, done_or_refused, status_of

HERE = "accounts:my-account"


@require_GET
def my_account(request: Request) -> HttpResponse:
    """What the person may change about the own account."""
    return _page(request)


@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Keep the language with the account and in the cookie."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return _page(request, language_form=form)
    language = form.cleaned_data["language"]
    language_deeds.choose_language(language=language, by=request.user, now=request.now)
    with override(language):
        messages.success(request, _("Pages are shown in this language from now on."))
    response = redirect(HERE)
    remember_language(response, language)
    return response


@sensitive_post_parameters()
@require_POST
def change_password(request: Request) -> HttpResponse:
    """A new own password; this session goes on, all others end."""
    form = OwnPasswordForm(request.POST)

    def do(**values: Any) -> None:
        change_own_password(**values)
        update_session_auth_hash(request, request.user)

    answer = done(request, form, do, to=HERE, said=_("Your password is changed."))
    return answer or _page(request, password_form=form)


@require_POST
def start_code(request: Request) -> HttpResponse:
    """A new secret, shown as a QR code until it is confirmed."""
    return done_or_refused(request, start_one_time_code, back=HERE)


@require_POST
def confirm_code(request: Request) -> HttpResponse:
    """The first code from the app turns one-time codes on."""
    form = CodeForm(request.POST)
    answer = done(
        request,
        form,
        confirm_one_time_code,
        to=HERE,
        said=_("One-time codes are asked for from the next sign-in on."),
    )
    return answer or _page(request, code_form=form)


@require_POST
def cancel_code(request: Request) -> HttpResponse:
    """What was begun to be set up is not wanted after all."""
    return done_or_refused(request, partial(remove_one_time_code, user=request.user), back=HERE)


@require_POST
def remove_code(request: Request) -> HttpResponse:
    """No codes any more; a last one proves whose wish that is."""
    form = CodeForm(request.POST)
    said = _("One-time codes are no longer asked for.")
    answer = done(request, form, give_up_one_time_code, to=HERE, said=said)
    return answer or _page(request, code_form=form)


@never_cache
@require_GET
def code_image(request: Request) -> HttpResponse:
    """The QR code of a device that is being set up, for its owner only."""
    device = pending_device(request.user)
    if device is None:
        raise Http404
    image = BytesIO()
    segno.make(device.config_url, error="m").save(image, kind="svg", scale=5, dark="#000")
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


def _page(request: Request, **forms: BaseForm) -> HttpResponse:
    """The page with all its forms; those of `forms` show what was wrong with them."""
    user = request.user
    pending = pending_device(user)
    context = {
        "account": user,
        "grants": open_grants(user),
        "language_form": LanguageForm(initial={"language": request.LANGUAGE_CODE}),
        "password_form": OwnPasswordForm(),
        "code_form": CodeForm(),
        "uses_codes": confirmed_device(user) is not None,
        "pending_secret": secret_text(pending) if pending else "",
        "start_refusal": permissions.why_not_start_one_time_code(user),
        **forms,
    }
    return render(request, "accounts/my_account.html", context, status=status_of(*forms.values()))

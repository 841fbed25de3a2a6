"""From where somebody signs in: the address, and a cookie by which a browser is known again."""

from secrets import token_hex
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from pingyi.accounts.queries.tries import Origin
from pingyi.accounts.rules.addresses import browser_address

if TYPE_CHECKING:
    from pingyi.accounts.models import User

COOKIE, SALT = "known_by", "pingyi.accounts.browser"
A_YEAR = 365 * 24 * 60 * 60
MOST_ACCOUNTS = 20
"""Of one browser, as at a computer that a branch shares; the latest are kept."""


def origin_of(request: HttpRequest) -> Origin:
    """The address behind our proxies, and who has signed in with this browser within a year."""
    browser, accounts = _known(request)
    return Origin(address_of(request), browser, frozenset(accounts))


def address_of(request: HttpRequest) -> str:
    """The address of the browser; empty where it is not known."""
    return browser_address(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        settings.TRUSTED_PROXIES,
    )


def remember_browser(request: HttpRequest, response: HttpResponse, user: "User") -> None:
    """From now on the browser has a count of failures of its own for this account."""
    browser, accounts = _known(request)
    latest = [*(pk for pk in accounts if pk != user.pk), user.pk][-MOST_ACCOUNTS:]
    response.set_cookie(
        COOKIE,
        signing.dumps([browser or token_hex(8), latest], salt=SALT, compress=True),
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _known(request: HttpRequest) -> tuple[str, list[int]]:
    """Nothing of a cookie that is not ours or a year old."""
    try:
        cookie = request.COOKIES.get(COOKIE, "")
        browser, accounts = signing.loads(cookie, salt=SALT, max_age=A_YEAR)
    except signing.BadSignature:
        return "", []
    return browser, accounts

"""Large type: chosen on any page, also before signing in, and kept in a cookie of the browser.

Sizes of type and of what is pressed are written in rem, so the root alone is larger (frame.css).
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

# Read by ui/base.html.
COOKIE = "pingyi_type"
ONE_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Large type from now on, or no longer; back to the page where it was chosen."""
    response = HttpResponseRedirect(back_to(request))
    if request.POST.get("type") == "large":
        response.set_cookie(
            COOKIE,
            "large",
            max_age=ONE_YEAR,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def back_to(request: HttpRequest) -> str:
    """The page of the form, else the one before; never another site."""
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return address
    return "/"

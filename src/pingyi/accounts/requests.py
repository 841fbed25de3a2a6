"""The request as views see it: signed in, with one time; and where others find a page of it."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from pingyi.accounts.rules.addresses import is_this_machine
from pingyi.core.requests import Visit

if TYPE_CHECKING:
    from pingyi.accounts.models import User


class Request(Visit):
    """A request of somebody signed in (a type for views, never built)."""

    user: "User"


def address_for_others(request: Visit, page: str) -> str:
    """Where others find a page that is printed for them: by the address that is used right now,
    else as PINGYI_SITE says; empty where either is known to this machine alone.
    """
    if not is_this_machine(request.get_host()):
        return request.build_absolute_uri(page)
    known = not is_this_machine(urlsplit(settings.SITE).netloc)
    return f"{settings.SITE}{page}" if known else ""

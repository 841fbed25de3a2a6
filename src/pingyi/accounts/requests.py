"""The request as views see it: signed in, with one time."""

from typing import TYPE_CHECKING

from pingyi.core.requests import Visit

if TYPE_CHECKING:
    from pingyi.accounts.models import User


class Request(Visit):
    """A request of somebody signed in (a type for views, never built)."""

    user: "User"

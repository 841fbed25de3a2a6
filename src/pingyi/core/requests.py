"""The request after our middleware: with one time."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Visit(HttpRequest):
    """A request after our middleware, signed in or not (a type for views, never built)."""

    now: datetime
    htmx: "HtmxDetails"

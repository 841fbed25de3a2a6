"""Reads the clock once a request; shows a refusal that nobody caught as a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pingyi.core.clock import read_now
from pingyi.core.refusals import Refusal


class ClockMiddleware:
    """Puts `request.now` on every request, so that one request has one time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = read_now()  # type: ignore[attr-defined]  # typed by core.requests.Request
        return self.get_response(request)


class RefusalMiddleware:
    """Turns a refusal that no page caught into a page with its sentence, instead of an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal becomes the 403 page; anything else goes its way."""
        if not isinstance(exception, Refusal):
            return None
        return render(request, "403.html", {"refusal": exception}, status=403)

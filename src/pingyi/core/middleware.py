"""Space for a session, one time a request, no NUL in an address, a session that lives while it is
used, pages that nobody else keeps, a page for refusals.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as OfDjango
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_resolver, set_urlconf

from pingyi.core import space
from pingyi.core.clock import read_now
from pingyi.core.refusals import Refusal
from pingyi.core.sqlite.base import DatabaseWrapper

USED_AT = "used_at"
SECONDS_BETWEEN_WRITES = 60
ONLY_READS = ("GET", "HEAD", "OPTIONS")
logger = logging.getLogger("pingyi.space")


class SpaceMiddleware(OfDjango):
    """Django's sessions, on a disk that may be full (core.space, ADR 0028).

    Whoever only reads is shown the page although the session could not be saved.
    """

    def process_request(self, request: HttpRequest) -> None:
        """What is held back is given up before anything is read, where nothing else is free."""
        space.give_up_reserve()
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The session is saved here, where something of it has changed."""
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            if not space.is_for_want_of_space(error):
                raise
            logger.warning("a session was not saved for want of space: %s", request.path)
        return response if request.method in ONLY_READS else no_space(request)


def no_space(request: HttpRequest) -> HttpResponse:
    """The page that says so, where no form is left to say it above."""
    if "HX-Request" in request.headers:
        return HttpResponse(str(space.refusal()), status=503)
    return render(request, "503.html", {"refusal": space.refusal()}, status=503)


class SealedMiddleware:
    """Answers for the ballot box, before anything that knows who is asking (ADR 0040).

    What stands below it, sessions, accounts, forgery tokens, messages, is never run for a ballot.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.SEALED_PATH):
            return self.get_response(request)
        match = get_resolver(settings.SEALED_URLCONF).resolve(request.path_info)
        request.resolver_match = match
        # Addresses on its pages are its own; the next request sets those of the program again.
        set_urlconf(settings.SEALED_URLCONF)
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        # Said by what stands below; without it a connection could not be used again.
        answer.headers["Content-Length"] = str(len(answer.content))
        return answer


class ClockMiddleware:
    """Puts `request.now` on every request, so that one request has one time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = read_now()  # type: ignore[attr-defined]  # typed by core.requests.Request
        return self.get_response(request)


class NulMiddleware:
    """Leaves out of the address what no database holds: the sign NUL, in what is looked for.

    A search with it would be a server error on PostgreSQL; without it, it finds what it can.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            # What is asked for again from the address must find the same.
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
            # Read before, it would be remembered.
            vars(request).pop("GET", None)
        return self.get_response(request)


class SessionMiddleware:
    """Keeps a session alive while it is used, by writing it once a minute at most.

    Written with every page, a page would wait for whoever writes at that moment; on SQLite the
    progress of an import would be shown when the import is over. Where somebody writes, the next
    page will do: else every thread would soon wait, and no page be shown to anybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        if not session.is_empty():
            now = int(request.now.timestamp())  # type: ignore[attr-defined]  # set above
            is_due = now - session.get(USED_AT, 0) >= SECONDS_BETWEEN_WRITES
            # Only now that it was read is it known whether it has ended.
            if is_due and not session.is_empty() and not _somebody_writes():
                session[USED_AT] = now
        return response


class PrivateMiddleware:
    """What is shown to somebody signed in is kept by no browser and no proxy, files included.

    At a shared computer the next person would find it there; what was typed is kept by ui.drafts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        return response


def _somebody_writes() -> bool:
    """Only SQLite has one writer at a time (core.sqlite)."""
    connection = connections[DEFAULT_DB_ALIAS]
    return isinstance(connection, DatabaseWrapper) and connection.somebody_writes()


class RefusalMiddleware:
    """Turns a refusal that no page caught into a page with its sentence, instead of an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal becomes the 403 page, a full disk its own; anything else goes its way."""
        if space.is_for_want_of_space(exception):
            logger.error("not done for want of space: %s", request.path, exc_info=exception)
            return no_space(request)
        if getattr(exception, "code", "") == space.NO_SPACE:
            return no_space(request)
        if not isinstance(exception, Refusal):
            return None
        return render(request, "403.html", {"refusal": exception}, status=403)

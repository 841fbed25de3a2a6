"""Files that are handed out are noted in the access log, whichever room makes them."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters

from pingyi.accounts.operations.access import note_file
from pingyi.accounts.views.origin import address_of
from pingyi.core.middleware import no_space
from pingyi.core.space import is_for_want_of_space


class TakenMiddleware:
    """Notes who took which file away: lists, papers, backups. Pages are none.

    What cannot be noted on a full disk is not handed out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        said = response.headers.get("Content-Disposition", "")
        kind, parameters = parse_header_parameters(said)
        if kind == "attachment" and request.user.is_authenticated:
            try:
                note_file(
                    name=parameters.get("filename", ""),
                    by=request.user,
                    address=address_of(request),
                    now=request.now,  # type: ignore[attr-defined]  # set by core.middleware
                )
            except DatabaseError as error:
                if not is_for_want_of_space(error):
                    raise
                # Closed by hand it would say that the request is over, and end its connection.
                return no_space(request)
        return response

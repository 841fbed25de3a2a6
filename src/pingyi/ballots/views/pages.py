"""What every page of the box shares: a language, a size of type, no trace of who looks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

NOT_FOUND = 404


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page that no browser and no proxy keeps.

    Rendered without the request, so that nothing of the rest of the program is asked for.
    """
    shown = {
        "language": get_language() or "zh-hans",
        "is_large": request.GET.get("type") == "large",
        "is_encrypted": request.is_secure(),
        **context,
    }
    text = render_to_string(template, shown)
    return HttpResponse(text, status=status, headers={"Cache-Control": "no-store"})


def not_found(request: HttpRequest, **_named: str) -> HttpResponse:
    """There is no such box, or no such page of it."""
    return page(request, "ballots/not_found.html", {}, status=NOT_FOUND)

"""In which order lists of people begin: by pinyin, or by strokes (姓氏笔画).

Chosen on any such list, and kept in a cookie of the browser.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from pingyi.ui.large_type import ONE_YEAR, back_to

COOKIE = "pingyi_order"
STROKES = "strokes"


def is_by_strokes(request: HttpRequest) -> bool:
    """Whether people stand in the order of the strokes of their names."""
    return request.COOKIES.get(COOKIE) == STROKES


def name_order(request: HttpRequest, person: str = "") -> str:
    """The field by which a list sorts names of people; `person` leads to them ("person__")."""
    return f"{person}by_strokes" if is_by_strokes(request) else f"{person}by_pinyin"


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """By strokes from now on, or by pinyin again; back to the list where it was chosen."""
    response = HttpResponseRedirect(back_to(request))
    if request.POST.get("order") == STROKES:
        response.set_cookie(
            COOKIE,
            STROKES,
            max_age=ONE_YEAR,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response

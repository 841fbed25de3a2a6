"""What anybody reads without signing in: no session, no cookie, nothing from elsewhere (N6)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from pingyi.bulletins.enums import BulletinState
from pingyi.bulletins.exports import document as file_of
from pingyi.bulletins.queries.bulletins import public_bulletins
from pingyi.bulletins.views.viewing import shown
from pingyi.ledger.queries import mark_of_fiction
from pingyi.ui.downloads import download, file_name

# What was withdrawn is gone from every proxy after so many seconds.
KEPT_FOR = 300
View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """A page that a proxy may keep for a while, the same for everybody."""

    @login_not_required
    @require_safe
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        patch_cache_control(answer, public=True, max_age=KEPT_FOR)
        return answer

    return kept


@public
def notices(request: HttpRequest, campaign_code: str) -> HttpResponse:
    """Everything that was published to everybody; 404 where that is nothing."""
    found = list(public_bulletins(campaign_code)[:200])
    # A stranger learns from a bulletin that there is a campaign, not from a guessed address.
    if not found:
        raise Http404
    context = {
        "campaign": found[0].campaign,
        "rows": [(each, shown(each)[0]) for each in found],
        "mark": mark_of_fiction(),
    }
    return render(request, "bulletins/notices.html", context)


@public
def notice(request: HttpRequest, campaign_code: str, pk: int) -> HttpResponse:
    """One of them; of what was withdrawn only that, when and why (410)."""
    found = get_object_or_404(public_bulletins(campaign_code), pk=pk)
    title, paragraphs = shown(found)
    is_gone = found.state == BulletinState.WITHDRAWN
    context = {
        "campaign": found.campaign,
        "bulletin": found,
        "title": title,
        "paragraphs": [] if is_gone else paragraphs,
        "is_gone": is_gone,
        "mark": mark_of_fiction(),
    }
    return render(request, "bulletins/notice.html", context, status=410 if is_gone else 200)


@public
def document(_request: HttpRequest, campaign_code: str, pk: int) -> HttpResponse:
    """The same as a PDF file; not of what was withdrawn."""
    found = get_object_or_404(public_bulletins(campaign_code), pk=pk)
    if found.state == BulletinState.WITHDRAWN:
        raise Http404
    return download(file_of(found, "pdf"), file_name(found.unit.name, shown(found)[0], kind="pdf"))

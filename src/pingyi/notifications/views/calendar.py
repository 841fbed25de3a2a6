"""Somebody's deadlines at a secret address, for a calendar that cannot sign in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from pingyi.core.clock import day_of
from pingyi.core.requests import Visit
from pingyi.notifications.doors import EVENTS
from pingyi.notifications.exports import calendar_of
from pingyi.notifications.queries.messages import user_of_feed


@login_not_required
@require_safe
def feed(request: Visit, secret: str) -> HttpResponse:
    """What the person sees of deadlines, and nothing for whoever does not know the secret."""
    user = user_of_feed(secret)
    if user is None:
        raise Http404
    with override(user.language or settings.LANGUAGE_CODE):
        events = [event for of in EVENTS.values() for event in of(user, day_of(request.now))]
        content = calendar_of(str(user), events, request.now)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "no-store, private"},
    )

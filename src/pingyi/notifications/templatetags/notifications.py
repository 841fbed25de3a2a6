"""What stands beside a list of the missing: `{% load notifications %}`."""

from typing import Any

from django import template

from pingyi.notifications.queries.urges import urges_of

register = template.Library()


@register.inclusion_tag("notifications/_urged.html")
def urging(what: str, place: str, url: str, refusal: object = None) -> dict[str, Any]:
    """When the list was last urged over, and the way to do it again for those who may.

    `what` and `place` as in doors.Missing. One query.
    """
    return {"urges": urges_of(what, place), "url": url, "refusal": refusal}

"""The whole at a glance: a page to look at and to print, and part of the home page."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.appraisals.queries import appraisal_name
from pingyi.campaigns.queries import heads_said, rounds_visible_to
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.reviews.queries import review_name
from pingyi.ui.courses import Line, course_chart
from pingyi.ui.templatetags.ui import state_badge
from pingyi.web.permissions import why_not_supervise
from pingyi.web.queries.glance import glance as glance_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round
    from pingyi.web.queries.glance import Course, Field, Glance


@require_safe
def glance(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Map and course of the round for those who supervise; without its frame for the home page."""
    round_ = get_object_or_404(rounds_visible_to(request.user, campaign_code), code=round_code)
    refuse(why_not_supervise(request.user, round_.campaign))
    today = day_of(request.now)
    found = glance_of(request.user, round_, today)
    context = {
        "round": round_,
        "glance": found,
        "groups": [(group, _drawn(group.fields, round_)) for group in found.groups],
        "counted": Counter(field.owing.stage for field in found.fields),
        "courses": _courses(found, round_),
        "chart": _chart(found, round_, today),
    }
    template = "web/glance_part.html" if request.htmx else "web/glance.html"
    return render(request, template, context)


def _drawn(fields: "list[Field]", round_: "Round") -> list[tuple["Field", str, SafeString, str]]:
    """Each field with its address, its state in a word, and what is missing."""
    # Made once here: a map has hundreds of fields, and a sentence or a tag of a template is dear.
    words = {
        "done": _("done"),
        "exempt": _("exempt"),
        "begun": _("under way"),
        "untouched": _("not begun"),
    }
    of_reviews, of_appraisals = review_name(round_.campaign), appraisal_name(round_)
    comma = pgettext("list", ", ")
    codes = (round_.campaign.code, round_.code)
    badges: dict[tuple[str, str], SafeString] = {}
    rows = []
    for field in fields:
        late, owing = field.days_late, field.owing
        word = words[owing.stage]
        if late:
            word = ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
        if (field.state, word) not in badges:
            badges[field.state, word] = state_badge(field.state, word)
        owed = [f"{of_reviews} {owing.reviews}"] if owing.reviews else []
        if owing.appraisals:
            heads = heads_said(owing.appraisals, 0)
            owed.append(_("%(duty)s of %(heads)s") % {"duty": of_appraisals, "heads": heads})
        missing = _("missing: {owed}").format(owed=comma.join(owed)) if owed else ""
        address = reverse("web:unit", args=[*codes, field.unit.code])
        rows.append((field, address, badges[field.state, word], missing))
    return rows


def _courses(found: "Glance", round_: "Round") -> "list[tuple[str, Course]]":
    named = (
        (review_name(round_.campaign), found.reviews),
        (appraisal_name(round_), found.appraisals),
    )
    return [(name, course) for name, course in named if course is not None]


def _chart(found: "Glance", round_: "Round", today: date) -> dict[str, Any] | None:
    """The courses in percent of what is owed, with the deadline; None before its first day."""
    lines = [
        Line(name, course.owed, {day.on: day.so_far for day in course.days})
        for name, course in _courses(found, round_)
    ]
    return course_chart(lines, round_.closes_on, today)

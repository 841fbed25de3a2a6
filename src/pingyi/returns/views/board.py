"""Who owes what, of many units at once; what was sent and is clean is accepted together."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request
from pingyi.campaigns.permissions import why_not_urge
from pingyi.campaigns.queries import (
    pack_of,
    place_of_urging,
    reporting_units,
    scopes,
    units_visible_to,
)
from pingyi.core.clock import day_of
from pingyi.returns.forms import AcceptManyForm
from pingyi.returns.operations.sending import accept_many
from pingyi.returns.queries.board import (
    FILTERS,
    badges_of,
    is_clean,
    narrowed,
    progress_of,
    waiting_below,
)
from pingyi.returns.queries.course import course_of
from pingyi.returns.queries.sentences import return_label
from pingyi.returns.rules.workflow import Side
from pingyi.returns.views.viewing import round_in_sight
from pingyi.ui.courses import Line, course_chart
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from datetime import date

    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.models.universe import UnitQuerySet
    from pingyi.returns.models import Return
    from pingyi.returns.operations.sending import Together

# Over more days no line shows anything; the table does.
LONGEST = 366


@require_safe
def units(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """How far each unit in sight is with its tables; a person with one unit goes straight to it."""
    round_ = round_in_sight(request, campaign_code, round_code)
    paths = _paths(request, round_, Right.READ_TABLES)
    if not paths:
        raise Http404(_("You read no tables in this campaign."))
    visible = units_visible_to(request.user, round_.campaign).in_subtree(paths)
    reporting = visible.filter(pk__in=reporting_units(round_.campaign).values("pk"))
    if not reporting.exists():
        reporting = visible
    if reporting.count() == 1 and not request.GET:
        return redirect("returns:unit", campaign_code, round_code, reporting.get().code)
    today, chosen = day_of(request.now), request.GET.get("state", "")
    shown = visible if request.GET.get("all") else narrowed(round_, reporting, chosen, today)
    listing = list_page(
        request,
        shown,
        search=("name", "initials", "code"),
        sorts={"path": "path", "name": "name", "code": "code"},
        default="path",
    )
    badges = badges_of(round_, list(listing.page), Side.RECEIVER, today)
    answering = _paths(request, round_, Right.FILL_IN_TABLES)
    context = {
        "round": round_,
        "urge_place": place_of_urging(round_),
        "urge_refusal": why_not_urge(request.user, round_.campaign),
        "listing": listing,
        "rows": [(unit, badges.get(unit.pk, [])) for unit in listing.page],
        "tables": pack_of(round_.campaign).tables,
        "top": visible.order_by("path").first(),
        "progress": progress_of(round_, reporting),
        **_course(round_, reporting, today),
        "filters": FILTERS,
        "chosen": chosen,
        "answering": bool(answering),
        "waiting": waiting_below(round_, answering).count() if answering else 0,
    }
    return render(request, "returns/units.html", context)


def _course(round_: "Round", units: "UnitQuerySet", today: "date") -> dict[str, object]:
    """The course of these units by day, as a table and as a chart."""
    course = course_of(round_, units, today)
    if course is None:
        return {"course": None}
    submitted = {day.on: day.submitted_so_far for day in course.days}
    accepted = {day.on: day.accepted_so_far for day in course.days}
    lines = [
        Line(_("Submitted"), course.owed, submitted),
        Line(_("Accepted"), course.owed, accepted),
    ]
    chart = course_chart(lines, course.due_on, today) if len(course.days) <= LONGEST else None
    return {"course": course, "chart": chart}


@form_page
def accept(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Accept together what was sent as it was counted; what wants a look stands below."""
    round_ = round_in_sight(request, campaign_code, round_code)
    paths = _paths(request, round_, Right.FILL_IN_TABLES)
    if not paths:
        raise Http404(_("Nothing is sent to you in this campaign."))
    waiting = list(waiting_below(round_, paths).select_related("latest"))
    clean = [row for row in waiting if is_clean(row)]
    annexes = {table.code: table.annex for table in pack_of(round_.campaign).tables}
    form = AcceptManyForm(request.POST or None, offered=[(_named(row), str(row)) for row in clean])
    return Deed(
        title=_("Returns to be examined"),
        state=_("%(round)s: %(n)d waiting, %(clean)d of them as they were counted.")
        % {"round": round_.name, "n": len(waiting), "clean": len(clean)},
        form=form,
        submit=_("Accept the ticked ones"),
        do=partial(accept_many, round_=round_),
        done=partial(_accepted_text, round_),
        back=request.path,
        template="returns/accept.html",
        context=lambda: {
            "round": round_,
            "tables": pack_of(round_.campaign).tables,
            "grid": _grid(clean, annexes, set(form["returns"].value() or ())),
            "others": [(row, annexes[row.table]) for row in waiting if row not in clean],
        },
    ).page(request)


def _accepted_text(round_: "Round", done: "Together") -> str:
    if not done.others:
        return _("They are accepted.")
    pack = pack_of(round_.campaign)
    names = pgettext("list", ", ").join(return_label(pack, row) for row in done.others)
    words = _("%(n)d accepted. Decided or sealed anew meanwhile, and left as they are: %(names)s.")
    return words % {"n": len(done.accepted), "names": names}


def _grid(
    rows: "list[Return]", annexes: dict[str, str], ticked: set[str]
) -> "list[tuple[Unit, list[dict[str, object] | None]]]":
    """A line for each unit with a box for each table that waits; None where none does."""
    by_unit: dict[int, tuple[Unit, dict[str, Return]]] = {}
    for row in rows:
        by_unit.setdefault(row.unit_id, (row.unit, {}))[1][row.table] = row
    return [
        (
            unit,
            [
                {
                    "value": _named(found[code]),
                    "annex": annex,
                    "is_ticked": _named(found[code]) in ticked,
                }
                if code in found
                else None
                for code, annex in annexes.items()
            ],
        )
        for unit, found in by_unit.values()
    ]


def _named(row: "Return") -> str:
    """A return and the version of it that was seen."""
    return f"{row.pk}:{row.latest.number if row.latest else 0}"


def _paths(request: Request, round_: "Round", right: Right) -> list[str]:
    return [s.path for s in scopes(request.user, round_.campaign) if s.role in right.roles]

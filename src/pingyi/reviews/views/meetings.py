"""A meeting that reviews many in one sitting: begin, grid, autosave, save all at once."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.reviews import permissions
from pingyi.reviews.enums import ReviewPart
from pingyi.reviews.forms.review import GridForm, MeetingForm
from pingyi.reviews.operations.meetings import (
    ChangedMeanwhile,
    begin_meeting,
    discard_meeting,
    save_draft,
    save_meeting,
    why_changed,
    why_not_kept,
)
from pingyi.reviews.operations.signs import SignsFound
from pingyi.reviews.queries.seen import meeting_seen
from pingyi.reviews.queries.tasks import (
    assigned_in,
    grid_rows,
    leaders_over,
    meetings_of,
    still_owed,
)
from pingyi.reviews.queries.texts import shown_signs
from pingyi.reviews.rules.drafts import NOTHING, Merged, version
from pingyi.reviews.rules.visibility import within
from pingyi.reviews.views.viewing import Place, place_in_sight, round_of, unit_in_sight
from pingyi.ui.deeds import (
    Deed,
    done,
    done_or_refused,
    form_page,
    refusal_of,
    refuse_form,
    status_of,
)
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant
    from pingyi.reviews.models import Meeting


@form_page
def begin(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """When, where and how; then the grid."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    unit = unit_in_sight(place, unit_code)
    reviewers = [
        leader
        for leader in leaders_over(place.campaign, unit.path)
        if permissions.why_not_begin_meeting(request.user, round_, unit, leader) is None
    ]
    # Whoever signed in first, then who owes most there: a typist takes the name that is proposed.
    owing = assigned_in(round_, unit)
    me = place.viewer.participant_id
    reviewers.sort(key=lambda leader: (leader.pk != me, -owing.get(leader.pk, 0)))
    form = MeetingForm(place.plan, reviewers, day_of(request.now), request.POST or None)
    return Deed(
        title=_("Start review meeting"),
        state=f"{round_.name} · {unit.name}",
        form=form,
        submit=_("Open the grid"),
        do=partial(begin_meeting, round_=round_, unit=unit),
        back=reverse("reviews:tasks", args=[campaign_code, round_code]),
        to=_page_of,
        refusal=permissions.why_not_in_round(round_) or _why_nobody(reviewers),
    ).page(request)


def _why_nobody(reviewers: "list[Participant]") -> Refusal | None:
    if reviewers:
        return None
    return Refusal(_("You neither lead here nor type for a leader who does."), code="not_own")


def _page_of(sitting: "Meeting") -> str:
    return reverse("reviews:meeting", args=[sitting.round.campaign.code, sitting.pk])


def _tasks_of(sitting: "Meeting") -> str:
    return reverse("reviews:tasks", args=[sitting.round.campaign.code, sitting.round.code])


def _after(sitting: "Meeting") -> str:
    """What is still to be reviewed; after the last one the first page, with the next step."""
    is_left = still_owed(sitting.round, sitting.reviewer).exists()
    return _tasks_of(sitting) if is_left else "/"


def _meeting(place: Place, pk: int) -> "Meeting":
    """The sitting, or 404 where the viewer neither leads it nor keeps the unit."""
    sitting = get_object_or_404(meetings_of(place.campaign), pk=pk)
    kept = sitting.unit.is_active and within(sitting.unit.path, place.viewer.keeps)
    if not kept and sitting.reviewer_id != place.viewer.participant_id:
        raise Http404
    return sitting


@form_page
def meeting(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """The grid: GET shows the draft, POST saves all its reviews at once."""
    place = place_in_sight(request, campaign_code)
    sitting = _meeting(place, pk)
    form = GridForm(request.POST if request.method == "POST" else None)
    answer = done(
        request,
        form,
        partial(save_meeting, meeting=sitting, accept_signs="accept" in request.POST),
        to=lambda _saved: _after(sitting),
        said=lambda saved: _("%(count)d reviews are saved.") % {"count": len(saved)},
    )
    return answer or _grid(request, place, sitting, form)


@require_POST
def draft(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Autosave: keeps what has been typed and says so in a word."""
    place = place_in_sight(request, campaign_code)
    sitting = _meeting(place, pk)
    form = GridForm(request.POST)
    answer = done(
        request,
        form,
        lambda draft, seen, by, **_: save_draft(meeting=sitting, draft=draft, seen=seen, by=by),
        to=lambda kept: _kept(request, place, sitting, form, kept),
        back=_page_of(sitting),
    )
    if request.htmx and answer is None:
        return _draft_state(request, form, Merged({}, [], [], []), status=status_of(form))
    return answer or _grid(request, place, sitting, form)


def _kept(
    request: Request, place: Place, sitting: "Meeting", form: GridForm, kept: Merged
) -> str | HttpResponse:
    """A word, or the page again with what somebody else has changed meanwhile."""
    refusal = why_not_kept(kept) if request.htmx else why_changed(sitting, kept)
    if refusal is not None and kept.changed:
        refuse_form(form, refusal)
    if request.htmx:
        return _draft_state(request, form, kept)
    if kept.changed:
        return _grid(request, place, sitting, form)
    messages.success(request, _("The draft is kept."))
    return _page_of(sitting)


def _draft_state(
    request: Request, form: GridForm, kept: Merged, *, status: int = 200
) -> HttpResponse:
    """What the autosave says; rows that were taken are from now on begun from what was typed."""
    seen = form.seen()
    rows = {key: version(kept.draft.get(key, {})) for key in kept.taken}
    context = {
        "form": form,
        "now": request.now,
        "seen": {key: now for key, now in rows.items() if seen.get(key) not in (None, now)},
    }
    return render(request, "reviews/_draft_state.html", context, status=status)


@require_POST
def discard(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Give up the draft."""
    sitting = _meeting(place_in_sight(request, campaign_code), pk)
    return done_or_refused(
        request,
        partial(discard_meeting, meeting=sitting),
        back=_tasks_of(sitting),
        said=_("The draft is discarded."),
        edits=_edited(sitting),
    )


def _edited(sitting: "Meeting") -> Edited:
    """The sitting with its grid: nobody discards what somebody else has typed unseen."""
    return Edited(f"meeting:{sitting.pk}", partial(meeting_seen, sitting.pk))


def _grid(request: Request, place: Place, sitting: "Meeting", form: GridForm) -> HttpResponse:
    found = refusal_of(form)
    draft, seen = (form.draft(), form.seen()) if form.cells else (sitting.draft, {})
    if isinstance(found, ChangedMeanwhile):
        # What stands above the grid has been seen; where nothing else was typed, it stands in it.
        kept = found.merged
        keys = (*kept.taken, *kept.changed, *kept.unseen)
        told = {key: kept.draft.get(key, NOTHING) for key in keys}
        seen |= {key: version(cells) for key, cells in told.items()}
        draft |= {key: dict(told[key]) for key in kept.unseen}
    rows: list[dict[str, Any]] = []
    for row in grid_rows(sitting):
        typed = draft.get(row.key, {})
        begun = any(typed.values())
        cells = [
            {
                "name": f"{row.key}-{part}",
                "label": getattr(place.plan, part).label,
                "value": typed.get(part, ""),
                "missing": begun and not typed.get(part, "").strip(),
            }
            for part in ReviewPart.values
        ]
        begun_from = seen.get(row.key, version(sitting.draft.get(row.key, NOTHING)))
        rows.append({"row": row, "cells": cells, "parts": typed, "seen": begun_from})
    context = {
        "campaign": place.campaign,
        "meeting": sitting,
        "round": sitting.round,
        "form_label": {c.code: c.label for c in place.plan.forms}.get(sitting.form, ""),
        "labels": [getattr(place.plan, part) for part in ReviewPart.values],
        "rows": rows,
        "has_several_places": len({item["row"].place.pk for item in rows}) > 1,
        "form": form,
        "edits": _edited(sitting),
        "signs": _signs(place, rows, found) if isinstance(found, SignsFound) else [],
        "refusal": permissions.why_not_edit_meeting(request.user, sitting),
    }
    return render(request, "reviews/meeting.html", context, status=status_of(form))


def _signs(place: Place, rows: list[dict[str, Any]], found: SignsFound) -> list[dict[str, Any]]:
    """The signs of each row that was written, in the order the operation took them."""
    written = [row for row in rows if any(part.strip() for part in row["parts"].values())]
    texts = [(signs, written[at]["parts"]) for at, signs in found.signs.items()]
    shown = shown_signs(place.plan, texts)
    return [
        {"subject": written[at]["row"].subject, "signs": signs}
        for at, signs in zip(found.signs, shown, strict=True)
    ]

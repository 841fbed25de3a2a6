"""Who must review whom: derived, and changed by hand with a reason (N4)."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.queries import accounts_of
from pingyi.accounts.requests import Request
from pingyi.campaigns import queries as campaigns
from pingyi.reviews import permissions
from pingyi.reviews.forms.consequences import HandOverForm, ReassignForm
from pingyi.reviews.operations.assign import derive_assignments, reassign
from pingyi.reviews.operations.hand_over import hand_over as give_to_another
from pingyi.reviews.queries.seen import assignment_seen, handed_over_seen
from pingyi.reviews.queries.sight import assignments_about
from pingyi.reviews.queries.tasks import (
    assignments_of,
    leaders_named,
    leaders_over,
    still_owed,
)
from pingyi.reviews.views.viewing import place_in_sight, round_of
from pingyi.ui.deeds import Deed, done_or_refused, form_page
from pingyi.ui.edits import Edited
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant
    from pingyi.reviews.models import Assignment

FOUND_AT_ONCE = 20


@require_safe
def list_(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """The assignments of the units the viewer keeps; ?without=1 shows those without reviewer."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    rows = assignments_about(assignments_of(round_), place.viewer.keeps, place.campaign)
    without = rows.filter(reviewer=None)
    listing = list_page(
        request,
        without if request.GET.get("without") else rows,
        search=("unit__name", "participant__name", "participant__unit__name", "reviewer__name"),
        sorts={"order": "id", "reviewer": ("reviewer__name", "id"), "source": ("source", "id")},
        default="order",
    )
    context = {
        "campaign": place.campaign,
        "round": round_,
        "listing": listing,
        "rows": [(row, permissions.why_not_reassign(request.user, row)) for row in listing.page],
        "without": without.count(),
        "keeps": bool(place.viewer.keeps),
        "derive_refusal": permissions.why_not_derive(request.user, round_),
    }
    return render(request, "reviews/assignments.html", context)


@require_POST
def derive(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Derive them anew; those changed by hand stay."""
    round_ = round_of(place_in_sight(request, campaign_code), round_code)
    words = _("Derived: %(added)d new, %(changed)d changed, %(removed)d gone.")
    return done_or_refused(
        request,
        partial(derive_assignments, round_=round_),
        back=_list_page(campaign_code, round_code),
        said=lambda made: (
            words % {"added": made.added, "changed": made.changed, "removed": made.removed}
        ),
    )


@form_page
def change(request: Request, campaign_code: str, round_code: str, pk: int) -> HttpResponse:
    """Give a review to another leader, with a reason."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    rows = assignments_about(assignments_of(round_), place.viewer.keeps, place.campaign)
    assignment = get_object_or_404(rows, pk=pk)
    edits = Edited(f"assignment:{pk}", partial(assignment_seen, pk))
    leaders = _leaders(request, assignment)
    form = ReassignForm(leaders, request.POST or None, initial=edits.content)
    return Deed(
        title=_("Change reviewer"),
        state=" · ".join([round_.name, *_subject(assignment)]),
        finds=_("Find another leader by name or pinyin"),
        form=form,
        submit=_("Change reviewer"),
        do=partial(reassign, assignment=assignment),
        edits=edits,
        done=_changed,
        back=_list_page(campaign_code, round_code),
        refusal=permissions.why_not_reassign(request.user, assignment),
    ).page(request)


@form_page
def hand_over(request: Request, campaign_code: str, round_code: str, pk: int) -> HttpResponse:
    """Give all that a leader still has to review to another one, after a look at it."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    people = place.campaign.participants.select_related("unit", "campaign")
    former = get_object_or_404(people, pk=pk)
    in_sight = assignments_about(assignments_of(round_), place.viewer.keeps, place.campaign)
    if not in_sight.filter(reviewer=former).exists():
        raise Http404

    def owed() -> "list[Assignment]":
        rows = assignments_about(still_owed(round_, former), place.viewer.keeps, place.campaign)
        return permissions.may_hand_over(request.user, rows)

    found = owed()
    return Deed(
        title=_("Hand over the reviews of %(name)s") % {"name": former.shown_name},
        state=" · ".join([round_.name, *([former.unit.name] if former.unit else [])]),
        finds=_("Find another leader by name or pinyin"),
        form=HandOverForm(_leaders_instead(request, found, former), request.POST or None),
        submit=_("Hand over"),
        do=partial(give_to_another, round_=round_, former=former, assignments=found),
        edits=Edited(f"handed-over:{round_.pk}:{pk}", lambda: handed_over_seen(owed())),
        done=_("The reviews are handed over."),
        back=_list_page(campaign_code, round_code),
        refusal=permissions.why_not_hand_over(former, found),
        template="reviews/hand_over.html",
        context=lambda: {"owed": found},
    ).page(request)


def _changed(assignment: "Assignment") -> str:
    """That it is done; and where the new reviewer cannot sign in, that as well."""
    said, reviewer = _("The reviewer is changed."), assignment.reviewer
    if reviewer is None or reviewer.person_id in accounts_of([reviewer.person_id or 0]):
        return said
    return _("The reviewer is changed. %(name)s has no account yet: make one, or ask by word.") % {
        "name": reviewer.shown_name
    }


def _list_page(campaign_code: str, round_code: str) -> str:
    return reverse("reviews:assignments", args=[campaign_code, round_code])


def _leaders_instead(
    request: Request, owed: "list[Assignment]", former: "Participant"
) -> "list[Participant]":
    """Who may be chosen instead: leaders over all of the subjects, and those searched for."""
    text = request.GET.get("q", "").strip()
    places = [row.participant.unit if row.participant else row.unit for row in owed]
    over = campaigns.above_all([place.path for place in places if place is not None])
    found = [
        *leaders_over(former.campaign, over),
        *leaders_named(former.campaign, text)[:FOUND_AT_ONCE],
    ]
    return list({leader.pk: leader for leader in found if leader != former}.values())


def _subject(assignment: "Assignment") -> list[str]:
    """The organization, or the person and where they belong."""
    subjects = [assignment.unit, assignment.participant]
    if assignment.participant is not None:
        subjects.append(assignment.participant.unit)
    return [str(subject) for subject in subjects if subject is not None]


def _leaders(request: Request, assignment: "Assignment") -> "list[Participant]":
    """Who may be chosen: the present reviewer, leaders over the subject, those searched for."""
    subject = assignment.participant
    place = assignment.unit if subject is None else subject.unit
    campaign = assignment.round.campaign
    text = request.GET.get("q", "").strip()
    found = [
        *([assignment.reviewer] if assignment.reviewer else []),
        *leaders_over(campaign, place.path if place else ""),
        *leaders_named(campaign, text)[:FOUND_AT_ONCE],
    ]
    # Nobody reviews themselves: whoever is to be reviewed is not offered.
    return list({leader.pk: leader for leader in found if leader != subject}.values())
